import Statistics
import Testing
import Vocabulary

@Suite("Changes between two periods")
struct ChangeTests {
    @Test("shares agree with statsmodels' Newcombe interval", arguments: References.changesOfShares)
    func sharesAgree(reference: Reference) throws {
        let change = try ChangeOfShares(
            before: Share(numerator: reference.count(0, 0), denominator: reference.count(0, 1)),
            after: Share(numerator: reference.count(1, 0), denominator: reference.count(1, 1)))

        try reference.expect { try change.interval(confidence: $0) }
    }

    @Test(
        "shares agree with Newcombe's own table",
        // R. G. Newcombe (1998), table II, method 10: cases a, b, c, d, g and h.
        arguments: [
            ([56, 70, 48, 80], 0.0524, 0.3339), ([9, 10, 3, 10], 0.1705, 0.8090),
            ([6, 7, 2, 7], 0.0582, 0.8062), ([5, 56, 0, 29], -0.0381, 0.1926),
            ([10, 10, 0, 20], 0.6791, 1), ([10, 10, 0, 10], 0.6075, 1),
        ])
    func sharesAgreeWithNewcombe(counts: [Int], low: Double, high: Double) throws {
        let change = try ChangeOfShares(
            before: Share(numerator: counts[2], denominator: counts[3]),
            after: Share(numerator: counts[0], denominator: counts[1]))

        let interval = try change.interval()

        #expect(abs(interval.low - low) < 0.00005)
        #expect(abs(interval.high - high) < 0.00005)
    }

    @Test("means agree with SciPy's Welch test", arguments: References.changesOfMeans)
    func meansAgree(reference: Reference) throws {
        let change = try ChangeOfMeans(
            before: SampleSummary(reference.inputs[0]), after: SampleSummary(reference.inputs[1]))

        try reference.expect { try change.interval(confidence: $0) }
    }

    @Test(
        "ratios agree with SciPy's Welch test of linearised rows",
        arguments: References.changesOfRatios)
    func ratiosAgree(reference: Reference) throws {
        let change = try ChangeOfRatios(
            before: RatioSummary(reference.inputs[0], over: reference.inputs[1]),
            after: RatioSummary(reference.inputs[2], over: reference.inputs[3]))

        try reference.expect { try change.interval(confidence: $0) }
    }

    @Test("counts agree with statsmodels' score interval", arguments: References.changesOfCounts)
    func countsAgree(reference: Reference) throws {
        let change = try ChangeOfCounts(
            before: reference.count(0, 0), after: reference.count(1, 0))

        try reference.expect { try change.interval(confidence: $0) }
    }

    @Test("totals agree with SciPy's normal interval", arguments: References.changesOfTotals)
    func totalsAgree(reference: Reference) throws {
        let change = try ChangeOfTotals(
            before: Total(reference.inputs[0]), after: Total(reference.inputs[1]))

        try reference.expect { try change.interval(confidence: $0) }
    }

    @Test("a change is later less earlier")
    func laterLessEarlier() throws {
        let (few, many) = (
            try Share(numerator: 1, denominator: 4), try Share(numerator: 3, denominator: 4)
        )
        let (small, large) = (try SampleSummary([1, 2]), try SampleSummary([3, 5]))

        #expect(ChangeOfShares(before: few, after: many).difference == 0.5)
        #expect(ChangeOfMeans(before: small, after: large).difference == 2.5)
        #expect(try ChangeOfCounts(before: 7, after: 4).difference == -3)
        #expect(try ChangeOfTotals(before: Total([1, 1]), after: Total([5])).difference == 3)
        #expect(
            try ChangeOfRatios(
                before: RatioSummary([1, 2], over: [1, 1]),
                after: RatioSummary([4, 4], over: [1, 3])
            ).difference == 0.5)
    }

    @Test("a small change is within its noise and a large one is not")
    func withinNoise() throws {
        #expect(try ChangeOfCounts(before: 400, after: 437).interval().contains(0))
        #expect(try !ChangeOfCounts(before: 400, after: 470).interval().contains(0))
    }

    @Test("one constant sample still compares, with the other's noise")
    func oneConstantSample() throws {
        let varying = try SampleSummary([1, 4, 3, 8])
        let constant = try SampleSummary([0, 0, 0])

        let change = try ChangeOfMeans(before: constant, after: varying).interval()

        #expect(try change == MeanInterval(varying).interval())
    }

    @Test("variances near the smallest Double still compare")
    func tinyVariances() throws {
        let before = try SampleSummary(count: 4, sum: 0, sumOfSquares: 1e-300)
        let after = try SampleSummary(count: 4, sum: 0, sumOfSquares: 2e-300)

        #expect(try ChangeOfMeans(before: before, after: after).interval().contains(0))
    }

    @Test("periods without any noise are refused, not called different")
    func noNoise() throws {
        let constant = try SampleSummary([2, 2])
        let sameRatio = try RatioSummary([1, 2], over: [2, 4])
        let nothing = try Total([])

        #expect(
            failureCode { try ChangeOfMeans(before: constant, after: constant).interval() }
                == .noVariance)
        #expect(
            failureCode { try ChangeOfRatios(before: sameRatio, after: sameRatio).interval() }
                == .noVariance)
        #expect(
            failureCode { try ChangeOfTotals(before: nothing, after: nothing).interval() }
                == .noVariance)
    }

    @Test("impossible counts and totals are refused")
    func impossibleInput() {
        #expect(failureCode { try ChangeOfCounts(before: -1, after: 0) } == .negativeCount)
        #expect(failureCode { try ChangeOfCounts(before: 0, after: -1) } == .negativeCount)
        #expect(failureCode { try Total(sum: 1, sumOfSquares: 0) } == .impossibleSums)
        #expect(failureCode { try Total(sum: 1, sumOfSquares: -1) } == .impossibleSums)
        #expect(failureCode { try Total(sum: .nan, sumOfSquares: 1) } == .notFinite)
    }
}
