import Definitions
import Vocabulary

/// Civil units as arithmetic on the numbers of days.
extension RecipeText {
    /// Makes the operands of a division positive; a multiple of seven, about 2,000 years.
    private static let shiftDays = 730_800

    private var weekShift: Int {
        // Day 0, 1970-01-01, is a Thursday: weekday 4.
        Self.shiftDays + 4 - inputs.calendar.firstWeekday.rawValue
    }

    /// The number of the day, week or month in which a day lies, counted without gaps.
    func unitNumber(_ grain: Grain, ofDay day: String) -> String {
        switch grain {
        case .week: weekNumber(ofDay: day)
        case .month: monthNumber(ofDay: day)
        default: day
        }
    }

    /// The number of the week in which a day lies, counted without gaps.
    func weekNumber(ofDay day: String) -> String {
        "CAST((\(day) + \(weekShift)) // 7 AS INTEGER)"
    }

    /// The number of the month in which a day lies, counted without gaps.
    func monthNumber(ofDay day: String) -> String {
        guard case .months = inputs.calendar.fiscal else {
            let starts = unitStarts(.month)
            return tree(starts.indices.map(String.init), borders: starts, day: day)
        }
        let date = "(DATE '1970-01-01' + \(day))"
        return "CAST(year(\(date)) * 12 + month(\(date)) AS INTEGER)"
    }

    /// The number of the first day of the unit in which a day lies.
    func firstDay(of grain: Grain, containing day: String) -> String {
        switch grain {
        case .hour, .day: return day
        case .week: return "CAST((\(day) + \(weekShift)) // 7 * 7 - \(weekShift) AS INTEGER)"
        case .month, .quarter, .year:
            let starts = unitStarts(grain)
            return tree(starts.map { String($0.number) }, borders: starts, day: day)
        }
    }

    /// A search among the first days of units.
    private func tree(_ leaves: [String], borders: [Day], day: String) -> String {
        func node(_ low: Int, _ high: Int) -> String {
            if low >= high { return leaves[low] }
            let middle = (low + high + 1) / 2
            let (left, right) = (node(low, middle - 1), node(middle, high))
            return "CASE WHEN \(day) < \(borders[middle].number) THEN \(left) ELSE \(right) END"
        }
        return "CAST(\(node(0, leaves.count - 1)) AS INTEGER)"
    }

    /// The first days of the units in which the sources' times lie, and of some around them.
    private func unitStarts(_ grain: Grain) -> [Day] {
        let calendar = inputs.calendar
        let span = inputs.span
        let end = calendar.zone.day(at: span.last).adding(days: 800)
        var day = calendar.start(
            of: grain, containing: calendar.zone.day(at: span.first).adding(days: -800))
        var starts: [Day] = []
        while day <= end, starts.count < 5_000 {
            starts.append(day)
            day = calendar.next(grain, after: day)
        }
        return starts
    }
}
