import Vocabulary

/// The weights of a sample: their sum, and how many unweighted observations say as much.
struct Weights {
    let sum: Double
    /// (Σw)²/Σw²; the number of observations where all weights are equal.
    let effectiveSize: Double

    /// Checks the sums of the weights of each part of a sample.
    static func sum(_ parts: [Double], sumOfSquares: Double) throws(Failure) -> Weights {
        let sum = parts.reduce(0, +)
        guard sum.isFinite, sumOfSquares.isFinite else {
            throw Failure(
                .notFinite, "The weights add up to no finite number.",
                hint: "Check the column of weights for values too large to be squared."
            )
        }
        guard parts.allSatisfy({ $0 >= 0 }), sumOfSquares >= 0 else {
            throw Failure(
                .impossibleSums, "The weights add up to less than zero.",
                hint: "Leave out rows whose weight is negative."
            )
        }
        guard sum > 0 else {
            throw Failure(
                .tooFewObservations, "No observation has a weight.",
                hint: "Ask for a range that has answers with a weight above zero."
            )
        }
        // Weights of zero or more cannot have squares that add up to more than the square.
        guard sumOfSquares > 0, sumOfSquares <= sum * sum * (1 + 1e-9) else {
            throw Failure(
                .impossibleSums,
                "Weights that add up to \(sum) cannot have squares that add up to"
                    + " \(sumOfSquares).",
                hint: "Take both sums over the same rows."
            )
        }
        return Weights(sum: sum, effectiveSize: max(1, sum * sum / sumOfSquares))
    }
}
