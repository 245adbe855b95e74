import Vocabulary

extension Expression: CustomStringConvertible {
    /// The expression as a definition would write it; reading it again gives the same tree.
    public var description: String { printed(within: .loosest) }

    /// How tightly a text binds; what binds looser than its surroundings needs brackets.
    private enum Binding: Int, Comparable {
        case loosest, conjunction, denial, comparison, sum, product, sign, tightest

        static func < (left: Binding, right: Binding) -> Bool { left.rawValue < right.rawValue }
        var next: Binding { Binding(rawValue: rawValue + 1) ?? .tightest }
    }

    private var binding: Binding {
        switch self {
        case .name, .call, .choice: .tightest
        case .literal(let value): value.isNegative ? .sign : .tightest
        case .unary(.minus, _): .sign
        case .unary(.not, _): .denial
        case .isNull, .isIn, .isBetween, .isLike: .comparison
        case .binary(let joined, _, _):
            switch joined {
            case .or: .loosest
            case .and: .conjunction
            case .plus, .minus: .sum
            case .times, .divided, .modulo: .product
            default: .comparison
            }
        }
    }

    private func printed(within outer: Binding) -> String {
        binding < outer ? "(\(bare))" : bare
    }

    private var bare: String {
        switch self {
        case .name(let reference): return printedName(reference.name)
        case .literal(let value): return value.written
        case .unary(.minus, let inner):
            // A sign before a number would be read as a negative number.
            if case .literal = inner { return "-(\(inner))" }
            return "-" + inner.printed(within: .sign)
        case .unary(.not, let inner): return "not " + inner.printed(within: .denial)
        case .binary(let joined, let left, let right):
            // Comparisons do not chain, so both their sides bind tighter; all else groups left.
            let first = binding == .comparison ? Binding.sum : binding
            let second = binding == .comparison ? Binding.sum : binding.next
            return "\(left.printed(within: first)) \(joined.rawValue) "
                + right.printed(within: second)
        case .isNull(let value, let negated):
            return value.printed(within: .sum) + (negated ? " is not null" : " is null")
        case .isIn(let value, let list, let negated):
            let values = list.map(\.description).joined(separator: ", ")
            return value.printed(within: .sum) + (negated ? " not in (" : " in (") + values + ")"
        case .isBetween(let value, let low, let high, let negated):
            return value.printed(within: .sum) + (negated ? " not between " : " between ")
                + low.printed(within: .sum) + " and " + high.printed(within: .sum)
        case .isLike(let value, let pattern, let negated):
            return value.printed(within: .sum) + (negated ? " not like " : " like ")
                + Value.text(pattern).written
        case .call(let function, let arguments):
            return function.rawValue + "("
                + arguments.map(\.description).joined(separator: ", ") + ")"
        case .choice(let branches, let otherwise):
            let cases = branches.map { "when \($0.condition) then \($0.value) " }.joined()
            return "case " + cases + (otherwise.map { "else \($0) " } ?? "") + "end"
        }
    }
}

extension Arithmetic: CustomStringConvertible {
    /// The arithmetic as a definition would write it; reading it again gives the same tree, where
    /// all formulas in it have names.
    public var description: String { printed(within: 0) }

    private var binding: Int {
        switch self {
        case .binary(.plus, _, _), .binary(.minus, _, _): 0
        case .binary: 1
        case .negated: 2
        case .power: 3
        case .number, .metric, .formula, .previous, .overDays, .bounded: 4
        }
    }

    private func printed(within outer: Int) -> String {
        binding < outer ? "(\(bare))" : bare
    }

    private var bare: String {
        switch self {
        case .number(let value): printedNumber(value)
        case .metric(let reference): reference.name
        case .formula(let formula): "(\(formula))"
        case .previous(let operand, 1): "previous(\(operand))"
        case .previous(let operand, let periods): "previous(\(operand), \(periods))"
        case .overDays(let joining, let operand): "\(joining.rawValue)(\(operand))"
        case .negated(let inner): "-" + inner.printed(within: 2)
        case .bounded(let bounds, let inner): "\(bounds.rawValue)(\(inner.printed(within: 0)))"
        case .power(let base, let exponent):
            "\(base.printed(within: 4)) ^ \(exponent.printed(within: 4))"
        case .binary(let joined, let left, let right):
            "\(left.printed(within: binding)) \(joined.rawValue) "
                + right.printed(within: binding + 1)
        }
    }
}

/// A name as an expression writes it: in quotes where it would be read as something else.
func printedName(_ name: String) -> String {
    let characters = name.unicodeScalars
    let isPlain =
        characters.first.map(isNameStart) == true && characters.allSatisfy(isNamePart)
        && !ExpressionParser.reserved.contains(name.lowercased())
    guard !isPlain else { return name }
    return "\"" + name.replacing("\"", with: "\"\"") + "\""
}

/// A number without a needless fraction.
func printedNumber(_ value: Double) -> String {
    Int(exactly: value).map { abs($0) < 1 << 53 ? String($0) : "\(value)" } ?? "\(value)"
}

extension Value {
    /// The constant as an expression writes it.
    var written: String {
        switch self {
        case .null: "null"
        case .boolean(let value): value ? "true" : "false"
        case .integer(let value): "\(value)"
        case .number(let value): "\(value)"
        case .text(let value): "'" + value.replacing("'", with: "''") + "'"
        case .day(let day): "date '\(day)'"
        case .instant(let instant): "instant '\(instant)'"
        }
    }

    fileprivate var isNegative: Bool {
        switch self {
        case .integer(let value): value < 0
        case .number(let value): value.sign == .minus
        default: false
        }
    }
}
