import Vocabulary

/// The change of a mean between two periods whose observations are independent and whose
/// variances may differ.
///
/// Source: B. L. Welch, "The generalization of Student's problem when several different
/// population variances are involved", Biometrika 34 (1947), 28–35.
public struct ChangeOfMeans: Hashable, Sendable {
    /// The observations of the earlier period.
    public let before: SampleSummary
    /// The observations of the later period.
    public let after: SampleSummary

    /// Compares the means of two samples.
    public init(before: SampleSummary, after: SampleSummary) {
        self.before = before
        self.after = after
    }

    /// The later mean less the earlier one, in the metric's unit.
    public var difference: Double { after.mean - before.mean }

    /// The interval of ``difference``, in the metric's unit; the change is within its noise where
    /// it contains zero.
    ///
    /// - Throws: `statistics/no-variance` when both samples are constant.
    public func interval(confidence: Confidence = .usual) throws(Failure) -> Interval {
        try welchInterval(
            before: estimate(before), after: estimate(after), confidence: confidence)
    }

    private func estimate(_ sample: SampleSummary) -> VaryingEstimate {
        VaryingEstimate(
            value: sample.mean, variance: sample.varianceOfMean,
            degreesOfFreedom: Double(sample.count - 1))
    }
}
