import Vocabulary

/// Reads a model of purchases.
///
/// `{ lifetime: clv, model: bgnbd, by: customer, value: amount, horizon: 12 months }`.
struct LifetimeReading {
    let reader: NodeReader

    func model() -> LifetimeModel? {
        let reading = reader.requiredWord("lifetime", as: LifetimeModel.Reading.self)
        let family = reader.requiredWord("model", as: LifetimeModel.Family.self)
        let entity = reader.required("by", example: "customer")
        let step = reader.word("unit", as: LifetimeModel.Step.self) ?? .week
        let customers =
            reader.has("customers")
            ? reader.word("customers", as: LifetimeModel.Customers.self) : .all
        // Who is alive is told of the end of the period, so it looks nowhere ahead.
        let horizon = reading == .alive ? Span(days: 0) : horizon()
        guard reading == .clv else {
            guard let reading, let family, let entity, let horizon, let customers else {
                return nil
            }
            return LifetimeModel(
                reading, family: family, entity: entity, horizon: horizon, step: step,
                customers: customers)
        }
        let value = reader.required("value", example: "quantity * unit_price")
        let discount = reader.share("discount", in: 0...0.5, example: "1%") ?? 0
        let margin = reader.share("margin", in: 0...1, example: "60%") ?? 1
        guard let family, let entity, let horizon, let value, let customers else { return nil }
        return LifetimeModel(
            .clv, family: family, entity: entity, value: value, horizon: horizon,
            discount: discount, margin: margin, step: step, customers: customers)
    }

    private func horizon() -> Span? {
        guard reader.has("horizon") else {
            reader.missing("horizon", example: "12 months")
            return nil
        }
        return reader.span("horizon")
    }
}
