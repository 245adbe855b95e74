import Vocabulary

/// Floors, stretches and baselines that lie on the wrong side of the target.
struct TargetSideCheck: DefinitionCheck {
    func findings(in context: CheckContext) -> [Finding] {
        context.kpis.flatMap { kpi -> [Finding] in
            guard let target = kpi.target, let metric = context.catalog.metrics[kpi.metric],
                metric.better != .none
            else { return [] }
            let sign = metric.better == .up ? 1.0 : -1.0
            let goal = target.by.value * sign
            let way = metric.better == .up ? "more" : "less"
            var problems: [(path: String, message: String, hint: String)] = []
            if let floor = target.floor, floor * sign > goal {
                problems.append(
                    (
                        "target.floor", "the floor is better than the target itself",
                        "the floor is what must not be missed, so it is easier than the target"
                    ))
            }
            if let stretch = target.stretch, stretch * sign < goal {
                problems.append(
                    (
                        "target.stretch", "the stretch is worse than the target itself",
                        "the stretch is more than hoped for"
                    ))
            }
            if let from = target.from, from.value * sign > goal {
                problems.append(
                    (
                        "target.by.value", "the target is worse than the baseline",
                        "exchange the values, or say better: \(metric.better == .up ? "down" : "up") "
                            + "in the metric"
                    ))
            }
            return problems.map { problem in
                Finding(
                    .warning,
                    Failure(
                        .targetSide,
                        "For the KPI '\(kpi.id)' \(way) is better, but \(problem.message).",
                        hint: problem.hint, place: kpi.origin.place(of: problem.path)))
            }
        }
    }
}

extension Failure.Code {
    /// A floor, stretch or baseline lies on the wrong side of the target.
    public static let targetSide: Self = "definition/target-side"
}
