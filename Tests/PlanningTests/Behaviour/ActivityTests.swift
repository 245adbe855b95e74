import Definitions
import Engines
import TestSupport
import Testing
import Vocabulary

@testable import Planning

@Suite("Activity")
struct ActivityTests {
    private static func answer(
        _ bench: Bench, _ yaml: String = "", over: String, by: String? = nil
    ) async throws -> ActivityAnswer {
        let plan = try bench.plan(ActivityDefinition.self, yaml, over: over, by: by)
        return ActivityAnswer(
            plan, frame: try await bench.engine.run(plan.counts()), known: bench.known)
    }

    @Test("K22: a day of activity counts for seven days and for 28 that begin with it")
    func windows() async throws {
        let bench = try await Bench([
            Happening("p 2026-01-05 10:00 a"), Happening("p 2026-01-07 10:00 a"),
            Happening("q 2026-01-07 11:00 a"), Happening("q 2026-01-07 12:00 a"),
            Happening("z 2026-06-01 00:00 c"),
        ])

        let days = try await Self.answer(bench, over: "2026-01-04..2026-02-05").total.days

        #expect(days.prefix(5).map(\.day) == [0, 1, 0, 2, 0])
        #expect(days.prefix(12).map(\.week) == [0, 1, 1, 2, 2, 2, 2, 2, 2, 2, 0, 0])
        // 28 days from the 7th of January are the last ones up to the 3rd of February.
        #expect(days.map(\.month).suffix(5) == [2, 2, 2, 0, 0])
    }

    @Test("the frequency is on how many of the last 28 days each came")
    func frequency() async throws {
        let bench = try await Bench([
            Happening("p 2026-01-05 10:00 a"), Happening("p 2026-01-05 12:00 a"),
            Happening("p 2026-01-07 10:00 a"), Happening("q 2026-01-07 11:00 a"),
            Happening("r 2025-12-01 11:00 a"),
        ])

        let answer = try await Self.answer(bench, over: "2026-01-01..2026-01-31")

        #expect(answer.frequencyDays.end.description == "2026-01-08")
        #expect(answer.total.frequency == [1, 1] + Array(repeating: 0, count: 26))
    }

    @Test("K23: stickiness is a share of the 28 days with its interval")
    func stickiness() async throws {
        let bench = try await Bench([
            Happening("p 2026-01-05 10:00 a"), Happening("q 2026-01-06 10:00 a"),
            Happening("r 2026-01-06 10:00 a"), Happening("s 2026-01-06 10:00 a"),
        ])

        let json = try await Self.answer(bench, over: "2026-01-04..2026-01-06").json
        let days = json["days"]?.items ?? []

        #expect(days.map { $0["stickiness"]?["value"] } == [.null, .number(1), .number(0.75)])
        #expect(days[2]["stickiness"]?["denominator"] == .integer(4))
        // Wilson, 3 of 4: 30.06 % to 95.44 %.
        guard case .number(let low) = days[2]["stickiness"]?["low"] ?? .null else {
            Issue.record("There is no interval.")
            return
        }
        #expect(abs(low - 0.3006) < 0.0001)
    }

    @Test("random histories agree with windows that are counted one by one", arguments: [3, 4])
    func agree(seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed)
        let happenings = Happening.random(
            1_200, people: 150, days: 80, from: Instant(seconds: 1_769_900_400), &generator)
        let bench = try await Bench(happenings, zone: "America/Los_Angeles")
        let hand = HappeningsByHand(happenings, bench.calendar)

        let answer = try await Self.answer(
            bench, "events: [a, b]", over: "2026-02-20..2026-03-20", by: "country")

        Self.expect(answer.total, is: hand, answer)
        let counted = HappeningsByHand(
            happenings.filter {
                let day = hand.day($0)
                return ["a", "b"].contains($0.name)
                    && day >= answer.question.range.start.adding(days: -27)
            }, bench.calendar)
        for part in answer.parts {
            let own = counted.part(part.part.value, before: answer.question.range.end)
            Self.expect(part.activity, is: own, answer)
        }
        #expect(answer.parts.count == 4)
    }

    private static func expect(
        _ found: ActivityAnswer.Activity, is hand: HappeningsByHand, _ answer: ActivityAnswer
    ) {
        let range = answer.question.range
        let days = hand.people.map { person in
            Set(
                person.filter { answer.question.definition.events.contains($0.name) }
                    .map { hand.day($0).number })
        }
        func active(_ last: Int, _ size: Int) -> Int {
            days.filter { own in (last - size + 1...last).contains { own.contains($0) } }.count
        }
        let expected = (range.start.number..<range.end.number).map { day in
            [active(day, 1), active(day, 7), active(day, 28)]
        }
        #expect(found.days.map { [$0.day, $0.week, $0.month] } == expected)
        let frequent = days.map { own in
            own.filter {
                $0 >= answer.frequencyDays.start.number && $0 < answer.frequencyDays.end.number
            }.count
        }
        #expect(found.frequency == (1...28).map { times in frequent.filter { $0 == times }.count })
    }
}
