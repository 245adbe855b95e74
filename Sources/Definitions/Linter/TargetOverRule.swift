import Vocabulary

/// Active KPIs whose target's date has passed.
struct TargetOverRule: DefinitionCheck {
    func findings(in context: CheckContext) -> [Finding] {
        context.kpis.compactMap { kpi in
            guard kpi.status == .active, let target = kpi.target, target.by.day < context.today
            else { return nil }
            return Finding(
                .warning,
                Failure(
                    .targetOver,
                    "The target of the KPI '\(kpi.id)' was due on \(target.by.day).",
                    hint: "agree on the next target, or retire the KPI",
                    place: kpi.origin.place(of: "target.by.date")))
        }
    }
}

extension Failure.Code {
    /// A target's date has passed.
    public static let targetOver: Self = "kpi/target-over"
}
