import Definitions
import Vocabulary

/// Resolves metrics to trees of tallies: operands inlined, expressions typed, filters scoped.
struct MetricResolver {
    let catalog: Catalog
    let facts: [String: SourceFacts]
    let question: Question

    /// How deep metrics may build on metrics.
    private static let depthMax = 24

    /// The plan of a metric.
    func plan(_ id: String) throws(Failure) -> MetricPlan {
        let metric = try metric(id)
        let plan = try tree(metric, reach: .period, depth: 0)
        let sources = Set(plan.tallies.map(\.source)).sorted()
        var unit = metric.unit
        if case .money(nil) = unit { unit = .money(currency: catalog.settings.currency) }
        return MetricPlan(metric: metric, plan: plan, unit: unit, sources: sources)
    }

    private func metric(_ id: String) throws(Failure) -> Metric {
        if let metric = catalog.metrics[id] { return metric }
        let near = nearestName(to: id, among: catalog.metrics.keys)
        throw Failure(
            .unknownMetricAsked, "There is no metric named '\(id)'.",
            hint: near.map { "did you mean '\($0)'?" } ?? known)
    }

    /// What there is instead, for a hint.
    private var known: String {
        let names = catalog.metrics.keys.sorted()
        guard !names.isEmpty else {
            return "Define one in definitions/, with metric: NAME as its first line."
        }
        let more = names.count > 8 ? ", … (\(names.count) in all)" : ""
        return "the metrics are \(names.prefix(8).joined(separator: ", "))\(more)"
    }

    private func tree(_ metric: Metric, reach: Tally.Reach, depth: Int) throws(Failure) -> Plan {
        guard depth <= MetricResolver.depthMax else {
            throw Failure(
                .metricTooDeep, "The metric '\(metric.id)' builds on too many others in a row.",
                hint: "Define it closer to its sources.", place: metric.origin.place)
        }
        let isShare = metric.unit == .share
        let plan = try located(metric) { () throws(Failure) in
            try tree(metric.formula, reach: reach, isShare: isShare, depth: depth)
        }
        return metric.empty.map { Plan.filled(plan, $0) } ?? plan
    }

    private func located<Result>(
        _ metric: Metric, _ body: () throws(Failure) -> Result
    ) throws(Failure) -> Result {
        do { return try body() } catch {
            throw error.located(at: metric.origin.place(of: "formula"))
        }
    }

    private func tree(
        _ formula: Formula, reach: Tally.Reach, isShare: Bool, depth: Int
    ) throws(Failure) -> Plan {
        switch formula {
        case .aggregate(let aggregate):
            return .tally(try tally(aggregate, reach: reach))
        case .ratio(let of, let to):
            let numerator = try tree(of, reach: reach, depth: depth)
            let denominator = try tree(to, reach: reach, depth: depth)
            return .ratio(
                numerator, denominator, cross: cross(numerator, denominator, isShare: isShare),
                isShare: isShare)
        case .derived(let arithmetic):
            return try tree(arithmetic, reach: reach, depth: depth)
        case .cumulative(let operand, let accumulation):
            guard reach == .period else {
                throw Failure(
                    .cannotAccumulate, "A cumulative metric cannot be accumulated again.",
                    hint: "Build on the metric that it accumulates.")
            }
            return try tree(operand, reach: accumulation.reach, depth: depth)
        }
    }

    private func tree(
        _ operand: Operand, reach: Tally.Reach, depth: Int
    ) throws(Failure) -> Plan {
        switch operand {
        case .metric(let name): try tree(try metric(name.name), reach: reach, depth: depth + 1)
        case .formula(let formula):
            try tree(formula, reach: reach, isShare: false, depth: depth + 1)
        }
    }

    private func tree(
        _ arithmetic: Arithmetic, reach: Tally.Reach, depth: Int
    ) throws(Failure) -> Plan {
        switch arithmetic {
        case .number(let number): .number(number)
        case .metric(let name): try tree(try metric(name.name), reach: reach, depth: depth + 1)
        case .formula(let formula):
            try tree(formula, reach: reach, isShare: false, depth: depth + 1)
        case .previous(let operand, let periods):
            before(try tree(operand, reach: reach, depth: depth), periods: periods)
        case .overDays(let joining, let operand):
            .overDays(joining, try tree(operand, reach: reach, depth: depth))
        case .negated(let inner): .negated(try tree(inner, reach: reach, depth: depth + 1))
        case .bounded(let bounds, let inner):
            .bounded(bounds, try tree(inner, reach: reach, depth: depth + 1))
        case .power(let base, let exponent):
            .power(
                try tree(base, reach: reach, depth: depth + 1),
                try tree(exponent, reach: reach, depth: depth + 1))
        case .binary(let sign, let left, let right):
            .arithmetic(
                sign, try tree(left, reach: reach, depth: depth + 1),
                try tree(right, reach: reach, depth: depth + 1))
        }
    }

