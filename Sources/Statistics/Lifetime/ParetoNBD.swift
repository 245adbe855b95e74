import Foundation
import Vocabulary

/// Customers who buy at random at rates that differ (gamma), and may stop for good at any moment
/// at rates that differ (gamma again).
///
/// It is for customers without a contract, as ``BGNBD`` is; other than there, somebody who never
/// bought again may have stopped.
///
/// Source: D. C. Schmittlein, D. G. Morrison, R. Colombo, "Counting your customers: who are they
/// and what will they do next?", Management Science 33 (1987), 1–24; P. S. Fader, B. G. S. Hardie,
/// "A note on deriving the Pareto/NBD model and related expressions" (2005).
public struct ParetoNBD: PurchaseModel, Hashable {
    /// The shape of the purchase rates: the smaller, the more they differ.
    public let r: Double
    /// The scale of the purchase rates, in the unit of time; their mean is `r / alpha`.
    public let alpha: Double
    /// The shape of the rates to stop.
    public let s: Double
    /// The scale of the rates to stop, in the unit of time; their mean is `s / beta`.
    public let beta: Double

    /// A model of four parameters.
    public static var parameterCount: Int { 4 }

    /// Makes a model from parameters that are known.
    ///
    /// - Throws: `statistics/impossible-parameters` for one that is not above zero.
    public init(r: Double, alpha: Double, s: Double, beta: Double) throws(Failure) {
        try requirePositive([r, alpha, s, beta])
        self.r = r
        self.alpha = alpha
        self.s = s
        self.beta = beta
    }

    /// The model under which what customers did is most likely; nothing is added to the
    /// likelihood (no penalty).
    ///
    /// - Throws: `statistics/too-few-observations` without customers, and
    ///   `statistics/no-convergence` where their purchases do not tell the parameters.
    public static func fit(
        _ summaries: [PurchaseSummary]
    ) throws(Failure) -> FittedModel<ParetoNBD> {
        let customers = try summaries.requireCustomers()
        let time = summaries.meanAge(customers)
        let maximum = try LikelihoodMaximum(
            starts: [
                [0.5, time / 4, 0.5, time / 4], [1, time / 2, 1, time], [2, time, 0.3, time / 20],
                [0.5, time / 8, 4, time * 4],
            ], sample: summaries.sample.map(sum), all: sum(summaries))
        let found = maximum.parameters
        return FittedModel(
            try ParetoNBD(r: found[0], alpha: found[1], s: found[2], beta: found[3]),
            names: ["r", "alpha", "s", "beta"], maximum: maximum, customers: customers)
    }

    private static func sum(_ summaries: [PurchaseSummary]) -> LikelihoodMaximum.Sum {
        let likelihood = ParetoNBDLikelihood(summaries)
        return LikelihoodMaximum.Sum(size: summaries.reduce(0) { $0 + Double($1.customers) }) {
            likelihood.value(r: $0[0], alpha: $0[1], s: $0[2], beta: $0[3])
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
        let rate = (r + Double(history.frequency)) / (alpha + history.age)
        return try requireFinite(
            probabilityAlive(after: history) * rate * timeAlive(within: time, age: history.age))
    }

    /// The number of repeat purchases that a new customer is expected to make within a time.
    ///
    /// - Throws: `statistics/impossible-time` for a negative time, and `statistics/not-finite`
    ///   where it cannot be calculated.
    public func expectedPurchases(ofNewCustomerWithin time: Double) throws(Failure) -> Double {
        try requireTimeAhead(time)
        return try requireFinite(r / alpha * timeAlive(within: time, age: 0))
    }

    /// The probability that a customer has not stopped, from 0 to 1.
    ///
    /// - Throws: `statistics/not-finite` where it cannot be calculated.
    public func probabilityAlive(after history: PurchaseSummary) throws(Failure) -> Double {
        let stopping = StoppingIntegral(
            power: r + Double(history.frequency), alpha: alpha, s: s, beta: beta,
            from: history.recency, to: history.age)
        let staying =
            -(r + Double(history.frequency)) * log(alpha + history.age)
            - s * log(beta + history.age)
        return try requireFinite(1 / (1 + s * exp(stopping.logarithm - staying)))
    }

    /// The probability that a new customer makes exactly so many repeat purchases within a time.
    ///
    /// It is the probability of buying so often until stopping, added up over the moments to stop
    /// at, and of buying so often without stopping.
    ///
    /// - Throws: `statistics/impossible-time` for a negative time, and `statistics/not-finite`
    ///   where it cannot be calculated.
    public func probability(of purchases: Int, within time: Double) throws(Failure) -> Double {
        try requireTimeAhead(time)
        guard purchases >= 0 else { return 0 }
        let smaller = min(alpha, beta)
        let length = log((time + smaller) / smaller)
        let panels = max(1, (length * 2).rounded(.up))
        var sum = 0.0
        for panel in 0..<Int(panels) {
            for (point, weight) in GaussLegendre.points {
                let place = (Double(panel) + (1 + point) / 2) * length / panels
                let moment = smaller * expm1(place)
                sum +=
                    weight / 2 * length / panels * (moment + smaller) * s / (beta + moment)
                    * staying(until: moment) * negativeBinomial(purchases, within: moment)
            }
        }
        return try requireFinite(
            sum + staying(until: time) * negativeBinomial(purchases, within: time))
    }

    private func staying(until time: Double) -> Double { exp(-s * log1p(time / beta)) }

    /// The probability that somebody who does not stop makes exactly so many purchases.
    private func negativeBinomial(_ purchases: Int, within time: Double) -> Double {
        var chance = exp(-r * log1p(time / alpha))
        for count in 0..<purchases {
            chance *= (r + Double(count)) / Double(count + 1) * time / (alpha + time)
        }
        return chance
    }

    /// The expected time that somebody alive at an age goes on, up to a time ahead:
    /// `(β+T)·(1 − q^(s−1))/(s−1)`, which has a limit at s = 1.
    private func timeAlive(within time: Double, age: Double) -> Double {
        let logShare = log((beta + age) / (beta + age + time))
        let excess = s - 1
        return (beta + age) * (excess == 0 ? -logShare : -expm1(excess * logShare) / excess)
    }
}
