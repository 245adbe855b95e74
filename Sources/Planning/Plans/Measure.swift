import Definitions
import Vocabulary

/// A number that a database makes of the rows of a group.
public struct Measure: Hashable, Sendable {
    /// What is made of the rows.
    public enum Kind: Hashable, Sendable {
        /// How many there are.
        case rows
        /// How many have a value.
        case present(TypedExpression)
        /// How many different values there are.
        case distinct(TypedExpression)
        /// The sum of the values.
        case sum(TypedExpression)
        /// The sum of their squares.
        case squares(TypedExpression)
        /// The sum of the products of two values.
        case products(TypedExpression, TypedExpression)
        /// A percentile (0 to 100), interpolated.
        case percentile(Double, TypedExpression)
        /// The sample standard deviation; of one value there is none.
        case deviation(TypedExpression)
        /// The smallest value.
        case min(TypedExpression)
        /// The largest value.
        case max(TypedExpression)
    }

    /// What is made of the rows.
    public let kind: Kind
    /// Which rows count, beside those that the whole read leaves out; all conditions must hold.
    public var conditions: [TypedExpression]

    /// Makes a measure.
    public init(_ kind: Kind, where conditions: [TypedExpression] = []) {
        self.kind = kind
        self.conditions = conditions
    }

    /// Whether a group without rows gives no value rather than zero.
    public var isNullable: Bool {
        switch kind {
        case .rows, .present, .distinct: false
        case .sum, .squares, .products, .percentile, .deviation, .min, .max: true
        }
    }

    /// The type of its value.
    public var type: ValueType {
        switch kind {
        case .rows, .present, .distinct: .integer
        case .min(let value), .max(let value): value.type
        case .sum, .squares, .products, .percentile, .deviation: .number
        }
    }

    /// Whether the numbers of two groups can be added to that of both.
    var isAdditive: Bool {
        switch kind {
        case .rows, .present, .sum, .squares, .products: true
        case .distinct, .percentile, .deviation, .min, .max: false
        }
    }
}
