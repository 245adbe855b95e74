import Vocabulary

/// The change of a share between two periods whose observations are independent.
///
/// Source: R. G. Newcombe, "Interval estimation for the difference between independent
/// proportions: comparison of eleven methods", Statistics in Medicine 17 (1998), 873–890,
/// method 10 (hybrid score).
public struct ChangeOfShares: Hashable, Sendable {
    /// The share in the earlier period.
    public let before: Share
    /// The share in the later period.
    public let after: Share

    /// Compares two shares.
    public init(before: Share, after: Share) {
        self.before = before
        self.after = after
    }

    /// The later share less the earlier one, from -1 to 1; times 100 it is in percentage points.
    public var difference: Double { after.value - before.value }

    /// The interval of ``difference``; the change is within its noise where it contains zero.
    ///
    /// - Throws: `statistics/not-finite` for a confidence that has no critical value.
    public func interval(confidence: Confidence = .usual) throws(Failure) -> Interval {
        try squareAndAdd(
            before: IntervalEstimate(
                value: before.value,
                interval: WilsonInterval(before).interval(confidence: confidence)),
            after: IntervalEstimate(
                value: after.value,
                interval: WilsonInterval(after).interval(confidence: confidence))
        )
    }
}
