import Statistics
import Testing
import Vocabulary

@Suite("The weighted mean's interval")
struct WeightedMeanTests {
    @Test(
        "agrees with statsmodels' weighted mean", arguments: SurveyReferences.weightedMeans)
    func agreesWithStatsmodels(reference: Reference) throws {
        let method = try WeightedMeanInterval(reference.inputs[0], weights: reference.inputs[1])

        try reference.expect { try method.interval(confidence: $0) }
    }

    @Test("with equal weights it is the mean's interval", arguments: [0.5, 1, 8])
    func equalWeights(weight: Double) throws {
        let sample = [3.0, 4, 8, 1, 9]

        let weighted = try WeightedMeanInterval(
            sample, weights: [Double](repeating: weight, count: 5)
        ).interval()
        let plain = try MeanInterval(SampleSummary(sample)).interval()

        #expect(abs(weighted.low - plain.low) < 1e-12)
        #expect(abs(weighted.high - plain.high) < 1e-12)
    }

    @Test("what cannot have an interval is refused")
    func refused() {
        #expect(
            failureCode { try WeightedMeanInterval([3, 5], weights: [2, 0]) }
                == .tooFewObservations)
        #expect(
            failureCode { try WeightedMeanInterval([3, 3], weights: [2, 1]).interval() }
                == .noVariance)
        #expect(
            failureCode { try WeightedMeanInterval([3, 4], weights: [2, .nan]) } == .notFinite)
        #expect(
            failureCode { try WeightedMeanInterval([3, .infinity], weights: [2, 2]) }
                == .notFinite)
    }
}

extension WeightedMeanInterval {
    /// Adds a weighted sample up, as a database would.
    fileprivate init(_ sample: [Double], weights: [Double]) throws {
        let pairs = zip(sample, weights)
        try self.init(
            sumOfWeights: weights.reduce(0, +),
            sumOfSquaredWeights: weights.reduce(0) { $0 + $1 * $1 },
            sum: pairs.reduce(0) { $0 + $1.0 * $1.1 },
            sumOfSquares: pairs.reduce(0) { $0 + $1.0 * $1.0 * $1.1 })
    }
}
