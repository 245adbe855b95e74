import Statistics
import Testing
import Vocabulary

@Suite("Wilson's interval")
struct WilsonIntervalTests {
    @Test("agrees with SciPy's binomtest", arguments: References.shares)
    func agreesWithSciPy(reference: Reference) throws {
        let share = try Share(numerator: reference.count(0, 0), denominator: reference.count(0, 1))

        try reference.expect { try WilsonInterval(share).interval(confidence: $0) }
    }

    @Test(
        "K36: gives the well-known values",
        arguments: [(0, 20, 0, 0.1611), (3, 40, 0.0258, 0.1986), (500, 1000, 0.4691, 0.5309)])
    func wellKnownValues(numerator: Int, denominator: Int, low: Double, high: Double) throws {
        let share = try Share(numerator: numerator, denominator: denominator)

        let interval = try WilsonInterval(share).interval()

        #expect(abs(interval.low - low) < 0.00005)
        #expect(abs(interval.high - high) < 0.00005)
    }

    @Test("contains its share and stays within 0 and 1", arguments: [1, 2, 3, 17, 100, 1_000_003])
    func staysWithinBounds(denominator: Int) throws {
        for numerator in Set([0, 1, denominator / 2, denominator - 1, denominator]) {
            let share = try Share(numerator: numerator, denominator: denominator)

            let interval = try WilsonInterval(share).interval()

            #expect(interval.low >= 0 && interval.high <= 1)
            #expect(interval.contains(share.value))
        }
    }

    @Test("a share of nothing is refused, not called zero")
    func shareOfNothing() {
        #expect(failureCode { try Share(numerator: 0, denominator: 0) } == .tooFewObservations)
    }

    @Test("a numerator outside its denominator is refused", arguments: [(-1, 5), (6, 5), (0, -5)])
    func impossibleShare(numerator: Int, denominator: Int) {
        let code = failureCode { try Share(numerator: numerator, denominator: denominator) }

        #expect(code == .impossibleShare)
    }
}
