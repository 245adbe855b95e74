import Vocabulary

/// Where the true ratio ΣN/ΣD lies, by the delta method, given independent rows that each have a
/// part of both.
///
/// With a denominator of one a row it is the mean's interval (``MeanInterval``).
///
/// Source: W. G. Cochran, "Sampling Techniques", 3rd edition, Wiley (1977), section 6.4;
/// A. Deng, U. Knoblich, J. Lu, "Applying the delta method in metric analytics: a practical guide
/// with novel ideas", Proceedings of KDD (2018), 233–242.
public struct RatioInterval: Hashable, Sendable {
    /// The rows behind the ratio.
    public let rows: RatioSummary

    /// Makes the method for the rows behind a ratio.
    public init(_ rows: RatioSummary) { self.rows = rows }

    /// The interval, in the ratio's unit, with Student's t on `count - 1` degrees of freedom.
    ///
    /// - Throws: `statistics/no-variance` when every row has the same ratio.
    public func interval(confidence: Confidence = .usual) throws(Failure) -> Interval {
        try requireVariance(rows.variance, "All \(rows.count) rows have the same ratio")
        let critical = try confidence.studentCriticalValue(
            degreesOfFreedom: Double(rows.count - 1))
        return try Interval(around: rows.ratio, margin: critical * rows.variance.squareRoot())
    }
}
