import Vocabulary

/// The types of operators and choices.
extension ExpressionTyping {
    mutating func unary(
        _ sign: UnaryOperator, _ inner: Expression
    ) throws(Failure) -> TypedExpression {
        let value = try type(inner)
        switch sign {
        case .minus: try requireNumeric(value, "'-'", near: inner)
        case .not: try require(value, .boolean, "not", near: inner)
        }
        return TypedExpression(
            .unary(sign, value), type: sign == .not ? .boolean : value.type,
            isNullable: value.isNullable)
    }

    mutating func binary(
        _ joined: BinaryOperator, _ left: Expression, _ right: Expression, whole: Expression
    ) throws(Failure) -> TypedExpression {
        var first = try type(left)
        var second = try type(right)
        let isNullable = first.isNullable || second.isNullable
        switch joined {
        case .plus, .minus, .times, .divided, .modulo:
            try requireNumeric(first, "'\(joined.rawValue)'", near: left)
            try requireNumeric(second, "'\(joined.rawValue)'", near: right)
            let divides = joined == .divided || joined == .modulo
            let result = ValueType.arithmetic(first.type, second.type)
            return TypedExpression(
                .binary(joined, first, second), type: joined == .divided ? .number : result,
                isNullable: isNullable || (divides && !second.isNonzeroConstant))
        case .and, .or:
            try require(first, .boolean, joined.rawValue, near: left)
            try require(second, .boolean, joined.rawValue, near: right)
        case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
            (first, second) = try alike(first, second, near: whole)
        }
        return TypedExpression(
            .binary(joined, first, second), type: .boolean, isNullable: isNullable)
    }

    mutating func membership(
        _ value: Expression, _ list: [Expression], negated: Bool
    ) throws(Failure) -> TypedExpression {
        let typed = try type(value)
        var constants: [TypedExpression] = []
        for item in list {
            let constant = try type(item)
            constants.append(try alike(typed, constant, near: value).1)
        }
        return TypedExpression(
            .isIn(typed, constants, negated: negated), type: .boolean, isNullable: typed.isNullable)
    }

    mutating func range(
        _ value: Expression, _ low: Expression, _ high: Expression, negated: Bool
    ) throws(Failure) -> TypedExpression {
        let typed = try type(value)
        let first = try alike(typed, try type(low), near: value).1
        let last = try alike(typed, try type(high), near: value).1
        return TypedExpression(
            .isBetween(typed, low: first, high: last, negated: negated), type: .boolean,
            isNullable: typed.isNullable || first.isNullable || last.isNullable)
    }

    mutating func choice(
        _ branches: [ChoiceBranch], otherwise: Expression?
    ) throws(Failure) -> TypedExpression {
        var conditions: [TypedExpression] = []
        var values: [Expression] = []
        for branch in branches {
            let condition = try type(branch.condition)
            try require(condition, .boolean, "when", near: branch.condition)
            conditions.append(condition)
            values.append(branch.value)
        }
        if let otherwise { values.append(otherwise) }
        let (typed, common) = try common(values, "a choice")
        return TypedExpression(
            .choice(
                zip(conditions, typed).map(TypedBranch.init),
                otherwise: otherwise == nil ? nil : typed.last),
            type: common, isNullable: otherwise == nil || typed.contains(where: \.isNullable))
    }

    /// Values of one type: numbers of any kind mix, texts in ISO form become dates beside dates.
    mutating func common(
        _ expressions: [Expression], _ what: String
    ) throws(Failure) -> ([TypedExpression], ValueType) {
        var values: [TypedExpression] = []
        for expression in expressions { values.append(try type(expression)) }
        let written = zip(values, expressions).filter { $0.0.type != .unknown }
        guard let lead = (written.first { $0.0.constantText == nil } ?? written.first)?.0 else {
            return (values, .unknown)
        }
        var common = lead.type
        for (index, expression) in expressions.enumerated() {
            values[index] = try coerced(values[index], to: lead.type, near: expression)
            let type = values[index].type
            if type == common || type == .unknown { continue }
            guard type.isNumeric, common.isNumeric else {
                throw failure(
                    .expressionTypeClash,
                    "The values of \(what) are of one type; '\(expression)' is \(type.phrase), "
                        + "another is \(common.phrase).", near: expression)
            }
            common = .arithmetic(common, type)
        }
        return (values, common)
    }

