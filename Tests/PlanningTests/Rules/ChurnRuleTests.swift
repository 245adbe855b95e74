import Definitions
import Planning
import Testing
import Vocabulary

/// Who stays and who leaves, by the denominators and methods in use.
@Suite("Rules of churn")
struct ChurnRuleTests {
    private static let source = """
        source: ledger
        is: Movements of what customers pay a month.
        time: moment
        entities: { customer: customer }
        complete_through: 2026-03-01
        """

    /// What accounts do on days: `(day, name, how many of them, amount)`.
    private static func ledger(_ moves: [(String, String, Int, Double)]) -> String {
        let rows = moves.flatMap { day, name, count, amount in
            (1...count).map { "date '\(day)', '\(name)\($0)', \(amount)::double" }
        }
        return """
            create table source.ledger as
            with moves as (select * from (values \(rows.map { "(\($0))" }.joined(separator: ", ")))
              t(moment, customer, amount)),
            sums as (select *, coalesce(sum(amount) over (partition by customer order by moment
                rows between unbounded preceding and 1 preceding), 0) as before,
              row_number() over (partition by customer order by moment) as n from moves)
            select moment, customer, amount,
              case when n = 1 then 'new' when before = 0 then 'reactivation'
                when before + amount = 0 then 'churn' when amount > 0 then 'expansion'
                else 'contraction' end as movement,
              case when before = 0 then 1 when before + amount = 0 then -1 else 0 end as customers
            from sums
            """
    }

    private static func bench(
        _ library: [String] = [], _ formulas: [(String, String)] = [],
        _ moves: [(String, String, Int, Double)]
    ) async throws -> Bench {
        try await Bench(
            library: library, LibraryBinding(sources: ["SOURCE_ledger": "ledger"]),
            metrics: Bench.metrics(formulas.map { ($0.0, $0.1) }), tables: [ledger(moves)],
            sources: source)
    }

    private static func of(_ quantity: String, _ unit: String = "share") -> (String, String) {
        (unit, "{ subscription: \(quantity), from: ledger }")
    }

    @Test("K42: who comes back is kept out of retention, which is refused above one")
    func retention() async throws {
        // 80 customers at the start, nobody leaves; 10 former ones return and 10 new ones come.
        let bench = try await Self.bench(
            ["customer-retention-of-opening", "customers-lost"],
            [
                (
                    "share",
                    "{ derived: share((customers_closing - customers_won) / customers_opening) }"
                )
            ],
            [
                ("2025-11-01", "stays", 80, 10), ("2025-11-01", "returns", 10, 10),
                ("2025-12-01", "returns", 10, -10), ("2026-01-10", "returns", 10, 10),
                ("2026-01-20", "new", 10, 10),
            ])
        let names = [
            "customers_opening", "customers_won", "customers_back", "customers_closing",
            "ledger_lost_customers", "customer_retention", "m1",
        ]

        let answer = try await bench.answer(bench.question(names, over: "2026-01", grain: .month))

        let values = answer.rows[0].cells.map(\.quantity.value)
        // The short formula would say (100 - 10) / 80 = 112.5 %.
        expectNumbers(values, [80, 10, 10, 100, 0, 1, nil])
        #expect(answer.notes.contains { $0.code == "answer/not-a-share" })
        // Opening − lost + reactivated + new = ending.
        let bridge = values.compactMap { $0 }
        #expect(bridge[0] - bridge[4] + bridge[2] + bridge[1] == bridge[3])
    }

    @Test("K43: a year of monthly churn compounds; won and lost within a month is of no snapshot")
    func annual() async throws {
        let bench = try await Self.bench(
            ["logo-churn-annualised", "customer-retention-of-opening"],
            [Self.of("logo_churn, method: snapshots"), Self.of("lost_customers", "number")],
            [
                ("2025-12-01", "stays", 19, 10), ("2025-12-01", "leaves", 1, 10),
                ("2026-01-15", "leaves", 1, -10), ("2026-02-03", "short", 1, 10),
                ("2026-02-20", "short", 1, -10),
            ])

        let january = try await bench.numbers(
            ["ledger_logo_churn", "ledger_logo_churn_annualised", "m1", "customer_retention"],
            over: "2026-01")
        let february = try await bench.numbers(
            ["m1", "m2", "customer_retention"], over: "2026-02")

        expectNumbers(january, [0.05, 0.45963991233736331, 0.05, 0.95])
        // Twelve times five would be 60 %.
        expectNumbers(february, [0, 1, 1])
    }

