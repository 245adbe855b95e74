import Testing
import Vocabulary

@testable import Statistics

@Suite("Confidence")
struct ConfidenceTests {
    @Test("critical values agree with SciPy", arguments: References.quantiles)
    func criticalValuesAgree(row: [Double]) throws {
        let (degreesOfFreedom, probability, quantile) = (row[0], row[1], row[2])
        guard probability > 0.5 else { return }

        let confidence = try Confidence(2 * probability - 1)
        let critical =
            degreesOfFreedom.isInfinite
            ? try confidence.normalCriticalValue()
            : try confidence.studentCriticalValue(degreesOfFreedom: degreesOfFreedom)

        #expect(abs(critical / quantile - 1) < 1e-12)
    }

    @Test("the usual confidence is 95 %")
    func usualConfidence() throws {
        #expect(Confidence.usual.level == 0.95)
        #expect(try Confidence(0.95) == .usual)
    }

    @Test(
        "a confidence outside 0 to 1 is refused",
        arguments: [0, 1, -0.1, 95, .nan, .infinity])
    func impossibleConfidence(level: Double) {
        #expect(failureCode { try Confidence(level) } == .impossibleConfidence)
    }

    @Test("a quantile that does not exist is a failure, not NaN")
    func missingQuantile() {
        let code = failureCode { try Confidence.usual.studentCriticalValue(degreesOfFreedom: -1) }

        #expect(code == .notFinite)
    }
}
