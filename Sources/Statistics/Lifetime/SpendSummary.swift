import Vocabulary

/// What the model of spending needs to know of customers: how often they bought again, what those
/// purchases were worth on average, and how many customers are like this.
public struct SpendSummary: Hashable, Sendable {
    /// The number of purchases that the mean is over, at least one. The usual choice leaves out
    /// the first purchase and customers without a second one.
    public let frequency: Int
    /// The mean value of those purchases, above zero, in the unit of money.
    public let meanValue: Double
    /// How many customers are like this.
    public let customers: Int

    /// Summarises customers.
    ///
    /// - Throws: `statistics/impossible-spend` when there is no purchase or no customer, or the
    ///   mean is not above zero.
    public init(frequency: Int, meanValue: Double, customers: Int = 1) throws(Failure) {
        guard frequency >= 1, meanValue > 0, meanValue.isFinite, customers >= 1 else {
            throw Failure(
                .impossibleSpend,
                "\(customers) customers with \(frequency) purchases of \(meanValue) on average"
                    + " cannot be in a model of spending.",
                hint: "Take customers with a repeat purchase and a mean value above zero."
            )
        }
        self.frequency = frequency
        self.meanValue = meanValue
        self.customers = customers
    }
}

extension Failure.Code {
    /// A customer who cannot be in a model of spending.
    public static let impossibleSpend: Self = "statistics/impossible-spend"
}