    /// Two values that can be compared, a text in ISO form made a date where the other is one.
    func alike(
        _ left: TypedExpression, _ right: TypedExpression, near expression: Expression
    ) throws(Failure) -> (TypedExpression, TypedExpression) {
        let first = try coerced(left, to: right.type, near: expression)
        let second = try coerced(right, to: left.type, near: expression)
        guard first.type.compares(with: second.type) else {
            throw failure(
                .expressionTypeClash,
                "\(first.type.phrase.capitalizedFirst) is compared with \(second.type.phrase) "
                    + "in '\(shortened(expression.description, to: 60))'.", near: expression,
                hint: comparisonHint(first.type, second.type))
        }
        return (first, second)
    }

    private func comparisonHint(_ first: ValueType, _ second: ValueType) -> String? {
        let types = [first, second]
        if types.contains(.boolean) { return "a column of true and false needs no comparison" }
        let isTime = types.contains(.day) || types.contains(.instant)
        guard types.contains(.text) else { return nil }
        return isTime
            ? "pin the column's type in the source: columns: { name: date }"
            : "texts stand in single quotes, numbers do not"
    }

    /// A constant text as a date or instant, where one is wanted.
    private func coerced(
        _ value: TypedExpression, to type: ValueType, near expression: Expression
    ) throws(Failure) -> TypedExpression {
        guard type == .day || type == .instant, let text = value.constantText else { return value }
        if let day = Day(iso: text) {
            return TypedExpression(.literal(.day(day)), type: .day, isNullable: false)
        }
        if type == .instant, let instant = Instant(iso: text) {
            return TypedExpression(.literal(.instant(instant)), type: .instant, isNullable: false)
        }
        throw failure(
            .expressionBadDate,
            "'\(shortened(text))' stands where \(type.phrase) is needed.", near: expression,
            hint: "write dates as '2026-01-31'")
    }

    func require(
        _ value: TypedExpression, _ type: ValueType, _ what: String, near expression: Expression
    ) throws(Failure) {
        guard value.type != type, value.type != .unknown else { return }
        throw failure(
            .expressionTypeClash,
            "\(what) works on \(type.phrase); '\(shortened(expression.description, to: 60))' is "
                + "\(value.type.phrase).", near: expression,
            hint: type == .boolean ? "compare it with something, as in quantity > 0" : nil)
    }

    func requireNumeric(
        _ value: TypedExpression, _ what: String, near expression: Expression
    ) throws(Failure) {
        guard !value.type.isNumeric else { return }
        let isTime = value.type == .day || value.type == .instant
        let hint = value.type == .text ? "texts are joined with concat(…)" : nil
        throw failure(
            .expressionTypeClash,
            "\(what) works on numbers; '\(shortened(expression.description, to: 60))' is "
                + "\(value.type.phrase).", near: expression,
            hint: isTime ? "days between dates are date_diff_days(from, to)" : hint)
    }
}

extension TypedExpression {
    /// The text, if this is a constant text.
    var constantText: String? {
        if case .literal(.text(let text)) = node { text } else { nil }
    }

    fileprivate var isNonzeroConstant: Bool {
        switch node {
        case .literal(.integer(let value)): value != 0
        case .literal(.number(let value)): value != 0
        default: false
        }
    }
}

extension Value {
    /// The type of the constant; null has none.
    public var type: ValueType {
        switch self {
        case .null: .unknown
        case .boolean: .boolean
        case .integer: .integer
        case .number: .number
        case .text: .text
        case .day: .day
        case .instant: .instant
        }
    }
}

extension ValueType {
    /// The type of a sum, difference or product.
    static func arithmetic(_ left: ValueType, _ right: ValueType) -> ValueType {
        if left == .unknown || right == .unknown { return .number }
        if left == .number || right == .number { return .number }
        return left == .decimal || right == .decimal ? .decimal : .integer
    }

    func compares(with other: ValueType) -> Bool {
        let areTimes = [self, other].allSatisfy { $0 == .day || $0 == .instant }
        return self == other || self == .unknown || other == .unknown || areTimes
            || (isNumeric && other.isNumeric)
    }

    /// The type in a sentence.
    var phrase: String {
        switch self {
        case .boolean: "true or false"
        case .integer: "a whole number"
        case .decimal: "a decimal number"
        case .number: "a number"
        case .text: "a text"
        case .day: "a date"
        case .instant: "an instant"
        case .unknown: "of an unknown type"
        }
    }
}

extension String {
    /// The text as the beginning of a sentence.
    var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}

extension Failure.Code {
    /// Values of types that do not fit each other are joined.
    public static let expressionTypeClash: Self = "expression/type-clash"
}
