import Definitions
import Engines
import TestSupport
import Testing
import Vocabulary

@testable import Planning

@Suite("Adoption")
struct AdoptionTests {
    private static func answer(
        _ bench: Bench, _ yaml: String, over: String, grain: Grain? = nil, by: String? = nil
    ) async throws -> AdoptionAnswer {
        let plan = try bench.plan(AdoptionDefinition.self, yaml, over: over, grain: grain, by: by)
        return AdoptionAnswer(
            plan.question, frame: try await bench.engine.run(plan.counts()), known: bench.known)
    }

    private static let two = [
        "p 2026-01-05 10:00 a DE", "p 2026-01-05 11:00 b DE", "p 2026-01-06 10:00 b DE",
        "p 2026-01-13 10:00 b DE", "q 2026-01-05 10:00 a FR", "q 2026-01-14 10:00 b FR",
        "r 2026-01-06 10:00 b", "z 2026-03-01 00:00 c",
    ].map { Happening($0) }

    @Test("K47: adopters are a share of those who could, by default of whoever did anything")
    func breadth() async throws {
        let bench = try await Bench(Self.two)

        let adoption = try await Self.answer(
            bench, "feature: b", over: "2026-01-05..2026-01-18", grain: .week
        ).total
        let eligible = try await Self.answer(
            bench, "feature: b, eligible: a", over: "2026-01-05..2026-01-18", grain: .week
        ).total

        #expect(adoption.periods.map(\.eligible) == [3, 2])
        #expect(adoption.periods.map(\.users) == [2, 2])
        #expect(adoption.periods.map(\.uses) == [3, 2])
        #expect(adoption.periods.map(\.userDays) == [3, 2])
        #expect(adoption.periods.map(\.newAdopters) == [2, 1])
        #expect(adoption.periods.map(\.retained) == [0, 1])
        #expect(eligible.periods.map(\.eligible) == [2, 0])
        #expect(eligible.periods.map(\.users) == [1, 0])
    }

    @Test("the time to adopt is from when somebody could; earlier users are in neither count")
    func time() async throws {
        let bench = try await Bench(
            Self.two + [
                Happening("s 2026-01-05 10:00 b"), Happening("s 2026-01-06 10:00 a"),
                Happening("t 2026-01-07 10:00 a"),
            ])

        let adoption = try await Self.answer(
            bench, "feature: b, eligible: a", over: "2026-01-05..2026-01-18"
        ).total

        // p after an hour, q after nine days, t not yet.
        #expect(adoption.beginners == 3)
        #expect(adoption.adopters == [1, 0, 0, 1, 0, 0])
        let hours = 0.5 * (1 + 9 * 24)
        #expect(adoption.medianSeconds == hours * 3_600)
    }

    @Test("a feature may be a condition, and its uses a part of an event")
    func condition() async throws {
        let bench = try await Bench(Self.two)

        let adoption = try await Self.answer(
            bench, "feature: { event: b, where: country = 'FR' }", over: "2026-01-05..2026-01-18",
            grain: .week
        ).total

        #expect(adoption.periods.map(\.users) == [0, 1])
    }

    @Test("random histories agree with the rules carried out by hand", arguments: [5, 6])
    func agree(seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed)
        let happenings = Happening.random(
            1_500, people: 200, days: 90, from: Instant(seconds: 1_769_900_400), &generator)
        let bench = try await Bench(happenings, zone: "Europe/Berlin")
        let hand = HappeningsByHand(happenings, bench.calendar)
        for (grain, eligible) in [(Grain.day, ""), (.week, ", eligible: [a, c]"), (.month, "")] {
            let answer = try await Self.answer(
                bench, "feature: b\(eligible)", over: "2026-03-11..2026-04-20", grain: grain,
                by: "country")
            Self.expect(answer.total, is: hand, answer)
            let names = eligible.isEmpty ? ["a", "b", "c", "d"] : ["a", "b", "c"]
            let counted = HappeningsByHand(
                happenings.filter { names.contains($0.name) }, bench.calendar)
            let end = answer.question.periods.last?.range.end ?? Day(number: 0)
            for part in answer.parts {
                Self.expect(
                    part.adoption, is: counted.part(part.part.value, before: end), answer)
            }
            #expect(answer.parts.count == 4)
        }
    }

    private static func expect(
        _ found: AdoptionAnswer.Adoption, is hand: HappeningsByHand, _ answer: AdoptionAnswer
    ) {
        let question = answer.question
        let eligible = question.definition.eligible.events
        let could = { (event: Happening) in eligible.isEmpty || eligible.contains(event.name) }
        func isUser(_ person: [Happening], _ range: TimeRange) -> Bool {
            let own = person.filter { range.contains(hand.day($0)) }
            return own.contains(where: could) && own.contains { $0.name == "b" }
        }
        let expected = question.periods.map { period -> AdoptionAnswer.Counts in
            let before = question.calendar.range(
                of: question.periodGrain, containing: period.range.start.adding(days: -1))
            var counts = AdoptionAnswer.Counts()
            for person in hand.people {
                let own = person.filter { period.range.contains(hand.day($0)) }
                if own.contains(where: could) { counts.eligible += 1 }
                guard isUser(person, period.range) else { continue }
                let uses = own.filter { $0.name == "b" }
                counts.users += 1
                counts.uses += uses.count
                counts.userDays += Set(uses.map(hand.day)).count
                if isUser(person, before) { counts.retained += 1 }
                if !person.contains(where: {
                    $0.name == "b" && hand.day($0) < period.range.start
                }) {
                    counts.newAdopters += 1
                }
            }
            return counts
        }
        #expect(Array(found.periods) == expected)
        let end = question.periods.last?.range.end ?? Day(number: 0)
        var seconds: [Int] = []
        var beginners = 0
        for person in hand.people {
            let read = person.filter { hand.day($0) < end }
            guard let first = read.filter(could).map(\.time).min(),
                question.range.contains(question.calendar.zone.day(at: first))
            else { continue }
            let use = read.filter { $0.name == "b" }.map(\.time).min()
            if let use, use < first { continue }
            beginners += 1
            if let use { seconds.append(use.seconds - first.seconds) }
        }
        #expect(found.beginners == beginners)
        #expect(found.adopters.reduce(0, +) == seconds.count)
        seconds.sort()
        let middle = seconds.count / 2
        if !seconds.isEmpty {
            let median =
                seconds.count % 2 == 1
                ? Double(seconds[middle]) : Double(seconds[middle - 1] + seconds[middle]) / 2
            #expect(found.medianSeconds == median)
        }
    }
}
