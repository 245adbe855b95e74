import Definitions
import Planning
import Testing
import Vocabulary

/// What customers cost and bring, what is left of it and how it grows.
@Suite("Rules of money")
struct MoneyRuleTests {
    @Test("K57: a month's MRR is that of its last instant in the workspace's zone; ARR is 12 times")
    func monthEnd() async throws {
        let periods = Bench.table(
            "periods", "customer, starts, ends, amount",
            [
                "'ann', timestamp '2026-01-10 09:00', null, 100",
                // Half past midnight of 1 February in Berlin, still January in UTC.
                "'bob', timestamp '2026-01-31 23:30', null, 50",
                "'cat', timestamp '2026-01-12 09:00', timestamp '2026-01-25 09:00', 70",
            ])
        let sources = """
            source: periods
            is: Paid times.
            time: starts
            complete_through: 2026-03-01
            ---
            source: ledger
            is: Movements.
            from: { ledger: periods, customer: customer, starts: starts, ends: ends, amount: amount, every: 1 month }
            complete_through: 2026-03-01
            """
        for (zone, january) in [("UTC", 150.0), ("Europe/Berlin", 100)] {
            let bench = try await Bench(
                library: ["mrr-by-ledger", "arr-by-ledger"],
                LibraryBinding(sources: ["SOURCE_ledger": "ledger"]), tables: [periods],
                sources: sources, zone: zone)

            let mrr = try await bench.series("ledger_mrr", over: "2026-01..2026-02", by: .month)
            let arr = try await bench.series("ledger_arr", over: "2026-01..2026-02", by: .month)

            expectNumbers(mrr, [january, 150])
            expectNumbers(arr, [12 * january, 1800])
        }
        // What contracts promise is another quantity, so that the entry says what it is.
        #expect(try KPILibrary.entry(named: "arr-by-ledger").variant.contains("run rate"))
    }

    @Test("K62: four kinds of lifetime value have names, and revenue is never mixed with profit")
    func lifetimeValues() async throws {
        let orders = Bench.table(
            "orders", "day, customer, amount",
            [
                "date '2026-01-05', 'ann', 100", "date '2026-02-05', 'ann', 60",
                "date '2026-02-06', 'bob', 40",
            ])
        let fixed = "{ max: amount * 0 + "
        let bench = try await Bench(
            metrics: Bench.metrics([
                (
                    "money",
                    "{ lifetime_value: historic, value: amount, by: customer, from: orders }"
                ),
                ("money", "{ lifetime_value: formula, value: 50, frequency: 4, lifespan: 3 }"),
                (
                    "money",
                    "{ lifetime_value: formula, value: 50, frequency: 4, lifespan: 3, margin: 60% }"
                ),
                ("money", "{ lifetime_value: contractual, arpa: m7, margin: 100%, churn: m6 }"),
                ("money", "{ lifetime_value: contractual, arpa: m7, margin: 100%, churn: m8 }"),
                ("share", fixed + "0.05, from: orders }"),
                ("money", fixed + "50, from: orders }"),
                ("share", "{ max: amount * 0, from: orders }"),
            ]), setUp: [orders],
            definitions: """
                source: orders
                is: Orders.
                time: day
                entities: { customer: customer }
                complete_through: 2026-03-01
                """)

        let numbers = try await bench.numbers(
            ["m1", "m2", "m3", "m4", "m5"], over: "2026-02")

        // Without churn there is no end, and no value rather than an endless one.
        expectNumbers(numbers, [100, 600, 360, 1000, nil])
        let values = KPILibrary.entries.filter { $0.id.hasPrefix("clv-") }.map(\.id)
        #expect(values.allSatisfy { $0.contains("revenue") != $0.contains("profit") })
        for kind in ["historic", "formula", "contractual", "bgnbd"] {
            #expect(values.contains { $0.contains(kind) })
        }
    }

    private static let spending = Bench.table(
        "costs", "day, channel, spend",
        [
            "date '2026-01-10', 'search', 300", "date '2026-01-20', 'social', 100",
            "date '2026-02-10', 'search', 60", "date '2026-03-10', 'search', 30",
        ])

    private static let sources = """
        source: orders
        is: Orders.
        time: day
        entities: { customer: customer }
        dimensions: { channel: channel }
        complete_through: 2026-04-01
        ---
        source: costs
        is: Costs.
        time: day
        dimensions: { channel: channel }
        complete_through: 2026-04-01
        """

