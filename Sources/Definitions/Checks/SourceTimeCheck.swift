import Vocabulary

/// Quantities over time that are made of sources without time.
struct SourceTimeCheck: DefinitionCheck {
    func findings(in context: CheckContext) -> [Finding] {
        let metrics = context.metrics.compactMap { metric -> Finding? in
            guard let why = need(of: metric.formula),
                let source = timeless(metric.id, in: context)
            else { return nil }
            return finding(
                "The metric '\(metric.id)' \(why), but the source '\(source)' has no time.",
                at: metric.origin.place(of: "formula"))
        }
        let kpis = context.kpis.compactMap { kpi -> Finding? in
            guard let source = timeless(kpi.metric, in: context) else { return nil }
            return finding(
                "The KPI '\(kpi.id)' is looked at every period, but the source '\(source)' of its "
                    + "metric has no time.", at: kpi.origin.place(of: "metric"))
        }
        return metrics + kpis
    }

    /// Why a formula cannot do without time.
    private func need(of formula: Formula) -> String? {
        if case .cumulative = formula { return "adds up over time" }
        if case .derived(let arithmetic) = formula {
            if arithmetic.looksBack { return "looks at other periods" }
            return arithmetic.operands.lazy.compactMap(need).first
        }
        if case .ratio(let of, let to) = formula { return need(of: of) ?? need(of: to) }
        for aggregate in formula.aggregates {
            switch aggregate.function {
            case .new: return "counts who is seen for the first time"
            case .active: return "counts who was active in a window"
            case .stock: return "takes the last state of a period"
            case .open: return "tells what is open at the end of a period"
            case .transition, .lifecycle: return "compares two periods"
            case .lifetime: return "looks at when customers bought"
            default: continue
            }
        }
        return nil
    }

    private func need(of operand: Operand) -> String? {
        if case .formula(let formula) = operand { need(of: formula) } else { nil }
    }

    private func timeless(_ metric: String, in context: CheckContext) -> String? {
        context.catalog.sources(of: metric).first { context.catalog.sources[$0]?.time == nil }
    }

    private func finding(_ message: String, at place: Place) -> Finding {
        Finding(
            .error,
            Failure(.noTime, message, hint: "add time: column_name to the source", place: place))
    }
}

extension Arithmetic {
    /// Whether it uses a value of the period before.
    fileprivate var looksBack: Bool {
        switch self {
        case .previous, .overDays: true
        case .number, .metric, .formula: false
        case .negated(let inner), .bounded(_, let inner): inner.looksBack
        case .binary(_, let left, let right), .power(let left, let right):
            left.looksBack || right.looksBack
        }
    }
}

extension Failure.Code {
    /// A quantity over time rests on a source without time.
    public static let noTime: Self = "definition/no-time"
}
