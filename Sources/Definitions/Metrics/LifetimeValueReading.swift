import Vocabulary

/// What a customer is worth, by counting and by rule: kinds that differ, each with its name.
enum LifetimeValueKind: String, CaseIterable {
    /// All value so far over all customers so far.
    case historic
    /// The value of a purchase × how often it comes × for how long.
    case formula
    /// What a customer pays a month × margin ÷ churn a month, discounted or not.
    case contractual
}

/// Reads `{ lifetime_value: contractual, arpa: arpa, margin: 80%, churn: logo_churn }` and the
/// like.
struct LifetimeValueReading {
    let reader: NodeReader

    /// Whether the first payment counts among those that are discounted.
    private enum FirstPayment: String, CaseIterable {
        case counted = "in"
        case left = "out"
    }

    func formula() -> Formula? {
        switch reader.requiredWord("lifetime_value", as: LifetimeValueKind.self) {
        case .historic: historic()
        case .formula: product()
        case .contractual: contractual()
        case nil: nil
        }
    }

    private func historic() -> Formula? {
        let value = reader.required("value", example: "quantity * unit_price")
        let entity = reader.required("by", example: "customer")
        let rows = FormulaRows(reader, example: "orders")
        guard let value, let entity, let rows else { return nil }
        return .ratio(
            rows.aggregate(.sum(value)).sinceBeginning,
            to: rows.aggregate(.distinct(entity)).sinceBeginning)
    }

    private func product() -> Formula? {
        let value = quantity("value", example: "average_order_value")
        let frequency = quantity("frequency", example: "orders_per_customer")
        let lifespan = quantity("lifespan", example: "36")
        let margin = reader.has("margin") ? quantity("margin", example: "60%") : nil
        guard let value, let frequency, let lifespan else { return nil }
        let revenue = value.times(frequency).times(lifespan)
        return .derived(margin.map(revenue.times) ?? revenue)
    }

    /// The sum of a payment that survives each month with probability r and is discounted by d:
    /// m r / (1 + d - r) without the first payment, m (1 + d) / (1 + d - r) with it.
    ///
    /// Source: P. S. Fader and B. G. S. Hardie, "Customer-base valuation in a contractual
    /// setting", Marketing Science 29 (2010), 85-93, for constant retention.
    private func contractual() -> Formula? {
        let arpa = quantity("arpa", example: "arpa")
        let margin = quantity("margin", example: "80%")
        let churn = quantity("churn", example: "logo_churn")
        let discount = reader.share("discount", in: 0...0.5, example: "1%")
        guard reader.has("discount") else {
            guard let arpa, let margin, let churn else { return nil }
            return .derived(.binary(.divided, arpa.times(margin), churn.share))
        }
        let first = reader.requiredWord("first_payment", as: FirstPayment.self)
        guard let arpa, let margin, let churn, let discount, let first else { return nil }
        let kept =
            first == .counted
            ? Arithmetic.number(1 + discount) : .binary(.minus, .number(1), churn.share)
        return .derived(
            .binary(
                .divided, arpa.times(margin).times(kept),
                .binary(.plus, .number(discount), churn.share)))
    }

    /// A metric by its name, or a number as people write it.
    private func quantity(_ key: String, example: String) -> Arithmetic? {
        guard let text = reader.text(key, required: true, example: example) else { return nil }
        if let number = WrittenNumber(text) { return .number(number.value) }
        return .metric(NameReference(text))
    }
}

extension Arithmetic {
    /// The quantity, defined only from 0 to 1.
    fileprivate var share: Arithmetic {
        if case .number(let value) = self, (0...1).contains(value) { return self }
        return .bounded(.share, self)
    }

    fileprivate func times(_ other: Arithmetic) -> Arithmetic { .binary(.times, self, other) }
}
