import Definitions
import Engines
import TestSupport
import Testing
import Vocabulary

@testable import Planning

@Suite("Lifecycle")
struct LifecycleTests {
    private static func answer(
        _ bench: Bench, _ yaml: String = "", over: String, grain: Grain? = nil, by: String? = nil,
        filters: [String] = []
    ) async throws -> LifecycleAnswer {
        let plan = try bench.plan(
            LifecycleDefinition.self, yaml, over: over, grain: grain, by: by, filters: filters)
        return LifecycleAnswer(
            plan.question, frame: try await bench.engine.run(plan.counts()), known: bench.known)
    }

    private static func counts(
        _ new: Int, _ current: Int, _ resurrected: Int, _ dormant: Int
    ) -> LifecycleAnswer.Counts {
        var counts = LifecycleAnswer.Counts()
        counts.new = new
        counts.current = current
        counts.resurrected = resurrected
        counts.dormant = dormant
        return counts
    }

    @Test("K24: a person is new once, current next, dormant after, and resurrected when back")
    func onePerson() async throws {
        let bench = try await Bench([
            Happening("p 2026-01-05 10:00 a"), Happening("p 2026-01-12 10:00 a"),
            Happening("p 2026-01-14 10:00 b"), Happening("p 2026-01-26 10:00 a"),
            Happening("q 2026-01-08 10:00 a"), Happening("z 2026-03-01 00:00 c"),
        ])

        let answer = try await Self.answer(bench, over: "2026-01-05..2026-02-01", grain: .week)

        #expect(
            answer.total == [
                Self.counts(2, 0, 0, 0), Self.counts(0, 1, 0, 1), Self.counts(0, 0, 0, 1),
                Self.counts(0, 0, 1, 0),
            ])
        #expect(answer.total.map(\.active) == [2, 1, 0, 1])
        #expect(answer.total.map(\.pulse) == [nil, 0, 0, nil])
    }

    @Test("who was active before the range is not new in it, and who left at its start is dormant")
    func lookingBack() async throws {
        let bench = try await Bench([
            Happening("p 2025-11-05 10:00 a"), Happening("p 2026-01-12 10:00 a"),
            Happening("q 2026-01-05 10:00 a"), Happening("r 2026-01-06 10:00 a"),
            Happening("r 2026-01-13 10:00 a"),
        ])

        let answer = try await Self.answer(bench, over: "2026-01-12..2026-01-18", grain: .week)

        #expect(answer.total == [Self.counts(0, 1, 1, 1)])
    }

    @Test("only the events that are named make anybody active")
    func events() async throws {
        let bench = try await Bench([
            Happening("p 2026-01-05 10:00 b"), Happening("p 2026-01-12 10:00 a"),
        ])

        let answer = try await Self.answer(
            bench, "events: [a]", over: "2026-01-05..2026-01-18", grain: .week)

        #expect(answer.total == [Self.counts(0, 0, 0, 0), Self.counts(1, 0, 0, 0)])
    }

    @Test("a filter that denies a value keeps rows without one, as in questions about metrics")
    func denials() async throws {
        let bench = try await Bench([
            Happening("p 2026-01-05 10:00 a DE"), Happening("q 2026-01-06 10:00 a"),
            Happening("r 2026-01-07 10:00 a FR"),
        ])
        let new = { (filter: String) in
            try await Self.answer(
                bench, over: "2026-01-05..2026-01-11", grain: .week, filters: [filter]
            ).total[0].new
        }

        #expect(try await new("country != 'DE'") == 2)
        #expect(try await new("not (country = 'DE')") == 2)
        #expect(try await new("country = 'DE'") == 1)
    }

    @Test("periods are whole ones, and one that is not over is marked")
    func completeness() async throws {
        let bench = try await Bench([
            Happening("p 2026-01-05 10:00 a"), Happening("p 2026-01-14 10:00 a"),
        ])

        let json = try await Self.answer(bench, over: "2026-01-07..2026-01-13", grain: .week).json

        let periods = json["periods"]?.items ?? []
        #expect(periods.map { $0["start"] } == ["2026-01-05", "2026-01-12"])
        #expect(periods.map { $0["complete"] } == [true, false])
    }

    @Test("random histories agree with the rules carried out by hand", arguments: [1, 2])
    func agree(seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed)
        let happenings = Happening.random(
            1_500, people: 200, days: 90, from: Instant(seconds: 1_769_900_400), &generator)
        let bench = try await Bench(happenings, zone: "Europe/Berlin")
        let hand = HappeningsByHand(happenings, bench.calendar)
        for grain in [Grain.day, .week, .month] {
            let answer = try await Self.answer(
                bench, "events: [a, b, c]", over: "2026-03-11..2026-04-20", grain: grain,
                by: "country")
            let question = answer.question
            #expect(answer.total == Self.byHand(hand, question))
            let end = question.periods.last?.range.end ?? Day(number: 0)
            // Parts are of those who are counted at all.
            let counted = HappeningsByHand(
                happenings.filter { $0.name != "d" }, bench.calendar)
            for part in answer.parts {
                let own = counted.part(part.part.value, before: end)
                #expect(part.periods == Self.byHand(own, question), "\(part.part)")
            }
            #expect(answer.parts.count == 4)
            for (before, now) in zip(answer.total, answer.total.dropFirst()) {
                #expect(before.active == now.current + now.dormant)
            }
        }
    }

    private static func byHand(
        _ hand: HappeningsByHand, _ question: BehaviourQuestion<LifecycleDefinition>
    ) -> [LifecycleAnswer.Counts] {
        question.periods.map { period in
            let before = question.calendar.range(
                of: question.periodGrain, containing: period.range.start.adding(days: -1))
            var counts = LifecycleAnswer.Counts()
            for person in hand.people {
                let days = person.filter { question.definition.events.contains($0.name) }
                    .map(hand.day)
                let isActive = days.contains { period.range.contains($0) }
                let wasActive = days.contains { before.contains($0) }
                let wasEver = days.contains { $0 < period.range.start }
                if isActive, !wasEver { counts.new += 1 }
                if isActive, wasActive { counts.current += 1 }
                if isActive, wasEver, !wasActive { counts.resurrected += 1 }
                if !isActive, wasActive { counts.dormant += 1 }
            }
            return counts
        }
    }
}
