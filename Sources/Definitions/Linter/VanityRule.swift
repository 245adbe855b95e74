import Vocabulary

/// KPIs that can only grow, whatever a team does.
struct VanityRule: DefinitionCheck {
    func findings(in context: CheckContext) -> [Finding] {
        context.kpis.compactMap { kpi in
            guard case .cumulative(_, .toDate(nil))? = context.catalog.metrics[kpi.metric]?.formula
            else { return nil }
            return Finding(
                kpi.lintSeverity,
                Failure(
                    .vanityMetric,
                    "The KPI '\(kpi.id)' adds up since the beginning, so it grows even while the team loses.",
                    hint: "watch the amount of each period instead, or a rolling window",
                    place: kpi.origin.place(of: "metric")))
        }
    }
}

extension Failure.Code {
    /// A KPI is a total that can only grow.
    public static let vanityMetric: Self = "kpi/vanity"
}
