import Vocabulary

/// Values of targets and benchmarks that a metric can never have.
struct TargetValueCheck: DefinitionCheck {
    func findings(in context: CheckContext) -> [Finding] {
        context.kpis.flatMap { kpi -> [Finding] in
            guard let metric = context.catalog.metrics[kpi.metric] else { return [] }
            let target = kpi.target
            let values = [
                ("target.from.value", target?.from?.value), ("target.by.value", target?.by.value),
                ("target.floor", target?.floor), ("target.stretch", target?.stretch),
                ("benchmark.value", kpi.benchmark?.value),
            ]
            return values.compactMap { path, value in
                guard let value, let problem = problem(of: value, metric.unit) else { return nil }
                return Finding(
                    .error,
                    Failure(
                        .targetValue,
                        "The KPI '\(kpi.id)' has a value of \(printedNumber(value)), but \(problem.0).",
                        hint: problem.1, place: kpi.origin.place(of: path)))
            }
        }
    }

    private func problem(of value: Double, _ unit: Unit) -> (String, String)? {
        switch unit {
        case .share where value < 0 || value > 1:
            let percent = "write \(printedNumber(value))%"
            return (
                "a share lies between 0 and 1", value > 1 ? percent : "write a share from 0% on"
            )
        case .count where value < 0:
            return ("a count is never negative", "write a number from 0 on")
        case .duration where value < 0:
            return ("a duration is never negative", "write a duration from 0 on")
        case .points where abs(value) > 100:
            return ("points lie between −100 and 100", "write a number of points")
        default: return nil
        }
    }
}

extension Failure.Code {
    /// A target or benchmark lies where its metric never can.
    public static let targetValue: Self = "definition/target-value"
}
