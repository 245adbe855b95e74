import Definitions
import Vocabulary

/// A condition on the rows of a source.
///
/// Whoever knows the values of the columns can find out by this statement which of them, or which
/// of several together, meet it, without reading the rows.
public struct RowCondition: Hashable, Sendable {
    /// The stored columns that it looks at, sorted; none where it is the same for every row.
    public let columns: [String]
    /// The condition as SQL that is never absent.
    public let statement: Statement
}

/// Why a behavioural question needs the rows themselves.
public struct NotIndexable: Error, Hashable, Sendable {
    /// The reason, as a phrase.
    public let reason: String

    /// Names a reason.
    public init(_ reason: String) { self.reason = reason }
}

/// What histories of people must tell to answer a question.
public protocol HistoryShape: Sendable {
    /// The column of whoever does something.
    var entity: String { get }
    /// The column of times.
    var time: String { get }
}

/// What a question looks at, as far as it is conditions on columns.
struct RowConditionReading {
    let input: BehaviourInput
    /// Why it cannot be said that way.
    private(set) var obstacle: NotIndexable?
    private let blank: BehaviourText

    init(_ input: BehaviourInput) {
        self.input = input
        blank = BehaviourText(input, nil)
    }

    mutating func refuse(_ reason: String) { obstacle = obstacle ?? NotIndexable(reason) }

    /// The stored column that an expression is.
    mutating func column(
        _ expression: Expression, at path: String, _ what: String
    ) throws(Failure) -> String {
        let typed = try blank.typed(expression, at: path)
        if case .column(let name) = typed.node { return name }
        refuse("\(what) is worked out from columns")
        return ""
    }

    /// The stored column by which an answer is split; nil where it is not.
    mutating func dimension(_ name: String?) throws(Failure) -> String? {
        guard let name else { return nil }
        return try column(.name(NameReference(name)), at: "", "'\(name)'")
    }

    /// The conditions that a filter is.
    mutating func conditions(
        _ filter: Expression?, at path: String
    ) throws(Failure) -> [RowCondition] {
        guard let filter else { return [] }
        let typed = try TypingScope(scope: input.scope)
            .conditions(filter, at: input.origin.place(of: path))
        return typed.map { condition($0) }
    }

    /// The conditions that a selection is.
    mutating func conditions(
        _ rows: RowSelection, at path: String
    ) throws(Failure) -> [RowCondition] {
        var all = try conditions(rows.filter, at: path + ".where")
        if !rows.events.isEmpty {
            do {
                all.append(condition(try TypingScope(scope: input.scope).events(rows.events)))
            } catch {
                throw error.located(at: input.origin.place(of: path))
            }
        }
        return all
    }

    private mutating func condition(_ typed: TypedExpression) -> RowCondition {
        if typed.asksForSegment { refuse("a condition asks who is in a segment") }
        var text = blank
        let sql = "coalesce(\(text.expression(NullSafeComparisons().safe(typed))), FALSE)"
        return RowCondition(columns: typed.columns.sorted(), statement: text.statement(sql))
    }
}

extension TypedExpression {
    /// The stored columns that it looks at.
    var columns: Set<String> {
        switch node {
        case .column(let name): [name]
        case .literal: []
        case .unary(_, let value), .isNull(let value, _), .isLike(let value, _, _): value.columns
        case .binary(_, let left, let right): left.columns.union(right.columns)
        case .isIn(let value, let list, _):
            list.reduce(into: value.columns) { $0.formUnion($1.columns) }
        case .isBetween(let value, let low, let high, _):
            value.columns.union(low.columns).union(high.columns)
        case .call(let function, let values):
            values.reduce(into: function == .time ? ["time"] : []) { $0.formUnion($1.columns) }
        case .choice(let branches, let otherwise):
            branches.reduce(into: otherwise?.columns ?? []) {
                $0.formUnion($1.condition.columns)
                $0.formUnion($1.value.columns)
            }
        case .inSegment(let segment): segment.member.columns
        }
    }
}
