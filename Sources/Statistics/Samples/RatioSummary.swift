import Vocabulary

/// What the delta method needs to know of the rows behind a ratio ΣN/ΣD: their number and five
/// sums, never the rows.
///
/// A row is what is independent of the others (an order, a customer), with its part `N` of the
/// numerator and its part `D` of the denominator.
public struct RatioSummary: Hashable, Sendable {
    /// How many rows there are, at least two.
    public let count: Int
    /// The ratio ΣN/ΣD, in the numerator's unit per the denominator's.
    public let ratio: Double
    /// The variance of ``ratio`` by the delta method, in its unit squared; never negative.
    public let variance: Double

    /// Summarises the rows behind a ratio by their sums.
    ///
    /// - Parameters:
    ///   - count: How many rows there are.
    ///   - sumOfNumerators: ΣN.
    ///   - sumOfDenominators: ΣD.
    ///   - sumOfSquaredNumerators: ΣN².
    ///   - sumOfSquaredDenominators: ΣD².
    ///   - sumOfProducts: ΣND.
    /// - Throws: `statistics/too-few-observations` for fewer than two rows,
    ///   `statistics/zero-denominator` when ΣD is zero, `statistics/impossible-sums` for sums
    ///   that no rows have, and `statistics/not-finite` for sums that overflowed.
    public init(
        count: Int, sumOfNumerators: Double, sumOfDenominators: Double,
        sumOfSquaredNumerators: Double, sumOfSquaredDenominators: Double, sumOfProducts: Double
    ) throws(Failure) {
        try requireTwoObservations(count)
        guard sumOfDenominators != 0 else {
            throw Failure(
                .zeroDenominator, "The ratio's denominator adds up to zero.",
                hint: "Ask for a range in which the denominator has values."
            )
        }
        try requirePossibleSums(count, sumOfNumerators, sumOfSquaredNumerators)
        try requirePossibleSums(count, sumOfDenominators, sumOfSquaredDenominators)
        let ratio = sumOfNumerators / sumOfDenominators
        // Σ(N - ratio·D)²: these residuals add up to zero, so that nothing is left to centre.
        let squares = sumOfSquaredNumerators + ratio * ratio * sumOfSquaredDenominators
        let products = 2 * ratio * sumOfProducts
        let residuals = try withoutRounding(
            squares - products, scale: squares + abs(products), count: count)
        let size = Double(count)
        let perRow = residuals / (size - 1)
        let meanDenominator = sumOfDenominators / size
        self.count = count
        self.ratio = ratio
        variance = perRow / size / meanDenominator / meanDenominator
    }
}

/// Refuses sums that no observations have, as a sample's summary does.
private func requirePossibleSums(
    _ count: Int, _ sum: Double, _ sumOfSquares: Double
) throws(Failure) {
    _ = try SampleSummary(count: count, sum: sum, sumOfSquares: sumOfSquares)
}

extension Failure.Code {
    /// A ratio whose denominator adds up to zero.
    public static let zeroDenominator: Self = "statistics/zero-denominator"
}
