import Vocabulary

/// Where the true share lies when `k` of `n` independent observations had a property.
///
/// It stays within 0 and 1 and has a width even for 0 of `n`, where the textbook interval claims
/// certainty.
///
/// Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
/// Journal of the American Statistical Association 22 (1927), 209–212; recommended by
/// L. D. Brown, T. T. Cai, A. DasGupta, "Interval estimation for a binomial proportion",
/// Statistical Science 16 (2001), 101–133.
public struct WilsonInterval: Hashable, Sendable {
    /// The share observed.
    public let share: Share

    /// Makes the method for a share.
    public init(_ share: Share) { self.share = share }

    /// The interval, as shares from 0 to 1.
    ///
    /// - Throws: `statistics/not-finite` for a confidence that has no critical value.
    public func interval(confidence: Confidence = .usual) throws(Failure) -> Interval {
        let critical = try confidence.normalCriticalValue()
        let size = Double(share.denominator)
        let squared = critical * critical
        let scale = 1 + squared / size
        let centre = (share.value + squared / (2 * size)) / scale
        let variance = share.value * (1 - share.value) / size + squared / (4 * size * size)
        let margin = critical * variance.squareRoot() / scale
        // At 0 and at n an end is exactly 0 or 1, which rounding would miss by a hair.
        return try Interval(
            low: share.numerator == 0 ? 0 : max(0, centre - margin),
            high: share.numerator == share.denominator ? 1 : min(1, centre + margin)
        )
    }
}
