import Vocabulary

/// KPIs that can only grow, whatever a team does.
///
/// What subscriptions come to so far is a level: its movements are signed, so that it falls when
/// customers leave.
struct VanityRule: DefinitionCheck {
    func findings(in context: CheckContext) -> [Finding] {
        context.kpis.compactMap { kpi in
            guard let metric = context.catalog.metrics[kpi.metric],
                case .cumulative(_, .toDate(nil)) = metric.formula, !fallsToo(metric, in: context)
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

    private func fallsToo(_ metric: Metric, in context: CheckContext) -> Bool {
        if metric.written?.kind == "subscription" { return true }
        guard case .cumulative(let operand, _) = metric.formula else { return false }
        switch operand {
        case .metric(let name):
            let inner = context.catalog.metrics[name.name]?.written
            return inner?.kind == "subscription"
                && inner?.variant == SubscriptionQuantity.netNew.rawValue
        case .formula: return false
        }
    }
}

extension Failure.Code {
    /// A KPI is a total that can only grow.
    public static let vanityMetric: Self = "kpi/vanity"
}
