import Vocabulary

/// The change of a number of events between two periods, when events come one by one and
/// independently (Poisson).
///
/// The two ``CountInterval``s are joined as in G. Y. Zou, A. Donner, "Construction of confidence
/// limits about effect measures: a general approach", Statistics in Medicine 27 (2008),
/// 1693–1702. The expectations compared are those of the two periods as they are: a longer
/// period expects more events.
public struct ChangeOfCounts: Hashable, Sendable {
    /// The number of events in the earlier period.
    public let before: Int
    /// The number of events in the later period.
    public let after: Int

    /// Compares two counts.
    ///
    /// - Throws: `statistics/negative-count` for a count below zero.
    public init(before: Int, after: Int) throws(Failure) {
        self.before = try CountInterval(before).count
        self.after = try CountInterval(after).count
    }

    /// The later count less the earlier one.
    public var difference: Double { Double(after) - Double(before) }

    /// The interval of ``difference``, in events; the change is within its noise where it
    /// contains zero.
    ///
    /// - Throws: `statistics/not-finite` for a confidence that has no critical value.
    public func interval(confidence: Confidence = .usual) throws(Failure) -> Interval {
        try squareAndAdd(
            before: IntervalEstimate(
                value: Double(before),
                interval: CountInterval(before).interval(confidence: confidence)),
            after: IntervalEstimate(
                value: Double(after),
                interval: CountInterval(after).interval(confidence: confidence))
        )
    }
}
