import Vocabulary

/// KPIs that could be pushed up at the cost of something that nobody watches.
struct GuardrailRule: DefinitionCheck {
    func findings(in context: CheckContext) -> [Finding] {
        context.kpis.compactMap { kpi in
            guard let guardrail = kpi.guardrail else {
                return Finding(
                    kpi.lintSeverity,
                    Failure(
                        .noGuardrail, "The KPI '\(kpi.id)' has no guardrail.",
                        hint: "add guardrail: with a metric that must not suffer meanwhile",
                        place: kpi.origin.place(of: "kpi")))
            }
            guard guardrail == kpi.metric else { return nil }
            return Finding(
                .warning,
                Failure(
                    .guardrailIsMetric,
                    "The guardrail of the KPI '\(kpi.id)' is the metric that it watches.",
                    hint: "choose a metric that could suffer while this one improves",
                    place: kpi.origin.place(of: "guardrail")))
        }
    }
}

extension Failure.Code {
    /// A KPI has no guardrail.
    public static let noGuardrail: Self = "kpi/no-guardrail"
    /// A KPI's guardrail is its own metric.
    public static let guardrailIsMetric: Self = "kpi/guardrail-is-metric"
}
