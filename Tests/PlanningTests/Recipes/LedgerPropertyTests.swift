import Definitions
import Engines
import Planning
import Testing
import Vocabulary

/// Random ledgers against ``LedgerOracle``, which knows nothing of movements.
@Suite("Random ledgers")
struct LedgerPropertyTests {
    private static let customers = 50

    /// An entry in whole units of 10⁻¹⁰.
    private struct Entry {
        let day: Int
        let line: LedgerOracle.Line
        let movement: String
        let amount: Int128
        let original: Int128
        let customers: Int
        /// The day on which the customer began.
        let started: Int?
    }

    @Test(
        "K50, K51, K54: opening and movements are closing for every customer, plan, currency and day, movements are what the totals say, and every entry knows when its customer began",
        arguments: [
            LedgerOracle.Options(),
            LedgerOracle.Options(isAtCancel: true),
            LedgerOracle.Options(isMonthStart: true),
            LedgerOracle.Options(isLatest: true),
            LedgerOracle.Options(graceDays: 3),
            LedgerOracle.Options(isLatest: true, isAtCancel: true, graceDays: 4),
            LedgerOracle.Options(exchange: .fixed),
            LedgerOracle.Options(graceDays: 3, exchange: .fixed),
            LedgerOracle.Options(isLatest: true, isMonthStart: true, exchange: .fixed),
            LedgerOracle.Options(exchange: .monthly),
            LedgerOracle.Options(isLatest: true, exchange: .monthly),
            LedgerOracle.Options(isAtCancel: true, isMonthStart: true, exchange: .monthly),
        ])
    func identity(options: LedgerOracle.Options) async throws {
        let oracle = LedgerOracle.random(seed: 50, customers: Self.customers, options: options)
        let entries = try await entries(oracle)

        for customer in 0..<Self.customers {
            let states = oracle.states(of: customer)
            let own = entries[customer] ?? []
            #expect(expectedWorth(own) == states.map { $0.mapValues(\.amount) }, "\(customer)")
            expectMovements(own, states, customer)
            let first = states.firstIndex { $0.values.contains { $0.original > 0 } }
            #expect(own.allSatisfy { $0.started == first }, "\(customer)")
        }
    }

    /// Running sums of the entries, day by day.
    private func expectedWorth(_ entries: [Entry]) -> [[LedgerOracle.Line: Int128]] {
        var sums: [LedgerOracle.Line: Int128] = [:]
        let byDay = Dictionary(grouping: entries, by: \.day)
        return (0..<LedgerOracle.days).map { day in
            for entry in byDay[day] ?? [] { sums[entry.line, default: 0] += entry.amount }
            sums = sums.filter { $0.value != 0 }
            return sums
        }
    }

    /// Movements, exchange left out, are what the totals in the customer's own currency say.
    private func expectMovements(
        _ entries: [Entry], _ states: [[LedgerOracle.Line: LedgerOracle.Worth]], _ customer: Int
    ) {
        let byDay = Dictionary(grouping: entries.filter { $0.movement != "exchange" }, by: \.day)
        var before: [LedgerOracle.Line: Int128] = [:]
        var wasPaying = false
        for day in 0..<LedgerOracle.days {
            let after = states[day].mapValues(\.original)
            let found = byDay[day] ?? []
            let (old, new) = (before.values.reduce(0, +), after.values.reduce(0, +))
            let expected: Set<String> =
                before == after
                ? []
                : old == 0
                    ? [wasPaying ? "reactivation" : "new"]
                    : new == 0 ? ["churn"] : new >= old ? ["expansion"] : ["contraction"]
            #expect(Set(found.map(\.movement)) == expected, "\(customer) on \(day)")
            #expect(found.map(\.original).reduce(0, +) == new - old, "\(customer) on \(day)")
            let step = (new > 0 ? 1 : 0) - (old > 0 ? 1 : 0)
            #expect(found.map(\.customers).reduce(0, +) == step, "\(customer) on \(day)")
            wasPaying = wasPaying || new > 0
            before = after
        }
    }

    private func entries(_ oracle: LedgerOracle) async throws -> [Int: [Entry]] {
        let book = try await LedgerBench(setUp(oracle), keys(oracle.options))
        let unit = { (column: String) in
            "cast(cast(\(column) as decimal(27,10)) * 10000000000::decimal(11,0) as bigint)"
        }
        let frame = try await book.bench.engine.run(
            Statement(
                """
                select customer, moment, plan, currency, movement, \(unit("amount")),
                  \(unit("original")), customers, subscription, started
                from source.book
                """))
        var entries: [Int: [Entry]] = [:]
        let columns = frame.columns
        for row in 0..<frame.count {
            let day = try #require(columns[1].day(row)).number - LedgerOracle.first.number
            entries[columns[0].integer(row) ?? -1, default: []].append(
                Entry(
                    day: day,
                    line: LedgerOracle.Line(
                        subscription: columns[8].integer(row) ?? -1,
                        plan: columns[2].text(row) ?? "", currency: columns[3].text(row) ?? ""),
                    movement: columns[4].text(row) ?? "",
                    amount: Int128(columns[5].integer(row) ?? 0),
                    original: Int128(columns[6].integer(row) ?? 0),
                    customers: columns[7].integer(row) ?? 0,
                    started: columns[9].day(row).map { $0.number - LedgerOracle.first.number }))
        }
        return entries
    }

    private func setUp(_ oracle: LedgerOracle) -> [String] {
        let date = { (day: Day?) in day.map { "'\($0)'" } ?? "null" }
        let rows = oracle.rows.map { row in
            "(\(row.customer), \(row.subscription), '\(row.plan)', '\(row.currency)', "
                + "\(date(row.starts)), \(date(row.ends)), \(date(row.cancelled)), \(row.cents), "
                + "'\(row.every)')"
        }
        let rates = oracle.rates.map { "('\($0.day)', '\($0.currency)', \($0.rate))" }
        return [
            """
            create table source.periods as
            select customer, subscription, plan, currency, starts::date as starts,
              ends::date as ends, cancelled::date as cancelled, cents / 100 as amount, every
            from (values \(rows.joined(separator: ", "))) t(customer, subscription, plan, currency,
              starts, ends, cancelled, cents, every)
            """,
            """
            create table source.rates as
            select day::date as day, code, (tenths / 10)::double as rate
            from (values \(rates.joined(separator: ", "))) t(day, code, tenths)
            """,
        ]
    }

    private func keys(_ options: LedgerOracle.Options) -> String {
        var keys = """
            customer: customer
            subscription: subscription
            starts: starts
            ends: ends
            amount: amount
            every: every
            plan: plan
            currency: currency
            rates: { source: rates, currency: code, rate: rate }
            cancelled: cancelled
            churn: \(options.isAtCancel ? "at_cancel" : "at_end")
            """
        if options.isLatest { keys += "\noverlap: latest" }
        if options.isMonthStart { keys += "\ncounts: month_start" }
        if options.graceDays > 0 { keys += "\ngrace: \(options.graceDays) days" }
        if let rule = options.exchange { keys += "\nexchange: \(rule.rawValue)" }
        return keys
    }
}
