import Foundation
import TestSupport
import Vocabulary

@testable import Behaviour

/// Random people with many ties and gaps, the same for the same seed.
struct RandomHistories {
    var random: SeededGenerator
    let schema: IndexSchema
    /// Whether no event has a value that is not listed.
    var listsAll = false
    /// How long a day is here, so that windows, pauses and periods meet many ties.
    static let day: Int64 = 40_000_000
    static let start: Int64 = 1_767_225_600_000_000
    static let eventCount = 6

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
        schema = IndexSchema(
            events: ["opened", "viewed", "tried", "bought", "left", "shared"],
            properties: [
                ValueDictionary(name: "plan", values: ["free", "team", "paid"], width: 1),
                ValueDictionary(name: "amount", values: ["5", "10", "20"], width: 2),
            ],
            attributes: [
                ValueDictionary(name: "country", values: ["DE", "FR"], width: 1),
                ValueDictionary(name: "size", values: ["small", "large"], width: 2),
            ])
    }

    /// People of which some have no event; times are whole multiples of a unit of microseconds.
    mutating func people(_ count: Int, eventsMax: Int, unit: Int64) -> [PersonHistory] {
        (0..<count).map { _ in
            let span = Int64.random(in: 1...4, using: &random) * Self.day
            let events = (0..<Int.random(in: 0...eventsMax, using: &random)).map { _ in
                event(span, unit)
            }
            return PersonHistory(
                events: events,
                attributes: [code(0...3), code(0...3)])
        }
    }

    private mutating func event(_ span: Int64, _ unit: Int64) -> PersonHistory.Event {
        // Few distinct times: a third of all events share theirs with another one.
        let steps = max(1, min(span / unit, 24))
        let time =
            Int64.random(in: 0..<steps, using: &random) * max(unit, span / steps / unit * unit)
        return PersonHistory.Event(
            time: Self.start + time, code: code(0...UInt16(Self.eventCount - 1)),
            properties: [code(0...4), code(0...4)].map { listsAll && $0 == 1 ? 0 : $0 })
    }

    mutating func code(_ range: ClosedRange<UInt16>) -> UInt16 {
        UInt16.random(in: range, using: &random)
    }

    mutating func selection(of codes: ClosedRange<Int> = 1...3) -> EventSelection {
        guard Int.random(in: 0..<8, using: &random) > 0 else { return .all }
        let count = Int.random(in: codes, using: &random)
        let events = Set((0..<count).map { _ in code(0...UInt16(Self.eventCount - 1)) })
        let conditions = Int.random(in: 0..<8, using: &random)
        return EventSelection(
            events: events,
            conditions: (0..<(conditions > 2 ? 0 : conditions)).map { _ in
                PropertyCondition(
                    property: Int.random(in: 0...1, using: &random),
                    codes: [code(0...4), code(0...4), code(0...4)])
            }, joint: conditions == 7 ? [joint()] : [])
    }

    /// Any combinations of a name and a property, or of two properties.
    private mutating func joint() -> JointCondition {
        let first: Int? = Bool.random(using: &random) ? 1 : nil
        let places = [
            JointCondition.Place(property: first, codes: first == nil ? Self.eventCount : 5),
            JointCondition.Place(property: 0, codes: 5),
        ]
        return JointCondition(
            places: places,
            isWanted: (0..<places[0].codes * 5).map { _ in Bool.random(using: &random) })
    }

    mutating func peopleSelection() -> PeopleSelection {
        switch Int.random(in: 0..<4, using: &random) {
        case 0: PeopleSelection(split: 0)
        case 1: PeopleSelection(conditions: [1: [code(0...3), code(0...3)]])
        case 2: PeopleSelection(conditions: [0: [2, 3]], split: 1)
        default: .everyone
        }
    }

    /// Borders of which some are equal, as where a zone skipped a day.
    mutating func borders(atLeast least: Int = 1) -> [Instant] {
        let count = Int.random(in: (least + 1)...9, using: &random)
        return (0..<count).map { _ in
            Int64.random(in: -6...24, using: &random) * Self.day / 6
                + Int64.random(in: -1...1, using: &random) * 333_333
        }.sorted().map { Instant(microseconds: Self.start + $0) }
    }
}

extension RandomHistories {
    mutating func attempts() -> AttemptsQuestion {
        let steps = Int.random(in: 1...4, using: &random)
        if Int.random(in: 0..<3, using: &random) == 0 { return plainAttempts(steps) }
        let reentries: [AttemptsQuestion.Reentry] = [
            .everyStart, .afterWindow, .afterConversion, .never,
        ]
        let first = Self.start + Int64.random(in: -1...6, using: &random) * Self.day / 3
        let length = Int64.random(in: 0...9, using: &random) * Self.day / 3
        var question = AttemptsQuestion(
            steps: (0..<steps).map { _ in selection(of: 1...2) },
            order: [.ordered, .ordered, .strict, .any][Int.random(in: 0..<4, using: &random)],
            ties: Bool.random(using: &random) ? .together : .apart,
            windowMicroseconds: Int.random(in: 0..<6, using: &random) == 0
                ? nil : Int64.random(in: 0...12, using: &random) * Self.day / 6,
            entered: Instant(microseconds: first)..<Instant(microseconds: first + length),
            reentry: reentries[Int.random(in: 0..<4, using: &random)],
            onlyBest: Bool.random(using: &random),
            property: Bool.random(using: &random) ? 1 : nil,
            same: [[], [], [1], [0, 1]][Int.random(in: 0..<4, using: &random)])
        if question.order == .any {
            (question.onlyBest, question.reentry) = (true, .everyStart)
            // Which of equally good ones counts is up to what stays the same.
            if !question.same.isEmpty { question.property = nil }
        }
        guard question.order == .ordered, steps > 1 else { return question }
        if steps > 2, Bool.random(using: &random) {
            question.optional = Set((1..<steps - 1).filter { _ in Bool.random(using: &random) })
        } else if Bool.random(using: &random) {
            question.excluded = (0..<Int.random(in: 1...2, using: &random)).map { _ in
                let after = Int.random(in: 0..<(steps - 1), using: &random)
                return AttemptsQuestion.Excluded(
                    selection(of: 1...2), after: after,
                    before: Int.random(in: (after + 1)..<steps, using: &random),
                    removes: Int.random(in: 0..<3, using: &random) == 0)
            }
        }
        return question
    }

