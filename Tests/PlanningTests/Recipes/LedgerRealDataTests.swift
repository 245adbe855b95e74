import Definitions
import Engines
import Foundation
import Planning
import Testing
import Vocabulary

/// Ledgers of real subscriptions against numbers that pandas computed from the same files. The
/// files lie beside the project; without them the tests are skipped.
@Suite("Ledgers of real data")
struct LedgerRealDataTests {
    /// `YARDSTICK_DATA`, else the folder `shared/data` beside the project's.
    private static let folder: URL =
        ProcessInfo.processInfo.environment["YARDSTICK_DATA"].map { URL(filePath: $0) }
        ?? URL(filePath: #filePath).appending(path: "../../../../../shared/data")
        .standardizedFileURL
    static let isThere = FileManager.default.fileExists(atPath: folder.path)

    /// A file's rows as a statement that makes `source.periods` from them.
    private func table(_ file: String, _ columns: String) async throws -> String {
        let path = Self.folder.appending(path: "open/subscriptions/\(file)").path
        let engine = try DuckDBEngine(.memory, access: DuckDBEngine.FileAccess(files: [path]))
        let frame = try await engine.run(
            Statement("select * from read_csv('\(path)', all_varchar = true)"))
        await engine.close()
        let rows = (0..<frame.count).map { row in
            "(" + frame.columns.map { "'\($0.text(row) ?? "")'" }.joined(separator: ", ") + ")"
        }
        let names = frame.columns.map(\.name).joined(separator: ", ")
        return "create table source.periods as select \(columns) "
            + "from (values \(rows.joined(separator: ", "))) t(\(names))"
    }

    private func expected(_ oracle: String) throws -> [String: Any] {
        let data = try Data(contentsOf: Self.folder.appending(path: "oracles/\(oracle).json"))
        let document = try JSONSerialization.jsonObject(with: data) as? [String: Any]
        return try #require(document?["expected"] as? [String: Any])
    }

    @Test(
        "the dbt playbook's customers change as its models say, month by month",
        .enabled(if: isThere, "There is no data beside the project."))
    func playbook() async throws {
        let rows = try await table(
            "mrr_playbook_subscription_periods.csv",
            "customer_id, start_date::date as starts, nullif(end_date, '')::date as ends, "
                + "monthly_amount::decimal(18,2) as amount")
        let book = try await LedgerBench(
            [rows],
            """
            customer: customer_id
            starts: starts
            ends: ends
            amount: amount
            every: 1 month
            counts: month_start
            """)
        let expected = try expected("mrr_playbook")
        let names = [
            "new": "new", "churn": "churn", "reactivation": "reactivation", "upgrade": "expansion",
            "downgrade": "contraction",
        ]

        var changes: [String: Double] = [:]
        for (month, kinds) in try #require(expected["changes_by_month"] as? [String: Any]) {
            for (kind, numbers) in try #require(kinds as? [String: [String: Double]]) {
                let movement = names[kind] ?? kind
                changes["\(month)|\(movement)|count"] = numbers["count"]
                changes["\(month)|\(movement)|amount"] = numbers["amount"]
            }
        }
        var found = try await book.bench.check(
            """
            select moment::varchar, movement, 'amount', sum(amount)::double from source.book group by 1, 2
            union all select moment::varchar, movement, 'count', count(distinct customer)
            from source.book group by 1, 2
            """)
        expectSame(found, changes, "changes")
        #expect(changes.count == 116, "All months are compared.")

        let months = try #require(expected["mrr_by_month"] as? [String: Double])
        found = try await book.bench.check(
            """
            select month::date::varchar,
              coalesce((select sum(amount) from source.book where moment <= month), 0)::double
            from generate_series(timestamp '2017-09-01', timestamp '2020-02-01', interval 1 month)
              m(month)
            """)
        expectSame(found, months, "MRR")
    }

    @Test(
        "a learning platform's students move between the ends of months as pandas says",
        .enabled(if: isThere, "There is no data beside the project."))
    func edtech() async throws {
        let rows = try await table(
            "edtech_purchases_even.csv.gz",
            "student_id, purchase_id::integer as purchase_id, purchase_type as plan, "
                + "date_purchased::date as starts")
        let book = try await LedgerBench(
            [rows],
            """
            customer: student_id
            subscription: purchase_id
            plan: plan
            starts: starts
            amount: "case when plan = 'Annual' then 192 when plan = 'Quarterly' then 69 else 29 end"
            every: "case when plan = 'Annual' then 12 when plan = 'Quarterly' then 3 else 1 end"
            overlap: latest
            """)
        let months = try #require(expected("mrr_edtech_even")["months"] as? [String: Any])
        var expected: [String: Double] = [:]
        let measures = [
            "customers", "mrr", "new", "reactivation", "expansion", "contraction", "churn",
            "new_customers", "reactivated_customers", "churned_customers", "expanded_customers",
            "contracted_customers", "opening_mrr",
        ]
        for (month, numbers) in months {
            let numbers = try #require(numbers as? [String: Any])
            for measure in measures {
                expected["\(month)|\(measure)"] = try #require(numbers[measure] as? Double)
            }
        }

        #expect(expected.count == 130)
        expectSame(try await book.bench.check(Self.snapshots), expected, "snapshots")
    }

    /// The snapshot method: what each customer pays at the ends of months, by sums over the ledger.
    private static let snapshots = """
        with ends as (
          select (month + interval 1 month - interval 1 day)::date as day
          from generate_series(timestamp '2022-01-01', timestamp '2022-10-01', interval 1 month)
            m(month)
        ), customers as (select distinct customer from source.book),
        states as (
          select day, customer, coalesce((
            select sum(amount) from source.book where book.customer = customers.customer
              and moment <= day), 0)::double as now
          from ends, customers
        ), pairs as (
          select *, coalesce(lag(now) over w, 0) as before,
            coalesce(max(now) over (partition by customer order by day
              rows between unbounded preceding and 1 preceding), 0) > 0 as was
          from states window w as (partition by customer order by day)
        ), kinds as (
          select *, case when before = 0 and now > 0 then case when was then 'reactivation'
              else 'new' end
            when now = 0 and before > 0 then 'churn' when now > before then 'expansion'
            when now < before then 'contraction' else 'same' end as kind
          from pairs
        ), totals as (
          select strftime(day, '%Y-%m') as month, count(*) filter (now > 0)::double as customers,
            sum(now) as mrr, sum(before) as opening_mrr,
            coalesce(sum(now) filter (kind = 'new'), 0) as "new",
            coalesce(sum(now) filter (kind = 'reactivation'), 0) as reactivation,
            coalesce(sum(now - before) filter (kind = 'expansion'), 0) as expansion,
            coalesce(sum(before - now) filter (kind = 'contraction'), 0) as contraction,
            coalesce(sum(before) filter (kind = 'churn'), 0) as churn,
            count(*) filter (kind = 'new')::double as new_customers,
            count(*) filter (kind = 'reactivation')::double as reactivated_customers,
            count(*) filter (kind = 'churn')::double as churned_customers,
            count(*) filter (kind = 'expansion')::double as expanded_customers,
            count(*) filter (kind = 'contraction')::double as contracted_customers
          from kinds group by 1
        )
        unpivot totals on columns(* exclude month) into name measure value number
        """
}
