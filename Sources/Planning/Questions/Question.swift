import Definitions
import Vocabulary

/// What somebody wants to know: metrics over a range, cut by a grain and split by dimensions.
public struct Question: Hashable, Sendable {
    /// The metrics, in the order of the answer.
    public var metrics: [String]
    /// The civil days that the question is about.
    public var range: TimeRange
    /// How long the periods are; nil for one number over the whole range.
    public var grain: Grain?
    /// The dimensions to split by, at most three.
    public var dimensions: [String]
    /// Which rows count, beside each metric's own filter; all must hold.
    public var filters: [Expression]
    /// What each period is compared with.
    public var comparison: Comparison?
    /// How many values of a dimension are shown before the rest becomes `other`.
    public var limit: Int
    /// How time is cut.
    public var calendar: WorkCalendar
    /// The day that is called today; nil is the day that it is.
    public var today: Day?

    /// Makes a question.
    public init(
        metrics: [String], range: TimeRange, grain: Grain? = nil, dimensions: [String] = [],
        filters: [Expression] = [], comparison: Comparison? = nil, limit: Int = 20,
        calendar: WorkCalendar, today: Day? = nil
    ) {
        self.metrics = metrics
        self.range = range
        self.grain = grain
        self.dimensions = dimensions
        self.filters = filters
        self.comparison = comparison
        self.limit = limit
        self.calendar = calendar
        self.today = today
    }
}

/// What a period is compared with; always named, never implied.
public enum Comparison: String, CaseIterable, Sendable {
    /// The period before, of the same civil length.
    case previous
    /// The same civil period a year before; for weeks the week of the same ISO number.
    case year
    /// The days 52 weeks before, so that weekdays meet weekdays.
    case weekday
}
