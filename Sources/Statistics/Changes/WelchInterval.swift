import Vocabulary

/// An estimate whose variance is estimated as well.
struct VaryingEstimate {
    let value: Double
    /// The variance of ``value``, in its unit squared.
    let variance: Double
    /// What the variance is estimated on.
    let degreesOfFreedom: Double
}

/// The interval of the difference `after - before` of two independent estimates whose variances
/// may differ, with Student's t on the degrees of freedom of Welch and Satterthwaite.
///
/// Source: B. L. Welch, "The generalization of Student's problem when several different
/// population variances are involved", Biometrika 34 (1947), 28–35; F. E. Satterthwaite, "An
/// approximate distribution of estimates of variance components", Biometrics Bulletin 2 (1946),
/// 110–114.
func welchInterval(
    before: VaryingEstimate, after: VaryingEstimate, confidence: Confidence
) throws(Failure) -> Interval {
    let variance = before.variance + after.variance
    try requireVariance(variance, "Neither period has observations that differ")
    // Shares of the variance, as its square could leave the range of a Double.
    let ofBefore = before.variance / variance
    let ofAfter = after.variance / variance
    let degreesOfFreedom =
        1
        / (ofBefore * ofBefore / before.degreesOfFreedom
            + ofAfter * ofAfter / after.degreesOfFreedom)
    let critical = try confidence.studentCriticalValue(degreesOfFreedom: degreesOfFreedom)
    return try Interval(
        around: after.value - before.value, margin: critical * variance.squareRoot())
}
