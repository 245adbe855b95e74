import Vocabulary

/// Reads what an aggregate does with its rows.
struct AggregateReading {
    let reader: NodeReader

    func function(_ kind: String) -> AggregateFunction? {
        switch kind {
        case "count" where reader.node("count")?.scalar == "rows": return .count(nil)
        case "percentile": return percentile()
        case "nps": return promoters()
        case "open": return open()
        case "survival", "survival_median", "survival_lifetime":
            return SurvivalReading(reader: reader).survival(kind).map(AggregateFunction.survival)
        case "transition": return transition()
        case "lifecycle": return lifecycle()
        case "lifetime":
            return LifetimeReading(reader: reader).model().map(AggregateFunction.lifetime)
        case "top_share": return concentration()
        default: return simple(kind)
        }
    }

    /// The kinds whose key holds the expression.
    private func simple(_ kind: String) -> AggregateFunction? {
        guard let expression = reader.required(kind, example: "quantity * unit_price") else {
            return nil
        }
        switch kind {
        case "count": return .count(expression)
        case "distinct": return .distinct(expression)
        case "new": return .new(expression)
        case "sum": return .sum(expression)
        case "average": return .average(expression)
        case "median": return .percentile(50, expression)
        case "min": return .min(expression)
        case "max": return .max(expression)
        case "deviation": return .deviation(expression)
        case "stock": return .stock(expression, per: reader.expression("per"))
        default: return window().map { .active(expression, $0) }
        }
    }

    private func percentile() -> AggregateFunction? {
        let rank = reader.rank("percentile", example: "95")
        let expression = reader.required("of", example: "quantity * unit_price")
        guard let rank, let expression else { return nil }
        return .percentile(rank, expression)
    }

    private func promoters() -> AggregateFunction? {
        let score = reader.required("nps", example: "score")
        let weight = reader.expression("weight")
        return score.map { .promoters($0, weight: weight) }
    }

    /// `{ top_share: amount, per: customer, top: 10% }`.
    private func concentration() -> AggregateFunction? {
        let value = reader.required("top_share", example: "quantity * unit_price")
        let entity = reader.expression("per")
        if !reader.has("top") { reader.missing("top", example: "10%") }
        let part = reader.share("top", in: 0.001...0.999, example: "10%")
        guard let value, let part else { return nil }
        return .concentration(Concentration(value, per: entity, part: part))
    }

    private func window() -> ActivityWindow? {
        reader.value(
            "window", required: true, is: "a number of days or a calendar unit",
            example: "28 days, or calendar month",
            make: { text in
                let words = text.split(separator: " ")
                if words.count == 2, words[0] == "calendar",
                    let grain = Grain(rawValue: "\(words[1])"),
                    grain > .day
                {
                    return .calendar(grain)
                }
                guard let span = Span(text: text), span.months == 0, span.days <= 366 else {
                    return nil
                }
                return .rolling(days: span.days)
            })
    }
}

extension NodeReader {
    /// An expression that must be written.
    func required(_ key: String, example: String) -> Expression? {
        guard has(key) else {
            missing(key, example: example)
            return nil
        }
        return expression(key)
    }

    /// A percentile's rank, from 0 to 100.
    func rank(_ key: String, example: String) -> Double? {
        value(
            key, required: true, is: "a number from 0 to 100", example: example,
            make: { text in Double(text).flatMap { (0...100).contains($0) ? $0 : nil } })
    }

    /// One of the cases of an enumeration that must be written.
    func requiredWord<Value: RawRepresentable & CaseIterable>(
        _ key: String, as type: Value.Type
    ) -> Value? where Value.RawValue == String {
        guard has(key) else {
            missing(key, example: Value.allCases.map(\.rawValue).joined(separator: ", or "))
            return nil
        }
        return word(key, as: type)
    }

    /// A share written as `60%` or `0.6`.
    func share(_ key: String, in bounds: ClosedRange<Double>, example: String) -> Double? {
        value(
            key,
            is: "a share from \(percent(bounds.lowerBound)) to \(percent(bounds.upperBound))",
            example: example,
            make: { text in
                guard let number = WrittenNumber(text),
                    number.form == .percent || number.form == .plain,
                    bounds.contains(number.value)
                else { return nil }
                return number.value
            })
    }

    private func percent(_ share: Double) -> String { "\(printedNumber(share * 100))%" }
}
