import Vocabulary

/// The change of a ratio ΣN/ΣD between two periods whose rows are independent.
///
/// Each ratio has the delta method's variance (``RatioInterval``), and the two are joined as
/// Welch joins means; with a denominator of one a row it is ``ChangeOfMeans``.
///
/// Source: A. Deng, U. Knoblich, J. Lu, "Applying the delta method in metric analytics: a
/// practical guide with novel ideas", Proceedings of KDD (2018), 233–242.
public struct ChangeOfRatios: Hashable, Sendable {
    /// The rows of the earlier period.
    public let before: RatioSummary
    /// The rows of the later period.
    public let after: RatioSummary

    /// Compares two ratios.
    public init(before: RatioSummary, after: RatioSummary) {
        self.before = before
        self.after = after
    }

    /// The later ratio less the earlier one, in the ratio's unit.
    public var difference: Double { after.ratio - before.ratio }

    /// The interval of ``difference``, in the ratio's unit; the change is within its noise where
    /// it contains zero.
    ///
    /// - Throws: `statistics/no-variance` when in both periods every row has the same ratio.
    public func interval(confidence: Confidence = .usual) throws(Failure) -> Interval {
        try welchInterval(
            before: estimate(before), after: estimate(after), confidence: confidence)
    }

    private func estimate(_ rows: RatioSummary) -> VaryingEstimate {
        VaryingEstimate(
            value: rows.ratio, variance: rows.variance, degreesOfFreedom: Double(rows.count - 1))
    }
}
