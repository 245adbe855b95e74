import Planning
import TestSupport
import Testing
import Vocabulary

/// Plans and SQL as text: a change shows in a review.
@Suite("Golden plans")
struct GoldenPlanTests {
    static let metrics =
        CheckQueryTests.metrics + "\n---\n" + StockTests.metrics + "\n---\n"
            + """
            metric: rolling
            is: People active in 28 days.
            owner: t
            unit: count
            formula: { active: person, from: events, window: 28 days }
            ---
            metric: spend_per_event
            is: Spend per event, with an interval.
            owner: t
            unit: money
            formula: { ratio: { of: { sum: amount, from: events }, to: { count: rows, from: events } } }
            """

    @Test(
        "the plan and the SQL of a question read as they did",
        arguments: [
            ("sum-by-month", ["revenue"], Grain?.some(.month), [], nil),
            ("share-by-week-compared", ["paid_share"], .week, [], Comparison.previous),
            (
                "several-metrics-one-scan", ["events", "revenue", "amount", "paid_share"], .quarter,
                [], nil
            ),
            ("distinct-by-country", ["people"], .month, ["country"], nil),
            ("rolling-28-by-day", ["rolling"], .day, [], nil),
            ("new-by-week-by-country", ["newcomers"], .week, ["country"], nil),
            ("stock-by-month", ["balance"], .month, [], nil),
            ("stock-per-account", ["balance_per_account"], .month, ["plan"], nil),
            ("ratio-with-interval", ["spend_per_event"], nil, [], .year),
        ] as [(String, [String], Grain?, [String], Comparison?)])
    func golden(
        name: String, metrics: [String], grain: Grain?, by: [String], compare: Comparison?
    ) async throws {
        let bench = try await Bench(metrics: Self.metrics, zone: "Europe/Berlin")
        let plan = try bench.plan(
            bench.question(
                metrics, over: grain == .day ? "2025-03-28..2025-04-02" : "2025-03..2025-04",
                grain: grain, by: by, compare: compare, limit: 3))

        var text = PlanText(plan).text + "\n"
        for leader in plan.leaders {
            text += "\n" + DuckDBDialect().statement(leader).sql + "\n"
        }
        for read in plan.reads(keeping: plan.leaders.map { _ in [.text("DE"), .text("US")] }) {
            let statement = DuckDBDialect().statement(read)
            text += "\n" + statement.sql + "\n"
            let values = statement.values.map(\.json.line).joined(separator: ", ")
            text += "values: \(values)\n"
        }
        try expectGolden(text, named: name + ".txt")
    }

    @Test("names of values never reach the SQL text")
    func valuesAreBound() async throws {
        let bench = try await Bench(metrics: Self.metrics)
        let hostile = "country = 'x''); drop table source.events; --'"

        let plan = try bench.plan(bench.question(["events"], over: "2025", filters: [hostile]))

        let statement = DuckDBDialect().statement(plan.reads[0])
        #expect(!statement.sql.contains("drop"))
        #expect(statement.values.contains(.text("x'); drop table source.events; --")))
    }
}