    @Test("K67: cost of acquisition is of new customers, lagged or not, and of none undefined")
    func acquisition() async throws {
        let bench = try await Bench(
            library: ["cac-blended", "cac-lagged-one-period"],
            LibraryBinding(sources: ["SOURCE": "orders", "COSTS": "costs"]),
            tables: [
                Self.spending,
                Bench.table(
                    "orders", "day, customer, amount, channel",
                    [
                        "date '2026-01-12', 'ann', 10, 'search'",
                        "date '2026-01-25', 'bob', 10, 'social'",
                        "date '2026-02-12', 'cat', 10, 'search'",
                        // Ann buys again: she is no new customer.
                        "date '2026-02-14', 'ann', 10, 'search'",
                        "date '2026-03-14', 'ann', 10, 'search'",
                    ]),
            ], sources: Self.sources)
        let over = "2026-01..2026-03"

        let channels = try await bench.values(
            bench.question(["cac_blended"], over: "2026-01", by: ["channel"]))

        expectNumbers(
            try await bench.series("cac_blended", over: over, by: .month), [200, 60, nil])
        expectNumbers(
            try await bench.series("cac_lagged_one_period", over: over, by: .month),
            [nil, 400, nil])
        #expect(channels == ["|search": 300, "|social": 100])
    }

    @Test("K68: payback is by gross profit, and never comes where there is none")
    func payback() async throws {
        for (cost, months) in [(20.0, 10.0 as Double?), (50, nil), (70, nil)] {
            let bench = try await Bench(
                library: ["cac-payback-months"],
                LibraryBinding(
                    sources: ["SOURCE_ledger": "ledger", "COSTS": "costs", "RESULTS": "results"]),
                tables: [
                    Self.spending,
                    Bench.table(
                        "ledger", "moment, customer, movement, amount, customers",
                        ["date '2026-01-05', 'ann', 'new', 100::double, 1"]),
                    Bench.table(
                        "results", "day, revenue, cost_of_sales",
                        ["date '2026-01-31', 50::double, \(cost)::double"]),
                    "create or replace table source.costs as select date '2026-01-10' as day, "
                        + "600.0::double as spend",
                ],
                sources: """
                    source: ledger
                    is: Movements.
                    time: moment
                    entities: { customer: customer }
                    complete_through: 2026-02-01
                    ---
                    source: costs
                    is: Costs.
                    time: day
                    complete_through: 2026-02-01
                    ---
                    source: results
                    is: Results.
                    time: day
                    complete_through: 2026-02-01
                    """)

            // 600 spent for one account that pays 100 a month, of which 60 % may be left.
            expectNumbers(
                try await bench.numbers(["cac_payback_months"], over: "2026-01"), [months])
        }
    }

    @Test("K69: gross, operating and net margin are three numbers")
    func margins() async throws {
        let bench = try await Bench(
            library: ["gross-margin", "operating-margin", "net-margin"],
            LibraryBinding(source: "results"),
            tables: [
                Bench.table(
                    "results", "day, revenue, cost_of_sales, operating_cost, interest_and_tax",
                    ["date '2026-01-10', 60, 30, 10, 4", "date '2026-01-20', 40, 10, 20, 6"])
            ],
            sources: "source: results\nis: Results.\ntime: day\ncomplete_through: 2026-02-01")

        expectNumbers(
            try await bench.numbers(
                ["gross_margin", "operating_margin", "net_margin"], over: "2026-01"),
            [0.6, 0.3, 0.2])
    }

    @Test("K70: growth on a month, on a year and compounded has no base of zero or less")
    func growth() async throws {
        let bench = try await Bench(
            library: [
                "revenue-growth-on-period-before", "revenue-growth-on-year-before",
                "revenue-cmgr-12",
            ], LibraryBinding(source: "orders"),
            tables: [
                Bench.table(
                    "orders", "day, amount",
                    [
                        "date '2025-01-10', 100", "date '2025-12-10', -50",
                        "date '2026-01-10', 200", "date '2026-02-10', 300",
                    ])
            ], sources: "source: orders\nis: Orders.\ntime: day\ncomplete_through: 2026-03-01")
        let names = [
            "revenue_growth_on_period_before", "revenue_growth_on_year_before", "revenue_cmgr_12",
        ]

        let january = try await bench.answer(
            bench.question(names, over: "2026-01", grain: .month))
        let february = try await bench.answer(
            bench.question(names, over: "2026-02", grain: .month))

        // The twelfth root of 2 is 1.0594630943592953.
        expectNumbers(
            january.rows[0].cells.map(\.quantity.value), [nil, 1, 0.0594630943592953])
        expectNumbers(february.rows[0].cells.map(\.quantity.value), [0.5, nil, nil])
    }
}
