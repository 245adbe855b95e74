/// How a workspace cuts time: in which zone days begin, with which day weeks, with which month years.
public struct WorkCalendar: Hashable, Sendable {
    /// Where days begin.
    public let zone: Zone
    /// With which day weeks begin.
    public let firstWeekday: Weekday
    /// How years are cut into quarters and months.
    public let fiscal: FiscalRule

    /// Makes a calendar.
    public init(zone: Zone, firstWeekday: Weekday = .monday, fiscal: FiscalRule = .calendar) {
        self.zone = zone
        self.firstWeekday = firstWeekday
        self.fiscal = fiscal
    }

    /// The first day of the unit in which a day lies.
    public func start(of grain: Grain, containing day: Day) -> Day {
        switch grain {
        case .hour, .day: return day
        case .week:
            let ahead = (day.weekday.rawValue - firstWeekday.rawValue + 7) % 7
            return day.adding(days: -ahead)
        case .month, .quarter, .year:
            return fiscalStart(of: grain, containing: day)
        }
    }

    /// The first day of the unit after the one that begins with a day.
    public func next(_ grain: Grain, after start: Day) -> Day {
        switch grain {
        case .hour, .day: start.adding(days: 1)
        case .week: start.adding(days: 7)
        case .month, .quarter, .year: fiscalNext(grain, after: start)
        }
    }

    /// The unit in which a day lies.
    public func range(of grain: Grain, containing day: Day) -> TimeRange {
        let start = start(of: grain, containing: day)
        return TimeRange(start: start, end: next(grain, after: start))
    }

    /// The range so many units before (negative) or after the one that begins with a day.
    public func start(of grain: Grain, steps: Int, from start: Day) -> Day {
        var day = start
        for _ in 0..<abs(steps) {
            day =
                steps > 0
                ? next(grain, after: day)
                : self.start(of: grain, containing: day.adding(days: -1))
        }
        return day
    }

    /// A range of days on the time line.
    public func instants(of range: TimeRange) -> InstantRange {
        InstantRange(start: zone.start(of: range.start), end: zone.start(of: range.end))
    }

    /// The periods of a range, in order; the first and last are cut to the range.
    ///
    /// Days that a zone skipped have a period of no length.
    public func periods(in range: TimeRange, by grain: Grain) -> [Period] {
        if grain == .hour { return hours(in: range) }
        var periods: [Period] = []
        var start = range.start
        while start < range.end {
            let unit = self.range(of: grain, containing: start)
            let part = TimeRange(start: start, end: min(unit.end, range.end))
            periods.append(period(grain, part))
            start = part.end
        }
        return periods
    }

    /// One period of a grain, or of the whole of a question.
    public func period(_ grain: Grain?, _ range: TimeRange) -> Period {
        Period(
            grain: grain, range: range, instants: instants(of: range),
            label: label(of: range, grain: grain), key: range.start.description)
    }

    /// The hours of a range: an hour begins where the local clock shows no minutes, and where the
    /// offset changes; an hour that the clock shows twice is two periods.
    private func hours(in range: TimeRange) -> [Period] {
        let whole = instants(of: range)
        var periods: [Period] = []
        var start = whole.start
        while start < whole.end {
            let offset = zone.offset(at: start)
            let local = start.seconds + offset
            var end = start.adding(seconds: 3_600 - (local % 3_600 + 3_600) % 3_600)
            if let change = zone.stretches(from: start, to: end).dropFirst().first {
                end = change.start
            }
            end = min(end, whole.end)
            let day = zone.day(at: start)
            let clock = start.seconds + offset - day.number * 86_400
            let time = "\(padded(clock / 3_600, to: 2)):\(padded(clock / 60 % 60, to: 2))"
            periods.append(
                Period(
                    grain: .hour, range: TimeRange(start: day, end: day.adding(days: 1)),
                    instants: InstantRange(start: start, end: end),
                    label: "\(WorkCalendar.text(day)) \(time)",
                    key: "\(day)T\(time)\(WorkCalendar.text(offset: offset))"))
            start = end
        }
        return periods
    }

    private static func text(offset: Int) -> String {
        if offset == 0 { return "Z" }
        let minutes = abs(offset) / 60
        let sign = offset < 0 ? "-" : "+"
        return "\(sign)\(padded(minutes / 60, to: 2)):\(padded(minutes % 60, to: 2))"
    }
}
