import Vocabulary

/// Targets that say where to go but not from where.
struct BaselineRule: DefinitionCheck {
    func findings(in context: CheckContext) -> [Finding] {
        context.kpis.compactMap { kpi in
            guard let target = kpi.target, target.from == nil else { return nil }
            return Finding(
                kpi.lintSeverity,
                Failure(
                    .noBaseline,
                    "The target of the KPI '\(kpi.id)' has no baseline, so it has no path.",
                    hint: "add from: { date: …, value: … } with the value of today",
                    place: kpi.origin.place(of: "target")))
        }
    }
}

extension Failure.Code {
    /// A target has no baseline.
    public static let noBaseline: Self = "kpi/no-baseline"
}
