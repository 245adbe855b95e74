import Vocabulary

/// The change of a sum between two periods, when both the number of events and the value of each
/// are chance (a compound Poisson process).
///
/// The variance of such a sum is estimated by the sum of the squared values; with values of one
/// it is the count itself.
///
/// Source: G. Bohm, G. Zech, "Statistics of weighted Poisson events and its applications",
/// Nuclear Instruments and Methods in Physics Research A 748 (2014), 1–6.
public struct ChangeOfTotals: Hashable, Sendable {
    /// The sum in the earlier period.
    public let before: Total
    /// The sum in the later period.
    public let after: Total

    /// Compares two sums.
    public init(before: Total, after: Total) {
        self.before = before
        self.after = after
    }

    /// The later sum less the earlier one, in the metric's unit.
    public var difference: Double { after.sum - before.sum }

    /// The interval of ``difference``, in the metric's unit; the change is within its noise where
    /// it contains zero.
    ///
    /// - Throws: `statistics/no-variance` when neither period has an event of a value other than
    ///   zero, and `statistics/not-finite` when the sums are too large.
    public func interval(confidence: Confidence = .usual) throws(Failure) -> Interval {
        let variance = before.sumOfSquares + after.sumOfSquares
        try requireVariance(variance, "Neither period has events with a value")
        return try Interval(
            around: difference,
            margin: confidence.normalCriticalValue() * variance.squareRoot())
    }
}
