import Definitions
import Events
import Foundation
import TestSupport
import Testing
import Vocabulary

@testable import Features

/// A workspace with a source of events, random histories full of ties, and questions over them.
struct IndexWorkspace: ~Copyable {
    let workspace: TemporaryWorkspace
    private(set) var random: SeededGenerator
    private var messages = 0

    static let names = ["a", "b", "c", "d", "x"]
    static let source = """
        source: app
        is: What people do in the app.
        from: events
        columns: { plan: text, seats: integer, paid: boolean }
        """
    private static let key = WriteKey(
        id: 1, label: "app", source: "app", origins: [], site: nil, hint: "yw_0000",
        made: Instant(seconds: 0), revoked: nil)
    /// Midnight in Berlin.
    static let start = Instant(iso: "2026-06-09T22:00:00Z") ?? Instant(seconds: 0)

    init(seed: UInt64, source: String = source) throws {
        workspace = try TemporaryWorkspace([
            "yardstick.yaml": "workspace: Shop\nzone: Europe/Berlin\n",
            "definitions/app.yaml": source,
        ])
        random = SeededGenerator(seed: seed)
    }

    mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

    /// Events of random people at few different moments, in whole milliseconds now and then.
    mutating func events(_ count: Int, people: ClosedRange<Int> = 1...40) -> [Event] {
        (0..<count).map { _ in event(people) }
    }

