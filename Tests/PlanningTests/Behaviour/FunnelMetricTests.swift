import Definitions
import Engines
import TestSupport
import Testing
import Vocabulary

@testable import Planning

@Suite("Funnels as metrics")
struct FunnelMetricTests {
    private static let funnels = [
        ("people", "counting: people"), ("visits", "counting: sessions, session: 12 hours"),
        ("starts", "counting: attempts, reentry: every_start"),
        ("strict", "counting: people, order: strict"),
        ("careful", "counting: people, exclude: [d]"),
        ("anchored", "counting: people, order: anchored"),
        ("second", "counting: people, parts: 2"),
    ]

    private static var definitions: String {
        ([Happening.source]
            + funnels.map { name, rules in
                "{ funnel: \(name), is: Steps., from: events, steps: [a, b, c], within: 1 day, "
                    + "\(rules) }"
            }).joined(separator: "\n---\n")
    }

    private static var metrics: String {
        funnels.flatMap { name, _ in
            [("whole", ""), ("first", ", step: 2"), ("last", ", step: 3, after: 2")].map {
                which, keys in
                """
                metric: \(name)_\(which)
                is: A share of a funnel.
                unit: share
                better: up
                formula: { funnel: \(name)\(keys) }
                """
            }
        }.joined(separator: "\n---\n")
    }

    @Test("have the funnel's own numbers in every month, however it counts", arguments: [11, 12])
    func agree(seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed)
        let happenings = Happening.random(
            6_000, people: 60, days: 75, from: Instant(seconds: 1_769_900_400), &generator)
        let rows = happenings.map { event in
            let moment = "\(event.time)".replacing("T", with: " ").replacing("Z", with: "")
            let country = event.country.map { "'\($0)'" } ?? "cast(null as varchar)"
            return "'\(event.person)', timestamp '\(moment)', '\(event.name)', \(country)"
        }
        let bench = try await Bench(
            metrics: Self.metrics,
            setUp: [Bench.table("events", "person, moment, name, country", rows)],
            definitions: Self.definitions, zone: "Europe/Berlin")
        for (name, _) in Self.funnels {
            let funnel = try #require(
                bench.catalog.behaviours(FunnelDefinition.self)[name])
            for month in ["2026-02", "2026-03"] {
                let range = try RangeText(
                    calendar: bench.calendar, today: Day(number: 20_500), covered: nil
                ).range(month)
                let plan = try FunnelPlan(
                    FunnelQuestion(funnel: funnel, range: range, calendar: bench.calendar),
                    catalog: bench.catalog, facts: bench.facts)
                let counts = FunnelAnswer(
                    plan.question, frame: try await bench.engine.run(plan.counts()),
                    known: bench.known
                ).total.counts
                let shares = ["whole": (2, 0), "first": (1, 0), "last": (2, 1)]
                for (which, steps) in shares {
                    let question = try bench.question(["\(name)_\(which)"], over: month)
                    let cell = try await bench.answer(question).rows[0].cells[0]
                    let expected = Double(counts[steps.0]) / Double(counts[steps.1])
                    #expect(cell.quantity.value == expected, "\(name) \(which) in \(month)")
                    #expect(counts[steps.0] > 5)
                }
            }
        }
    }

    @Test("are split by what the source of the funnel is split by")
    func parts() async throws {
        let happenings = [
            "p 2026-01-05 10:00 a DE", "p 2026-01-05 10:10 b FR", "p 2026-01-05 10:20 c FR",
            "q 2026-01-06 10:00 a FR", "q 2026-01-06 10:10 b DE", "q 2026-01-06 10:20 c DE",
            "r 2026-01-06 10:00 a DE", "z 2026-03-01 00:00 d",
        ].map { Happening($0) }
        let rows = happenings.map { event in
            let moment = "\(event.time)".replacing("T", with: " ").replacing("Z", with: "")
            let country = event.country.map { "'\($0)'" } ?? "cast(null as varchar)"
            return "'\(event.person)', timestamp '\(moment)', '\(event.name)', \(country)"
        }
        let bench = try await Bench(
            metrics: Self.metrics,
            setUp: [Bench.table("events", "person, moment, name, country", rows)],
            definitions: Self.definitions)

        let values = try await bench.values(
            bench.question(["people_whole"], over: "2026-01", by: ["country"]))

        let second = try await bench.values(
            bench.question(["second_whole"], over: "2026-01", by: ["country"]))

        #expect(values == ["|DE": 0.5, "|FR": 1])
        // By the country of the second step; r, who did not take it, has none.
        #expect(second["|DE"] == 1 && second["|FR"] == 1)
        #expect(second.count == 3 && second.values.contains(0))
    }
}
