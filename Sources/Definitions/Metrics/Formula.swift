import Vocabulary

/// How a metric is calculated: a closed set of primitives, never a text of SQL.
public indirect enum Formula: Hashable, Sendable {
    /// An aggregate over the rows of one source.
    case aggregate(Aggregate)
    /// One quantity over another; over any rows it totals as ΣN ÷ ΣD.
    case ratio(of: Operand, to: Operand)
    /// Arithmetic over other metrics.
    case derived(Arithmetic)
    /// Another metric added up over a window or to date.
    case cumulative(Operand, Accumulation)

    /// The kind's name as definitions write it.
    public var kind: String {
        switch self {
        case .aggregate(let aggregate): aggregate.function.kind
        case .ratio: "ratio"
        case .derived: "derived"
        case .cumulative: "cumulative"
        }
    }
}

/// An aggregate over the rows of a source that pass a filter.
public struct Aggregate: Hashable, Sendable {
    /// The source's name.
    public let source: String
    /// What is done with its rows.
    public let function: AggregateFunction
    /// Which rows count; nil means all.
    public let filter: Expression?
    /// Which events count, where the source names its event column; empty means all.
    public let events: [String]
    /// The question about behaviour whose number it is part of, such as `funnel checkout`; nil
    /// where a definition writes the aggregate itself.
    public let question: String?

    /// Makes an aggregate.
    public init(
        source: String, function: AggregateFunction, filter: Expression? = nil,
        events: [String] = [], question: String? = nil
    ) {
        self.source = source
        self.function = function
        self.filter = filter
        self.events = events
        self.question = question
    }
}

/// What an aggregate does with its rows.
public enum AggregateFunction: Hashable, Sendable {
    /// How many rows there are, or how many where the expression has a value.
    case count(Expression?)
    /// How many different values there are; recounted for every period and part, never added.
    case distinct(Expression)
    /// How many different values have a row of each of two kinds in the period; no definition
    /// writes it.
    case both(Expression, having: Expression, and: Expression)
    /// How many entities have their first row ever in the period.
    case new(Expression)
    /// The sum.
    case sum(Expression)
    /// The arithmetic mean.
    case average(Expression)
    /// A percentile (0 to 100) by linear interpolation, R's type 7.
    case percentile(Double, Expression)
    /// The smallest value.
    case min(Expression)
    /// The largest value.
    case max(Expression)
    /// The value at the end of the period: the sum over the rows of its last snapshot, or over the
    /// last row of each entity up to then.
    case stock(Expression, per: Expression?)
    /// How many entities acted within a window that ends with the period.
    case active(Expression, ActivityWindow)
    /// The sample standard deviation (n - 1).
    case deviation(Expression)
    /// The net promoter score of answers from 0 to 10, from -100 to 100, weighted or not.
    case promoters(Expression, weight: Expression?)
    /// The rows that have started but not ended when the period ends.
    case open(OpenRows)
    /// The share that is still alive, or the time at which half is, of those who began in the
    /// period.
    case survival(Survival)
    /// How entities' running sums changed between the period's start and its end.
    case transition(Transition, of: Expression, amount: Expression?)
    /// How entities' activity changed from the period before to the period.
    case lifecycle(LifecycleStage, of: Expression)
    /// What a model of purchases expects of customers, fitted on all purchases up to the period's
    /// end.
    case lifetime(LifetimeModel)
    /// How much of the total few have.
    case concentration(Concentration)

    /// The kind's name as definitions write it.
    public var kind: String {
        switch self {
        case .count: "count"
        case .distinct: "distinct"
        case .both: "both"
        case .new: "new"
        case .sum: "sum"
        case .average: "average"
        case .percentile: "percentile"
        case .min: "min"
        case .max: "max"
        case .stock: "stock"
        case .active: "active"
        case .deviation: "deviation"
        case .promoters: "nps"
        case .open: "open"
        case .survival(let survival): survival.kind
        case .transition: "transition"
        case .lifecycle: "lifecycle"
        case .lifetime: "lifetime"
        case .concentration: "top_share"
        }
    }
}

/// Over which time an entity counts as active.
public enum ActivityWindow: Hashable, Sendable {
    /// The so many days that end with the period's last day, that day included.
    case rolling(days: Int)
    /// The civil unit in which the period lies, from its first day to the period's last.
    case calendar(Grain)
}

/// Over which time a metric is added up.
public enum Accumulation: Hashable, Sendable {
    /// The span that ends with the period.
    case window(Span)
    /// From the start of the civil unit in which the period lies; nil means from the beginning.
    case toDate(Grain?)
}

/// A metric by name, or a formula written in its place.
public indirect enum Operand: Hashable, Sendable {
    /// Another metric's name.
    case metric(NameReference)
    /// A formula of its own.
    case formula(Formula)
}

/// Arithmetic over metrics of the same period.
public indirect enum Arithmetic: Hashable, Sendable {
    /// A constant.
    case number(Double)
    /// A metric's value in the period.
    case metric(NameReference)
    /// A formula's value in the period, in place of a metric's.
    case formula(Formula)
    /// A value so many periods before; at least one.
    case previous(Operand, periods: Int)
    /// The daily values over the period, as one number.
    case overDays(DayJoining, Operand)
    /// The opposite number.
    case negated(Arithmetic)
    /// A number that is defined only within bounds.
    case bounded(ArithmeticBounds, Arithmetic)
    /// A power; undefined where the result is not a real number.
    case power(Arithmetic, Arithmetic)
    /// Two quantities joined by `+`, `-`, `*` or `/`; a division by zero is undefined.
    case binary(BinaryOperator, Arithmetic, Arithmetic)

    /// What it is made of, in order of appearance.
    public var operands: [Operand] {
        switch self {
        case .number: []
        case .metric(let name): [.metric(name)]
        case .formula(let formula): [.formula(formula)]
        case .previous(let operand, _), .overDays(_, let operand): [operand]
        case .negated(let inner), .bounded(_, let inner): inner.operands
        case .binary(_, let left, let right), .power(let left, let right):
            left.operands + right.operands
        }
    }

    /// The metrics that it names itself, in order of appearance.
    public var metrics: [NameReference] {
        operands.compactMap { operand in
            if case .metric(let name) = operand { name } else { nil }
        }
    }
}

/// How the daily values of a metric become one number.
public enum DayJoining: String, CaseIterable, Hashable, Sendable {
    /// Their mean, over the days that have a value.
    case average = "average_of_days"
    /// One minus the product of what each day leaves: a daily rate of loss over the whole period.
    case compounded = "compounded_of_days"
}

/// Outside which a quantity of arithmetic is undefined.
public enum ArithmeticBounds: String, CaseIterable, Hashable, Sendable {
    /// More than zero, as a base of growth must be.
    case positive
    /// From zero to one, as a share must be.
    case share
}
