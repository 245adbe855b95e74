/// What periods are called.
extension WorkCalendar {
    static let monthNames = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
    ]

    /// A day in words, for example `8 June 2026`.
    public static func text(_ day: Day) -> String {
        let (year, month, number) = day.parts
        return "\(number) \(monthNames[month - 1]) \(year)"
    }

    func label(of range: TimeRange, grain: Grain?) -> String {
        guard let grain, range == self.range(of: grain, containing: range.start) else {
            let last = range.end.adding(days: -1)
            if range.days == 1 { return WorkCalendar.text(range.start) }
            return "\(WorkCalendar.text(range.start)) to \(WorkCalendar.text(last))"
        }
        switch grain {
        case .hour, .day: return WorkCalendar.text(range.start)
        case .week: return "week of \(WorkCalendar.text(range.start))"
        case .month: return monthLabel(range)
        case .quarter:
            let year = self.range(of: .year, containing: range.start)
            let months = (0..<4).map { self.start(of: .quarter, steps: $0, from: year.start) }
            let number = (months.lastIndex { $0 <= range.start } ?? 0) + 1
            return "Q\(number) \(yearLabel(range.start))"
        case .year: return yearLabel(range.start)
        }
    }

    private func monthLabel(_ range: TimeRange) -> String {
        switch fiscal {
        case .months:
            let (year, month, _) = range.start.parts
            return "\(WorkCalendar.monthNames[month - 1]) \(year)"
        case .weeks:
            let year = self.range(of: .year, containing: range.start)
            let starts = (0..<12).map { self.start(of: .month, steps: $0, from: year.start) }
            let number = (starts.lastIndex { $0 <= range.start } ?? 0) + 1
            return "P\(number) \(yearLabel(range.start))"
        }
    }

    private func yearLabel(_ day: Day) -> String {
        let year = fiscalYear(containing: day)
        return fiscal == .calendar ? "\(year)" : "FY\(year)"
    }
}
