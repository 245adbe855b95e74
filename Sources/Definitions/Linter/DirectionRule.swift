import Vocabulary

/// Targets of metrics that do not say which way is better.
struct DirectionRule: DefinitionCheck {
    func findings(in context: CheckContext) -> [Finding] {
        context.kpis.compactMap { kpi in
            guard kpi.target != nil, context.catalog.metrics[kpi.metric]?.better == Direction.none
            else { return nil }
            return Finding(
                kpi.lintSeverity,
                Failure(
                    .noDirection,
                    "The KPI '\(kpi.id)' has a target, but its metric does not say which way is better.",
                    hint: "add better: up or better: down to the metric '\(kpi.metric)'",
                    place: kpi.origin.place(of: "metric")))
        }
    }
}

extension Failure.Code {
    /// A KPI has a target, but its metric no direction.
    public static let noDirection: Self = "kpi/no-direction"
}
