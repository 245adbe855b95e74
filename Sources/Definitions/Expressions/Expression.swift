import Vocabulary

/// A value or a condition over the columns of a source, as a tree.
///
/// It comes from a definition's text and never goes into SQL as text: the planner gives it types
/// and renders it with every value bound.
public indirect enum Expression: Hashable, Sendable {
    /// A column or a dimension of the source.
    case name(NameReference)
    /// A constant.
    case literal(Value)
    /// A value with a sign or a denial before it.
    case unary(UnaryOperator, Expression)
    /// Two values and what joins them.
    case binary(BinaryOperator, Expression, Expression)
    /// Whether a value is absent.
    case isNull(Expression, negated: Bool)
    /// Whether a value is one of a list of constants.
    case isIn(Expression, [Expression], negated: Bool)
    /// Whether a value lies between two others, both included.
    case isBetween(Expression, low: Expression, high: Expression, negated: Bool)
    /// Whether a text matches a pattern with `%` and `_`.
    case isLike(Expression, pattern: String, negated: Bool)
    /// A function of values.
    case call(ExpressionFunction, [Expression])
    /// The first value whose condition holds.
    case choice([ChoiceBranch], otherwise: Expression?)
}

/// One `when … then …` of a choice.
public struct ChoiceBranch: Hashable, Sendable {
    /// When the branch is taken.
    public let condition: Expression
    /// What the choice is then.
    public let value: Expression

    /// Makes a branch.
    public init(condition: Expression, value: Expression) {
        self.condition = condition
        self.value = value
    }
}

/// A name in an expression, and where it stands in the expression's text.
public struct NameReference: Hashable, Sendable {
    /// The name as written.
    public let name: String
    /// How many characters stand before it in the text; two references with another offset are equal.
    public let offset: Int

    /// Names a column or dimension.
    public init(_ name: String, offset: Int = 0) {
        self.name = name
        self.offset = offset
    }

    /// Whether both mean the same name.
    public static func == (left: NameReference, right: NameReference) -> Bool {
        left.name == right.name
    }

    /// Feeds the name alone.
    public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

/// What may stand before a value.
public enum UnaryOperator: String, Hashable, Sendable {
    /// The opposite number, and the opposite truth value.
    case minus = "-", not
}

/// What may stand between two values.
public enum BinaryOperator: String, Hashable, Sendable, CaseIterable {
    /// Arithmetic; a division by zero is an absent value.
    case plus = "+", minus = "-", times = "*", divided = "/", modulo = "%"
    /// Comparison.
    case equal = "=", notEqual = "!=", less = "<", lessOrEqual = "<=", greater = ">",
        greaterOrEqual = ">="
    /// Logic.
    case and, or
}

/// The functions that expressions know.
public enum ExpressionFunction: String, Hashable, Sendable, CaseIterable {
    /// Texts.
    case lower, upper, trim, length, contains, startsWith = "starts_with", endsWith = "ends_with",
        concat, substring, splitPart = "split_part"
    /// Any values.
    case coalesce, nullif, least, greatest
    /// Numbers.
    case abs, round, floor, ceil
    /// Dates and instants, in the workspace's zone.
    case year, quarter, month, week, weekday, hour, day, dateDiffDays = "date_diff_days"
    /// The time that passes from one instant to another, in seconds with their fraction.
    case secondsBetween = "seconds_between"
    /// The seconds from one moment to another; between dates, days of 86,400 seconds.
    case timeBetween = "time_between"
    /// By how many calendar months a date lies after another.
    case monthsBetween = "months_between"
    /// The civil date of an instant.
    case date
    /// When the row happened: the time of its source.
    case time
    /// Whether the row's entity is in a segment of its source.
    case inSegment = "in_segment"
}
