import Planning
import Testing
import Vocabulary

@Suite("Stocks")
struct StockTests {
    static let metrics = """
        metric: balance
        is: Balance of the last snapshot.
        owner: t
        unit: money
        formula: { stock: balance, from: balances }
        ---
        metric: balance_per_account
        is: Each account's last balance.
        owner: t
        unit: money
        formula: { stock: balance, from: balances, per: account }
        """

    @Test(
        "a stock takes the last snapshot of the period and is not summed over time (K13)",
        arguments: [Grain.week, .month, .quarter])
    func lastSnapshot(grain: Grain) async throws {
        let bench = try await Bench(metrics: Self.metrics)

        let asked = try await bench.values(
            bench.question(["balance"], over: "2025-01-01..2025-06-30", grain: grain))

        let check = try await bench.check(
            """
            select greatest(cast(p as varchar), '2025-01-01'), sum(balance) from (
              select date_trunc('\(grain.rawValue)', day)::date as p, day, balance,
                max(day) over (partition by date_trunc('\(grain.rawValue)', day)) as last
              from source.balances where day >= '2025-01-01' and day <= '2025-06-30')
            where day = last group by 1
            """)
        expectSame(asked, check, "\(grain)")
    }

    @Test("per account the last known balance is carried forward to every period's end")
    func lastPerAccount() async throws {
        let bench = try await Bench(metrics: Self.metrics)
        for dimension in [[], ["plan"]] {
            let asked = try await bench.values(
                bench.question(
                    ["balance_per_account"], over: "2025-01-01..2025-03-31", grain: .day,
                    by: dimension))
            let plan = dimension.isEmpty ? "" : "plan, "
            let check = try await bench.check(
                """
                with labels as (select d::date as label from generate_series(
                  timestamp '2025-01-01', timestamp '2025-03-31', interval 1 day) t(d)),
                lasts as (select label, account, arg_max(balance, day) as balance,
                    arg_max(plan, day) as plan
                  from labels join source.balances on day <= label group by 1, 2)
                select cast(label as varchar), \(plan) sum(balance) from lasts
                group by \(dimension.isEmpty ? "1" : "1, 2")
                """)
            expectSame(asked, check, "\(dimension)")
        }
    }
}
