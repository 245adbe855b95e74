/// A half-open stretch of civil days: the end is the first day that is not in it any more.
public struct TimeRange: Hashable, Sendable {
    /// The first day.
    public let start: Day
    /// The day after the last.
    public let end: Day

    /// Makes a range; one that ends before it starts is empty.
    public init(start: Day, end: Day) {
        self.start = start
        self.end = max(start, end)
    }

    /// How many days it has.
    public var days: Int { end.number - start.number }

    /// Whether a day is in it.
    public func contains(_ day: Day) -> Bool { start <= day && day < end }
}

extension TimeRange: CustomStringConvertible {
    /// First and last day, `2026-01-01..2026-06-30`.
    public var description: String { "\(start)..\(end.adding(days: -1))" }
}

/// A half-open stretch of the time line.
public struct InstantRange: Hashable, Sendable {
    /// The first instant.
    public let start: Instant
    /// The first instant after it.
    public let end: Instant

    /// Makes a stretch.
    public init(start: Instant, end: Instant) {
        self.start = start
        self.end = max(start, end)
    }

    /// How long it lasts, in seconds.
    public var seconds: Int { end.seconds - start.seconds }
}
