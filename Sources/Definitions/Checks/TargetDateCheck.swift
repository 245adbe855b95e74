import Vocabulary

/// Target paths that end before they begin.
struct TargetDateCheck: DefinitionCheck {
    func findings(in context: CheckContext) -> [Finding] {
        context.kpis.compactMap { kpi in
            guard let target = kpi.target, let from = target.from, from.day >= target.by.day
            else { return nil }
            return Finding(
                .error,
                Failure(
                    .targetDates,
                    "The target of the KPI '\(kpi.id)' ends on \(target.by.day), not after it "
                        + "begins on \(from.day).", hint: "exchange the dates",
                    place: kpi.origin.place(of: "target.by.date")))
        }
    }
}

extension Failure.Code {
    /// A target ends before it begins.
    public static let targetDates: Self = "definition/target-dates"
}