    private mutating func event(_ people: ClosedRange<Int>) -> Event {
        messages += 1
        let person = number(people)
        // Some days, hours or minutes of which few are different.
        let second = number(0...5) * 86_400 * 2 + number(0...2) * 3_600 + number(0...4) * 4
        let part = number(0...9) == 0 ? Int64(number(1...999)) * 1_000 : 0
        var event = Event(
            id: "m\(messages)", kind: .track, name: Self.names[number(0...4)],
            user: number(0...2) > 0 ? "user-\(person)" : nil,
            anonymous: nil,
            time: Instant(microseconds: Self.start.adding(seconds: second).microseconds + part),
            received: TemporaryWorkspace.clock.now)
        if event.user == nil { event.anonymous = "device-\(person)" }
        event.context.country = [nil, "DE", "FR", "DE"][number(0...3)]
        let plan = ["", #""plan":"free""#, #""plan":"pro""#, #""plan":"a'b""#][number(0...3)]
        let seats = ["", #""seats":\#(number(0...4))"#][number(0...1)]
        let paid = ["", #""paid":true"#, #""paid":false"#][number(0...2)]
        let members = [plan, seats, paid].filter { !$0.isEmpty }.joined(separator: ",")
        event.properties = JSONObjectText(checked: Array("{\(members)}".utf8))
        return event
    }

    /// Events by which devices become known people.
    mutating func sightings(_ people: ClosedRange<Int>) -> [Event] {
        people.map { person in
            messages += 1
            return Event(
                id: "m\(messages)", kind: .track, name: "d", user: "user-\(person)",
                anonymous: "device-\(person)", time: Self.start.adding(seconds: person * 60),
                received: TemporaryWorkspace.clock.now)
        }
    }

    static func accept(_ events: [Event], _ session: WorkspaceSession) async throws {
        for start in stride(from: 0, to: events.count, by: 500) {
            let batch = Array(events[start..<min(start + 500, events.count)])
            try await session.accept(batch, refused: [], with: key)
        }
        try await session.settleEvents()
    }

    mutating func funnel() -> BehaviourWords {
        if number(0...2) == 0 { return unusualFunnel() }
        let steps = [
            "[a, b, c]", "[a, b]", "[a, a, b]", "[[a, b], b, c, d]", "[a, b, a]",
            "[{ event: a, where: \"plan = 'pro'\" }, b]",
            "[a, { event: b, where: \"seats > 1 and paid = true\" }, c]",
            "[a, { event: [b, c], where: \"plan is null or plan like 'a%'\" }]",
            "[{ where: \"country = 'DE'\" }, { where: \"seats = 2\" }]",
        ][number(0...8)]
        let windows = ["9 seconds", "1 hour", "2 days", "5 days"]
        let reentries = ["every_start", "after_window", "after_conversion", "never"]
        var keys = [
            "from: app", "steps: \(steps)", "within: \(windows[number(0...3)])",
            "ties: \(["together", "apart"][number(0...1)])",
            "reentry: \(reentries[number(0...3)])",
            "counting: \(["people", "attempts"][number(0...1)])",
        ]
        switch number(0...8) {
        case 0: keys.append("order: strict")
        case 1: keys.append("exclude: [x]")
        case 2: keys.append("exclude: [ { event: x, between: [1, 2], rule: person } ]")
        case 3: keys.append("exclude: [ { event: d, where: \"paid = false\" } ]")
        case 4: keys.append("where: \"country = 'DE'\"")
        case 5: keys.append("where: \"plan != 'pro' and seats in (1, 2, 3)\"")
        case 6: keys.append("where: \"\(jointCondition())\"")
        default: break
        }
        return BehaviourWords(
            yaml: "{ \(keys.joined(separator: ", ")) }",
            over: ["2026-06-10..2026-06-22", "2026-06-12..2026-06-14"][number(0...1)],
            grain: ["day", "week", "hour", nil][number(0...3)],
            by: ["country", "plan", "paid", nil, nil][number(0...4)],
            filters: number(0...4) == 0 && !keys.contains("order: strict") ? ["seats < 3"] : [],
            limit: number(0...1) == 0 ? 1 : nil)
    }

    /// A funnel in any order, with steps that need not be taken, or with something held constant.
    private mutating func unusualFunnel() -> BehaviourWords {
        let windows = ["9 seconds", "1 hour", "2 days", "5 days"]
        var keys = ["from: app", "within: \(windows[number(0...3)])"]
        var isSplit = true
        switch number(0...4) {
        case 0, 1:
            let steps = [
                "[a, b]", "[a, b, c]", "[[a, d], b, { event: c, where: \"plan = 'pro'\" }]",
            ]
            keys += ["order: any", "steps: \(steps[number(0...2)])"]
            if number(0...2) == 0 {
                keys.append("same: [country]")
                isSplit = false
            }
        case 2, 3:
            let steps = [
                "[a, { event: b, optional: true }, c]",
                "[a, { event: b, optional: true }, { event: x, optional: true }, c, d]",
                "[a, { event: [a, b], optional: true }, b, { event: x, optional: true }, c]",
            ]
            keys += [
                "steps: \(steps[number(0...2)])", "ties: \(["together", "apart"][number(0...1)])",
                "counting: \(["people", "attempts"][number(0...1)])",
                "reentry: \(["every_start", "after_window", "never"][number(0...2)])",
            ]
            let mayKeep = number(0...2) == 0
            if mayKeep, !keys.contains("reentry: never") { keys.append("same: plan") }
        default:
            keys += [
                "steps: \(["[a, b]", "[a, b, c]"][number(0...1)])",
                "same: \(["[plan]", "[seats, country]"][number(0...1)])",
                "counting: \(["people", "attempts"][number(0...1)])",
                "reentry: \(["every_start", "after_conversion"][number(0...1)])",
            ]
            if number(0...2) == 0 {
                keys.append("order: strict")
            } else if number(0...1) == 0 {
                keys.append("exclude: [ { event: x, between: [1, 2], rule: person } ]")
            }
        }
        return BehaviourWords(
            yaml: "{ \(keys.joined(separator: ", ")) }",
            over: ["2026-06-10..2026-06-22", "2026-06-12..2026-06-14"][number(0...1)],
            grain: ["day", "week", nil][number(0...2)],
            by: isSplit ? dimension() : nil, limit: limit())
    }

    mutating func habit() -> (kind: BehaviourKind, words: BehaviourWords) {
        let kind = [BehaviourKind.lifecycle, .activity, .adoption][number(0...2)]
        var keys = ["from: app"]
        if kind == .adoption {
            keys.append(
                "feature: \(["b", "{ event: [b, c], where: \"plan = 'pro'\" }"][number(0...1)])")
            if number(0...1) == 0 { keys.append("eligible: a") }
        } else if number(0...1) == 0 {
            keys.append("events: [a, b]")
        }
        if number(0...2) == 0 { keys.append("where: \"paid is null or paid\"") }
        return (
            kind,
            BehaviourWords(
                yaml: "{ \(keys.joined(separator: ", ")) }",
                over: ["2026-06-10..2026-06-22", "2026-06-12..2026-06-15"][number(0...1)],
                grain: kind == .activity ? nil : ["day", "week", nil][number(0...2)],
                by: dimension(), limit: limit())
        )
    }

    /// A condition that looks at several columns at once.
    private mutating func jointCondition() -> String {
        [
            "plan = 'pro' or seats > 2", "not (country = 'DE' and paid)",
            "event = 'a' or event = 'b' and paid or country is null and plan like 'a%'",
            "case when paid then seats else 2 end > 1 or coalesce(plan, country) = 'FR'",
        ][number(0...3)]
    }

    /// A column by which an answer is split, or none.
    private mutating func dimension() -> String? {
        ["country", "plan", "paid", "seats", nil, nil][number(0...5)]
    }

    private mutating func limit() -> Int? { [1, 2, nil][number(0...2)] }

    mutating func paths() -> BehaviourWords {
        var keys = ["from: app", "length: \(number(2...8))"]
        let anchor = number(0...2)
        if anchor > 0 {
            keys.append("\(["starts", "ends"][anchor - 1]): \(["a", "b"][number(0...1)])")
        }
        switch number(0...5) {
        case 0: keys.append("hide: [c]")
        case 1: keys.append("hide: [x, d, nothing]")
        case 2: keys.append("events: [a, b, d]")
        case 3 where anchor == 0: keys.append("of: plan")
        case 4 where anchor == 0: keys.append("of: seats")
        default: break
        }
        if number(0...1) == 0 {
            keys.append("session: \(["4 seconds", "8 seconds", "1 hour", "2 days"][number(0...3)])")
        }
        if number(0...1) == 0 { keys.append("counting: people") }
        if number(0...2) == 0 { keys.append("repeats: kept") }
        if number(0...3) == 0 { keys.append("where: \"country is null or plan != 'pro'\"") }
        let isCompared = number(0...3) == 0
        return BehaviourWords(
            yaml: "{ \(keys.joined(separator: ", ")) }",
            over: ["2026-06-10..2026-06-22", "2026-06-12..2026-06-15"][number(0...1)],
            by: dimension(), compare: isCompared ? "previous" : nil, limit: limit())
    }

    mutating func retention() -> BehaviourWords {
        let criteria = ["on", "on_or_after", "on_or_before", "[0, 1-2, 3-5]"]
        var keys = [
            "from: app", "criterion: \(criteria[number(0...3)])",
            "over: \(number(1...6)) \(["days", "weeks"][number(0...1)])",
            "cohorts: \(["first", "recurring"][number(0...1)])",
            "mode: \(["calendar", "rolling"][number(0...1)])",
        ]
        if number(0...1) == 0 { keys.append("starts: a") }
        if number(0...1) == 0 { keys.append("returns: { event: [b, a], where: \"plan = 'pro'\" }") }
        switch number(0...5) {
        case 0: keys.append("where: \"country is not null\"")
        case 1: keys.append("where: \"\(jointCondition())\"")
        default: break
        }
        return BehaviourWords(
            yaml: "{ \(keys.joined(separator: ", ")) }",
            over: ["2026-06-10..2026-06-22", "2026-06-12..2026-06-15"][number(0...1)],
            by: dimension(), limit: limit())
    }
}

extension WorkspaceSession {
    /// Asks both ways; the index is given the time that it needs to be made.
    func both(
        _ ask: (WorkspaceSession) async throws -> JSON
    ) async throws -> (index: JSON, sql: JSON, path: String, reason: String) {
        histories.setOff(true)
        let sql = try await ask(self)
        histories.setOff(false)
        var index = try await ask(self)
        await histories.settled()
        index = try await ask(self)
        let receipt = index["receipt"]
        return (
            index.without("receipt"), sql.without("receipt"), receipt?["path"]?.text ?? "",
            receipt?["path_reason"]?.text ?? ""
        )
    }
}

extension JSON {
    /// Where two values are not the same, with both; numbers are told apart by twelve digits.
    func differences(from other: JSON, at path: String = "") -> [String] {
        switch (self, other) {
        case (.object(let own), .object(let others)) where own.map(\.name) == others.map(\.name):
            return zip(own, others).flatMap {
                $0.value.differences(from: $1.value, at: path + "." + $0.name)
            }
        case (.list(let own), .list(let others)) where own.count == others.count:
            return zip(own, others).enumerated().flatMap {
                $1.0.differences(from: $1.1, at: path + "[\($0)]")
            }
        case (.number(let own), .number(let other)) where abs(own - other) <= abs(own) * 1e-12:
            // Quantiles between two values may differ in the last bit.
            return []
        default: return self == other ? [] : ["\(path): \(line) and \(other.line)"]
        }
    }

    func without(_ name: String) -> JSON {
        guard case .object(let members) = self else { return self }
        return .object(members.filter { $0.name != name })
    }
}
