import Vocabulary

/// Objectives that end before they begin, and targets that outlive their objective.
struct ObjectiveDateCheck: DefinitionCheck {
    func findings(in context: CheckContext) -> [Finding] {
        let reversed = context.objectives.compactMap { objective -> Finding? in
            guard let starts = objective.starts, let by = objective.by, starts >= by else {
                return nil
            }
            return Finding(
                .error,
                Failure(
                    .objectiveDates,
                    "The objective '\(objective.id)' ends on \(by), not after it starts on "
                        + "\(starts).", hint: "exchange the dates",
                    place: objective.origin.place(of: "by")))
        }
        let late = context.kpis.compactMap { kpi -> Finding? in
            guard let target = kpi.target, let id = kpi.objective,
                let by = context.catalog.objectives[id]?.by, target.by.day > by
            else { return nil }
            return Finding(
                .warning,
                Failure(
                    .targetAfterObjective,
                    "The target of the KPI '\(kpi.id)' is due on \(target.by.day), after its "
                        + "objective '\(id)' on \(by).",
                    hint: "let the target end with the objective, or move the objective's date",
                    place: kpi.origin.place(of: "target.by.date")))
        }
        return reversed + late
    }
}

extension Failure.Code {
    /// An objective ends before it starts.
    public static let objectiveDates: Self = "definition/objective-dates"
    /// A target is due after its objective.
    public static let targetAfterObjective: Self = "definition/target-after-objective"
}
