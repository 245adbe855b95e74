import CBoostMath
import Foundation
import Vocabulary

/// How sure a fitted model of renewals is of what it projects: the delta method, on a scale on
/// which the interval stays possible.
///
/// The intervals know that the parameters are estimates; they do not know whether the model holds
/// beyond what was observed.
///
/// Source: G. W. Oehlert, "A note on the delta method", The American Statistician 46 (1992),
/// 27–29; the scale of a survival is that of J. D. Kalbfleisch, R. L. Prentice, "The Statistical
/// Analysis of Failure Time Data", Wiley (1980), section 1.3.
extension FittedModel<ShiftedBetaGeometric> {
    /// The interval of the share that is left after so many renewals, from 0 to 1.
    ///
    /// - Throws: `statistics/no-variance` before the first renewal, when all are left.
    public func survivalInterval(
        after renewals: Int, confidence: Confidence = .usual
    ) throws(Failure) -> Interval {
        let logarithm = log(model.survival(after: renewals))
        try requireVariance(-logarithm, "All are left after \(renewals) renewals")
        let error = standardError(model.slopesOfLogSurvival(after: renewals))
        let margin = try confidence.normalCriticalValue() * error / -logarithm
        return try Interval(low: exp(logarithm * exp(margin)), high: exp(logarithm * exp(-margin)))
    }

    /// The interval of the expected discounted lifetime, in periods.
    ///
    /// - Throws: `statistics/impossible-horizon` for a negative discount or number of renewals.
    public func lifetimeInterval(
        discount: Double, renewals: Int, confidence: Confidence = .usual
    ) throws(Failure) -> Interval {
        let lifetime = try model.expectedDiscountedLifetime(
            discount: discount, renewals: renewals)
        var slopes = [0.0, 0.0]
        var worth = 1.0
        for renewal in 0...renewals {
            let survival = model.survival(after: renewal) * worth
            let steepness = model.slopesOfLogSurvival(after: renewal)
            for index in slopes.indices { slopes[index] += survival * steepness[index] }
            worth /= 1 + discount
        }
        // The first period is certain, so only what follows it varies.
        let uncertain = lifetime - 1
        try requireVariance(uncertain, "The first period is all there is")
        let margin = try confidence.normalCriticalValue() * standardError(slopes) / uncertain
        return try Interval(low: 1 + uncertain * exp(-margin), high: 1 + uncertain * exp(margin))
    }

    /// The standard error of something, of which the slopes in the logarithms of the parameters
    /// are known.
    private func standardError(_ slopes: [Double]) -> Double {
        var variance = 0.0
        for row in slopes.indices {
            for column in slopes.indices {
                variance += slopes[row] * covarianceOfLogs[row][column] * slopes[column]
            }
        }
        return max(0, variance).squareRoot()
    }
}

extension ShiftedBetaGeometric {
    /// How the logarithm of the survival changes with the logarithms of alpha and beta.
    fileprivate func slopesOfLogSurvival(after renewals: Int) -> [Double] {
        let passed = Double(renewals)
        let both = boost_digamma(alpha + beta) - boost_digamma(alpha + beta + passed)
        let own = boost_digamma(beta + passed) - boost_digamma(beta)
        return [alpha * both, beta * (own + both)]
    }
}
