import Vocabulary

/// KPIs that serve no objective: they are metrics.
struct ObjectiveRule: DefinitionCheck {
    func findings(in context: CheckContext) -> [Finding] {
        context.kpis.compactMap { kpi in
            guard kpi.objective == nil else { return nil }
            return Finding(
                kpi.lintSeverity,
                Failure(
                    .noObjective,
                    "The KPI '\(kpi.id)' serves no objective, so it is only a metric.",
                    hint: "add objective: with the objective that it measures",
                    place: kpi.origin.place(of: "kpi")))
        }
    }
}

extension Failure.Code {
    /// A KPI serves no objective.
    public static let noObjective: Self = "kpi/no-objective"
}
