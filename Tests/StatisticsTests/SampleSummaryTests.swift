import Statistics
import Testing
import Vocabulary

@Suite("Sample summary")
struct SampleSummaryTests {
    @Test("the variance keeps its digits when the mean is ten million times the deviation")
    func varianceKeepsItsDigits() throws {
        // NIST Statistical Reference Datasets, NumAcc1: mean 10000002, standard deviation 1.
        let summary = try SampleSummary([10_000_001, 10_000_003, 10_000_002])

        #expect(summary.mean == 10_000_002)
        #expect(summary.variance == 1)
    }

    @Test("a thousand values with alternating digits have the certified deviation")
    func certifiedDeviation() throws {
        // NIST Statistical Reference Datasets, NumAcc2: mean 1.2, standard deviation 0.1.
        let values = [1.2] + (0..<1000).map { $0.isMultiple(of: 2) ? 1.1 : 1.3 }

        let summary = try SampleSummary(values)

        #expect(abs(summary.mean - 1.2) < 1e-12)
        #expect(abs(summary.variance.squareRoot() - 0.1) < 1e-12)
    }

    @Test("equal values have no variance, however their sums were rounded", arguments: 2...200)
    func equalValuesHaveNoVariance(count: Int) throws {
        #expect(try SampleSummary(Array(repeating: 0.1, count: count)).variance == 0)
        #expect(try SampleSummary(Array(repeating: -1e9 / 3, count: count)).variance == 0)
    }

    @Test("fewer than two observations are refused", arguments: [-1, 0, 1])
    func tooFewObservations(count: Int) {
        let code = failureCode { try SampleSummary(count: count, sum: 1, sumOfSquares: 1) }

        #expect(code == .tooFewObservations)
    }

    @Test("sums that no observations have are refused")
    func impossibleSums() {
        let code = failureCode { try SampleSummary(count: 10, sum: 100, sumOfSquares: 999) }

        #expect(code == .impossibleSums)
    }

    @Test(
        "sums that overflowed are refused",
        arguments: [(1e200, Double.infinity), (.nan, 1), (1e200, 1e300), (1, .nan)])
    func overflow(sum: Double, sumOfSquares: Double) {
        let code = failureCode {
            try SampleSummary(count: 10, sum: sum, sumOfSquares: sumOfSquares)
        }

        #expect(code == .notFinite)
    }
}
