import Definitions
import Vocabulary

/// What writes expressions into a statement.
protocol ExpressionWriting {
    /// The values of the statement so far.
    var binder: ValueBinder { get set }
    /// The local clock of instants.
    var local: LocalTime { get }
}

/// Expressions: names quoted, values bound, divisions safe.
extension ExpressionWriting {
    mutating func bind(_ value: Value) -> String { binder.bind(value) }

    mutating func expression(_ expression: TypedExpression) -> String {
        switch expression.node {
        case .column(let name): return quotedName(name)
        case .literal(.null): return "NULL"
        case .literal(.boolean(let value)): return value ? "TRUE" : "FALSE"
        case .literal(.integer(let value)): return value >= 0 ? String(value) : "(\(value))"
        case .literal(let value): return bind(value)
        case .unary(.minus, let value): return "(-\(self.expression(value)))"
        case .unary(.not, let value): return "(NOT \(self.expression(value)))"
        case .binary(let sign, let left, let right): return binary(sign, left, right)
        case .isNull(let value, let negated):
            return "(\(self.expression(value)) IS \(negated ? "NOT " : "")NULL)"
        case .isIn(let value, let list, let negated):
            let others = list.map { self.expression($0) }.joined(separator: ", ")
            let isDayList = list.contains { $0.type == .day }
            let tested = comparable(value, with: isDayList ? .day : value.type)
            return "(\(tested) \(negated ? "NOT " : "")IN (\(others)))"
        case .isBetween(let value, let low, let high, let negated):
            let kind: ValueType = low.type == .day || high.type == .day ? .day : value.type
            let text = "\(comparable(value, with: kind)) BETWEEN \(comparable(low, with: kind))"
            return "(\(negated ? "NOT " : "")(\(text) AND \(comparable(high, with: kind))))"
        case .isLike(let value, let pattern, let negated):
            let place = bind(.text(pattern))
            return "(\(self.expression(value)) \(negated ? "NOT " : "")LIKE \(place))"
        case .call(let function, let values): return call(function, values)
        case .choice(let branches, let otherwise):
            var text = "CASE"
            for branch in branches {
                text +=
                    " WHEN \(self.expression(branch.condition)) THEN \(self.expression(branch.value))"
            }
            if let otherwise { text += " ELSE \(self.expression(otherwise))" }
            return "(\(text) END)"
        case .inSegment(let segment): return membership(segment)
        }
    }

    private mutating func binary(
        _ sign: BinaryOperator, _ left: TypedExpression, _ right: TypedExpression
    ) -> String {
        switch sign {
        case .divided:
            return "(CAST(\(expression(left)) AS DOUBLE) / nullif(\(expression(right)), 0))"
        case .modulo: return "(\(expression(left)) % nullif(\(expression(right)), 0))"
        case .plus, .minus, .times:
            return "(\(expression(left)) \(sign.rawValue) \(expression(right)))"
        case .and, .or:
            return "(\(expression(left)) \(sign.rawValue.uppercased()) \(expression(right)))"
        case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
            let kind: ValueType =
                left.type == .day || right.type == .day ? .day : left.type
            let mark = sign == .notEqual ? "<>" : sign.rawValue
            return "(\(comparable(left, with: kind)) \(mark) \(comparable(right, with: kind)))"
        }
    }

    /// An instant beside a day becomes the day on which it is.
    private mutating func comparable(_ value: TypedExpression, with type: ValueType) -> String {
        let text = expression(value)
        guard type == .day, value.type == .instant else { return text }
        return local.date(instant: text, binder: &binder)
    }

    private mutating func call(
        _ function: ExpressionFunction, _ values: [TypedExpression]
    ) -> String {
        switch function {
        case .year, .quarter, .month, .week, .weekday, .day:
            let part = function == .weekday ? "isodow" : function.rawValue
            return "CAST(\(part)(\(date(values[0]))) AS INTEGER)"
        case .hour:
            return
                "CAST(hour(\(local.clock(instant: expression(values[0]), binder: &binder))) AS INTEGER)"
        case .dateDiffDays: return "CAST(\(date(values[1])) - \(date(values[0])) AS INTEGER)"
        case .secondsBetween:
            let (start, end) = (expression(values[0]), expression(values[1]))
            return "((epoch_us(\(end)) - epoch_us(\(start))) / 1000000.0)"
        case .timeBetween: return elapsed(from: values[0], to: values[1])
        case .monthsBetween:
            let (start, end) = (date(values[0]), date(values[1]))
            return "CAST((year(\(end)) - year(\(start))) * 12 + month(\(end)) - month(\(start)) "
                + "AS INTEGER)"
        case .date: return date(values[0])
        default: break
        }
        let texts = values.map { expression($0) }
        let name =
            switch function {
            case .length: "length"
            case .endsWith: "suffix"
            case .startsWith: "starts_with"
            case .ceil: "ceil"
            default: function.rawValue
            }
        if function == .concat {
            return "(" + texts.map { "CAST(\($0) AS VARCHAR)" }.joined(separator: " || ") + ")"
        }
        let call = "\(name)(\(texts.joined(separator: ", ")))"
        // DuckDB gives an empty text for a part that there is not.
        return function == .splitPart ? "nullif(\(call), '')" : call
    }

    /// Seconds; where one of both is a date, those of whole days.
    private mutating func elapsed(
        from start: TypedExpression, to end: TypedExpression
    ) -> String {
        guard start.type == .instant, end.type == .instant else {
            return "(CAST(\(date(end)) - \(date(start)) AS DOUBLE) * 86400.0)"
        }
        return "((epoch_us(\(expression(end))) - epoch_us(\(expression(start)))) / 1000000.0)"
    }

    private mutating func date(_ value: TypedExpression) -> String {
        let text = expression(value)
        return value.type == .instant ? local.date(instant: text, binder: &binder) : text
    }
}
