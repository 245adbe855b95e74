import Vocabulary

/// A sum over the events of a period, with what its noise is estimated from.
public struct Total: Hashable, Sendable {
    /// The sum Σx, in the metric's unit.
    public let sum: Double
    /// The sum of squares Σx², in the metric's unit squared.
    public let sumOfSquares: Double

    /// Makes a total; a period without events has zero for both.
    ///
    /// - Throws: `statistics/not-finite` for sums that overflowed, and
    ///   `statistics/impossible-sums` when the squares add up to less than zero, or to zero
    ///   though the sum is not zero.
    public init(sum: Double, sumOfSquares: Double) throws(Failure) {
        guard sum.isFinite, sumOfSquares.isFinite else {
            throw Failure(
                .notFinite, "The sums over the events are not finite numbers.",
                hint: "Check the metric for values too large to be squared (above 1e150)."
            )
        }
        guard sumOfSquares > 0 || (sumOfSquares == 0 && sum == 0) else {
            throw Failure(
                .impossibleSums,
                "No events have the sum \(sum) and the sum of squares \(sumOfSquares).",
                hint: "Take both sums over the same rows."
            )
        }
        self.sum = sum
        self.sumOfSquares = sumOfSquares
    }
}
