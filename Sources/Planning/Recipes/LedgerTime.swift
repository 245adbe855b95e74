import Definitions
import Vocabulary

/// Rows that gain columns one after the other, each of which may use the ones before it.
///
/// A step of the calendar reads a local clock many times (once a stretch of its zone), so the
/// clock is a column of its own and never an expression inside another.
struct LedgerRows {
    /// What stands after `FROM`.
    private(set) var from: String
    private var clocks = 0

    init(_ from: String) { self.from = from }

    /// Adds a column, and returns its name.
    @discardableResult
    mutating func add(_ name: String, _ expression: String) -> String {
        from = "(SELECT *, \(expression) AS \(name) FROM \(from))"
        return name
    }

    /// Adds a column under a name that no other has.
    mutating func addClock(_ expression: String) -> String {
        clocks += 1
        return add("clock\(clocks)", expression)
    }
}

/// Steps of the civil calendar in SQL, for moments that are days or instants.
struct LedgerTime {
    let isDay: Bool
    let local: LocalTime

    /// A moment of the ledger from an expression that may be the other kind of time: an instant
    /// becomes the civil day on which it is, a day the instant at which it begins.
    func moment(_ text: String, _ type: ValueType, _ binder: inout ValueBinder) -> String {
        if isDay, type == .instant { return local.date(instant: text, binder: &binder) }
        if !isDay, type == .day {
            return local.instant(clock: "CAST(\(text) AS TIMESTAMP)", binder: &binder)
        }
        return text
    }

    /// The civil day of a moment.
    func day(_ moment: String, _ binder: inout ValueBinder) -> String {
        isDay ? moment : local.date(instant: moment, binder: &binder)
    }

    /// The civil day of the last instant before a moment.
    func dayBefore(_ moment: String, _ binder: inout ValueBinder) -> String {
        if isDay { return "(\(moment) - 1)" }
        return local.date(instant: "(\(moment) - INTERVAL 1 MICROSECOND)", binder: &binder)
    }

    /// The moment at which a day begins that an expression gives.
    func start(
        ofDay day: String, in rows: inout LedgerRows, _ binder: inout ValueBinder
    ) -> String {
        if isDay { return "CAST(\(day) AS DATE)" }
        let clock = rows.addClock("CAST(\(day) AS TIMESTAMP)")
        return local.instant(clock: clock, binder: &binder)
    }

    /// The moment so many months and days later by the calendar: 31 January and a month is the last
    /// day of February, and a step over a change of the clocks keeps the time of the day.
    func later(
        _ moment: String, months: String, days: String, in rows: inout LedgerRows,
        _ binder: inout ValueBinder
    ) -> String {
        var step = ""
        if months != "0" { step += " + to_months(CAST(\(months) AS INTEGER))" }
        if days != "0" { step += " + to_days(CAST(\(days) AS INTEGER))" }
        if isDay { return "CAST(\(moment)\(step) AS DATE)" }
        let clock = rows.addClock("\(local.clock(instant: moment, binder: &binder))\(step)")
        return local.instant(clock: clock, binder: &binder)
    }

    /// The first start of a month at or after a moment.
    func monthStart(
        from moment: String, in rows: inout LedgerRows, _ binder: inout ValueBinder
    ) -> String {
        let before = dayBefore(moment, &binder)
        return start(
            ofDay: "date_trunc('month', \(before)) + INTERVAL 1 MONTH", in: &rows, &binder)
    }

    /// The last moment that is within a length of time after another.
    func limit(
        _ length: WindowLength, after moment: String, in rows: inout LedgerRows,
        _ binder: inout ValueBinder
    ) -> String {
        switch length {
        case .elapsed(let seconds):
            return isDay ? "\(moment) + \(seconds / 86_400)" : "\(moment) + to_seconds(\(seconds))"
        case .civil(let span):
            return later(
                moment, months: "\(span.months)", days: "\(span.days)", in: &rows, &binder)
        }
    }
}
