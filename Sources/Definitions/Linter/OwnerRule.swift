import Vocabulary

/// KPIs and objectives for which nobody answers.
struct OwnerRule: DefinitionCheck {
    func findings(in context: CheckContext) -> [Finding] {
        let kpis = context.kpis.filter { $0.owner == nil }.map { kpi in
            finding(kpi.lintSeverity, "KPI '\(kpi.id)'", at: kpi.origin.place(of: "kpi"))
        }
        let objectives = context.objectives.filter { $0.owner == nil }.map { objective in
            finding(
                .warning, "objective '\(objective.id)'", at: objective.origin.place(of: "objective")
            )
        }
        return kpis + objectives
    }

    private func finding(_ severity: Finding.Severity, _ what: String, at place: Place) -> Finding {
        Finding(
            severity,
            Failure(
                .noOwner, "The \(what) has no owner.",
                hint: "add owner: with the person or team that answers for it", place: place))
    }
}

extension Failure.Code {
    /// Nobody answers for a KPI or an objective.
    public static let noOwner: Self = "kpi/no-owner"
}
