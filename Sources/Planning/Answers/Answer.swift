import Definitions
import Statistics
import Vocabulary

/// The answer to a question: a row for each period and part, a cell for each metric.
public struct Answer: Sendable {
    /// The question.
    public let question: Question
    /// The metrics, in the order of the cells.
    public let metrics: [AnswerMetric]
    /// The rows, by period and then by part.
    public let rows: [AnswerRow]
    /// What a reader must know to read the numbers rightly.
    public let notes: [AnswerNote]
    /// How each metric's numbers were made, in the order of the metrics.
    public var receipts: [Receipt]

    /// Makes an answer.
    public init(
        question: Question, metrics: [AnswerMetric], rows: [AnswerRow], notes: [AnswerNote],
        receipts: [Receipt] = []
    ) {
        self.question = question
        self.metrics = metrics
        self.rows = rows
        self.notes = notes
        self.receipts = receipts
    }
}

/// What an answer says of a metric as a whole.
public struct AnswerMetric: Hashable, Sendable {
    /// The metric's id.
    public let id: String
    /// Its name for people.
    public let title: String
    /// The unit of its values, with the currency filled in.
    public let unit: Unit
    /// Which way it should move.
    public let better: Direction
}

/// A row of an answer.
public struct AnswerRow: Sendable {
    /// The period; the whole range where the question names no grain.
    public let period: Period
    /// The part of the whole.
    public let part: Part
    /// The metrics' cells.
    public let cells: [AnswerCell]
}

/// A number of an answer, with its uncertainty.
public struct AnswerCell: Equatable, Sendable {
    /// The number and what it stands on.
    public let quantity: Quantity
    /// Its 95 % interval.
    public let interval: Interval?
    /// Whether all data of the period has arrived.
    public let isComplete: Bool
    /// How it compares; nil without a comparison.
    public let change: Change?
}

/// How a number differs from the one it is compared with.
public struct Change: Equatable, Sendable {
    /// In what a change is told; never ambiguous.
    public enum Unit: String, Sendable {
        /// Relative to the earlier value, 0.01 for one per cent.
        case percent = "%"
        /// The difference of two shares, 0.01 for one percentage point.
        case percentagePoints = "pp"
        /// The difference of two scores.
        case points
        /// The difference in the metric's own unit, where a percentage would be undefined.
        case unit
    }

    /// The earlier number; nil where it is undefined.
    public let previous: Double?
    /// The period it is of; nil where there is no counterpart.
    public let comparedWith: Period?
    /// The change; nil where it cannot be told.
    public let value: Double?
    /// In what it is told.
    public let unit: Unit
    /// Its 95 % interval.
    public let interval: Interval?
    /// Whether the change is smaller than its noise; nil where the noise is not known.
    public var isWithinNoise: Bool? { interval?.contains(0) }
}

/// Something that a reader must know.
public struct AnswerNote: Hashable, Sendable {
    /// A stable name: `answer/reason`.
    public let code: String
    /// One sentence.
    public let message: String
}

/// How a metric's numbers were made.
public struct Receipt: Hashable, Sendable {
    /// Names this receipt; equal receipts have equal names.
    public var id: String
    /// The metric.
    public let metric: String
    /// The version of its definition: a hash of its calculation and all it depends on.
    public let definition: String
    /// Its formula in words.
    public let formula: String
    /// The conditions that rows had to meet.
    public let filters: [String]
    /// The zone of civil days, and the version of its rules.
    public let zone: String, zoneRules: String
    /// The borders of the whole range.
    public let range: TimeRange
    /// The same on the time line.
    public let instants: InstantRange
    /// The data is known up to here: the earliest of the sources.
    public let watermark: Instant?
    /// The sources: name, version, rows, watermark.
    public let sources: [ReceiptSource]
    /// What is divided, and by what, over the rows of the answer's last row.
    public let numerator: Double?, denominator: Double?
    /// The value of the answer's last row.
    public let value: Double?
    /// Rows that were left out, and why; nil where they were not counted.
    public var leftOut: [LeftOut]?
    /// The statements, with their values.
    public let statements: [Statement]

    /// A source of a receipt.
    public struct ReceiptSource: Hashable, Sendable {
        /// Its name.
        public let name: String
        /// The version of its data.
        public let version: Int
        /// How many rows it has.
        public let rows: Int
        /// The data is known up to here.
        public let watermark: Instant?

        /// Names a source.
        public init(name: String, version: Int, rows: Int, watermark: Instant?) {
            self.name = name
            self.version = version
            self.rows = rows
            self.watermark = watermark
        }
    }

    /// Rows that were left out.
    public struct LeftOut: Hashable, Sendable {
        /// Why.
        public let reason: String
        /// How many.
        public let rows: Int

        /// Counts rows.
        public init(reason: String, rows: Int) {
            self.reason = reason
            self.rows = rows
        }
    }

    /// Makes a receipt.
    public init(
        id: String, metric: String, definition: String, formula: String, filters: [String],
        zone: String, zoneRules: String, range: TimeRange, instants: InstantRange,
        watermark: Instant?, sources: [ReceiptSource], numerator: Double?, denominator: Double?,
        value: Double?, leftOut: [LeftOut]?, statements: [Statement]
    ) {
        self.id = id
        self.metric = metric
        self.definition = definition
        self.formula = formula
        self.filters = filters
        self.zone = zone
        self.zoneRules = zoneRules
        self.range = range
        self.instants = instants
        self.watermark = watermark
        self.sources = sources
        self.numerator = numerator
        self.denominator = denominator
        self.value = value
        self.leftOut = leftOut
        self.statements = statements
    }
}
