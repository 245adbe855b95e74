import Definitions
import Vocabulary

/// Counts the rows of a source that a read leaves out, each for its first reason.
public struct LeftOutCensus {
    /// Why rows are left out, in the order of the statement's columns.
    public let reasons: [String]
    /// The statement that counts them.
    public let statement: Statement

    /// Prepares to count.
    public init(_ read: Read) {
        var writer = ReadWriter(read)
        let time = writer.timeName
        let start = writer.bind(writer.start)
        let end = writer.bind(writer.end)
        var reasons = ["no time", "outside the range"]
        var columns = [
            "count(*) FILTER (WHERE \(time) IS NULL)",
            "count(*) FILTER (WHERE \(time) < \(start) OR \(time) >= \(end))",
        ]
        var before = ["\(time) >= \(start)", "\(time) < \(end)"]
        for condition in read.conditions {
            let text = writer.expression(condition)
            let all = (before + ["(\(text)) IS NOT TRUE"]).joined(separator: " AND ")
            reasons.append("does not hold: \(condition.phrase)")
            columns.append("count(*) FILTER (WHERE \(all))")
            before.append(text)
        }
        self.reasons = reasons
        statement = Statement(
            "SELECT \(columns.joined(separator: ", "))\nFROM \(writer.table)",
            writer.binder.values)
    }
}

extension TypedExpression {
    /// The expression in words, for receipts and plans.
    public var phrase: String {
        switch node {
        case .column(let name): name
        case .literal(let value): TypedExpression.phrase(value)
        case .unary(.minus, let inner): "-\(inner.phrase)"
        case .unary(.not, let inner): "not (\(inner.phrase))"
        case .binary(let sign, let left, let right):
            sign == .and || sign == .or
                ? "(\(left.phrase) \(sign.rawValue) \(right.phrase))"
                : "\(left.phrase) \(sign.rawValue) \(right.phrase)"
        case .isNull(let inner, let negated): "\(inner.phrase) is \(negated ? "not " : "")null"
        case .isIn(let inner, let list, let negated):
            "\(inner.phrase) \(negated ? "not " : "")in (\(list.map(\.phrase).joined(separator: ", ")))"
        case .isBetween(let inner, let low, let high, let negated):
            "\(inner.phrase) \(negated ? "not " : "")between \(low.phrase) and \(high.phrase)"
        case .isLike(let inner, let pattern, let negated):
            "\(inner.phrase) \(negated ? "not " : "")like '\(pattern)'"
        case .call(let function, let values):
            "\(function.rawValue)(\(values.map(\.phrase).joined(separator: ", ")))"
        case .choice(let branches, let otherwise):
            "case "
                + branches.map { "when \($0.condition.phrase) then \($0.value.phrase)" }
                .joined(separator: " ") + (otherwise.map { " else \($0.phrase)" } ?? "") + " end"
        case .inSegment(let segment): "in_segment('\(segment.name)')"
        }
    }

    private static func phrase(_ value: Value) -> String {
        switch value {
        case .null: "null"
        case .boolean(let value): "\(value)"
        case .integer(let value): "\(value)"
        case .number(let value): "\(value)"
        case .text(let value): "'\(value)'"
        case .day(let value): "date '\(value)'"
        case .instant(let value): "\(value)"
        }
    }
}
