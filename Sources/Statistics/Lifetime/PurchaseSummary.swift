import Vocabulary

/// What a lifetime model needs to know of customers: how often and how long they bought again,
/// and how many did so in the same way.
///
/// The time unit is the caller's choice, the same for all; weeks are usual. The first purchase is
/// where time begins, and purchases that fall into the same day (or other period) count once.
public struct PurchaseSummary: Hashable, Sendable {
    /// The number of repeat purchases: all but the first (x).
    public let frequency: Int
    /// The time from the first purchase to the last one (t_x); zero without a repeat purchase.
    public let recency: Double
    /// The time from the first purchase to the end of the observation (T).
    public let age: Double
    /// How many customers are like this.
    public let customers: Int

    /// Summarises customers.
    ///
    /// - Throws: `statistics/impossible-purchases` when frequency or recency is negative, recency
    ///   is above age or not zero without a repeat purchase, a time is not finite, or there is no
    ///   such customer.
    public init(
        frequency: Int, recency: Double, age: Double, customers: Int = 1
    ) throws(Failure) {
        let isPossible =
            frequency >= 0 && recency >= 0 && recency <= age && age.isFinite
            && (frequency > 0 || recency == 0) && customers >= 1
        guard isPossible else {
            throw Failure(
                .impossiblePurchases,
                "\(customers) customers with \(frequency) repeat purchases, the last after"
                    + " \(recency) of \(age), are not possible.",
                hint: "Count purchases after the first, up to the end of the observation."
            )
        }
        self.frequency = frequency
        self.recency = recency
        self.age = age
        self.customers = customers
    }
}

extension [PurchaseSummary] {
    /// How many customers they are, at least one.
    ///
    /// - Throws: `statistics/too-few-observations` when there are none.
    func requireCustomers() throws(Failure) -> Int {
        let customers = reduce(0) { $0 + $1.customers }
        guard customers > 0 else {
            throw Failure(
                .tooFewObservations, "A model of purchases needs customers.",
                hint: "Ask for a range in which somebody bought."
            )
        }
        return customers
    }

    /// Every so many of them: some five hundred, or a twentieth of more than ten thousand; nil where
    /// they are few anyway.
    var sample: [PurchaseSummary]? {
        let step = Swift.min(count / 500, 20)
        guard step > 1 else { return nil }
        return stride(from: step / 2, to: count, by: step).map { self[$0] }
    }
}

extension Failure.Code {
    /// Purchases that no customer can have made.
    public static let impossiblePurchases: Self = "statistics/impossible-purchases"
}
