import Foundation
import Vocabulary

/// Whether a model of purchases describes the customers it was fitted to: how many made no, one,
/// two and more repeat purchases, and how many should have.
///
/// With many customers the test sees differences too small to matter; look at the numbers too.
///
/// Source: the comparison in P. S. Fader, B. G. S. Hardie, K. L. Lee, "'Counting your customers'
/// the easy way", Marketing Science 24 (2005), figure 1, with Pearson's chi-squared test.
public struct ModelCheck: Sendable {
    /// Customers by their number of repeat purchases.
    public struct Bin: Hashable, Sendable {
        /// The number of repeat purchases; in the last bin the smallest of all that are in it.
        public let frequency: Int
        /// How many customers made so many.
        public let observed: Int
        /// How many should have, by the model.
        public let expected: Double
    }

    /// The customers by their number of repeat purchases from zero on; the last bin has all with
    /// as many or more.
    public let bins: [Bin]
    /// Pearson's test over the bins, with a degree of freedom less for each parameter; nil where
    /// too few bins are left. A small probability says that the model does not fit.
    public let test: ChiSquared?

    /// Compares a model with customers.
    ///
    /// - Parameters:
    ///   - model: The model, fitted to the same customers.
    ///   - summaries: The customers.
    ///   - binsMax: How many bins there may be; bins at the end are joined until the model
    ///     expects at least five customers in the last.
    /// - Throws: `statistics/too-few-observations` without customers, and what the model's
    ///   probabilities throw.
    public init<Model: PurchaseModel>(
        _ model: Model, _ summaries: [PurchaseSummary], binsMax: Int = 8
    ) throws(Failure) {
        let customers = try summaries.requireCustomers()
        var ages: [Double: Int] = [:]
        for summary in summaries { ages[summary.age, default: 0] += summary.customers }
        // In order, so that the same customers give the same sum to the last digit.
        let ordered = ages.sorted { $0.key < $1.key }
        var bins: [Bin] = []
        var (left, expectedLeft) = (customers, Double(customers))
        for frequency in 0..<max(0, binsMax - 1) {
            var expected = 0.0
            for (age, count) in ordered {
                expected += try Double(count) * model.probability(of: frequency, within: age)
            }
            guard expected >= 5, expectedLeft - expected >= 5 else { break }
            let observed = summaries.reduce(0) {
                $0 + ($1.frequency == frequency ? $1.customers : 0)
            }
            bins.append(Bin(frequency: frequency, observed: observed, expected: expected))
            left -= observed
            expectedLeft -= expected
        }
        bins.append(Bin(frequency: bins.count, observed: left, expected: expectedLeft))
        self.bins = bins
        let freedom = bins.count - 1 - Model.parameterCount
        let statistic = bins.reduce(0) {
            $0 + pow(Double($1.observed) - $1.expected, 2) / $1.expected
        }
        test = freedom >= 1 ? try ChiSquared(statistic, degreesOfFreedom: freedom) : nil
    }
}
