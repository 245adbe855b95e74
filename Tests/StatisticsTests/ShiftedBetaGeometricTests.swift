import Testing
import Vocabulary

@testable import Statistics

@Suite("Renewals by the shifted beta-geometric model")
struct ShiftedBetaGeometricTests {
    /// P. S. Fader and B. G. S. Hardie, "How to project customer retention", Journal of
    /// Interactive Marketing 21 (2007), table 1: of 1,000 customers, how many were left.
    private static let regular = [1000, 631, 468, 382, 326, 289, 262, 241]
    private static let highEnd = [1000, 869, 743, 653, 593, 551, 517, 491]

    @Test("K66: the parameters are the paper's, and 1 ÷ churn is far from the lifetime")
    func parameters() throws {
        let regular = try ShiftedBetaGeometric.fit(active: Self.regular).model
        let highEnd = try ShiftedBetaGeometric.fit(active: Self.highEnd).model

        #expect(abs(regular.alpha - 0.704) < 0.0005 && abs(regular.beta - 1.182) < 0.0005)
        #expect(abs(highEnd.alpha - 0.668) < 0.0005 && abs(highEnd.beta - 3.806) < 0.0005)
        let constant = 1 / regular.meanChurnProbability
        let lifetime = try regular.expectedDiscountedLifetime(discount: 0, renewals: 12)
        #expect(constant < 2.7 && lifetime > 4.4)
    }

    /// mpmath 1.3.0: the curvature of the log-likelihood and the slopes by its own differences,
    /// the delta method on log(−log S) and on log(lifetime − 1).
    @Test(
        "the intervals are those of the delta method",
        arguments: [
            (
                regular, [0.06559896423, 0.1524756317], [0.194366528491, 0.246868065928],
                [3.15323529132, 3.48298973536]
            ),
            (
                highEnd, [0.1037349311, 0.7855316918], [0.427603471438, 0.49261316257],
                [4.85349256997, 5.20018755253]
            ),
        ])
    func intervals(
        active: [Int], errors: [Double], eighth: [Double], lifetime: [Double]
    ) throws {
        let fit = try ShiftedBetaGeometric.fit(active: active)
        let survival = try fit.survivalInterval(after: 8)
        let periods = try fit.lifetimeInterval(discount: 0.1, renewals: 12)

        let found =
            fit.parameters.map(\.standardError)
            + [survival.low, survival.high, periods.low, periods.high]
        for (found, expected) in zip(found, errors + eighth + lifetime) {
            #expect(abs(found / expected - 1) < 1e-5)
        }
    }

    @Test("the median is the first renewal after which half are gone")
    func median() throws {
        #expect(try ShiftedBetaGeometric.fit(active: Self.regular).model.medianRenewal == 2)
        #expect(try ShiftedBetaGeometric.fit(active: Self.highEnd).model.medianRenewal == 7)
        // Alpha and beta of one leave 1 ÷ (t + 1).
        #expect(try ShiftedBetaGeometric(alpha: 1, beta: 1).medianRenewal == 1)
        #expect(try ShiftedBetaGeometric(alpha: 1e-6, beta: 1).medianRenewal == nil)
    }

    @Test("what is certain has no interval")
    func certain() throws {
        let fit = try ShiftedBetaGeometric.fit(active: Self.regular)

        #expect(failureCode { try fit.survivalInterval(after: 0) } == .noVariance)
        #expect(
            failureCode { try fit.lifetimeInterval(discount: 0.1, renewals: 0) } == .noVariance)
        #expect(
            failureCode { try fit.lifetimeInterval(discount: -1, renewals: 5) }
                == .impossibleHorizon)
    }
}
