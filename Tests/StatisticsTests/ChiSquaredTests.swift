import Statistics
import Testing
import Vocabulary

@Suite("The chi-squared test")
struct ChiSquaredTests {
    @Test("probabilities agree with SciPy and mpmath", arguments: SurveyReferences.chiSquared)
    func agreesWithSciPy(row: [Double]) throws {
        let test = try ChiSquared(row[0], degreesOfFreedom: Int(row[1]))

        #expect(abs(test.probability - row[2]) <= 1e-12 * row[2])
        #expect(abs(test.log10Probability - row[3]) <= 1e-13 * max(1, abs(row[3])))
    }

    @Test("a statistic that there is not is refused", arguments: [-1, .nan, .infinity])
    func impossibleStatistic(statistic: Double) {
        #expect(failureCode { try ChiSquared(statistic, degreesOfFreedom: 1) } == .notFinite)
    }

    @Test("a single group cannot be compared")
    func noDegrees() {
        #expect(failureCode { try ChiSquared(1, degreesOfFreedom: 0) } == .tooFewObservations)
    }
}
