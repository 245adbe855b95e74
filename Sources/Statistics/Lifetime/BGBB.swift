import CBoostMath
import Foundation
import Vocabulary

/// Customers who at each of a row of opportunities (yearly appeals, seasons) may buy with
/// probabilities that differ (beta), and before each may stop for good with probabilities that
/// differ (beta again).
///
/// Times are numbers of opportunities after the first purchase: recency is the last opportunity
/// used, age how many there were.
///
/// Source: P. S. Fader, B. G. S. Hardie, J. Shang, "Customer-base analysis in a discrete-time
/// noncontractual setting", Marketing Science 29 (2010), 1086–1108.
public struct BGBB: PurchaseModel, Hashable {
    /// With ``beta``, the shape of the probabilities to buy.
    public let alpha: Double
    /// With ``alpha``, the shape of the probabilities to buy.
    public let beta: Double
    /// With ``delta``, the shape of the probabilities to stop.
    public let gamma: Double
    /// With ``gamma``, the shape of the probabilities to stop.
    public let delta: Double

    /// A model of four parameters.
    public static var parameterCount: Int { 4 }

    /// Makes a model from parameters that are known.
    ///
    /// - Throws: `statistics/impossible-parameters` for one that is not above zero.
    public init(alpha: Double, beta: Double, gamma: Double, delta: Double) throws(Failure) {
        try requirePositive([alpha, beta, gamma, delta])
        self.alpha = alpha
        self.beta = beta
        self.gamma = gamma
        self.delta = delta
    }

    /// The model under which what customers did is most likely; nothing is added to the
    /// likelihood (no penalty).
    ///
    /// - Throws: `statistics/impossible-time` for recencies or ages that are no whole numbers,
    ///   `statistics/impossible-purchases` for more purchases than opportunities,
    ///   `statistics/too-few-observations` without customers, and `statistics/no-convergence`
    ///   where their purchases do not tell the parameters.
    public static func fit(
        _ summaries: [PurchaseSummary]
    ) throws(Failure) -> FittedModel<BGBB> {
        let customers = try summaries.requireCustomers()
        for summary in summaries { try requireOpportunities(summary) }
        let likelihood = BGBBLikelihood(summaries)
        let maximum = try LikelihoodMaximum(
            starts: [[1, 1, 0.5, 3], [1, 3, 1, 10], [0.5, 0.5, 0.5, 0.5], [2, 8, 5, 50]],
            all: LikelihoodMaximum.Sum(size: Double(customers)) {
                likelihood.value(alpha: $0[0], beta: $0[1], gamma: $0[2], delta: $0[3])
            })
        let found = maximum.parameters
        return FittedModel(
            try BGBB(alpha: found[0], beta: found[1], gamma: found[2], delta: found[3]),
            names: ["alpha", "beta", "gamma", "delta"], maximum: maximum, customers: customers)
    }

    /// The number of purchases that a customer is expected to make at the next opportunities, of
    /// which there is a whole number.
    ///
    /// - Throws: `statistics/impossible-time` for times that are no whole numbers,
    ///   `statistics/impossible-purchases` for more purchases than opportunities, and
    ///   `statistics/not-finite` where it cannot be calculated.
    public func expectedPurchases(
        within time: Double, after history: PurchaseSummary
    ) throws(Failure) -> Double {
        try BGBB.requireOpportunities(time)
        let alive = try probabilityAlive(after: history)
        let buying =
            (alpha + Double(history.frequency)) / (alpha + beta + history.age)
        // Alive for the next one is given; each further one has to be survived.
        let lasting = opportunities(within: time, after: history.age)
        return try requireFinite(alive * buying * lasting)
    }

    /// The number of repeat purchases that a new customer is expected to make at the first
    /// opportunities, of which there is a whole number.
    ///
    /// - Throws: `statistics/impossible-time` for a time that is no whole number, and
    ///   `statistics/not-finite` where it cannot be calculated.
    public func expectedPurchases(ofNewCustomerWithin time: Double) throws(Failure) -> Double {
        try BGBB.requireOpportunities(time)
        return try requireFinite(
            alpha / (alpha + beta) * delta / (gamma + delta)
                * opportunities(within: time, after: 0))
    }

    /// The probability that a customer is there for the next opportunity, from 0 to 1.
    ///
    /// - Throws: `statistics/impossible-time` for times that are no whole numbers,
    ///   `statistics/impossible-purchases` for more purchases than opportunities, and
    ///   `statistics/not-finite` where it cannot be calculated.
    public func probabilityAlive(after history: PurchaseSummary) throws(Failure) -> Double {
        try BGBB.requireOpportunities(history)
        let count = Double(history.frequency)
        let staying = logBeta(alpha + count, beta + history.age - count)
        let here = staying + logBeta(gamma, delta + history.age)
        var sum = 0.0
        for last in Int(history.recency)..<Int(history.age) {
            let time = Double(last)
            sum += exp(
                logBeta(alpha + count, beta + time - count) + logBeta(gamma + 1, delta + time)
                    - here)
        }
        let next = (delta + history.age) / (gamma + delta + history.age)
        return try requireFinite(next / (1 + sum))
    }

    /// The probability that a new customer makes exactly so many repeat purchases at the first
    /// opportunities.
    ///
    /// - Throws: `statistics/impossible-time` for a time that is no whole number, and
    ///   `statistics/not-finite` where it cannot be calculated.
    public func probability(of purchases: Int, within time: Double) throws(Failure) -> Double {
        try BGBB.requireOpportunities(time)
        guard 0...Int(time) ~= purchases else { return 0 }
        let count = Double(purchases)
        let constant = logBeta(alpha, beta) + logBeta(gamma, delta)
        func chance(opportunities: Double, stops: Double) -> Double {
            let ways =
                -log(opportunities + 1) - logBeta(count + 1, opportunities - count + 1)
            return exp(
                ways + logBeta(alpha + count, beta + opportunities - count)
                    + logBeta(gamma + stops, delta + opportunities) - constant)
        }
        var sum = chance(opportunities: time, stops: 0)
        for last in purchases..<Int(time) { sum += chance(opportunities: Double(last), stops: 1) }
        return try requireFinite(sum)
    }

    /// How many of the next opportunities a customer is expected to be there for who is there for
    /// the first of them.
    private func opportunities(within time: Double, after age: Double) -> Double {
        var (sum, there) = (0.0, 1.0)
        for index in 0..<Int(time) {
            sum += there
            let before = age + Double(index) + 1
            there *= (delta + before) / (gamma + delta + before)
        }
        return sum
    }

    private static func requireOpportunities(_ summary: PurchaseSummary) throws(Failure) {
        try requireOpportunities(summary.age)
        try requireOpportunities(summary.recency)
        guard Double(summary.frequency) <= summary.recency else {
            throw Failure(
                .impossiblePurchases,
                "\(summary.frequency) purchases at \(summary.recency) opportunities are not"
                    + " possible.",
                hint: "Count at most one purchase for each opportunity."
            )
        }
    }

    private static func requireOpportunities(_ time: Double) throws(Failure) {
        guard time >= 0, time <= 100_000, time.rounded() == time else {
            throw Failure(
                .impossibleTime, "There cannot be \(time) opportunities to buy.",
                hint: "Count opportunities in whole numbers, up to 100,000."
            )
        }
    }
}
