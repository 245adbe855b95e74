import CBoostMath
import Foundation
import Vocabulary

/// Customers with a contract, who at each renewal may leave with probabilities that differ (beta).
///
/// Those likely to leave leave first, so the share that renews rises with time; one churn rate for
/// all makes lifetimes too short.
///
/// Source: P. S. Fader, B. G. S. Hardie, "How to project customer retention", Journal of
/// Interactive Marketing 21 (2007), 76–90.
public struct ShiftedBetaGeometric: Hashable, Sendable {
    /// With ``beta``, the shape of the probabilities to leave.
    public let alpha: Double
    /// With ``alpha``, the shape of the probabilities to leave.
    public let beta: Double

    /// Makes a model from parameters that are known.
    ///
    /// - Throws: `statistics/impossible-parameters` for one that is not above zero.
    public init(alpha: Double, beta: Double) throws(Failure) {
        try requirePositive([alpha, beta])
        self.alpha = alpha
        self.beta = beta
    }

    /// The model under which the customers' renewals are most likely, given how many left at each
    /// renewal (1, 2, …) and how many were last observed after it as customers; cohorts that
    /// began at different times may be added.
    ///
    /// - Throws: `statistics/impossible-time` for a time that is no whole number or an event
    ///   before the first renewal, `statistics/too-few-observations` without customers, and
    ///   `statistics/no-convergence` where they do not tell the parameters.
    public static func fit(
        _ counts: [SurvivalCount]
    ) throws(Failure) -> FittedModel<ShiftedBetaGeometric> {
        for count in counts where count.time.rounded() != count.time || count.time > 100_000 {
            throw Failure(
                .impossibleTime,
                "A model of renewals counts whole renewals; \(count.time) is none.",
                hint: "Give the number of the renewal: 1, 2, 3 …"
            )
        }
        guard !counts.contains(where: { $0.time == 0 && $0.events > 0 }) else {
            throw Failure(
                .impossibleTime, "A customer cannot leave at renewal 0, before the first one.",
                hint: "Give the number of the renewal at which a customer left: 1, 2, 3 …"
            )
        }
        guard counts.total > 0 else {
            throw Failure(
                .tooFewObservations, "A model of renewals needs customers.",
                hint: "Ask for a range in which somebody began."
            )
        }
        let maximum = try LikelihoodMaximum(
            starts: [[1, 1], [1, 5], [0.5, 0.5], [5, 50]],
            all: LikelihoodMaximum.Sum(size: Double(counts.total)) {
                logLikelihood(counts.inOrder, alpha: $0[0], beta: $0[1])
            })
        let found = maximum.parameters
        return FittedModel(
            try ShiftedBetaGeometric(alpha: found[0], beta: found[1]),
            names: ["alpha", "beta"], maximum: maximum, customers: counts.total)
    }

    /// The model under which a cohort's renewals are most likely, given how many were customers at
    /// the beginning, after the first renewal, and so on; never more than before.
    ///
    /// - Throws: `statistics/negative-count` where the number grows or is below zero, and what
    ///   fitting throws otherwise.
    public static func fit(
        active: [Int]
    ) throws(Failure) -> FittedModel<ShiftedBetaGeometric> {
        var counts: [SurvivalCount] = []
        for time in active.indices {
            let isLast = time == active.count - 1
            counts.append(
                try SurvivalCount(
                    time: Double(time), events: time == 0 ? 0 : active[time - 1] - active[time],
                    censored: isLast ? active[time] : 0))
        }
        return try fit(counts)
    }

    /// The mean probability to leave at the first renewal.
    public var meanChurnProbability: Double { alpha / (alpha + beta) }

    /// The share of customers that is left after so many renewals, from 0 to 1.
    public func survival(after renewals: Int) -> Double {
        exp(
            logBeta(alpha, beta + Double(max(0, renewals))) - logBeta(alpha, beta))
    }

    /// The share of the customers left that renews at the renewal given (1 is the first).
    public func retention(at renewal: Int) -> Double {
        let before = Double(max(1, renewal) - 1)
        return (beta + before) / (alpha + beta + before)
    }

    /// The first renewal after which no more than half are left; nil where that takes more than
    /// 100,000 renewals.
    public var medianRenewal: Int? {
        var left = 1.0
        return (1...100_000).first { renewal in
            left *= retention(at: renewal)
            // As wide as the rounding of so many products.
            return left <= 0.5 * (1 + 1e-12)
        }
    }

    /// How many periods a new customer pays for, in periods paid today: Σ survival/(1+discount)^t
    /// over the periods that begin after no renewal, after one, and so on to the last one given.
    ///
    /// - Throws: `statistics/impossible-horizon` for a negative discount or number of renewals.
    public func expectedDiscountedLifetime(
        discount: Double, renewals: Int
    ) throws(Failure) -> Double {
        guard discount >= 0, discount.isFinite, 0...100_000 ~= renewals else {
            throw Failure(
                .impossibleHorizon,
                "A discount of \(discount) over \(renewals) renewals gives no value.",
                hint: "Take a discount of 0 or more and up to 100,000 renewals."
            )
        }
        var (sum, left, worth) = (1.0, 1.0, 1.0)
        for renewal in 0..<renewals {
            left *= retention(at: renewal + 1)
            worth /= 1 + discount
            sum += left * worth
        }
        return sum
    }

    private static func logLikelihood(
        _ counts: [(time: Double, events: Int, censored: Int)], alpha: Double, beta: Double
    ) -> LogLikelihood {
        var sum = LogLikelihood(value: 0, gradient: [0, 0])
        let start = logBeta(alpha, beta)
        let (atAlpha, atBeta) = (boost_digamma(alpha), boost_digamma(beta))
        let atBoth = boost_digamma(alpha + beta)
        func add(_ customers: Int, leaving: Double, staying: Double) {
            guard customers > 0 else { return }
            let weight = Double(customers)
            let both = boost_digamma(alpha + beta + leaving + staying)
            sum.value += weight * (logBeta(alpha + leaving, beta + staying) - start)
            sum.gradient[0] +=
                weight * (boost_digamma(alpha + leaving) - both - atAlpha + atBoth)
            sum.gradient[1] +=
                weight * (boost_digamma(beta + staying) - both - atBeta + atBoth)
        }
        for count in counts {
            add(count.events, leaving: 1, staying: count.time - 1)
            add(count.censored, leaving: 0, staying: count.time)
        }
        return sum
    }
}

/// The logarithm of the beta function of two numbers above zero.
func logBeta(_ left: Double, _ right: Double) -> Double {
    boost_log_gamma(left) + boost_log_gamma(right) - boost_log_gamma(left + right)
}
