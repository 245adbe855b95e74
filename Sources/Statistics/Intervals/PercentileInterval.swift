import CBoostMath
import Vocabulary

/// Which two ordered observations the true percentile lies between, whatever the distribution.
///
/// The number of observations below a true percentile is binomial, and that alone decides; so the
/// interval needs no values, only their number. It covers at least the confidence asked for.
///
/// Source: W. J. Conover, "Practical Nonparametric Statistics", 3rd edition, Wiley (1999),
/// section 3.2.
public struct PercentileInterval: Hashable, Sendable {
    /// How many observations there are, at least one.
    public let count: Int
    /// The percentile as a share, above 0 and below 1; 0.5 is the median.
    public let percentile: Double

    /// Makes the method for a percentile of so many observations.
    ///
    /// - Throws: `statistics/too-few-observations` for none, and
    ///   `statistics/impossible-percentile` when the percentile is not above 0 and below 1.
    public init(count: Int, percentile: Double) throws(Failure) {
        guard count >= 1 else {
            throw Failure(
                .tooFewObservations, "A percentile of nothing is not a number.",
                hint: "Ask for a range that has observations."
            )
        }
        guard percentile > 0, percentile < 1 else {
            throw Failure(
                .impossiblePercentile, "A percentile of \(percentile) is not possible.",
                hint: "Give a share above 0 and below 1, for example 0.5 for the median."
            )
        }
        self.count = count
        self.percentile = percentile
    }

    /// The ranks of the two ends when the observations are in order; the smallest has rank 1.
    ///
    /// - Throws: `statistics/too-few-observations` when not even the smallest and the largest
    ///   observation enclose the percentile with that confidence.
    public func ranks(confidence: Confidence = .usual) throws(Failure) -> ClosedRange<Int> {
        let tail = (1 - confidence.level) / 2
        let low = smallestCount { cumulated($0) >= tail }
        let high = 1 + smallestCount { cumulated($0) >= 1 - tail }
        guard low >= 1, high <= count else {
            throw Failure(
                .tooFewObservations,
                "\(count) observations are too few for an interval of this percentile.",
                hint: "Ask for a longer range, or a percentile nearer to the median."
            )
        }
        return low...high
    }

    /// Where the two ends lie in the ordered observations, as shares from 0 to 1: the discrete
    /// percentile (the smallest value that at least this share is not above) at such a share is
    /// the observation of that rank.
    ///
    /// - Throws: What ``ranks(confidence:)`` throws.
    public func fractions(confidence: Confidence = .usual) throws(Failure) -> ClosedRange<Double> {
        let ranks = try ranks(confidence: confidence)
        // Half a rank below, so that rounding cannot move it to a neighbour.
        return (Double(ranks.lowerBound) - 0.5) / Double(count)...(Double(ranks.upperBound) - 0.5)
            / Double(count)
    }

    /// The probability that at most so many observations are below the true percentile.
    private func cumulated(_ below: Int) -> Double {
        boost_binomial_cdf(Double(count), percentile, Double(below))
    }

    /// The smallest number from zero to ``count`` that reaches what is asked, by bisection.
    private func smallestCount(_ reaches: (Int) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = low + (high - low) / 2
            if reaches(middle) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}

extension Failure.Code {
    /// The percentile is not a share between 0 and 1.
    public static let impossiblePercentile: Self = "statistics/impossible-percentile"
}
