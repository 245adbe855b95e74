import Definitions
import Engines
import Planning
import Testing
import Vocabulary

/// A ledger that is made of a few rows, in a workspace whose currency is the euro.
struct LedgerBench {
    let bench: Bench

    /// From statements that make the tables `source.periods` and, where there are any,
    /// `source.rates`, and the keys of the ledger beside `ledger: periods`.
    init(_ rows: [String], _ keys: String, zone: String = "UTC") async throws {
        let lines = keys.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n")
        let rates = """
            ---
            source: rates
            is: Rates.
            time: day
            """
        let hasRates = rows.contains { $0.contains("source.rates") }
        bench = try await Bench(
            metrics: """
                metric: entries
                is: Entries.
                owner: tests
                unit: count
                formula: { count: rows, from: periods }
                """,
            setUp: rows,
            definitions: """
                source: periods
                is: Periods.
                ---
                source: book
                is: The ledger.
                from:
                  ledger: periods
                \(lines)
                \(hasRates ? rates : "")
                """, zone: zone)
    }

    /// One table of periods from values: customer, subscription, plan, starts, ends, amount.
    static func periods(_ values: String, times: String = "date") -> String {
        """
        create table source.periods as
        select customer, subscription, plan, starts::\(times) as starts, ends::\(times) as ends,
          amount::decimal(18,2) as amount
        from (values \(values)) t(customer, subscription, plan, starts, ends, amount)
        """
    }

    /// The keys that most tests write.
    static let plain = """
        customer: customer
        starts: starts
        ends: ends
        amount: amount
        every: 1 month
        """

    /// The entries, one a text: moment, customer, movement, amount, and other columns on request.
    func entries(_ more: String = "", order: String = "moment, customer, plan, amount") async throws
        -> [String]
    {
        let frame = try await bench.engine.run(
            Statement(
                """
                select moment, customer, movement, round(amount, 2)::double\(more)
                from source.book order by \(order)
                """))
        return (0..<frame.count).map { row in
            frame.columns.map { $0.text(row) ?? "-" }.joined(separator: " ")
        }
    }

    /// A query's only value, as a text that the database writes.
    func text(_ sql: String) async throws -> String {
        let frame = try await bench.engine.run(Statement("select cast((\(sql)) as varchar)"))
        return frame.columns[0].text(0) ?? "-"
    }

    /// The failure with which a ledger is refused.
    static func refusal(_ rows: [String], _ keys: String, zone: String = "UTC") async -> Failure? {
        do {
            _ = try await LedgerBench(rows, keys, zone: zone)
            return nil
        } catch {
            return error as? Failure
        }
    }
}