    private func before(_ plan: Plan, periods: Int) -> Plan {
        (0..<periods).reduce(plan) { plan, _ in .previous(plan) }
    }

    /// The sum of products that the delta method needs, where both sides are sums over the rows
    /// of one source.
    private func cross(_ numerator: Plan, _ denominator: Plan, isShare: Bool) -> Tally? {
        guard case .tally(var left) = numerator, case .tally(var right) = denominator,
            let x = left.rowValue, let y = right.rowValue,
            left.source == right.source, left.reach == right.reach
        else { return nil }
        if isShare, left.isCounting, right.isCounting { return nil }
        left.needsSquares = true
        right.needsSquares = true
        return Tally(
            source: left.source, time: left.time, function: .products(x, y),
            conditions: (left.conditions + right.conditions).uniqued(),
            questionConditions: left.questionConditions, reach: left.reach, needsSquares: false)
    }

    private func tally(_ aggregate: Aggregate, reach: Tally.Reach) throws(Failure) -> Tally {
        guard let source = catalog.sources[aggregate.source] else {
            throw Failure(
                .unknownSourceAsked, "There is no source named '\(aggregate.source)'.",
                hint: nearestName(to: aggregate.source, among: catalog.writtenSources.map(\.name))
                    .map { "did you mean '\($0)'?" })
        }
        let facts = facts[source.name] ?? .empty
        guard !facts.columns.isEmpty else {
            throw Failure(
                .noData, "The source '\(source.name)' has no data yet.",
                hint: source.recipe.map {
                    "It is made from \($0.upstream.joined(separator: " and ")): import there first."
                } ?? "Import a file first: yardstick import \(source.name) FILE")
        }
        let scope = ExpressionScope(source: source, facts: facts, others: self.facts)
        let typer = TypingScope(scope: scope)
        var conditions: [TypedExpression] = []
        if let filter = aggregate.filter { conditions += try typer.conditions(filter) }
        if !aggregate.events.isEmpty { conditions.append(try typer.events(aggregate.events)) }
        var asked: [TypedExpression] = []
        for filter in question.filters {
            asked += try typer.conditions(filter, at: Place(file: "filter", line: 1, column: 1))
        }
        let (function, ownReach) = try typer.function(aggregate.function)
        let combined = try combine(reach, ownReach)
        let time = try typer.time(zone: question.calendar.zone)
        if time.column == nil { try typer.requireWhole(question, function, combined) }
        return Tally(
            source: source.name, time: time,
            function: function, conditions: conditions, questionConditions: asked,
            reach: combined, needsSquares: function.showsInterval || question.comparison != nil)
    }

    private func combine(
        _ outer: Tally.Reach, _ inner: Tally.Reach
    ) throws(Failure) -> Tally.Reach {
        if outer == .period { return inner }
        guard inner == .period else {
            throw Failure(
                .cannotAccumulate, "Active entities cannot be accumulated again.",
                hint: "Use a longer window in the metric of active entities instead.")
        }
        return outer
    }

    /// What splits the rows of a source.
    func parts(for source: String) throws(Failure) -> [PartKey] {
        guard let definition = catalog.sources[source] else { return [] }
        let scope = ExpressionScope(
            source: definition, facts: facts[source] ?? .empty, others: facts)
        var parts: [PartKey] = []
        for name in question.dimensions {
            guard definition.dimensions[name] != nil else {
                throw Failure(
                    .unknownDimensionAsked,
                    "The source '\(source)' has no dimension named '\(name)'.",
                    hint: nearestName(to: name, among: definition.dimensions.keys)
                        .map { "did you mean '\($0)'?" }
                        ?? "its dimensions are "
                        + definition.dimensions.keys.sorted().joined(separator: ", "))
            }
            let value = try ExpressionTyper().typed(.name(NameReference(name)), in: scope)
            parts.append(PartKey(dimension: name, value: value))
        }
        return parts
    }
}

extension Accumulation {
    var reach: Tally.Reach {
        switch self {
        case .window(let span): .window(span)
        case .toDate(let grain): .toDate(grain)
        }
    }
}

extension Failure.Code {
    /// A question names a metric that is not defined.
    public static let unknownMetricAsked: Self = "question/unknown-metric"
    /// A formula names a source that is not defined.
    public static let unknownSourceAsked: Self = "question/unknown-source"
    /// A question splits by a dimension that a source does not have.
    public static let unknownDimensionAsked: Self = "question/unknown-dimension"
    /// A source has no rows yet.
    public static let noData: Self = "question/no-data"
    /// Metrics build on metrics too deeply.
    public static let metricTooDeep: Self = "definition/too-deep"
    /// A metric cannot be added up over a window.
    public static let cannotAccumulate: Self = "question/cannot-accumulate"
}
