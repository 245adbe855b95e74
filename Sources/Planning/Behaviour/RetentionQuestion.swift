import Definitions
import Vocabulary

/// What somebody wants to know of a retention.
public struct RetentionQuestion: Hashable, Sendable {
    /// The retention.
    public var retention: RetentionDefinition
    /// The civil days in which cohorts begin.
    public var range: TimeRange
    /// What the starts are split by: the value of the row that starts.
    public var dimension: String?
    /// Which rows count, beside the retention's own filter; all must hold.
    public var filters: [Expression]
    /// How many values of the dimension are shown before the rest becomes `other`.
    public var limit: Int
    /// How time is cut.
    public var calendar: WorkCalendar

    /// Makes a question.
    public init(
        retention: RetentionDefinition, range: TimeRange, dimension: String? = nil,
        filters: [Expression] = [], limit: Int = 20, calendar: WorkCalendar
    ) {
        self.retention = retention
        self.range = range
        self.dimension = dimension
        self.filters = filters
        self.limit = limit
        self.calendar = calendar
    }

    /// The cohorts: the days, weeks or months of the range, whole ones.
    public var cohorts: [Period] {
        let start = calendar.start(of: retention.age, containing: range.start)
        return calendar.periods(
            in: TimeRange(start: start, end: range.end), by: retention.age
        ).map { period in
            calendar.period(
                retention.age, calendar.range(of: retention.age, containing: period.range.start))
        }
    }

    /// The last age that any cell looks at.
    public var lastAge: Int { retention.lastAge }

    /// The days in which ages of one unit end, from the first cohort to the last age of the last.
    var borders: [Day] {
        guard let first = cohorts.first, let last = cohorts.last else { return [] }
        var day = first.range.start
        var borders = [day]
        let end = calendar.start(of: retention.age, steps: lastAge + 1, from: last.range.start)
        while day < end, borders.count < 20_000 {
            day = calendar.next(retention.age, after: day)
            borders.append(day)
        }
        return borders
    }

    /// How many days a rolling age has.
    var rollingDays: Int { retention.rollingDays }
}

extension RetentionDefinition {
    /// The last age that any cell looks at.
    var lastAge: Int { cells.map(\.upperBound).max() ?? count }

    /// How many days a rolling age has.
    var rollingDays: Int {
        switch age {
        case .hour, .day: 1
        case .week: 7
        case .month, .quarter, .year: 30
        }
    }

    /// When an age is over for everybody of a cohort.
    func end(of age: Int, _ cohort: Period, _ calendar: WorkCalendar) -> Instant {
        switch mode {
        case .calendar:
            calendar.zone.start(
                of: calendar.start(of: self.age, steps: age + 1, from: cohort.range.start))
        case .rolling, .rollingFromHour:
            cohort.instants.end.adding(seconds: (age + 1) * rollingDays * 86_400)
        }
    }
}
