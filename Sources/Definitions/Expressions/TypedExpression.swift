import Vocabulary

/// An expression whose names are resolved to stored columns and whose every node has a type.
public struct TypedExpression: Hashable, Sendable {
    /// What a node is; children are typed as well.
    public indirect enum Node: Hashable, Sendable {
        /// A stored column, by its name in the table.
        case column(String)
        /// A constant.
        case literal(Value)
        /// A sign or a denial.
        case unary(UnaryOperator, TypedExpression)
        /// Two values and what joins them.
        case binary(BinaryOperator, TypedExpression, TypedExpression)
        /// Whether a value is absent.
        case isNull(TypedExpression, negated: Bool)
        /// Whether a value is one of a list.
        case isIn(TypedExpression, [TypedExpression], negated: Bool)
        /// Whether a value lies between two others.
        case isBetween(TypedExpression, low: TypedExpression, high: TypedExpression, negated: Bool)
        /// Whether a text matches a pattern.
        case isLike(TypedExpression, pattern: String, negated: Bool)
        /// A function of values.
        case call(ExpressionFunction, [TypedExpression])
        /// The first value whose condition holds.
        case choice([TypedBranch], otherwise: TypedExpression?)
        /// Whether the row's entity is in a segment.
        case inSegment(TypedSegment)
    }

    /// What the node is.
    public let node: Node
    /// The type of its value.
    public let type: ValueType
    /// Whether its value may be absent.
    public let isNullable: Bool

    /// Makes a typed node.
    public init(_ node: Node, type: ValueType, isNullable: Bool) {
        self.node = node
        self.type = type
        self.isNullable = isNullable
    }
}

/// One `when … then …` of a typed choice.
public struct TypedBranch: Hashable, Sendable {
    /// When the branch is taken.
    public let condition: TypedExpression
    /// What the choice is then.
    public let value: TypedExpression

    /// Makes a branch.
    public init(condition: TypedExpression, value: TypedExpression) {
        self.condition = condition
        self.value = value
    }
}
