import Definitions
import Planning
import Testing
import Vocabulary

/// The five measures of software delivery, and what they leave out.
@Suite("Rules of delivery")
struct DeliveryRuleTests {
    private static let sources = """
        source: deployments
        is: One row per deployment.
        time: deployed_at
        entities: { deployment: deployment }
        complete_through: 2026-03-23
        ---
        source: incidents
        is: One row per incident; those that no deployment caused name none.
        time: began_at
        complete_through: 2026-03-23
        ---
        source: failures
        is: Deployments that caused incidents, and when the last of these was over.
        from: { each: { deployment: deployment }, of: incidents, keep: { over: { max: over_at }, incidents: { count: rows } } }
        ---
        source: outcomes
        is: Deployments with what became of them.
        from:
          rows: deployments
          with: [{ source: failures, match: { deployment: deployment }, take: { restored_at: over } }]
          add: { failed: restored_at is not null }
        complete_through: 2026-03-23
        """

    /// Four deployments of two weeks; the second caused two incidents, and a data centre failed.
    private static let tables = [
        Bench.table(
            "deployments", "deployment, first_commit_at, deployed_at, is_rework",
            [
                "'d1', timestamp '2026-03-09 08:00', timestamp '2026-03-09 10:00', false",
                "'d2', timestamp '2026-03-09 10:00', timestamp '2026-03-10 10:00', false",
                "'d3', timestamp '2026-03-10 10:30', timestamp '2026-03-10 11:00', true",
                "'d4', timestamp '2026-03-16 10:00', timestamp '2026-03-18 10:00', false",
            ]),
        Bench.table(
            "incidents", "incident, deployment, began_at, over_at",
            [
                "'i1', 'd2', timestamp '2026-03-10 10:05', timestamp '2026-03-10 10:30'",
                "'i2', 'd2', timestamp '2026-03-10 10:10', timestamp '2026-03-10 11:00'",
                "'i3', null, timestamp '2026-03-14 00:00', timestamp '2026-03-14 20:00'",
            ]),
    ]

    private static func bench(_ library: [String], _ formulas: [(String, String)] = []) async throws
        -> Bench
    {
        try await Bench(
            library: library, LibraryBinding(source: "outcomes"),
            metrics: Bench.metrics(formulas.map { ($0.0, $0.1) }), tables: tables,
            sources: sources)
    }

    @Test("K76: delivery has five measures, all from the same deployments")
    func five() async throws {
        let bench = try await Self.bench([
            "lead-time-for-changes-median", "deployment-frequency",
            "failed-deployment-recovery-median", "change-fail-rate", "deployment-rework-rate",
        ])

        let numbers = try await bench.numbers(
            [
                "lead_time_for_changes_median", "deployments",
                "failed_deployment_recovery_median", "change_fail_rate",
                "deployment_rework_rate",
            ], over: "2026-03-09..2026-03-22")

        // Half an hour, 2, 24 and 48 hours from commit to production; an hour until d2 was mended.
        expectNumbers(numbers, [13 * 3600, 4, 3600, 0.25, 0.25])
    }

    @Test("K77: recovery is of failures that a deployment caused; the outage is of another KPI")
    func recovery() async throws {
        let bench = try await Self.bench(
            ["failed-deployment-recovery-median"],
            [
                (
                    "duration",
                    "{ duration: { from: began_at, to: over_at, average: true }, in: incidents }"
                ),
                ("count", "{ count: rows, from: incidents }"),
                ("count", "{ count: rows, from: outcomes, where: failed }"),
            ])

        let numbers = try await bench.numbers(
            ["failed_deployment_recovery_median", "m1", "m2", "m3"],
            over: "2026-03-09..2026-03-22")

        // All three incidents took 25, 50 and 1,200 minutes.
        expectNumbers(numbers, [3600, 25_500, 3, 1])
    }

    @Test("K78: days without a deployment, weekends too, are days with none")
    func emptyDays() async throws {
        let bench = try await Self.bench(
            ["deployment-frequency"],
            [("number", "{ derived: average_of_days(deployments) }")])

        let days = try await bench.series(
            "deployments", over: "2026-03-09..2026-03-22", by: .day)
        let mean = try await bench.numbers(["m1"], over: "2026-03-09..2026-03-22")

        // Monday 9 March to Sunday 22 March; only three of the fourteen days have any.
        expectNumbers(days, [1, 2, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0])
        #expect(days.compactMap { $0 }.sorted()[7] == 0)
        expectNumbers(mean, [4.0 / 14])
    }

    @Test("K79: a deployment fails once, however many incidents it causes")
    func failRate() async throws {
        let bench = try await Self.bench(
            ["change-fail-rate"],
            [
                ("count", "{ count: rows, from: incidents, where: deployment is not null }"),
                ("count", "{ count: rows, from: deployments }"),
                ("ratio", "{ ratio: { of: m1, to: m2 } }"),
            ])
        let over = "2026-03-10"

        let answer = try await bench.answer(bench.question(["change_fail_rate"], over: over))
        let perIncident = try await bench.numbers(["m3"], over: over)

        // Of the two deployments of the day one failed; incidents over deployments would be 100 %.
        expectNumbers(answer.rows[0].cells.map(\.quantity.value), [0.5])
        #expect(answer.rows[0].cells[0].quantity.denominator == 2)
        expectNumbers(perIncident, [1])
    }
}
