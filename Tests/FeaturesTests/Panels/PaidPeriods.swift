import TestSupport
import Vocabulary

/// Random paid periods of customers who pause, come back, change plans and pay in two currencies,
/// and what they pay at the ends of months: every period is looked at, nothing is added up before.
struct PaidPeriods {
    private struct Row {
        let customer: Int
        let plan: String
        let currency: String
        let starts: Day
        let ends: Day?
        let price: Int
    }

    /// Those who began in a month, and what they pay at its end and at the ends of those after it.
    struct Cohort {
        var size = 0
        var revenue: [Double] = []
        var paying: [Int] = []
    }

    private let rows: [Row]

    private static let first = Day(number: 20_089)  // 2025-01-01
    /// Euros for a dollar before 1 October 2025, and from then on.
    private static let rate = (before: 0.9, after: 0.8, change: Day(number: 20_362))
    /// The rates as a source.
    static let rates = "day,code,rate\n2025-01-01,USD,0.9\n2025-10-01,USD,0.8\n"

    static func random(seed: UInt64, customers: Int = 150) -> PaidPeriods {
        var random = SeededGenerator(seed: seed)
        var rows: [Row] = []
        for customer in 0..<customers {
            var day = first.adding(days: Int.random(in: 0..<540, using: &random))
            // The first ones make sure that no month is without a beginning.
            if customer < 18 { day = first.adding(months: customer) }
            let currency = customer % 3 == 0 ? "USD" : "EUR"
            for index in 0..<Int.random(in: 1...4, using: &random) {
                let ends = day.adding(days: Int.random(in: 10..<200, using: &random))
                let isOpen = Int.random(in: 0..<4, using: &random) == 0
                rows.append(
                    Row(
                        customer: customer,
                        plan: Int.random(in: 0..<2, using: &random) == 0 ? "small" : "large",
                        currency: currency, starts: day, ends: isOpen ? nil : ends,
                        // Something that costs nothing makes nobody a customer.
                        price: index == 0 && customer % 10 == 9
                            ? 0 : 10 * Int.random(in: 1..<9, using: &random)))
                if isOpen { break }
                let pause = [0, 0, 25, 90][Int.random(in: 0..<4, using: &random)]
                day = ends.adding(days: pause)
            }
        }
        return PaidPeriods(rows: rows)
    }

    /// The rows as a file; `time` is the time of the day at which periods begin and end.
    func csv(time: String) -> String {
        let lines = rows.map { row in
            "c\(row.customer),\(row.plan),\(row.currency),\(row.starts)\(time),"
                + "\(row.ends.map { "\($0)\(time)" } ?? ""),\(row.price),"
                + (row.customer % 2 == 0 ? "DE" : "FR")
        }
        return (["who,plan,currency,starts,ends,price,country"] + lines)
            .joined(separator: "\n") + "\n"
    }

    /// The cohorts of the months from January 2025 on; of one plan where it is named, in which a
    /// customer who ever has it belongs to the month of his first period in any plan.
    func cohorts(months: Int, plan: String? = nil) -> [Cohort] {
        var cohorts = Array(repeating: Cohort(), count: months)
        let ends = (1...months).map { Self.first.adding(months: $0) }
        let byCustomer = Dictionary(grouping: rows.filter { $0.price > 0 }, by: \.customer)
        for month in cohorts.indices {
            cohorts[month].revenue = Array(repeating: 0, count: months - month)
            cohorts[month].paying = Array(repeating: 0, count: months - month)
        }
        for (_, own) in byCustomer.sorted(by: { $0.key < $1.key }) {
            guard let start = own.map(\.starts).min(),
                let month = ends.firstIndex(where: { start < $0 })
            else { continue }
            let shown = own.filter { $0.starts < ends[months - 1] }
            if plan == nil || shown.contains(where: { $0.plan == plan }) {
                cohorts[month].size += 1
            }
            for end in month..<months {
                let last = ends[end].adding(days: -1)
                let paid = own.filter { row in
                    row.starts <= last && (row.ends.map { last < $0 } ?? true)
                        && (plan == nil || row.plan == plan)
                }
                let cents = paid.reduce(0) { $0 + Self.cents($1) }
                cohorts[month].revenue[end - month] += Double(cents) / 100
                if cents > 0 { cohorts[month].paying[end - month] += 1 }
            }
        }
        return cohorts
    }

    /// What a row is worth: at the rate of its start.
    private static func cents(_ row: Row) -> Int {
        if row.currency == "EUR" { return row.price * 100 }
        return row.price * (row.starts < rate.change ? 90 : 80)
    }
}
