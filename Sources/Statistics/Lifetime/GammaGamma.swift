import CBoostMath
import Foundation
import Vocabulary

/// What customers spend in a purchase: each one's purchases vary around a mean of their own
/// (gamma), and those means differ (gamma again).
///
/// A customer's observed mean is drawn towards that of all, the more the fewer purchases it rests
/// on. The model takes spending to have nothing to do with how often one buys; ask
/// ``correlation(of:)``.
///
/// Source: P. S. Fader, B. G. S. Hardie, "The Gamma-Gamma model of monetary value" (2013); first
/// in P. S. Fader, B. G. S. Hardie, K. L. Lee, "RFM and CLV: using iso-value curves for customer
/// base analysis", Journal of Marketing Research 42 (2005), 415–430.
public struct GammaGamma: Hashable, Sendable {
    /// The shape of one customer's values.
    public let p: Double
    /// The shape of the differences between customers.
    public let q: Double
    /// The scale of the differences between customers, in the unit of money.
    public let v: Double

    /// Makes a model from parameters that are known.
    ///
    /// - Throws: `statistics/impossible-parameters` for one that is not above zero.
    public init(p: Double, q: Double, v: Double) throws(Failure) {
        try requirePositive([p, q, v])
        self.p = p
        self.q = q
        self.v = v
    }

    /// The model under which what customers spent is most likely.
    ///
    /// - Throws: `statistics/too-few-observations` without customers, and
    ///   `statistics/no-convergence` where their purchases do not tell the parameters.
    public static func fit(_ summaries: [SpendSummary]) throws(Failure) -> FittedModel<GammaGamma> {
        let customers = summaries.reduce(0) { $0 + $1.customers }
        guard customers > 0 else {
            throw Failure(
                .tooFewObservations, "A model of spending needs customers who bought again.",
                hint: "Ask for a longer range."
            )
        }
        let mean =
            summaries.reduce(0) { $0 + $1.meanValue * Double($1.customers) } / Double(customers)
        let likelihood = GammaGammaLikelihood(summaries)
        let maximum = try LikelihoodMaximum(
            starts: [[3, 3, mean], [1, 2, mean], [10, 10, mean], [0.5, 1.2, mean / 10]],
            all: LikelihoodMaximum.Sum(size: Double(customers)) {
                likelihood.value(p: $0[0], q: $0[1], v: $0[2])
            })
        let found = maximum.parameters
        return FittedModel(
            try GammaGamma(p: found[0], q: found[1], v: found[2]),
            names: ["p", "q", "v"], maximum: maximum, customers: customers)
    }

    /// The mean value of a purchase over all customers, in the unit of money; nil where the
    /// customers differ so much that there is no mean (q is not above 1).
    public var populationMean: Double? { q > 1 ? p * v / (q - 1) : nil }

    /// The expected mean value of a customer's future purchases, in the unit of money; nil where
    /// there is no mean (see ``populationMean``).
    public func expectedValue(after history: SpendSummary) -> Double? {
        let count = Double(history.frequency)
        let shape = p * count + q - 1
        return shape > 0 ? p * (v + count * history.meanValue) / shape : nil
    }

    /// The correlation of frequency and mean value among customers, from -1 to 1: the model needs
    /// one near zero.
    ///
    /// Source: K. Pearson's product-moment coefficient.
    ///
    /// - Throws: `statistics/no-variance` when all customers have the same frequency or mean.
    public static func correlation(of summaries: [SpendSummary]) throws(Failure) -> Double {
        let size = summaries.reduce(0) { $0 + Double($1.customers) }
        func mean(_ value: (SpendSummary) -> Double) -> Double {
            summaries.reduce(0) { $0 + Double($1.customers) * value($1) } / size
        }
        let meanFrequency = mean { Double($0.frequency) }
        let meanValue = mean(\.meanValue)
        let frequencies = mean { pow(Double($0.frequency) - meanFrequency, 2) }
        let values = mean { pow($0.meanValue - meanValue, 2) }
        let products = mean { (Double($0.frequency) - meanFrequency) * ($0.meanValue - meanValue) }
        try requireVariance(
            min(frequencies, values), "All customers buy as often, or spend as much")
        return products / (frequencies * values).squareRoot()
    }
}

/// The log-likelihood of spending under ``GammaGamma``, with its slope.
private struct GammaGammaLikelihood {
    private let customers: [(count: Double, sum: Double, logSum: Double, weight: Double)]
    private let frequencies: [(count: Double, weight: Double)]
    /// Σ−ln z̄, which no parameter changes.
    private let constant: Double

    init(_ summaries: [SpendSummary]) {
        customers = summaries.map {
            let sum = Double($0.frequency) * $0.meanValue
            return (Double($0.frequency), sum, log(sum), Double($0.customers))
        }
        var weights: [Int: Double] = [:]
        for summary in summaries {
            weights[summary.frequency, default: 0] += Double(summary.customers)
        }
        frequencies = weights.sorted { $0.key < $1.key }.map { (Double($0.key), $0.value) }
        constant = summaries.reduce(0) { $0 - Double($1.customers) * log($1.meanValue) }
    }

    func value(p: Double, q: Double, v: Double) -> LogLikelihood {
        var (value, slopeP, slopeQ, slopeV) = (constant, 0.0, 0.0, 0.0)
        let (atQ, logV) = (boost_digamma(q), log(v))
        for (count, weight) in frequencies {
            let shape = p * count
            let both = boost_digamma(shape + q)
            value +=
                weight
                * (boost_log_gamma(shape + q) - boost_log_gamma(shape) - boost_log_gamma(q)
                    + q * logV)
            slopeP += weight * count * (both - boost_digamma(shape))
            slopeQ += weight * (both - atQ + logV)
            slopeV += weight * q / v
        }
        for (count, sum, logSum, weight) in customers {
            let logBoth = log(sum + v)
            value += weight * (p * count * (logSum - logBoth) - q * logBoth)
            slopeP += weight * count * (logSum - logBoth)
            slopeQ -= weight * logBoth
            slopeV -= weight * (p * count + q) / (sum + v)
        }
        return LogLikelihood(value: value, gradient: [slopeP, slopeQ, slopeV])
    }
}
