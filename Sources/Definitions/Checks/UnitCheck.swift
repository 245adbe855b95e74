import Vocabulary

/// Units that a formula cannot have, and quantities of different units that are joined.
struct UnitCheck: DefinitionCheck {
    func findings(in context: CheckContext) -> [Finding] {
        context.metrics.compactMap { metric in
            guard let problem = problem(of: metric, in: context) else { return nil }
            return Finding(
                .error,
                Failure(
                    .unitClash, problem.message, hint: problem.hint,
                    place: metric.origin.place(of: problem.path)))
        }
    }

    private struct Problem {
        let message: String
        let hint: String?
        let path: String
    }

    private func problem(of metric: Metric, in context: CheckContext) -> Problem? {
        if let problem = writtenProblem(of: metric) { return problem }
        return switch metric.formula {
        case .aggregate(let aggregate): aggregateProblem(of: metric, aggregate.function)
        case .ratio(let of, let to): ratioProblem(of: metric, of, to, in: context)
        case .derived(let arithmetic): derivedProblem(of: metric, arithmetic, in: context)
        case .cumulative(let operand, _): cumulativeProblem(of: metric, operand, in: context)
        }
    }

    /// A short kind names a KPI, so its unit is known.
    private func writtenProblem(of metric: Metric) -> Problem? {
        guard let written = metric.written, let units = written.units,
            let best = units.first, !units.contains(metric.unit.name)
        else { return nil }
        let name = "\(written.kind) \(written.variant)".trimmedOfSpace
        return Problem(
            message: "The metric '\(metric.id)' is \(name), so its unit is \(best), not "
                + "\(metric.unit.name).", hint: "write unit: \(best)", path: "unit")
    }

    private func aggregateProblem(of metric: Metric, _ function: AggregateFunction) -> Problem? {
        let unit = metric.unit.name
        if case .sum = function, unit == "share" { return noShare(metric, function) }
        if case .stock = function, unit == "share" { return noShare(metric, function) }
        guard let outcome = function.outcome, !outcome.units.contains(unit) else { return nil }
        let best = outcome.units[0]
        let isShareOfCounts = unit == "share" && best == "count"
        return Problem(
            message: "The metric '\(metric.id)' \(outcome.phrase), so its unit is \(best), "
                + "not \(unit).",
            hint: isShareOfCounts ? "a share needs a ratio of two counts" : "write unit: \(best)",
            path: "unit")
    }

    private func noShare(_ metric: Metric, _ function: AggregateFunction) -> Problem {
        Problem(
            message: "The metric '\(metric.id)' is a \(function.kind), which is no share.",
            hint: "a share needs a ratio of a part to its whole", path: "unit")
    }

    private func ratioProblem(
        of metric: Metric, _ of: Operand, _ to: Operand, in context: CheckContext
    ) -> Problem? {
        guard let above = unit(of: of, in: context), let below = unit(of: to, in: context) else {
            return nil
        }
        if metric.unit == .share, above.name != below.name {
            return Problem(
                message: "The metric '\(metric.id)' is a share of \(above.name) in \(below.name); "
                    + "a part has the unit of its whole.",
                hint: "choose another unit, such as ratio or money", path: "unit")
        }
        guard metric.unit.name == "money", above.name != "money" || below.name == "money" else {
            return nil
        }
        return Problem(
            message: "The metric '\(metric.id)' has unit money, but divides \(above.name) by "
                + "\(below.name).", hint: "choose another unit, such as ratio", path: "unit")
    }

    private func cumulativeProblem(
        of metric: Metric, _ operand: Operand, in context: CheckContext
    ) -> Problem? {
        guard let unit = unit(of: operand, in: context), unit.name != metric.unit.name else {
            return nil
        }
        return Problem(
            message: "The metric '\(metric.id)' has unit \(metric.unit.name), but adds up "
                + "\(unit.name).", hint: "write unit: \(unit.name)", path: "unit")
    }

    private func derivedProblem(
        of metric: Metric, _ arithmetic: Arithmetic, in context: CheckContext
    ) -> Problem? {
        var clash: (String, String)?
        let result = arithmetic.unit(in: context) { clash = clash ?? ($0, $1) }
        if let clash {
            return Problem(
                message: "The metric '\(metric.id)' adds \(clash.0) and \(clash.1).",
                hint: "only quantities of one unit can be added or subtracted",
                path: "formula.derived")
        }
        guard let result, !result.adds(to: metric.unit) else { return nil }
        return Problem(
            message:
                "The metric '\(metric.id)' has unit \(metric.unit.name), but its formula gives "
                + "\(result.name).", hint: "write unit: \(result.name)", path: "unit")
    }

    private func unit(of operand: Operand, in context: CheckContext) -> Unit? {
        switch operand {
        case .metric(let name): return context.unit(of: name.name)
        case .formula(.aggregate(let aggregate)):
            return aggregate.function.outcome?.units.first == "count" ? .count : nil
        case .formula: return nil
        }
    }
}

extension AggregateFunction {
    /// What the function gives, and the units that its number can have, the best one first; nil
    /// where that depends on the expression.
    fileprivate var outcome: (phrase: String, units: [String])? {
        switch self {
        case .count, .distinct, .both, .new, .active, .lifecycle, .transition(_, _, amount: nil):
            return ("counts", ["count", "number"])
        case .promoters: return ("is a net promoter score", ["points"])
        case .open(let open):
            return open.measure == .count
                ? ("counts", ["count", "number"]) : ("is an age in seconds", ["duration"])
        case .survival(let survival):
            return switch survival.reading {
            case .share: ("is the share that is alive", ["share"])
            case .median: ("is a length of time", ["duration", "number"])
            case .lifetime: ("is a number of periods", ["number"])
            }
        case .transition: return ("adds up amounts", ["money", "number", "count", "duration"])
        case .lifetime(let model):
            return switch model.reading {
            case .clv: ("is worth money", ["money", "number"])
            case .purchases: ("is a mean number of purchases", ["number", "ratio"])
            case .alive: ("is the share that is alive", ["share"])
            }
        case .concentration: return ("is the share that few have", ["share"])
        default: return nil
        }
    }
}

extension Unit {
    /// Whether quantities of both units can be added.
    func adds(to other: Unit) -> Bool {
        let plain = ["count", "number", "ratio", "points"]
        return name == other.name || (plain.contains(name) && plain.contains(other.name))
    }
}

extension Arithmetic {
    /// The unit of the result; nil where it does not follow from the metrics' units.
    fileprivate func unit(in context: CheckContext, clash: (String, String) -> Void) -> Unit? {
        switch self {
        case .number, .formula: return nil
        case .metric(let name): return context.unit(of: name.name)
        case .previous(.metric(let name), _), .overDays(_, .metric(let name)):
            return context.unit(of: name.name)
        case .previous, .overDays: return nil
        case .negated(let inner), .bounded(_, let inner):
            return inner.unit(in: context, clash: clash)
        case .power(let left, let right):
            _ = left.unit(in: context, clash: clash)
            _ = right.unit(in: context, clash: clash)
            return nil
        case .binary(let joined, let left, let right):
            let first = left.unit(in: context, clash: clash)
            let second = right.unit(in: context, clash: clash)
            guard joined == .plus || joined == .minus else { return nil }
            guard let first, let second else { return first ?? second }
            if !first.adds(to: second) { clash(first.name, second.name) }
            return first
        }
    }
}

extension Failure.Code {
    /// Quantities of different units are joined, or a formula cannot have its unit.
    public static let unitClash: Self = "definition/unit-clash"
}
