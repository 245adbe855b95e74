import Vocabulary

/// The periods that a question needs: those asked for, and those they are compared with.
public struct Timeline: Hashable, Sendable {
    /// The periods asked for, in order.
    public let periods: [Period]
    /// What each of them is compared with; nil where there is no counterpart, and empty without
    /// a comparison.
    public let counterparts: [Period?]
    /// The calendar that cuts time.
    public let calendar: WorkCalendar

    /// Cuts a question's range.
    public init(_ question: Question) {
        let calendar = question.calendar
        let periods =
            question.grain.map { calendar.periods(in: question.range, by: $0) }
            ?? [calendar.period(nil, question.range)]
        self.periods = periods
        counterparts =
            question.comparison.map {
                Timeline.counterparts(of: $0, question: question, periods: periods)
            } ?? []
        self.calendar = calendar
    }

    /// The period before another: the unit before, or as many days before a free range.
    ///
    /// A range of whole months is preceded by as many months.
    public static func period(before period: Period, in calendar: WorkCalendar) -> Period {
        let range = period.range
        if period.grain == .hour {
            let day = calendar.periods(
                in: TimeRange(start: range.start.adding(days: -1), end: range.end), by: .hour)
            let index = day.firstIndex { $0.instants == period.instants } ?? 1
            return day[max(0, index - 1)]
        }
        if let grain = period.grain, range == calendar.range(of: grain, containing: range.start) {
            let start = calendar.start(of: grain, steps: -1, from: range.start)
            return calendar.period(grain, TimeRange(start: start, end: range.start))
        }
        return calendar.period(period.grain, rangeBefore(range, in: calendar))
    }

    private static func rangeBefore(_ range: TimeRange, in calendar: WorkCalendar) -> TimeRange {
        for grain in [Grain.year, .quarter, .month] {
            let starts = calendar.start(of: grain, containing: range.start) == range.start
            let ends = calendar.start(of: grain, containing: range.end) == range.end
            guard starts, ends else { continue }
            let count = calendar.periods(in: range, by: grain).count
            let start = calendar.start(of: grain, steps: -count, from: range.start)
            return TimeRange(start: start, end: range.start)
        }
        return TimeRange(start: range.start.adding(days: -range.days), end: range.start)
    }

    private static func counterparts(
        of comparison: Comparison, question: Question, periods: [Period]
    ) -> [Period?] {
        let calendar = question.calendar
        if question.grain == .hour {
            return hourly(comparison, question: question, periods: periods)
        }
        switch comparison {
        case .previous:
            guard question.grain != nil else { return [period(before: periods[0], in: calendar)] }
            var previous: Period?
            return periods.map { period in
                defer { previous = period }
                return previous ?? self.period(before: period, in: calendar)
            }
        case .weekday:
            return periods.map { period in
                let range = TimeRange(
                    start: period.range.start.adding(days: -364),
                    end: period.range.end.adding(days: -364))
                return calendar.period(period.grain, range)
            }
        case .year:
            return periods.map { yearBefore($0, in: calendar) }
        }
    }

    /// The counterparts of hours: the same hour of the day or week before, by position in the day.
    private static func hourly(
        _ comparison: Comparison, question: Question, periods: [Period]
    ) -> [Period?] {
        if comparison == .previous {
            var previous: Period?
            return periods.map { period in
                defer { previous = period }
                return previous ?? self.period(before: period, in: question.calendar)
            }
        }
        let shift: (Day) -> Day = { day in
            comparison == .weekday ? day.adding(days: -364) : day.adding(months: -12)
        }
        let range = TimeRange(
            start: shift(question.range.start),
            end: shift(question.range.end.adding(days: -1)).adding(days: 1))
        var byClock: [String: Period] = [:]
        for hour in question.calendar.periods(in: range, by: .hour) {
            let clock = "\(hour.range.start)T\(hour.key.dropFirst(11).prefix(5))"
            if byClock[clock] == nil { byClock[clock] = hour }
        }
        return periods.map { period in
            byClock["\(shift(period.range.start))T\(period.key.dropFirst(11).prefix(5))"]
        }
    }

    /// The same civil period a year before; a 53rd ISO week has none in a year of 52.
    static func yearBefore(_ period: Period, in calendar: WorkCalendar) -> Period? {
        let range = period.range
        if period.grain == .week, range.days == 7 {
            let middle = range.start.adding(days: 3)
            let (year, week) = middle.isoWeek
            guard let monday = Day(isoYear: year - 1, week: week) else { return nil }
            let start = calendar.start(
                of: .week, containing: monday.adding(days: middle.weekday.rawValue - 1))
            return calendar.period(.week, TimeRange(start: start, end: start.adding(days: 7)))
        }
        if case .weeks = calendar.fiscal, let grain = period.grain, grain >= .month {
            return fiscalYearBefore(period, grain, in: calendar)
        }
        let last = range.end.adding(days: -1)
        let start = range.start.adding(months: -12)
        let isWholeMonths = range.end.parts.day == 1
        let end =
            isWholeMonths ? range.end.adding(months: -12) : last.adding(months: -12).adding(days: 1)
        return calendar.period(period.grain, TimeRange(start: start, end: end))
    }

    /// The unit at the same place in the fiscal year before.
    private static func fiscalYearBefore(
        _ period: Period, _ grain: Grain, in calendar: WorkCalendar
    ) -> Period? {
        let year = calendar.range(of: .year, containing: period.range.start)
        let before = calendar.range(of: .year, containing: year.start.adding(days: -1))
        var start = year.start
        var counterpart = before.start
        while start < period.range.start {
            start = calendar.next(grain, after: start)
            counterpart = calendar.next(grain, after: counterpart)
        }
        return calendar.period(grain, calendar.range(of: grain, containing: counterpart))
    }
}
