import Vocabulary

/// Metrics that calculate what another one calculates already.
struct DuplicateCalculationCheck: DefinitionCheck {
    func findings(in context: CheckContext) -> [Finding] {
        let fingerprint = Fingerprint(context.catalog)
        let groups = Dictionary(grouping: context.metrics) { fingerprint.calculation(of: $0) }
        return groups.values.flatMap { group -> [Finding] in
            guard let first = group.first else { return [] }
            return group.dropFirst().map { metric in
                Finding(
                    .warning,
                    Failure(
                        .duplicateCalculation,
                        "The metric '\(metric.id)' calculates the same as '\(first.id)'.",
                        hint: "keep one of them; two names for one number drift apart",
                        place: metric.origin.place(of: "formula")))
            }
        }
    }
}

extension Failure.Code {
    /// Two metrics calculate the same.
    public static let duplicateCalculation: Self = "definition/duplicate-calculation"
}
