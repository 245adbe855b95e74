import Vocabulary

/// An aggregate inside a formula, and the path of its mapping in the definition.
struct LocatedAggregate {
    let aggregate: Aggregate
    /// For example `formula` or `formula.ratio.of`.
    let path: String
}

/// A metric's name inside a formula, and the path of the text that names it.
struct LocatedReference {
    let reference: NameReference
    /// For example `formula.derived`.
    let path: String
}

extension Formula {
    /// The aggregates in the formula itself, those of metrics it names left out.
    public var aggregates: [Aggregate] { locatedAggregates().map(\.aggregate) }

    /// The metrics that the formula names, in order of appearance.
    public var metricNames: [String] { locatedReferences().map(\.reference.name) }

    func locatedAggregates(path: String = "formula") -> [LocatedAggregate] {
        switch self {
        case .aggregate(let aggregate): [LocatedAggregate(aggregate: aggregate, path: path)]
        case .ratio(let of, let to):
            of.aggregates(path: path + ".ratio.of") + to.aggregates(path: path + ".ratio.to")
        case .derived(let arithmetic):
            arithmetic.operands.flatMap { $0.aggregates(path: path + ".derived") }
        case .cumulative(let operand, _): operand.aggregates(path: path + ".cumulative")
        }
    }

    func locatedReferences(path: String = "formula") -> [LocatedReference] {
        switch self {
        case .aggregate: []
        case .ratio(let of, let to):
            of.references(path: path + ".ratio.of") + to.references(path: path + ".ratio.to")
        case .derived(let arithmetic):
            arithmetic.operands.flatMap { $0.references(path: path + ".derived") }
        case .cumulative(let operand, _): operand.references(path: path + ".cumulative")
        }
    }
}

extension Operand {
    fileprivate func aggregates(path: String) -> [LocatedAggregate] {
        if case .formula(let formula) = self { formula.locatedAggregates(path: path) } else { [] }
    }

    fileprivate func references(path: String) -> [LocatedReference] {
        switch self {
        case .metric(let name): [LocatedReference(reference: name, path: path)]
        case .formula(let formula): formula.locatedReferences(path: path)
        }
    }
}

extension AggregateFunction {
    /// The expressions that it reads, with the keys that definitions write them under.
    var expressions: [(key: String, expression: Expression)] {
        switch self {
        case .count(nil): []
        case .count(let value?): [("count", value)]
        case .distinct(let value): [("distinct", value)]
        case .both(let value, let one, let other):
            [("distinct", value), ("having", one), ("and", other)]
        case .new(let value): [("new", value)]
        case .sum(let value): [("sum", value)]
        case .average(let value): [("average", value)]
        case .percentile(_, let value): [("of", value)]
        case .min(let value): [("min", value)]
        case .max(let value): [("max", value)]
        case .stock(let value, let per):
            [("stock", value)] + (per.map { [("per", $0)] } ?? [])
        case .active(let value, _): [("active", value)]
        case .deviation(let value): [("deviation", value)]
        case .promoters(let value, let weight):
            [("nps", value)] + (weight.map { [("weight", $0)] } ?? [])
        case .open(let open): [("started", open.started), ("ended", open.ended)]
        case .survival(let survival):
            [(survival.kind, survival.duration)] + survival.outcome.expressions
        case .transition(_, let entity, let amount):
            [("of", entity)] + (amount.map { [("amount", $0)] } ?? [])
        case .lifecycle(_, let entity): [("of", entity)]
        case .lifetime(let model):
            [("by", model.entity)] + (model.value.map { [("value", $0)] } ?? [])
        case .concentration(let few):
            [("top_share", few.value)] + (few.entity.map { [("per", $0)] } ?? [])
        }
    }
}

extension Survival.Outcome {
    fileprivate var expressions: [(key: String, expression: Expression)] {
        switch self {
        case .ended(let condition): [("ended", condition)]
        case .counts(let lost, let kept): [("lost", lost), ("kept", kept)]
        }
    }
}

extension Origin {
    /// Where a key of a formula stands; a median is written without `of`.
    ///
    /// Formulas that a short kind is written out into have no places of their own: theirs are
    /// those of the short kind, some of whose keys are named otherwise.
    func place(of key: String, in path: String) -> Place {
        let names = [key] + (Self.shortNames[key] ?? [])
        var path = path[...]
        while !path.isEmpty {
            for name in names {
                if let place = places["\(path).\(name)"] { return place }
            }
            if let place = places[String(path)] { return place }
            path = path[..<(path.lastIndex(of: ".") ?? path.startIndex)]
        }
        return place
    }

    /// The keys of short kinds under which the expressions of what they become are written.
    private static let shortNames = [
        "of": ["median", "by", "duration"], "average": ["duration"], "count": ["csat", "ces"],
        "distinct": ["by"], "active": ["by"], "sum": ["value", "subscription"],
        "amount": ["subscription"], "from": ["in"],
    ]

    /// Where a name stands in the text at a path.
    func place(of reference: NameReference, at path: String) -> Place {
        let start = places[path] ?? place(of: "derived", in: path)
        return Place(file: start.file, line: start.line, column: start.column + reference.offset)
    }
}
