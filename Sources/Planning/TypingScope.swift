import Definitions
import Vocabulary

/// Gives types to the expressions of one source's formulas.
struct TypingScope {
    let scope: ExpressionScope

    /// A filter as conditions that must all hold.
    func conditions(
        _ filter: Expression, at place: Place? = nil
    ) throws(Failure) -> [TypedExpression] {
        try ExpressionTyper().typedFilter(filter, in: scope, at: place).conjuncts
    }

    /// The condition that a row is one of some events.
    func events(_ names: [String]) throws(Failure) -> TypedExpression {
        guard let event = scope.source.event else {
            throw Failure(
                .noEventColumn, "The source '\(scope.source.name)' does not name its event column.",
                hint: "Write event: COLUMN in the source's definition.")
        }
        return try ExpressionTyper().typedFilter(
            .isIn(
                .name(NameReference(event)), names.map { .literal(.text($0)) }, negated: false),
            in: scope)
    }

    /// The column that says when rows happen.
    func time(zone: Zone) throws(Failure) -> TimeAxis {
        guard let time = scope.source.time else {
            return TimeAxis(column: nil, isDay: true, zone: zone)
        }
        guard let column = scope.column(named: time.column) else {
            throw Failure(
                .noTimeColumn,
                "The source '\(scope.source.name)' has no column '\(time.column)'.",
                hint: nearestName(to: time.column, among: scope.facts.columns.map(\.name))
                    .map { "did you mean '\($0)'?" })
        }
        guard column.type == .instant || column.type == .day else {
            throw Failure(
                .noTimeColumn,
                "The column '\(column.name)' of '\(scope.source.name)' holds \(column.type.rawValue) values, not times.",
                hint:
                    "Say how it is written: time: { column: \(column.name), format: … }, and import again."
            )
        }
        return TimeAxis(column: column.name, isDay: column.type == .day, zone: zone)
    }

    /// Refuses what only rows with a time can answer.
    func requireWhole(
        _ question: Question, _ function: Tally.Function, _ reach: Tally.Reach
    ) throws(Failure) {
        let needsTime =
            switch function {
            case .firsts, .stock, .open, .transition, .lifecycle, .lifetime: true
            default: reach != .period
            }
        guard needsTime || question.grain != nil || question.comparison != nil else { return }
        throw Failure(
            .noTimeColumn, "The source '\(scope.source.name)' does not say when its rows happen.",
            hint: "Ask for all of it at once, or write time: COLUMN in the source's definition.")
    }

    /// An aggregate's function with typed operands, and the time that it covers by itself.
    func function(
        _ function: AggregateFunction
    ) throws(Failure) -> (Tally.Function, Tally.Reach) {
        switch function {
        case .count(nil): return (.rows, .period)
        case .count(let value?): return (.present(try typed(value)), .period)
        case .distinct(let value): return (.distinct(try typed(value)), .period)
        case .both(let value, let one, let other):
            return (
                .both(
                    try typed(value), having: try ExpressionTyper().typedFilter(one, in: scope),
                    and: try ExpressionTyper().typedFilter(other, in: scope)), .period
            )
        case .new(let entity): return (.firsts(try typed(entity)), .period)
        case .sum(let value): return (.sum(try numeric(value)), .period)
        case .average(let value): return (.average(try numeric(value)), .period)
        case .percentile(let rank, let value):
            return (.percentile(rank, try numeric(value)), .period)
        case .min(let value): return (.min(try numeric(value)), .period)
        case .max(let value): return (.max(try numeric(value)), .period)
        case .stock(let value, let entity):
            let entity = try entity.map { expression throws(Failure) in try typed(expression) }
            return (.stock(try numeric(value), per: entity), .period)
        case .active(let entity, .rolling(let days)):
            return (.distinct(try typed(entity)), .window(Span(days: days)))
        case .active(let entity, .calendar(let grain)):
            return (.distinct(try typed(entity)), .toDate(grain))
        case .deviation(let value): return (.deviation(try numeric(value)), .period)
        case .promoters(let value, let weight):
            let weight = try weight.map { expression throws(Failure) in try numeric(expression) }
            return (.promoters(try numeric(value), weight: weight), .period)
        case .open(let open):
            return (
                .open(
                    open.measure, started: try moment(open.started), ended: try moment(open.ended)),
                .period
            )
        case .survival(let survival):
            return (.survival(try lifeTable(survival)), .period)
        case .transition(let transition, let entity, let amount):
            let value = amount ?? .name(NameReference("amount"))
            return (
                .transition(
                    transition, of: try typed(entity), amount: try numeric(value),
                    countsEntities: amount == nil), .period
            )
        case .lifecycle(let stage, let entity):
            return (.lifecycle(stage, of: try typed(entity)), .period)
        case .lifetime(let model):
            let value = try model.value.map { expression throws(Failure) in
                try numeric(expression)
            }
            return (
                .lifetime(
                    Tally.Lifetime(model: model, entity: try typed(model.entity), value: value)),
                .toDate(nil)
            )
        case .concentration(let few):
            let entity = try few.entity.map { expression throws(Failure) in try typed(expression) }
            return (
                .concentration(
                    try numeric(few.value), per: entity, billionths: few.billionths), .period
            )
        }
    }

