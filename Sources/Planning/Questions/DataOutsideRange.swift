import Definitions
import Vocabulary

extension SourceFacts {
    /// The civil days from the first row to the last; nil without rows that have a time.
    ///
    /// - Parameters:
    ///   - source: The definition, which names the column of times.
    ///   - zone: Where days begin.
    /// - Returns: The days.
    public func days(of source: SourceDefinition?, in zone: Zone) -> TimeRange? {
        guard let first, let watermark else { return nil }
        // The watermark of days is the end of the last one, that of instants is a row's own.
        let isDay = columns.contains { $0.name == source?.time?.column && $0.type == .day }
        let last = Instant(microseconds: watermark.microseconds - (isDay ? 1 : 0))
        return TimeRange(start: zone.day(at: first), end: zone.day(at: last).adding(days: 1))
    }
}

/// Data that lies outside of the days that a question looks at, so that nothing is counted.
public struct DataOutsideRange: Hashable, Sendable {
    private let name: String
    private let days: TimeRange
    private let asked: TimeRange

    /// Compares the days of some data with those of a question; nil where they have one in common.
    ///
    /// - Parameters:
    ///   - name: What the data is of, as people know it.
    ///   - days: The days of its rows.
    ///   - asked: The days that the question looks at.
    public init?(of name: String, days: TimeRange, asked: TimeRange) {
        guard days.start >= asked.end || days.end <= asked.start else { return nil }
        self.name = name
        self.days = days
        self.asked = asked
    }

    /// Where the data lies, and how to ask for it.
    public var message: String {
        if days.end <= asked.start {
            return "The data of \(name) ends on \(days.end.adding(days: -1)), before the range "
                + "\(asked). To see it, ask over all (--over all)."
        }
        return "The data of \(name) begins on \(days.start), after the range \(asked); 'last' "
            + "means periods that are over. To see it, ask over all (--over all)."
    }
}
