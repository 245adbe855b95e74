import Vocabulary

/// What is told of a ledger of recurring revenue.
enum SubscriptionQuantity: String, CaseIterable {
    /// Levels at the end of the period.
    case mrr, arr, customers, arpa
    /// Amounts that moved in the period; contraction and churn as positive numbers.
    case new, reactivation, expansion, contraction, churn, exchange
    /// What all movements come to.
    case netNew = "net_new"
    /// Customers who came for the first time, and who left.
    case newCustomers = "new_customers"
    case lostCustomers = "lost_customers"
    /// Rates of loss.
    case logoChurn = "logo_churn"
    case grossRevenueChurn = "gross_revenue_churn"
    case netRevenueChurn = "net_revenue_churn"
    /// Gross and net retention of revenue.
    case grr, nrr
    /// What was won over what was lost.
    case quickRatio = "quick_ratio"
}

/// Reads `{ subscription: nrr, from: mrr_movements, method: snapshots }`.
struct SubscriptionReading {
    let reader: NodeReader

    /// How movements of a period are found.
    private enum Method: String, CaseIterable {
        /// All of them are added up.
        case movements
        /// The start and the end of the period are compared.
        case snapshots
    }

    /// Of what a churn rate of customers is.
    private enum Denominator: String, CaseIterable {
        case opening, average, daily
    }

    /// Whether who comes back makes up for who left.
    private enum Returning: String, CaseIterable {
        case counted, apart
    }

    func formula() -> Formula? {
        let quantity = reader.requiredWord("subscription", as: SubscriptionQuantity.self)
        let method = method(of: quantity)
        let denominator =
            quantity == .logoChurn && method == .movements
            ? choice("denominator", as: Denominator.self, default: .opening) : .opening
        let returning =
            quantity == .netRevenueChurn || quantity == .quickRatio
            ? choice("reactivation", as: Returning.self, default: .apart) : .apart
        let rows = FormulaRows(reader, example: "mrr_movements")
        guard let quantity, let method, let denominator, let returning, let rows else {
            return nil
        }
        let isReturnCounted = returning == .counted
        if method == .snapshots {
            return SubscriptionSnapshots(rows: rows).formula(
                quantity, countsReactivation: isReturnCounted)
        }
        let ledger = SubscriptionMovements(rows: rows)
        switch (quantity, denominator) {
        case (.logoChurn, .average): return ledger.churnOfAverage
        case (.logoChurn, .daily): return ledger.churnOfDays
        default: return ledger.formula(quantity, countsReactivation: isReturnCounted)
        }
    }

    /// The method, for quantities that depend on it.
    private func method(of quantity: SubscriptionQuantity?) -> Method? {
        switch quantity {
        case .mrr, .arr, .customers, .arpa, .exchange, nil: .movements
        default: choice("method", as: Method.self, default: .movements)
        }
    }

    /// A word that may be left out; nil after a wrong one.
    private func choice<Value: RawRepresentable & CaseIterable>(
        _ key: String, as type: Value.Type, default usual: Value
    ) -> Value? where Value.RawValue == String {
        reader.has(key) ? reader.word(key, as: type) : usual
    }
}
