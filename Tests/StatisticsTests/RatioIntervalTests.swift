import Statistics
import Testing
import Vocabulary

@Suite("The ratio's interval")
struct RatioIntervalTests {
    @Test("agrees with statsmodels' robust regression", arguments: References.ratios)
    func agreesWithStatsmodels(reference: Reference) throws {
        let rows = try RatioSummary(reference.inputs[0], over: reference.inputs[1])

        try reference.expect { try RatioInterval(rows).interval(confidence: $0) }
    }

    @Test("is the mean's interval when every row counts one")
    func meanIsARatio() throws {
        let values = [3.5, 1, 9.25, 4, 4, 0]
        let rows = try RatioSummary(values, over: values.map { _ in 1 })

        let interval = try RatioInterval(rows).interval()

        let ofMean = try MeanInterval(SampleSummary(values)).interval()
        #expect(abs(interval.low - ofMean.low) < 1e-13)
        #expect(abs(interval.high - ofMean.high) < 1e-13)
    }

    @Test("K11: divides the sums, and does not average the ratios of rows")
    func dividesTheSums() throws {
        #expect(try RatioSummary([1, 90], over: [10, 100]).ratio == 91.0 / 110.0)
    }

    @Test("rows of one ratio are refused, not called certain")
    func constantRatio() throws {
        let rows = try RatioSummary([0.1, 0.2, 0.7], over: [1, 2, 7])

        #expect(failureCode { try RatioInterval(rows).interval() } == .noVariance)
    }

    @Test("K11: a denominator of zero is refused, not called zero")
    func zeroDenominator() {
        #expect(failureCode { try RatioSummary([1, 2], over: [0, 0]) } == .zeroDenominator)
        #expect(failureCode { try RatioSummary([0, 0], over: [1, -1]) } == .zeroDenominator)
    }

    @Test("a single row is refused")
    func singleRow() {
        #expect(failureCode { try RatioSummary([1], over: [2]) } == .tooFewObservations)
    }

    @Test("sums that no rows have are refused", arguments: [(1, 20, 6), (20, 1, 6), (20, 20, 90)])
    func impossibleSums(squaredNumerators: Double, squaredDenominators: Double, products: Double) {
        let code = failureCode {
            try RatioSummary(
                count: 4, sumOfNumerators: 5, sumOfDenominators: 5,
                sumOfSquaredNumerators: squaredNumerators,
                sumOfSquaredDenominators: squaredDenominators, sumOfProducts: products)
        }

        #expect(code == .impossibleSums)
    }
}
