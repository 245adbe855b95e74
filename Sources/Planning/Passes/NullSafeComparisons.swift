import Definitions
import Vocabulary

/// Lets `!=` and `not in` keep the rows that have no value.
///
/// SQL drops them: `country != 'DE'` would lose everybody whose country is unknown, and the parts
/// `= 'DE'` and `!= 'DE'` would not add up to the whole. A comparison between two columns keeps
/// SQL's rule.
struct NullSafeComparisons: ReadPass {
    func rewrite(_ list: inout ReadList) {
        for index in list.reads.indices {
            list.reads[index].conditions = list.reads[index].conditions.map(safe)
            switch list.reads[index].body {
            case .measures(let measures):
                list.reads[index].body = .measures(
                    measures.map { Measure($0.kind, where: $0.conditions.map(safe)) })
            case .firsts(let entity, let admitted):
                list.reads[index].body = .firsts(entity: entity, admitted: admitted.map(safe))
            case .steps, .snapshot, .lasts, .open, .transitions, .lifecycle, .durations, .purchases,
                .concentration:
                break
            }
        }
    }

    /// The condition so that rows without a value meet it where it denies a constant.
    func safe(_ condition: TypedExpression) -> TypedExpression {
        switch condition.node {
        case .binary(.and, let left, let right):
            return boolean(.binary(.and, safe(left), safe(right)), [left, right])
        case .binary(.or, let left, let right):
            return boolean(.binary(.or, safe(left), safe(right)), [left, right])
        case .binary(.notEqual, let left, let right):
            return admittingNull(condition, left, constant: right)
                ?? admittingNull(condition, right, constant: left) ?? condition
        case .isIn(let value, _, negated: true), .isLike(let value, _, negated: true),
            .isBetween(let value, _, _, negated: true):
            return value.isNullable ? or(condition, isNull: value) : condition
        case .unary(.not, let inner):
            return denied(inner)
        default: return condition
        }
    }

    /// `not (a = 'x')` is `a != 'x'`, and keeps rows without a value as that does.
    private func denied(_ inner: TypedExpression) -> TypedExpression {
        switch inner.node {
        case .binary(.equal, let left, let right):
            safe(boolean(.binary(.notEqual, left, right), [left, right]))
        case .isIn(let value, let list, let negated):
            safe(boolean(.isIn(value, list, negated: !negated), [value]))
        case .isLike(let value, let pattern, let negated):
            safe(boolean(.isLike(value, pattern: pattern, negated: !negated), [value]))
        default: boolean(.unary(.not, inner), [inner])
        }
    }

    private func admittingNull(
        _ condition: TypedExpression, _ value: TypedExpression, constant: TypedExpression
    ) -> TypedExpression? {
        guard case .literal = constant.node, value.isNullable else { return nil }
        return or(condition, isNull: value)
    }

    private func or(_ condition: TypedExpression, isNull value: TypedExpression) -> TypedExpression
    {
        let absent = TypedExpression(
            .isNull(value, negated: false), type: .boolean, isNullable: false)
        return TypedExpression(.binary(.or, condition, absent), type: .boolean, isNullable: false)
    }

    private func boolean(
        _ node: TypedExpression.Node, _ values: [TypedExpression]
    ) -> TypedExpression {
        TypedExpression(node, type: .boolean, isNullable: values.contains(where: \.isNullable))
    }
}
