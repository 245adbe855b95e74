import Vocabulary

extension LedgerRecipe: RecipeForm {
    var sources: [(name: String, path: String)] {
        var sources = [(source, "from.ledger")]
        if let rates = exchange?.rates { sources.append((rates.source, "from.rates.source")) }
        return sources
    }

    func defaults(_ sources: [String: SourceDefinition]) -> RecipeDefaults {
        var slices = ["movement"] + keep.keys
        if plan != nil { slices.append("plan") }
        if exchange != nil { slices.append("currency") }
        var entities = ["customer"]
        if subscription != nil { entities.append("subscription") }
        let named = { (name: String) in Expression.name(NameReference(name)) }
        return RecipeDefaults(
            time: TimeColumn(column: "moment"),
            entities: Dictionary(uniqueKeysWithValues: entities.map { ($0, named($0)) }),
            dimensions: Dictionary(
                uniqueKeysWithValues: slices.map { ($0, SourceDimension(expression: named($0))) }))
    }

    /// The recipe on one line.
    public var description: String {
        var parts = ["ledger: \(source)"] + rows.keys
        func add(_ key: String, _ value: Expression?) {
            if let value { parts.append("\(key): \(value)") }
        }
        add("customer", customer)
        add("starts", starts)
        if case .written(let ends) = ends { add("ends", ends) }
        add("amount", amount)
        switch every {
        case .fixed(let interval): parts.append("every: \(interval)")
        case .written(let interval): add("every", interval)
        }
        add("plan", plan)
        add("subscription", subscription)
        add("discount", discount)
        add("tax", tax)
        if let exchange { parts += exchange.keys }
        if let policy { parts += policy.keys }
        if let cancellation {
            parts.append("cancelled: \(cancellation.moment)")
            parts.append("churn: \(cancellation.rule.rawValue)")
        }
        if let grace { parts.append("grace: \(grace)") }
        if overlap == .latest { parts.append("overlap: latest") }
        if counts == .monthStart { parts.append("counts: month_start") }
        if let group { parts.append("group: \(group)") }
        if !keep.isEmpty {
            let kept = keep.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
            parts.append("keep: { \(kept.joined(separator: ", ")) }")
        }
        return "{ \(parts.joined(separator: ", ")) }"
    }
}

extension LedgerExchange {
    fileprivate var keys: [String] {
        var keys = ["currency: \(currency)"]
        if let rates {
            keys.append(
                "rates: { source: \(rates.source), currency: \(rates.currency), "
                    + "rate: \(rates.rate) }")
            keys.append("exchange: \(rule.rawValue)")
        }
        return keys
    }
}

extension LedgerPolicy {
    fileprivate var keys: [String] {
        let rules = isKept.sorted { $0.key < $1.key }
            .map { "\($0.key): \($0.value ? "keep" : "exclude")" }
        return ["status: \(status)", "policy: { \(rules.joined(separator: ", ")) }"]
    }
}
