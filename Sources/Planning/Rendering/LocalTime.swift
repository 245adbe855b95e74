import Vocabulary

/// Local time as arithmetic: offsets come from the zone's rules, not from the database's.
struct LocalTime {
    private let stretches: [Zone.Stretch]
    private let isDay: Bool

    init(_ read: Read) {
        isDay = read.time.isDay
        let borders = read.bucketing.instantBorders
        let begin = Instant(seconds: 0)
        let first = borders.first ?? begin
        let last = borders.last ?? begin
        // Rows before the first border are read too where history matters; their local time is
        // right from 40 years before it.
        let from = first.adding(seconds: -40 * 365 * 86_400)
        stretches = read.time.zone.stretches(from: from, to: last.adding(seconds: 86_400))
    }

    /// The local time of instants between two others, and beyond them with the offsets there.
    init(zone: Zone, from start: Instant, to end: Instant) {
        isDay = false
        stretches = zone.stretches(from: start, to: end)
    }

    private static let dayMicroseconds: Int64 = 86_400_000_000
    /// So many days from 0001-01-01 to 1970-01-01: it keeps the division's operands positive.
    private static let shiftDays: Int64 = 719_162

    /// The number of the civil day of an instant, counted from 1970-01-01.
    func dayNumber(of time: String, binder: inout ValueBinder) -> String {
        if isDay { return "CAST(\(time) - DATE '1970-01-01' AS INTEGER)" }
        return dayNumber(instant: time, binder: &binder)
    }

    /// The number of the civil day of an instant expression.
    func dayNumber(instant time: String, binder: inout ValueBinder) -> String {
        let shift = LocalTime.shiftDays * LocalTime.dayMicroseconds
        let local = "epoch_us(\(time)) + \(offset(of: time, binder: &binder)) + \(shift)"
        return
            "CAST((\(local)) // \(LocalTime.dayMicroseconds) - \(LocalTime.shiftDays) AS INTEGER)"
    }

    /// The local date of an instant expression.
    func date(instant time: String, binder: inout ValueBinder) -> String {
        "(DATE '1970-01-01' + \(dayNumber(instant: time, binder: &binder)))"
    }

    /// The local clock of an instant expression, as a timestamp.
    func clock(instant time: String, binder: inout ValueBinder) -> String {
        "make_timestamp(epoch_us(\(time)) + \(offset(of: time, binder: &binder)))"
    }

    /// Microseconds that local time is ahead, by the stretch in which an instant lies.
    private func offset(of time: String, binder: inout ValueBinder) -> String {
        offset(of: time, low: 0, high: stretches.count - 1, binder: &binder)
    }

    private func offset(
        of time: String, low: Int, high: Int, binder: inout ValueBinder
    ) -> String {
        if low == high { return String(Int64(stretches[low].offset) * 1_000_000) }
        let middle = (low + high + 1) / 2
        let border = binder.bind(.instant(stretches[middle].start))
        let left = offset(of: time, low: low, high: middle - 1, binder: &binder)
        let right = offset(of: time, low: middle, high: high, binder: &binder)
        return "CASE WHEN \(time) < \(border) THEN \(left) ELSE \(right) END"
    }

    /// The first instant at which the local clock shows a time, or a later one where it skips that.
    ///
    /// `clock` must be the name of a timestamp, or another cheap expression.
    func instant(clock: String, binder: inout ValueBinder) -> String {
        instant(clock: clock, low: 0, high: stretches.count - 1, binder: &binder)
    }

    private func instant(
        clock: String, low: Int, high: Int, binder: inout ValueBinder
    ) -> String {
        if low == high {
            let offset = Int64(stretches[low].offset) * 1_000_000
            let shown = "make_timestamp(epoch_us(\(clock)) - (\(offset)))"
            guard low > 0 else { return shown }
            return "greatest(\(shown), \(binder.bind(.instant(stretches[low].start))))"
        }
        let middle = (low + high + 1) / 2
        // The last time that the clock shows before this stretch begins.
        let border = stretches[middle].start.adding(seconds: stretches[middle - 1].offset)
        let place = binder.bind(.instant(border))
        let left = instant(clock: clock, low: low, high: middle - 1, binder: &binder)
        let right = instant(clock: clock, low: middle, high: high, binder: &binder)
        return "CASE WHEN \(clock) < \(place) THEN \(left) ELSE \(right) END"
    }
}
