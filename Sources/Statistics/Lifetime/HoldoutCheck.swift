import Vocabulary

/// How well a model foretells the purchases of a time that it was not fitted to, by the number of
/// repeat purchases before.
///
/// Source: the comparison in P. S. Fader, B. G. S. Hardie, K. L. Lee, "'Counting your customers'
/// the easy way", Marketing Science 24 (2005), figure 3.
public struct HoldoutCheck: Sendable {
    /// Customers with what they bought in the time that was held out.
    public struct Outcome: Hashable, Sendable {
        /// The customers, up to the end of the time that the model was fitted to.
        public let history: PurchaseSummary
        /// How many purchases all of them made together afterwards.
        public let purchases: Int

        /// Joins customers with their later purchases.
        ///
        /// - Throws: `statistics/negative-count` for a number of purchases below zero.
        public init(history: PurchaseSummary, purchases: Int) throws(Failure) {
            guard purchases >= 0 else {
                throw Failure(
                    .negativeCount, "\(purchases) purchases are not possible.",
                    hint: "Count purchases."
                )
            }
            self.history = history
            self.purchases = purchases
        }
    }

    /// Customers by their number of repeat purchases before.
    public struct Row: Hashable, Sendable {
        /// The number of repeat purchases before; in the last row the smallest of all in it.
        public let frequency: Int
        /// How many customers made so many.
        public let customers: Int
        /// How many purchases they made afterwards, all together.
        public let actual: Double
        /// How many the model expected of them, all together.
        public let expected: Double
    }

    /// The customers by their number of repeat purchases before, in order.
    public let rows: [Row]
    /// All expected purchases as a share of the actual ones; nil where nobody bought.
    public let expectedOverActual: Double?

    /// Compares a model with what happened.
    ///
    /// - Parameters:
    ///   - model: The model, fitted to the time before.
    ///   - outcomes: The customers and what they bought afterwards.
    ///   - time: How long that was, in the model's unit.
    ///   - rowsMax: How many rows there may be, at least one; the last one has all customers with
    ///     as many repeat purchases or more.
    /// - Throws: `statistics/too-few-observations` without customers, and what the model's
    ///   expected purchases throw.
    public init(
        _ model: some PurchaseModel, _ outcomes: [Outcome], within time: Double, rowsMax: Int = 8
    ) throws(Failure) {
        _ = try outcomes.map(\.history).requireCustomers()
        var rows: [Int: Row] = [:]
        for outcome in outcomes {
            let key = min(outcome.history.frequency, max(1, rowsMax) - 1)
            let before = rows[key]
            let customers = outcome.history.customers
            let expected = try model.expectedPurchases(within: time, after: outcome.history)
            rows[key] = Row(
                frequency: key, customers: (before?.customers ?? 0) + customers,
                actual: (before?.actual ?? 0) + Double(outcome.purchases),
                expected: (before?.expected ?? 0) + expected * Double(customers))
        }
        self.rows = rows.values.sorted { $0.frequency < $1.frequency }
        let actual = self.rows.reduce(0) { $0 + $1.actual }
        let expected = self.rows.reduce(0) { $0 + $1.expected }
        expectedOverActual = actual > 0 ? expected / actual : nil
    }
}
