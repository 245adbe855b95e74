import Statistics
import Testing
import Vocabulary

@Suite("The count's interval")
struct CountIntervalTests {
    @Test("agrees with statsmodels' score interval", arguments: References.counts)
    func agreesWithStatsmodels(reference: Reference) throws {
        let method = try CountInterval(reference.count(0, 0))

        try reference.expect { try method.interval(confidence: $0) }
    }

    @Test("a count below zero is refused")
    func negativeCount() {
        #expect(failureCode { try CountInterval(-1) } == .negativeCount)
    }
}
