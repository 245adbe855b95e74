import Vocabulary

/// What a method needs to know of a sample: three numbers, never its rows.
///
/// The database adds these up (`count(x)`, `sum(x)`, `sum(x * x)`), so that an interval over a
/// billion rows costs as much here as one over ten.
public struct SampleSummary: Hashable, Sendable {
    /// How many observations there are, at least two.
    public let count: Int
    /// Their arithmetic mean, in the metric's unit.
    public let mean: Double
    /// Their sample variance (divided by `count - 1`), in the metric's unit squared; never
    /// negative, and zero where the observations differ by no more than rounding.
    public let variance: Double

    /// Summarises a sample by its sums.
    ///
    /// - Throws: `statistics/too-few-observations` for fewer than two,
    ///   `statistics/impossible-sums` for sums that no observations have, and
    ///   `statistics/not-finite` for sums that overflowed.
    public init(count: Int, sum: Double, sumOfSquares: Double) throws(Failure) {
        try requireTwoObservations(count)
        let size = Double(count)
        // sum² / count with twice the digits of a Double: what is left after the subtraction
        // may be a millionth of it.
        let square = sum * sum
        let lostBySquare = square.distance(toProductOf: sum, and: sum)
        let quotient = square / size
        let lostByQuotient = -square.distance(toProductOf: quotient, and: size)
        let deviations =
            (sumOfSquares - quotient) - (lostByQuotient + lostBySquare) / size
        self.count = count
        mean = sum / size
        variance =
            try withoutRounding(deviations, scale: sumOfSquares, count: count) / (size - 1)
    }

    /// The variance of the mean, in the metric's unit squared.
    var varianceOfMean: Double { variance / Double(count) }
}

extension Double {
    /// `left * right - self`, rounded once.
    fileprivate func distance(toProductOf left: Double, and right: Double) -> Double {
        (-self).addingProduct(left, right)
    }
}

/// Refuses samples in which a variance cannot be seen.
func requireTwoObservations(_ count: Int) throws(Failure) {
    guard count >= 2 else {
        throw Failure(
            .tooFewObservations,
            "An interval needs at least two observations, and there are \(max(count, 0)).",
            hint: "Ask for a longer range or a coarser breakdown."
        )
    }
}

/// A sum of squares made of differences of larger sums, without what only rounding put there.
///
/// - Parameters:
///   - sumOfSquares: The difference, zero or above in exact arithmetic.
///   - scale: The size of the sums that it is a difference of.
///   - count: How many rows each of those sums has; each may have cost a rounding.
/// - Returns: The difference, or zero where it is no larger than rounding.
/// - Throws: `statistics/not-finite` for sums that overflowed, and `statistics/impossible-sums`
///   for a difference that is negative beyond rounding.
func withoutRounding(
    _ sumOfSquares: Double, scale: Double, count: Int
) throws(Failure) -> Double {
    guard sumOfSquares.isFinite, scale.isFinite else {
        throw Failure(
            .notFinite, "The sums over the observations are not finite numbers.",
            hint: "Check the metric for values too large to be squared (above 1e150)."
        )
    }
    // Adding n numbers costs up to n roundings, and in general about the square root of n.
    let rounding = scale * .ulpOfOne
    guard sumOfSquares >= -4 * rounding * Double(count) else {
        throw Failure(
            .impossibleSums, "No observations have these sums: their variance is negative.",
            hint: "Take count, sum and sum of squares over the same rows."
        )
    }
    return sumOfSquares > 4 * rounding * Double(count).squareRoot() ? sumOfSquares : 0
}

extension Failure.Code {
    /// There are not enough observations for the method.
    public static let tooFewObservations: Self = "statistics/too-few-observations"
    /// Sums that no set of observations can have.
    public static let impossibleSums: Self = "statistics/impossible-sums"
}
