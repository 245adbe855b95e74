import Vocabulary

/// Where the true mean lies, given independent observations with weights, such as answers weighted
/// to the mix of all customers.
///
/// Unequal weights make it wider: it rests on the effective number of observations, (Σw)²/Σw².
/// Where all weights are equal it is the mean's interval (``MeanInterval``).
///
/// Source: L. Kish, "Survey Sampling", Wiley (1965), section 11.7.
public struct WeightedMeanInterval: Hashable, Sendable {
    /// The weighted mean, in the metric's unit.
    public let mean: Double
    /// How many unweighted observations say as much; at least one.
    public let effectiveSize: Double
    /// The weighted sample variance, in the metric's unit squared.
    private let variance: Double

    /// Makes the method from the sums over a sample.
    ///
    /// - Parameters:
    ///   - sumOfWeights: Σw, above zero.
    ///   - sumOfSquaredWeights: Σw².
    ///   - sum: Σwx, in the metric's unit.
    ///   - sumOfSquares: Σwx², in the metric's unit squared.
    /// - Throws: `statistics/too-few-observations` when the effective number of observations is
    ///   not above one, `statistics/impossible-sums` for sums that no observations have, and
    ///   `statistics/not-finite` for sums that overflowed.
    public init(
        sumOfWeights: Double, sumOfSquaredWeights: Double, sum: Double, sumOfSquares: Double
    ) throws(Failure) {
        let weights = try Weights.sum([sumOfWeights], sumOfSquares: sumOfSquaredWeights)
        guard weights.effectiveSize > 1 + 1e-9 else {
            throw Failure(
                .tooFewObservations,
                "An interval needs at least two observations, and the weights rest on one.",
                hint: "Ask for a longer range or a coarser breakdown."
            )
        }
        mean = sum / sumOfWeights
        effectiveSize = weights.effectiveSize
        let deviations = try withoutRounding(
            sumOfSquares - sum * mean, scale: sumOfSquares, count: Int(effectiveSize.rounded(.up)))
        variance = deviations / sumOfWeights * effectiveSize / (effectiveSize - 1)
    }

    /// The standard error of ``mean``, in the metric's unit.
    public var standardError: Double { (variance / effectiveSize).squareRoot() }

    /// The interval by Student's t on `effectiveSize - 1` degrees of freedom, in the metric's
    /// unit.
    ///
    /// - Throws: `statistics/no-variance` when all observations are equal.
    public func interval(confidence: Confidence = .usual) throws(Failure) -> Interval {
        try requireVariance(variance, "All observations are equal")
        let critical = try confidence.studentCriticalValue(degreesOfFreedom: effectiveSize - 1)
        return try Interval(around: mean, margin: critical * standardError)
    }
}
