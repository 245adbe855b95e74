import Vocabulary

/// Amounts of different currencies that are joined in one formula.
struct CurrencyCheck: DefinitionCheck {
    func findings(in context: CheckContext) -> [Finding] {
        context.metrics.compactMap { metric in
            var currencies = metric.formula.metricNames.compactMap {
                context.catalog.currency(of: $0)
            }
            if let own = context.catalog.currency(of: metric.id), !currencies.isEmpty {
                currencies.append(own)
            }
            let different = Set(currencies).sorted()
            guard different.count > 1 else { return nil }
            return Finding(
                .error,
                Failure(
                    .currencyClash,
                    "The metric '\(metric.id)' joins amounts in "
                        + "\(different.joined(separator: " and ")).",
                    hint: "convert the amounts in the source, or keep one metric a currency",
                    place: metric.origin.place(of: "formula")))
        }
    }
}

extension Failure.Code {
    /// A formula joins amounts of different currencies.
    public static let currencyClash: Self = "definition/currency-clash"
}