    private func lifeTable(_ survival: Survival) throws(Failure) -> Tally.LifeTable {
        let duration = try numeric(survival.duration)
        switch survival.outcome {
        case .counts(let lost, let kept):
            return Tally.LifeTable(
                estimate: survival, duration: duration, lost: try numeric(lost),
                kept: try numeric(kept))
        case .ended(let condition):
            let ended = try ExpressionTyper().typedFilter(condition, in: scope)
            return Tally.LifeTable(
                estimate: survival, duration: duration, lost: ended.counted(1, otherwise: 0),
                kept: ended.counted(0, otherwise: 1))
        }
    }

    private func moment(_ expression: Expression) throws(Failure) -> TypedExpression {
        let typed = try typed(expression)
        guard typed.type == .instant || typed.type == .day else {
            throw Failure(
                .notAMoment,
                "'\(expression)' is of type \(typed.type.rawValue), not a date or an instant.",
                hint: "Pin the column's type in the source: columns: { NAME: instant }.")
        }
        return typed
    }

    private func typed(_ expression: Expression) throws(Failure) -> TypedExpression {
        try ExpressionTyper().typed(expression, in: scope)
    }

    func numeric(_ expression: Expression) throws(Failure) -> TypedExpression {
        let typed = try typed(expression)
        if typed.type == .boolean { return typed.counted(1, otherwise: 0) }
        guard typed.type.isNumeric else {
            throw Failure(
                .notANumber,
                "'\(expression)' is of type \(typed.type.rawValue), and only numbers can be added up.",
                hint:
                    "Pin the column's type in the source if it should be a number: columns: { NAME: number }."
            )
        }
        return typed
    }
}

extension Tally.Function {
    /// Whether its interval needs the sum of squares.
    var showsInterval: Bool {
        if case .average = self { true } else { false }
    }
}

extension Tally {
    /// What a row adds to it, where it is a plain sum over rows.
    var rowValue: TypedExpression? {
        let one = TypedExpression(.literal(.integer(1)), type: .integer, isNullable: false)
        switch function {
        case .rows: return one
        case .sum(let value): return value
        default: return nil
        }
    }

    /// Whether it counts things, each once.
    var isCounting: Bool {
        switch function {
        case .rows, .present, .distinct, .both, .firsts: true
        default: false
        }
    }
}

extension TypedExpression {
    /// One number where the condition holds and another where it does not or nobody knows.
    fileprivate func counted(_ number: Int64, otherwise other: Int64) -> TypedExpression {
        let (holds, fails) = (TypedExpression(integer: number), TypedExpression(integer: other))
        return TypedExpression(
            .choice([TypedBranch(condition: self, value: holds)], otherwise: fails),
            type: .integer, isNullable: false)
    }

    private init(integer: Int64) {
        self.init(.literal(.integer(integer)), type: .integer, isNullable: false)
    }

    /// The conditions that must all hold for this one to hold.
    var conjuncts: [TypedExpression] {
        if case .binary(.and, let left, let right) = node {
            left.conjuncts + right.conjuncts
        } else {
            [self]
        }
    }
}

extension Array where Element: Hashable {
    /// The elements without repetition, in order.
    func uniqued() -> [Element] {
        var seen = Set<Element>()
        return filter { seen.insert($0).inserted }
    }
}

extension Failure.Code {
    /// A source does not say when its rows happen, or its column holds no times.
    public static let noTimeColumn: Self = "question/no-time-column"
    /// Something that is no date and no instant says when rows start or end.
    public static let notAMoment: Self = "question/not-a-moment"
    /// Something that is not a number is added up.
    public static let notANumber: Self = "question/not-a-number"
}
