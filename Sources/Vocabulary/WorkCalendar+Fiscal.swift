/// Months, quarters and years as the fiscal rule cuts them.
extension WorkCalendar {
    func fiscalStart(of grain: Grain, containing day: Day) -> Day {
        switch fiscal {
        case .months(let first):
            let (year, month, _) = day.parts
            let months = (month - first + 12) % 12
            let back = grain == .month ? 0 : grain == .quarter ? months % 3 : months
            let start = Day(year: year, month: month, day: 1) ?? day
            return start.adding(months: -back)
        case .weeks(let first, let pattern):
            let year = weekYear(containing: day, first: first)
            if grain == .year { return year.start }
            let starts = monthStarts(of: year, pattern: pattern)
            let index = starts.lastIndex { $0 <= day } ?? 0
            return grain == .month ? starts[index] : starts[index / 3 * 3]
        }
    }

    func fiscalNext(_ grain: Grain, after start: Day) -> Day {
        switch fiscal {
        case .months:
            return start.adding(months: grain == .month ? 1 : grain == .quarter ? 3 : 12)
        case .weeks(let first, let pattern):
            let year = weekYear(containing: start, first: first)
            if grain == .year { return year.end }
            let starts = monthStarts(of: year, pattern: pattern)
            let index = starts.lastIndex { $0 <= start } ?? 0
            let next = grain == .month ? index + 1 : index / 3 * 3 + 3
            return next < starts.count ? starts[next] : year.end
        }
    }

    /// The year of whole weeks in which a day lies.
    func weekYear(containing day: Day, first: Int) -> TimeRange {
        let year = day.parts.year
        let starts = (year - 1...year + 2).map { weekYearStart(year: $0, first: first) }
        let index = starts.lastIndex { $0 <= day } ?? 0
        return TimeRange(start: starts[index], end: starts[min(index + 1, starts.count - 1)])
    }

    /// The start of a week that is nearest to the first day of the first month.
    private func weekYearStart(year: Int, first: Int) -> Day {
        let anchor = Day(year: year, month: first, day: 1) ?? Day(number: 0)
        let before = start(of: .week, containing: anchor)
        return anchor.number - before.number <= 3 ? before : before.adding(days: 7)
    }

    private func monthStarts(of year: TimeRange, pattern: FiscalRule.WeekPattern) -> [Day] {
        var day = year.start
        return (0..<12).map { month in
            defer { day = day.adding(days: 7 * pattern.weeks[month % 3]) }
            return day
        }
    }

    /// The year's name: the civil year in which it ends, or begins where it begins in January.
    public func fiscalYear(containing day: Day) -> Int {
        let range = range(of: .year, containing: day)
        let middle = range.start.adding(days: range.days / 2)
        switch fiscal {
        case .months(let first), .weeks(let first, _):
            return first == 1 ? middle.parts.year : range.end.adding(days: -15).parts.year
        }
    }
}