    /// The commonest funnel, of steps that share nothing.
    private mutating func plainAttempts(_ steps: Int) -> AttemptsQuestion {
        let first = Self.start + Int64.random(in: -1...3, using: &random) * Self.day / 3
        let names = (0..<UInt16(Self.eventCount)).shuffled(using: &random)
        return AttemptsQuestion(
            steps: (0..<steps).map { step in
                var selection = selection()
                selection.events = [names[step]]
                if step == 0 { selection.events?.insert(names[5]) }
                return selection
            },
            windowMicroseconds: Int64.random(in: 0...12, using: &random) * Self.day / 6,
            entered: Instant(microseconds: first)..<Instant(microseconds: first + Self.day * 3),
            property: Bool.random(using: &random) ? 1 : nil)
    }

    mutating func usage() -> UsageQuestion {
        let all = borders()
        let begun = borders()
        // Periods of one or two days each.
        var borders = all.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
        if let last = all.last, borders.last != last { borders.append(last) }
        if borders.count < 2 { borders = all }
        return UsageQuestion(
            eligible: selection(), used: selection(of: 1...2), borders: borders, days: all,
            begun: begun[0]..<begun[begun.count - 1], latest: latest(borders))
    }

    /// Parts by the latest value up to the end of some periods, or none.
    mutating func latest(_ borders: [Instant]) -> LatestValue? {
        guard listsAll, Bool.random(using: &random), let last = borders.last else { return nil }
        return LatestValue(
            property: 1, from: Bool.random(using: &random) ? borders[0] : nil, before: last)
    }

    mutating func ways() -> WaysQuestion {
        let borders = borders()
        let anchors: Set<UInt16> = [code(0...5), code(0...5)]
        let anchor = Int.random(in: 0...2, using: &random)
        return WaysQuestion(
            events: Bool.random(using: &random) ? .all : selection(),
            during: Bool.random(using: &random)
                ? Instant(
                    microseconds: Self.start)..<Instant(microseconds: Self.start + Self.day * 4)
                : borders[0]..<borders[borders.count - 1],
            pauseMicrosecondsMax: Int64.random(in: 0...8, using: &random) * Self.day / 16,
            node: Int.random(in: 0...3, using: &random) == 0 ? 1 : nil,
            shown: Bool.random(using: &random) ? nil : [0, 1, 2, code(0...5), code(0...5)],
            anchor: anchor == 0 ? .opening : anchor == 1 ? .starts(anchors) : .ends(anchors),
            length: Int.random(in: 2...8, using: &random),
            joinsRepeats: Bool.random(using: &random), onlyFirst: Bool.random(using: &random),
            property: Bool.random(using: &random) ? 1 : nil)
    }

    mutating func returns() -> ReturnsQuestion {
        let borders = borders()
        let cells = (0...Int.random(in: 0...4, using: &random)).map { _ in
            let first = Int.random(in: 0...4, using: &random)
            return ReturnsQuestion.AgeRange(
                first: first,
                last: Bool.random(using: &random)
                    ? nil : first + Int.random(in: 0...3, using: &random))
        }
        let isPresence = Int.random(in: 0..<3, using: &random) == 0
        return ReturnsQuestion(
            start: isPresence ? .all : selection(), comeback: isPresence ? .all : selection(),
            onlyFirst: Bool.random(using: &random),
            ages: Bool.random(using: &random)
                ? .periods : .elapsed(Self.day / Int64.random(in: 2...5, using: &random)),
            cells: cells, borders: borders,
            cohorts: Int.random(in: 1..<borders.count, using: &random),
            property: listsAll && Bool.random(using: &random) ? 1 : nil)
    }
}

extension AttemptsAnswer {
    /// The attempts in an order of their own.
    var sorted: [[Int64]] {
        (0..<count).map { index in
            Array(times[index * steps..<(index + 1) * steps])
                + (values.isEmpty ? [] : [Int64(values[index])])
        }.sorted { $0.lexicographicallyPrecedes($1) }
    }
}

/// A folder for the files of a test, taken away with it.
final class IndexFolder {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "index-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    var path: String { url.appending(path: "behaviour.index").path }
}

extension EventColumns {
    /// The events of people as columns, in the order in which they are given.
    init(_ events: [(person: UInt32, event: PersonHistory.Event)], properties: Int) {
        self.init(
            persons: events.map(\.person), times: events.map(\.event.time),
            events: events.map(\.event.code),
            properties: (0..<properties).map { index in events.map { $0.event.properties[index] } })
    }
}

let noWatermark = IndexWatermark(inboxOffset: 0, dataVersion: 0)
