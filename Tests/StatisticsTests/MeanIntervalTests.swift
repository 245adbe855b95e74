import Statistics
import Testing
import Vocabulary

@Suite("The mean's interval")
struct MeanIntervalTests {
    @Test("agrees with SciPy's ttest_1samp", arguments: References.means)
    func agreesWithSciPy(reference: Reference) throws {
        let sample = try SampleSummary(reference.inputs[0])

        try reference.expect { try MeanInterval(sample).interval(confidence: $0) }
    }

    @Test("a constant sample is refused, not called certain")
    func constantSample() throws {
        let sample = try SampleSummary([5, 5, 5])

        #expect(failureCode { try MeanInterval(sample).interval() } == .noVariance)
    }
}
