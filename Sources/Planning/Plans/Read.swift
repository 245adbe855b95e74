import Definitions
import Vocabulary

/// One statement's worth of work: the rows of one source, what is kept of them, and what is made
/// of them per period and part.
public struct Read: Hashable, Sendable {
    /// What is made of the rows.
    public enum Body: Hashable, Sendable {
        /// Measures of the rows of each period.
        case measures([Measure])
        /// How many entities have their first row ever in the period; rows before the first
        /// stretch are read as well, and `admitted` must hold for the first row.
        case firsts(entity: TypedExpression, admitted: [TypedExpression])
        /// On how many days an entity starts and stops to count: changes per civil day.
        case steps(entity: TypedExpression, reach: Reach)
        /// The sum over the rows of the last instant in the period.
        case snapshot(TypedExpression)
        /// The sum over each entity's last row up to the period's end.
        case lasts(TypedExpression, entity: TypedExpression)
        /// The rows that have started but not ended when the stretch ends.
        case open(OpenRows.Measure, started: TypedExpression, ended: TypedExpression)
        /// How entities' running sums move from one stretch to the next; rows before the first
        /// stretch are read as well.
        case transitions(entity: TypedExpression, amount: TypedExpression)
        /// How entities' activity changes from one stretch to the next.
        case lifecycle(entity: TypedExpression)
        /// How long each group of rows was observed, how many of it ended then and how many were
        /// kept, and how often such a group occurs.
        case durations(TypedExpression, lost: TypedExpression, kept: TypedExpression)
        /// Each history of purchases that occurs, and how many entities have it; days without
        /// time of day, or steps of so many days.
        case purchases(entity: TypedExpression, value: TypedExpression?, stepDays: Int?)
        /// What the largest values have of all, and how many values there are; the largest are
        /// so many billionths of them, rounded up.
        case concentration(TypedExpression, entity: TypedExpression?, billionths: Int64)
    }

    /// How long a day of activity counts.
    public enum Reach: Hashable, Sendable {
        /// So many days, the day itself included.
        case days(Int)
        /// To the end of the civil unit: the first days of the units, in order.
        case units([Day])
        /// For ever.
        case always
    }

    /// The source's name, which is also its table's.
    public let source: String
    /// When rows happen.
    public let time: TimeAxis
    /// The stretches of time.
    public var bucketing: Bucketing
    /// Which rows count; all conditions must hold.
    public var conditions: [TypedExpression]
    /// What splits the rows, in the order of the question.
    public let parts: [PartKey]
    /// What is made of the rows.
    public var body: Body

    /// The columns of its result: the bucket, then the parts, then the numbers.
    public var columns: [ReadColumn] {
        var columns = [ReadColumn(name: "period", type: .integer, isNullable: false)]
        for index in parts.indices {
            columns.append(ReadColumn(name: "part\(index + 1)", type: .text, isNullable: true))
            columns.append(ReadColumn(name: "rest\(index + 1)", type: .boolean, isNullable: false))
        }
        switch body {
        case .measures(let measures):
            for (index, measure) in measures.enumerated() {
                columns.append(
                    ReadColumn(
                        name: "m\(index + 1)", type: measure.type, isNullable: measure.isNullable))
            }
        case .firsts, .steps:
            columns.append(ReadColumn(name: "m1", type: .integer, isNullable: false))
        case .open, .concentration:
            columns.append(ReadColumn(name: "m1", type: .number, isNullable: true))
            columns.append(ReadColumn(name: "m2", type: .integer, isNullable: false))
        case .transitions:
            columns += Read.names(10).map {
                ReadColumn(name: $0, type: .number, isNullable: false)
            }
        case .lifecycle:
            columns += Read.names(4).map {
                ReadColumn(name: $0, type: .integer, isNullable: false)
            }
        case .durations:
            columns += Read.names(4).map {
                ReadColumn(name: $0, type: .number, isNullable: false)
            }
        case .purchases:
            columns += Read.names(5).map {
                ReadColumn(name: $0, type: .number, isNullable: $0 == "m4")
            }
        case .snapshot, .lasts:
            if case .lasts = body {
                columns.append(ReadColumn(name: "until", type: .integer, isNullable: true))
            }
            columns.append(ReadColumn(name: "m1", type: .number, isNullable: true))
            columns.append(ReadColumn(name: "m2", type: .integer, isNullable: false))
        }
        return columns
    }
}

extension Read {
    private static func names(_ count: Int) -> [String] { (1...count).map { "m\($0)" } }

    /// Whether groups have several rows each, which are looked at one by one.
    var givesObservations: Bool {
        switch body {
        case .durations, .purchases: true
        default: false
        }
    }
}

/// A column of a read's result.
public struct ReadColumn: Hashable, Sendable {
    /// Its name in the statement.
    public let name: String
    /// Its type.
    public let type: ValueType
    /// Whether it may be absent.
    public let isNullable: Bool
}

/// When the rows of a source happen.
public struct TimeAxis: Hashable, Sendable {
    /// The column; nil for a source without time, all of whose rows lie at the range's start.
    public let column: String?
    /// Whether the source knows only days.
    public let isDay: Bool
    /// The zone of civil days.
    public let zone: Zone

    /// Names a time column.
    public init(column: String?, isDay: Bool, zone: Zone) {
        self.column = column
        self.isDay = isDay
        self.zone = zone
    }
}

/// What splits the rows of a read.
public struct PartKey: Hashable, Sendable {
    /// The dimension's name.
    public let dimension: String
    /// Its value for a row.
    public let value: TypedExpression
    /// The values that are shown; all others are the rest. Nil shows every value.
    public var kept: [Value]?

    /// Makes a key.
    public init(dimension: String, value: TypedExpression, kept: [Value]? = nil) {
        self.dimension = dimension
        self.value = value
        self.kept = kept
    }
}
