import Definitions
import TestSupport
import Vocabulary

/// Expressions of every kind, the same for a seed.
struct RandomExpressions {
    private var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    mutating func expression(depth: Int) -> Expression {
        guard depth > 0 else { return Bool.random(using: &random) ? name() : .literal(value()) }
        let inner = depth - 1
        switch Int.random(in: 0..<11, using: &random) {
        case 0: return name()
        case 1: return .literal(value())
        case 2:
            let value = expression(depth: inner)
            return .unary(Bool.random(using: &random) ? .minus : .not, value)
        case 3, 4, 5:
            let joined = BinaryOperator.allCases.randomElement(using: &random) ?? .plus
            return .binary(joined, present(depth: inner), present(depth: inner))
        case 6: return .isNull(expression(depth: inner), negated: Bool.random(using: &random))
        case 7:
            let list = (0..<3).map { _ in Expression.literal(constant()) }
            return .isIn(expression(depth: inner), list, negated: Bool.random(using: &random))
        case 8:
            return .isBetween(
                expression(depth: inner), low: expression(depth: inner),
                high: expression(depth: inner), negated: Bool.random(using: &random))
        case 9:
            return .isLike(
                expression(depth: inner), pattern: text(), negated: Bool.random(using: &random))
        default: return composed(depth: inner)
        }
    }

    private mutating func composed(depth: Int) -> Expression {
        if Bool.random(using: &random) {
            let function = ExpressionFunction.allCases.randomElement(using: &random) ?? .abs
            return .call(function, [expression(depth: depth), expression(depth: depth)])
        }
        let branches = [
            ChoiceBranch(condition: expression(depth: depth), value: expression(depth: depth))
        ]
        return .choice(branches, otherwise: Bool.random(using: &random) ? name() : nil)
    }

    /// Any expression but null, which no comparison may have.
    private mutating func present(depth: Int) -> Expression {
        let any = expression(depth: depth)
        return any == .literal(.null) ? name() : any
    }

    private mutating func name() -> Expression {
        let names = ["quantity", "unit_price", "Invoice No", "end", "date", "größe", "a\"b", "1st"]
        return .name(NameReference(names.randomElement(using: &random) ?? "a"))
    }

    private mutating func text() -> String {
        ["", "it's", "100%", "a_b", "''", "Zürich 🧭", "\"", "line\nbreak"]
            .randomElement(using: &random) ?? ""
    }

    private mutating func value() -> Value {
        Int.random(in: 0..<8, using: &random) == 0 ? .null : constant()
    }

    private mutating func constant() -> Value {
        switch Int.random(in: 0..<6, using: &random) {
        case 0: .boolean(Bool.random(using: &random))
        case 1: .integer(Int64.random(in: .min ... .max, using: &random))
        case 2: .number(Double.random(in: -1e6...1e6, using: &random))
        case 3: .day(Day(number: Int.random(in: -10_000...40_000, using: &random)))
        case 4: .instant(Instant(microseconds: Int64.random(in: 0...1 << 51, using: &random)))
        default: .text(text())
        }
    }
}
