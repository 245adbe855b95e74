import CBoostMath
import Foundation
import Vocabulary

/// Customers who buy at random at rates that differ (gamma), and after each purchase may stop for
/// good with probabilities that differ (beta).
///
/// It is for customers without a contract: nobody says when one has stopped. A customer who never
/// bought again has had no occasion to stop, so is alive by definition.
///
/// Source: P. S. Fader, B. G. S. Hardie, K. L. Lee, "'Counting your customers' the easy way: an
/// alternative to the Pareto/NBD model", Marketing Science 24 (2005), 275–284.
public struct BGNBD: PurchaseModel, Hashable {
    /// The shape of the purchase rates: the smaller, the more they differ.
    public let r: Double
    /// The scale of the purchase rates, in the unit of time; their mean is `r / alpha`.
    public let alpha: Double
    /// With ``b``, the shape of the probabilities to stop; their mean is `a / (a + b)`.
    public let a: Double
    /// With ``a``, the shape of the probabilities to stop.
    public let b: Double

    /// A model of four parameters.
    public static var parameterCount: Int { 4 }

    /// Makes a model from parameters that are known.
    ///
    /// - Throws: `statistics/impossible-parameters` for one that is not above zero.
    public init(r: Double, alpha: Double, a: Double, b: Double) throws(Failure) {
        try requirePositive([r, alpha, a, b])
        self.r = r
        self.alpha = alpha
        self.a = a
        self.b = b
    }

    /// The model under which what customers did is most likely; nothing is added to the
    /// likelihood (no penalty).
    ///
    /// - Throws: `statistics/too-few-observations` without customers, and
    ///   `statistics/no-convergence` where their purchases do not tell the parameters.
    public static func fit(
        _ summaries: [PurchaseSummary]
    ) throws(Failure) -> FittedModel<BGNBD> {
        let customers = try summaries.requireCustomers()
        let time = summaries.meanAge(customers)
        let maximum = try LikelihoodMaximum(
            starts: [
                [0.5, time / 4, 1, 2.5], [1, time, 0.5, 3], [0.1, time / 20, 0.5, 0.5],
                [2, time / 4, 0.1, 1],
            ], sample: summaries.sample.map(sum), all: sum(summaries))
        let found = maximum.parameters
        return FittedModel(
            try BGNBD(r: found[0], alpha: found[1], a: found[2], b: found[3]),
            names: ["r", "alpha", "a", "b"], maximum: maximum, customers: customers)
    }

    private static func sum(_ summaries: [PurchaseSummary]) -> LikelihoodMaximum.Sum {
        let likelihood = BGNBDLikelihood(summaries)
        return LikelihoodMaximum.Sum(size: summaries.reduce(0) { $0 + Double($1.customers) }) {
            likelihood.value(r: $0[0], alpha: $0[1], a: $0[2], b: $0[3])
        }
    }

    /// The number of purchases that a customer is expected to make within a time from the end of
    /// the observation.
    ///
    /// - Throws: `statistics/impossible-time` for a negative time, and `statistics/not-finite`
    ///   where it cannot be calculated.
    public func expectedPurchases(
        within time: Double, after history: PurchaseSummary
    ) throws(Failure) -> Double {
        try requireTimeAhead(time)
        let alive = try probabilityAlive(after: history)
        return try alive
            * purchasesOfLiving(within: time, frequency: history.frequency, age: history.age)
    }

    /// The number of repeat purchases that a new customer is expected to make within a time.
    ///
    /// - Throws: `statistics/impossible-time` for a negative time, and `statistics/not-finite`
    ///   where it cannot be calculated.
    public func expectedPurchases(ofNewCustomerWithin time: Double) throws(Failure) -> Double {
        try requireTimeAhead(time)
        return try purchasesOfLiving(within: time, frequency: 0, age: 0)
    }

    /// The probability that a customer will go on buying, from 0 to 1; it is 1 without a repeat
    /// purchase.
    ///
    /// - Throws: Nothing; other models may.
    public func probabilityAlive(after history: PurchaseSummary) throws(Failure) -> Double {
        guard history.frequency > 0 else { return 1 }
        let purchases = Double(history.frequency)
        let odds =
            log(a / (b + purchases - 1))
            + (r + purchases) * log((alpha + history.age) / (alpha + history.recency))
        return 1 / (1 + exp(odds))
    }

    /// The probability that a new customer makes exactly so many repeat purchases within a time.
    ///
    /// - Throws: `statistics/impossible-time` for a negative time, and `statistics/not-finite`
    ///   where it cannot be calculated.
    public func probability(of purchases: Int, within time: Double) throws(Failure) -> Double {
        try requireTimeAhead(time)
        guard purchases >= 0 else { return 0 }
        guard time > 0 else { return purchases == 0 ? 1 : 0 }
        let (few, buying) = negativeBinomial(upTo: purchases, within: time)
        let count = Double(purchases)
        let staying = exp(
            boost_log_gamma(b + count) - boost_log_gamma(b) + boost_log_gamma(a + b)
                - boost_log_gamma(a + b + count))
        let stopping = purchases == 0 ? 0 : staying * a / (b + count - 1) * max(0, 1 - few)
        return try requireFinite(staying * buying + stopping)
    }

    /// The probabilities that somebody who never stops makes fewer purchases, and exactly as
    /// many.
    private func negativeBinomial(
        upTo purchases: Int, within time: Double
    ) -> (fewer: Double, exactly: Double) {
        var (fewer, exactly) = (0.0, exp(r * log(alpha / (alpha + time))))
        for count in 0..<purchases {
            fewer += exactly
            exactly *= (r + Double(count)) / Double(count + 1) * time / (alpha + time)
        }
        return (fewer, exactly)
    }

    /// The purchases within a time of somebody alive at the end of the observation.
    ///
    /// The source's `(c/(a−1))·(1 − ₂F₁)`, with c = a+b+x−1, loses all digits near a = 1. Euler's
    /// transformation of the series has a factor a−1 in every term but the first, which is taken
    /// out here.
    private func purchasesOfLiving(
        within time: Double, frequency: Int, age: Double
    ) throws(Failure) -> Double {
        let share = time / (alpha + age + time)
        let logRest = log((alpha + age) / (alpha + age + time))
        let (excess, base) = (a - 1, a + b + Double(frequency) - 1)
        let first = excess == 0 ? -logRest : -expm1(excess * logRest) / excess
        var term = (a + b - 1 - r) * share
        var sum = term
        var index = 1.0
        while abs(term) > 1e-16 * abs(sum), index < 200_000 {
            term *=
                (excess + index) * (a + b - 1 - r + index) / ((base + index) * (index + 1)) * share
            sum += term
            index += 1
        }
        guard index < 200_000 else { return try requireFinite(.nan) }
        return max(0, try requireFinite(base * first - exp(excess * logRest) * sum))
    }
}

extension [PurchaseSummary] {
    /// The mean time that customers were observed for; one where nobody was for any.
    func meanAge(_ customers: Int) -> Double {
        let mean = reduce(0) { $0 + $1.age * Double($1.customers) } / Double(customers)
        return mean > 0 ? mean : 1
    }
}
