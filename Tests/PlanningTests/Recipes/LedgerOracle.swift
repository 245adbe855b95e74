import Definitions
import TestSupport
import Testing
import Vocabulary

/// Random subscriptions, and what their customers pay on a day, computed by looking at every period
/// for every day: no running sums, no changes, no SQL.
struct LedgerOracle {
    /// A row of the source.
    struct Row {
        let customer: Int
        let subscription: Int
        let plan: String
        let currency: String
        let starts: Day
        let ends: Day?
        let cancelled: Day?
        let cents: Int
        let every: LedgerInterval
    }

    /// Which options a ledger has.
    struct Options: Sendable, CustomTestStringConvertible {
        var isLatest = false
        var isAtCancel = false
        var isMonthStart = false
        var graceDays = 0
        var exchange: LedgerExchange.Rule?

        var testDescription: String {
            "latest \(isLatest), at cancel \(isAtCancel), month start \(isMonthStart), "
                + "grace \(graceDays), exchange \(exchange?.rawValue ?? "none")"
        }
    }

    /// What is paid for.
    struct Line: Hashable {
        let subscription: Int
        let plan: String
        let currency: String
    }

    /// What is paid a month, in units of 10⁻¹⁰.
    struct Worth: Equatable {
        var original: Int128 = 0
        var amount: Int128 = 0
    }

    let rows: [Row]
    let rates: [(day: Day, currency: String, rate: Int)]
    let options: Options

    static let first = Day(number: 19_358)  // 2023-01-01
    static let days = 420

    /// Random rows: short and long, open and ended, renewed, nested and apart.
    static func random(seed: UInt64, customers: Int, options: Options) -> LedgerOracle {
        var random = SeededGenerator(seed: seed)
        var rows: [Row] = []
        let intervals = ["1 month", "1 year", "3 months", "1 week", "10 days", "2 years"]
        for customer in 0..<customers {
            var day = first.adding(days: Int.random(in: 0..<200, using: &random))
            let currency = ["EUR", "USD", "JPY"][Int.random(in: 0..<3, using: &random)]
            for subscription in 0..<Int.random(in: 1...6, using: &random) {
                let length = Int.random(in: 1..<90, using: &random)
                let ends =
                    Int.random(in: 0..<8, using: &random) == 0
                    ? nil : day.adding(days: length)
                let cancelled =
                    Int.random(in: 0..<3, using: &random) == 0
                    ? day.adding(days: Int.random(in: -2..<100, using: &random)) : nil
                rows.append(
                    Row(
                        customer: customer, subscription: subscription,
                        plan: ["a", "b"][Int.random(in: 0..<2, using: &random)],
                        currency: options.exchange == nil ? "EUR" : currency, starts: day,
                        ends: ends, cancelled: cancelled,
                        cents: 1_000 * Int.random(in: 0..<4, using: &random),
                        every: LedgerInterval(
                            text: intervals[Int.random(in: 0..<6, using: &random)])
                            ?? LedgerInterval(1, .month)))
                // The next one follows at once, after a pause of a few days, or starts inside.
                let step = [
                    length, length, length + Int.random(in: 1..<6, using: &random), length / 2,
                ]
                day = day.adding(days: step[Int.random(in: 0..<4, using: &random)])
            }
        }
        let rates = [-400, 0, 21, 50, 78, 130, 200, 260, 333].flatMap { offset in
            ["USD", "JPY"].map { currency in
                (first.adding(days: offset), currency, Int.random(in: 5...15, using: &random))
            }
        }
        return LedgerOracle(rows: rows, rates: rates, options: options)
    }

    /// What a customer pays for each line on each day, from the first day on.
    func states(of customer: Int) -> [[Line: Worth]] {
        let rows = self.rows.filter { $0.customer == customer }
        var states = (0..<Self.days).map { state(rows, on: Self.first.adding(days: $0)) }
        guard options.graceDays > 0 else { return states }
        let isPaying = states.map { $0.values.contains { $0.original > 0 } }
        for day in states.indices where !isPaying[day] {
            guard let last = isPaying[..<day].lastIndex(of: true),
                let next = isPaying[day...].firstIndex(of: true),
                next - last - 1 <= options.graceDays
            else { continue }
            states[day] = states[last]
        }
        return states
    }

    private func state(_ rows: [Row], on day: Day) -> [Line: Worth] {
        var active = rows.filter { counts($0, on: day) }
        if options.isLatest,
            let latest = active.max(by: {
                ($0.starts, $0.subscription) < ($1.starts, $1.subscription)
            })
        {
            active = [latest]
        }
        var state: [Line: Worth] = [:]
        for row in active {
            let original = monthly(row)
            let rate = rate(row, on: day)
            let line = Line(
                subscription: row.subscription, plan: row.plan, currency: row.currency)
            state[line, default: Worth()].original += original
            state[line, default: Worth()].amount += Self.quotient(original * Int128(rate), 10)
        }
        return state.filter { $0.value.original != 0 }
    }

    private func counts(_ row: Row, on day: Day) -> Bool {
        let (year, month, _) = day.parts
        let looked =
            options.isMonthStart ? Day(year: year, month: month, day: 1) ?? day : day
        return row.starts <= looked && (end(row).map { looked < $0 } ?? true)
    }

    private func end(_ row: Row) -> Day? {
        guard let cancelled = row.cancelled else { return row.ends }
        if options.isAtCancel { return min(row.ends ?? cancelled, cancelled) }
        if let ends = row.ends { return ends }
        let unit = row.every.unit
        for times in 1...200 {
            let count = times * row.every.count
            let end = row.starts.adding(months: unit.months * count).adding(days: unit.days * count)
            if end >= cancelled { return end }
        }
        return nil
    }

    private func monthly(_ row: Row) -> Int128 {
        let count = Int128(row.every.count)
        let units = Int128(row.cents) * 100_000_000
        return switch row.every.unit {
        case .day: Self.quotient(units * 36_525, 1_200 * count)
        case .week: Self.quotient(units * 52, 12 * count)
        case .month: Self.quotient(units, count)
        case .quarter: Self.quotient(units, 3 * count)
        case .year: Self.quotient(units, 12 * count)
        }
    }

    /// The rate in tenths on the day on which a row is valued.
    private func rate(_ row: Row, on day: Day) -> Int {
        if row.currency == "EUR" { return 10 }
        var valued = row.starts
        while !counts(row, on: valued) { valued = valued.adding(days: 1) }
        if options.exchange == .monthly {
            let (year, month, _) = day.parts
            valued = max(valued, Day(year: year, month: month, day: 1) ?? day)
        }
        return rates.last { $0.currency == row.currency && $0.day <= valued }?.rate ?? 0
    }

    private static func quotient(_ number: Int128, _ divisor: Int128) -> Int128 {
        (number * 2 + (number < 0 ? -divisor : divisor)) / (divisor * 2)
    }
}
