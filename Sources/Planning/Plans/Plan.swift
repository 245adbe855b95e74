import Definitions
import Vocabulary

/// How a metric's cell is made of what reads return: a tree whose every node knows its unit's
/// place, whether it may be undefined, and its evidence.
public indirect enum Plan: Hashable, Sendable {
    /// A tally of rows.
    case tally(Tally)
    /// One over the other; undefined where the denominator is zero.
    case ratio(Plan, Plan, cross: Tally?, isShare: Bool)
    /// A constant.
    case number(Double)
    /// The opposite number.
    case negated(Plan)
    /// Two quantities joined by arithmetic.
    case arithmetic(BinaryOperator, Plan, Plan)
    /// A power; undefined where it is no real number.
    case power(Plan, Plan)
    /// A quantity that is undefined outside some bounds.
    case bounded(ArithmeticBounds, Plan)
    /// The values of the period's days as one number.
    case overDays(DayJoining, Plan)
    /// The value in the period before.
    case previous(Plan)
    /// What a period without rows means.
    case filled(Plan, EmptyPolicy)

    /// Whether a period that the data covers may have no value.
    public var isNullable: Bool {
        switch self {
        case .tally(let tally): tally.function.isNullableWhenEmpty
        case .ratio, .previous, .power, .bounded, .overDays: true
        case .number: false
        case .negated(let inner): inner.isNullable
        case .arithmetic(let sign, let left, let right):
            sign == .divided || left.isNullable || right.isNullable
        case .filled(let inner, let policy): policy != .zero && inner.isNullable
        }
    }

    /// All tallies of the tree.
    public var tallies: [Tally] {
        switch self {
        case .tally(let tally): [tally]
        case .ratio(let left, let right, let cross, _):
            left.tallies + right.tallies + (cross.map { [$0] } ?? [])
        case .number: []
        case .negated(let inner), .previous(let inner), .filled(let inner, _),
            .bounded(_, let inner), .overDays(_, let inner):
            inner.tallies
        case .arithmetic(_, let left, let right), .power(let left, let right):
            left.tallies + right.tallies
        }
    }
}
