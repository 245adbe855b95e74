import Definitions
import Vocabulary

/// A formula's primitive over one source, resolved and typed: what a read must count.
public struct Tally: Hashable, Sendable {
    /// What is counted.
    public enum Function: Hashable, Sendable {
        /// Rows; rows with a value; different values.
        case rows
        /// Rows that have a value.
        case present(TypedExpression)
        /// Different values.
        case distinct(TypedExpression)
        /// Different values with a row of each of two kinds.
        case both(TypedExpression, having: TypedExpression, and: TypedExpression)
        /// Entities whose first row ever lies in the period.
        case firsts(TypedExpression)
        /// The sum of the values.
        case sum(TypedExpression)
        /// Their mean.
        case average(TypedExpression)
        /// A percentile.
        case percentile(Double, TypedExpression)
        /// The smallest value.
        case min(TypedExpression)
        /// The largest value.
        case max(TypedExpression)
        /// The value at the period's end, per entity or per snapshot.
        case stock(TypedExpression, per: TypedExpression?)
        /// The sum of the products of two values, for the interval of a ratio.
        case products(TypedExpression, TypedExpression)
        /// The sample standard deviation.
        case deviation(TypedExpression)
        /// The net promoter score of answers from 0 to 10.
        case promoters(TypedExpression, weight: TypedExpression?)
        /// The rows that are open at the period's end.
        case open(OpenRows.Measure, started: TypedExpression, ended: TypedExpression)
        /// An estimate of how long those who began stay.
        case survival(Tally.LifeTable)
        /// How entities' running sums moved: the sum of the moves, or how many entities moved.
        case transition(
            Transition, of: TypedExpression, amount: TypedExpression, countsEntities: Bool)
        /// How entities' activity changed.
        case lifecycle(LifecycleStage, of: TypedExpression)
        /// What a model of purchases expects.
        case lifetime(Tally.Lifetime)
        /// How much of the total few have, in billionths of all.
        case concentration(TypedExpression, per: TypedExpression?, billionths: Int64)

        /// Whether a period without rows has no value, unless the metric says otherwise.
        var isNullableWhenEmpty: Bool {
            switch self {
            case .rows, .present, .distinct, .both, .firsts, .sum, .products, .open(.count, _, _),
                .transition, .lifecycle:
                false
            case .average, .percentile, .min, .max, .stock, .deviation, .promoters, .open,
                .survival, .lifetime, .concentration:
                true
            }
        }

        /// Whether a read tells of everything up to the end of one stretch, so that each stretch
        /// needs a read of its own.
        var isOfHistories: Bool {
            if case .lifetime = self { true } else { false }
        }

        /// Whether the tallies of days add up to that of a longer stretch.
        var addsUpOverDays: Bool {
            switch self {
            case .rows, .present, .firsts, .sum, .average, .products, .min, .max, .promoters: true
            case .distinct, .both, .percentile, .stock, .deviation, .open, .survival, .transition,
                .lifecycle, .lifetime, .concentration:
                false
            }
        }
    }

    /// How long groups were observed and what became of them, typed; a row that stands for one
    /// customer is a group of one.
    public struct LifeTable: Hashable, Sendable {
        /// What is told.
        public let estimate: Survival
        /// How long the group was observed, or the number of the renewal.
        public let duration: TypedExpression
        /// How many of it ended then.
        public let lost: TypedExpression
        /// How many of it were last seen alive then.
        public let kept: TypedExpression
    }

    /// A model of purchases with its typed operands.
    public struct Lifetime: Hashable, Sendable {
        /// The model, and what is told of it.
        public let model: LifetimeModel
        /// Who buys.
        public let entity: TypedExpression
        /// What a purchase is worth.
        public let value: TypedExpression?
    }

    /// Over which time rows count for a period.
    public enum Reach: Hashable, Sendable {
        /// The period itself.
        case period
        /// A span that ends with the period.
        case window(Span)
        /// From the start of the unit in which the period lies; nil from the beginning.
        case toDate(Grain?)
    }

    /// The source.
    public let source: String
    /// When its rows happen.
    public let time: TimeAxis
    /// What is counted.
    public let function: Function
    /// Which rows count; all conditions must hold.
    public let conditions: [TypedExpression]
    /// Conditions of the question rather than of the metric; they hold for the first row ever too.
    public let questionConditions: [TypedExpression]
    /// Over which time.
    public var reach: Reach
    /// Whether squares are needed, for an interval or for the noise of a change.
    public var needsSquares: Bool
}