    @Test("K44: churn of the opening, of the average and of the days are three numbers")
    func denominators() async throws {
        let bench = try await Self.bench(
            ["logo-churn-of-opening", "logo-churn-of-average", "logo-churn-of-days"],
            [
                (
                    "share",
                    "{ ratio: { of: { subscription: lost_customers, from: ledger }, "
                        + "to: { subscription: customers, from: ledger } } }"
                )
            ],
            [
                ("2025-12-01", "old", 4, 10), ("2026-01-02", "new", 4, 10),
                ("2026-01-10", "old", 2, -10),
            ])

        let numbers = try await bench.numbers(
            [
                "ledger_logo_churn", "ledger_logo_churn_of_average", "ledger_logo_churn_of_days",
                "m1",
            ], over: "2026-01")

        // Two of the 4 at the start; of the mean of 4 and 6; of the 8 of the 9th of January; a
        // ratio over whoever is there in the end.
        expectNumbers(numbers, [0.5, 0.4, 0.25, 1.0 / 3])
    }

    @Test("K46: customers lost and money lost differ, and net churn may be negative")
    func logosAndMoney() async throws {
        let bench = try await Self.bench(
            ["logo-churn-of-opening", "gross-revenue-churn", "net-revenue-churn"], [],
            [
                ("2025-12-01", "large", 1, 100), ("2025-12-01", "small", 1, 10),
                ("2026-01-05", "large", 1, 50), ("2026-01-10", "small", 1, -10),
            ])

        let numbers = try await bench.numbers(
            ["ledger_logo_churn", "ledger_gross_revenue_churn", "ledger_net_revenue_churn"],
            over: "2026-01")

        expectNumbers(numbers, [0.5, 10.0 / 110, -40.0 / 110])
    }

    @Test("K59, K61: whether reactivation counts is in the name of net churn and of quick ratio")
    func reactivation() async throws {
        let bench = try await Self.bench(
            [
                "net-revenue-churn", "net-revenue-churn-with-reactivation",
                "net-revenue-retention-by-movements", "quick-ratio-by-movements",
                "quick-ratio-with-reactivation",
            ], [],
            [
                ("2025-11-01", "back", 1, 20), ("2025-12-01", "back", 1, -20),
                ("2025-12-01", "stays", 1, 850), ("2025-12-01", "leaves", 1, 100),
                ("2025-12-01", "falls", 1, 50), ("2025-12-01", "x", 1, 50),
                ("2026-01-02", "falls", 1, -40), ("2026-01-02", "x", 1, -10),
                ("2026-01-05", "leaves", 1, -100), ("2026-01-08", "stays", 1, 30),
                ("2026-01-09", "back", 1, 20), ("2026-01-10", "new", 1, 25),
            ])

        // Opening 1050; churn 100, contraction 50, expansion 30, reactivation 20, new 25.
        let numbers = try await bench.numbers(
            [
                "ledger_net_revenue_churn", "ledger_net_revenue_churn_with_returns",
                "ledger_nrr", "ledger_quick_ratio", "ledger_quick_ratio_with_returns",
            ], over: "2026-01")
        let quiet = try await bench.numbers(["ledger_quick_ratio"], over: "2026-02")

        expectNumbers(
            numbers, [120.0 / 1050, 100.0 / 1050, 930.0 / 1050, 55.0 / 150, 75.0 / 150])
        expectNumbers(quiet, [nil])
    }

    @Test("K60: point to point a fall that is made up for is none; by movements it is one")
    func methods() async throws {
        let bench = try await Self.bench(
            ["gross-revenue-retention-by-movements", "gross-revenue-retention-by-snapshots"], [],
            [
                ("2025-12-01", "a", 1, 100), ("2025-12-01", "b", 1, 100),
                ("2026-01-10", "a", 1, -40), ("2026-01-20", "a", 1, 40),
                ("2026-02-10", "b", 1, 60),
            ])
        let names = ["ledger_grr", "ledger_grr_snapshots"]

        expectNumbers(try await bench.numbers(names, over: "2026-01"), [0.8, 1])
        // What grows never lifts it above one.
        expectNumbers(try await bench.numbers(names, over: "2026-02"), [1, 1])
    }
}
