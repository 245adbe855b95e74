import Vocabulary

/// KPIs that watch the same metric.
struct SameMetricRule: DefinitionCheck {
    func findings(in context: CheckContext) -> [Finding] {
        let groups = Dictionary(grouping: context.kpis) { $0.metric }
        return groups.values.flatMap { kpis -> [Finding] in
            guard let first = kpis.first else { return [] }
            return kpis.dropFirst().map { kpi in
                Finding(
                    kpi.lintSeverity,
                    Failure(
                        .sameMetric,
                        "The KPIs '\(first.id)' and '\(kpi.id)' watch the same metric, "
                            + "'\(kpi.metric)'.", hint: "keep one of them",
                        place: kpi.origin.place(of: "metric")))
            }
        }
    }
}

extension Failure.Code {
    /// Two KPIs watch the same metric.
    public static let sameMetric: Self = "kpi/same-metric"
}
