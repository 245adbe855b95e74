import Statistics
import Testing
import Vocabulary

@Suite("The percentile's interval")
struct PercentileTests {
    @Test("agrees with SciPy's quantile test", arguments: SurveyReferences.percentiles)
    func agreesWithSciPy(reference: Reference) throws {
        let method = try PercentileInterval(
            count: reference.count(0, 0), percentile: reference.inputs[0][1])

        try reference.expect {
            let ranks = try method.ranks(confidence: $0)
            return try Interval(low: Double(ranks.lowerBound), high: Double(ranks.upperBound))
        }
    }

    @Test("a fraction finds the observation of its rank", arguments: [7, 25, 100, 99_991])
    func fractions(count: Int) throws {
        let method = try PercentileInterval(count: count, percentile: 0.5)

        let (ranks, fractions) = (try method.ranks(), try method.fractions())

        let found = [fractions.lowerBound, fractions.upperBound].map {
            Int(($0 * Double(count)).rounded(.up))
        }
        #expect(found == [ranks.lowerBound, ranks.upperBound])
    }

    @Test("too few observations are refused")
    func tooFew() throws {
        let ninetieth = try PercentileInterval(count: 20, percentile: 0.9)

        #expect(failureCode { try ninetieth.ranks() } == .tooFewObservations)
        #expect(
            failureCode { try PercentileInterval(count: 0, percentile: 0.5) }
                == .tooFewObservations)
    }

    @Test("a percentile that there is not is refused", arguments: [0, 1, -0.5, 90, .nan])
    func impossiblePercentile(percentile: Double) {
        let code = failureCode { try PercentileInterval(count: 9, percentile: percentile) }

        #expect(code == .impossiblePercentile)
    }
}
