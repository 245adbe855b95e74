import Vocabulary

/// KPIs that go nowhere by no date.
struct TargetRule: DefinitionCheck {
    func findings(in context: CheckContext) -> [Finding] {
        context.kpis.compactMap { kpi in
            guard kpi.target == nil else { return nil }
            return Finding(
                kpi.lintSeverity,
                Failure(
                    .noTarget,
                    "The KPI '\(kpi.id)' has no target, so nobody can say whether it is on course.",
                    hint: "add target: { from: { date: …, value: … }, by: { date: …, value: … } }",
                    place: kpi.origin.place(of: "kpi")))
        }
    }
}

extension Failure.Code {
    /// A KPI has no target with a date.
    public static let noTarget: Self = "kpi/no-target"
}
