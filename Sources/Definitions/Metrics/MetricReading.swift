import Vocabulary

/// Reads a metric.
struct MetricReading {
    let reader: NodeReader
    /// Collects the sources that the formula brings along.
    let implicit: ImplicitSources

    func metric(named id: String, origin: Origin) -> Metric? {
        let title = reader.text("title") ?? titled(id)
        let meaning = reader.text("is")
        if meaning == nil {
            reader.missing(
                "is", example: "A sentence that a new colleague understands.", severity: .warning)
        }
        let owner = reader.text("owner")
        if owner == nil { reader.missing("owner", example: "team", severity: .warning) }
        let unit = unit()
        let better = reader.word("better", as: Direction.self) ?? .none
        let (formula, written) = formula()
        let empty = reader.word("empty", as: EmptyPolicy.self)
        reader.finish()
        guard let unit, let formula else { return nil }
        return Metric(
            id: id, title: title, meaning: meaning ?? "", owner: owner, unit: unit, better: better,
            formula: formula, written: written, empty: empty, origin: origin)
    }

    private func unit() -> Unit? {
        guard let text = reader.text("unit", required: true, example: "count") else { return nil }
        guard let unit = Unit(text: text) else {
            let near = nearestName(to: text, among: Unit.names)
            reader.report(
                .badValue,
                "'\(shortened(text))' is no unit; units are \(Unit.names.joined(separator: ", ")).",
                at: reader.node("unit")?.place,
                hint: near.map { "did you mean '\($0)'?" } ?? "money may name a currency: money EUR"
            )
            return nil
        }
        if case .money(let currency?) = unit, !CurrencyCodes.all.contains(currency) {
            reader.report(
                .unknownCurrency, "There is no currency with the code '\(currency)'.",
                at: reader.node("unit")?.place,
                hint: "codes are those of ISO 4217, such as EUR")
            return nil
        }
        return unit
    }

    private func formula() -> (Formula?, WrittenKind?) {
        guard let node = reader.node("formula") else {
            reader.missing("formula", example: "{ count: rows, from: orders }")
            return (nil, nil)
        }
        let reading = FormulaReading(problems: reader.problems, implicit: implicit)
        let formula = reading.formula(of: node)
        return (formula, formula == nil ? nil : reading.written(of: node))
    }
}

/// An id in words: `weekly_active_teams` is "Weekly active teams".
func titled(_ id: String) -> String {
    id.split { $0 == "_" || $0 == "-" }.joined(separator: " ").capitalizedFirst
}

extension Failure.Code {
    /// A currency's code is not known.
    public static let unknownCurrency: Self = "definition/unknown-currency"
}
