import Vocabulary

/// Where the true mean lies, given a sample of independent observations.
///
/// Source: Student (W. S. Gosset), "The probable error of a mean", Biometrika 6 (1908), 1–25.
public struct MeanInterval: Hashable, Sendable {
    /// The sample.
    public let sample: SampleSummary

    /// Makes the method for a sample.
    public init(_ sample: SampleSummary) { self.sample = sample }

    /// The interval by Student's t, in the metric's unit.
    ///
    /// - Throws: `statistics/no-variance` when the sample is constant: an interval without a
    ///   width would claim a certainty that a few equal values do not give.
    public func interval(confidence: Confidence = .usual) throws(Failure) -> Interval {
        try requireVariance(sample.variance, "All \(sample.count) observations are equal")
        let critical = try confidence.studentCriticalValue(
            degreesOfFreedom: Double(sample.count - 1))
        return try Interval(
            around: sample.mean, margin: critical * sample.varianceOfMean.squareRoot())
    }
}

/// Refuses to make an interval out of no variation.
func requireVariance(_ variance: Double, _ reason: String) throws(Failure) {
    guard variance > 0 else {
        throw Failure(
            .noVariance, "\(reason), so their noise cannot be told.",
            hint: "Ask for a longer range, or read the value without an interval."
        )
    }
}

extension Failure.Code {
    /// The observations do not vary.
    public static let noVariance: Self = "statistics/no-variance"
}
