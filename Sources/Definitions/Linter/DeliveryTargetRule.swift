import Vocabulary

/// Targets on measures of delivery, which stop measuring once people are judged by them.
///
/// The five measures of DORA tell a team about its own work. Told to reach a number, people split
/// deployments and close incidents early (Goodhart's law; dora.dev, "DORA's software delivery
/// metrics", common pitfalls).
struct DeliveryTargetRule: DefinitionCheck {
    func findings(in context: CheckContext) -> [Finding] {
        context.kpis.compactMap { kpi in
            let names = [kpi.id, kpi.metric].map { $0.replacing("_", with: "-") }
            guard kpi.target != nil,
                let measure = Self.measures.first(where: { measure in
                    names.contains { $0.hasPrefix(measure) }
                })
            else { return nil }
            return Finding(
                kpi.lintSeverity,
                Failure(
                    .deliveryTarget,
                    "The KPI '\(kpi.id)' sets a target on "
                        + "\(measure.replacing("-", with: " ")): a measure that becomes a target "
                        + "soon measures nothing else.",
                    hint: "watch it a service, never a person, beside a guardrail of the others",
                    place: kpi.origin.place(of: "target")))
        }
    }

    private static let measures = [
        "deployment-frequency", "change-lead-time", "lead-time-for-changes", "change-fail",
        "failed-deployment-recovery", "deployment-rework",
    ]
}

extension Failure.Code {
    /// A target is set on a measure of delivery.
    public static let deliveryTarget: Self = "kpi/delivery-target"
}
