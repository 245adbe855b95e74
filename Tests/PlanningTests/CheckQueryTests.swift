import Planning
import Testing
import Vocabulary

/// Hand-written SQL that must give the same rows as the planner's, on every formula kind, grain and
/// breakdown. Golden files show that something changed; these show that it is right.
@Suite("Check queries")
struct CheckQueryTests {
    static let metrics = """
        metric: events
        is: Events.
        owner: t
        unit: count
        formula: { count: rows, from: events }
        ---
        metric: priced
        is: Events with an amount.
        owner: t
        unit: count
        formula: { count: amount, from: events }
        ---
        metric: people
        is: Different people.
        owner: t
        unit: count
        formula: { distinct: person, from: events }
        ---
        metric: revenue
        is: Amounts of paid events.
        owner: t
        unit: money
        formula: { sum: amount * items, from: events, where: paid }
        ---
        metric: amount
        is: Mean amount.
        owner: t
        unit: number
        formula: { average: amount, from: events }
        ---
        metric: p90
        is: The ninetieth percentile.
        owner: t
        unit: number
        formula: { percentile: 90, of: amount, from: events }
        ---
        metric: median_amount
        is: The median.
        owner: t
        unit: number
        formula: { median: amount, from: events }
        ---
        metric: smallest
        is: The smallest amount.
        owner: t
        unit: number
        formula: { min: amount, from: events, where: "country != 'DE'" }
        ---
        metric: largest
        is: The largest amount.
        owner: t
        unit: number
        formula: { max: amount, from: events, where: "country not in ('DE', 'FR') and not paid" }
        ---
        metric: paid_share
        is: Share of events that are paid.
        owner: t
        unit: share
        formula: { ratio: { of: { count: rows, from: events, where: paid }, to: events } }
        ---
        metric: revenue_per_person
        is: Revenue per person.
        owner: t
        unit: money
        formula: { ratio: { of: revenue, to: people } }
        ---
        metric: doubled
        is: Twice the revenue less the events.
        owner: t
        unit: number
        formula: { derived: "2 * revenue - events / 4" }
        ---
        metric: newcomers
        is: People whose first event ever is in the period.
        owner: t
        unit: count
        formula: { new: person, from: events }
        """

    /// Each metric's aggregate, written by hand.
    static let aggregates: [(metric: String, sql: String)] = [
        ("events", "count(*)"), ("priced", "count(amount)"), ("people", "count(distinct person)"),
        ("revenue", "coalesce(sum(amount * items) filter (where paid), 0)"),
        ("amount", "avg(amount)"), ("p90", "quantile_cont(amount, 0.9)"),
        ("median_amount", "median(amount)"),
        ("smallest", "min(amount) filter (where country is distinct from 'DE')"),
        (
            "largest",
            "max(amount) filter (where (country is null or country not in ('DE', 'FR')) and not paid)"
        ),
        ("paid_share", "count(*) filter (where paid) / count(*)"),
        (
            "revenue_per_person",
            "coalesce(sum(amount * items) filter (where paid), 0) / nullif(count(distinct person), 0)"
        ),
        ("doubled", "2 * coalesce(sum(amount * items) filter (where paid), 0) - count(*) / 4"),
    ]

    static let grains: [Grain?] = [.day, .week, .month, .quarter, .year, nil]

    @Test(
        "every direct formula gives what SQL by hand gives, by every grain",
        arguments: aggregates.map(\.metric))
    func direct(metric: String) async throws {
        let bench = try await Bench(metrics: Self.metrics)
        let sql = try #require(Self.aggregates.first { $0.metric == metric }?.sql)
        for grain in Self.grains {
            let period =
                grain.map { "cast(cast(date_trunc('\($0.rawValue)', moment) as date) as varchar)" }
                ?? "''"
            let rows = "from source.events where moment >= '2024-12-02' and moment < '2025-12-01'"
            let over = "2024-12-02..2025-11-30"
            // Periods that the range cuts begin with the range.
            let shown = "greatest(\(period), '\(grain == nil ? "" : "2024-12-02")')"

            let plain = try await bench.check("select \(shown), \(sql) \(rows) group by 1")
            let asked = try await bench.values(bench.question([metric], over: over, grain: grain))
            expectSame(
                asked.filter { plain[$0.key] != nil || $0.value != 0 }, plain,
                grain?.rawValue ?? "whole")

            let split = try await bench.check(
                "select \(shown), country, \(sql) \(rows) group by 1, 2")
            let parts = try await bench.values(
                bench.question([metric], over: over, grain: grain, by: ["country"]))
            expectSame(
                parts.filter { split[$0.key] != nil || $0.value != 0 }, split,
                (grain?.rawValue ?? "whole") + " by country")
        }
    }

    @Test("two dimensions, and a filter of the question beside the metric's own")
    func twoDimensions() async throws {
        let bench = try await Bench(metrics: Self.metrics)

        let asked = try await bench.values(
            bench.question(
                ["revenue"], over: "2025", grain: .quarter, by: ["country", "items"],
                filters: ["amount > 10", "country is not null"]))

        let check = try await bench.check(
            """
            select cast(cast(date_trunc('quarter', moment) as date) as varchar), country,
              cast(items as varchar), coalesce(sum(amount * items) filter (where paid), 0)
            from source.events
            where moment >= '2025-01-01' and moment < '2026-01-01' and amount > 10 and country is not null
            group by 1, 2, 3
            """)
        expectSame(asked.filter { check[$0.key] != nil || $0.value != 0 }, check, "two dimensions")
    }

    @Test("new people are counted in the period of their first event ever (K20)")
    func newcomers() async throws {
        let bench = try await Bench(metrics: Self.metrics)
        for grain in [Grain.day, .week, .month] {
            let asked = try await bench.values(
                bench.question(["newcomers"], over: "2025-01-06..2025-03-30", grain: grain))
            let check = try await bench.check(
                """
                select greatest(cast(cast(date_trunc('\(grain.rawValue)', first) as date) as varchar),
                  '2025-01-06'), count(*)
                from (select person, min(moment) as first from source.events where person is not null
                  group by 1)
                where first >= '2025-01-06' and first < '2025-03-31' group by 1
                """)
            expectSame(asked.filter { $0.value != 0 }, check, "\(grain)")
        }
    }

    @Test("the parts, the rest and the missing of new people add up")
    func newcomersByCountry() async throws {
        let bench = try await Bench(metrics: Self.metrics)

        let asked = try await bench.values(
            bench.question(["newcomers"], over: "2024-11-20..2025-02-28", by: ["country"], limit: 2)
        )

        let check = try await bench.check(
            """
            select '', case when country in ('DE', 'FR', 'US', 'IN') then country end, count(*)
            from (select person, min(moment) as first, arg_min({'c': country}, moment).c as country
              from source.events where person is not null group by 1)
            where first < '2025-03-01' group by 1, 2
            """)
        #expect(asked.values.reduce(0, +) == check.values.reduce(0, +))
        #expect(asked["|(none)"] == check["|(none)"])
        #expect(asked["|other"] != nil)
    }
}
