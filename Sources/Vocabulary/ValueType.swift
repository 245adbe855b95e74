/// The type of a column or of an expression over columns.
public enum ValueType: String, Hashable, Sendable, CaseIterable {
    /// True or false.
    case boolean
    /// A whole number.
    case integer
    /// A decimal number with a fixed number of places, exact in sums.
    case decimal
    /// A binary floating-point number.
    case number
    /// A text.
    case text
    /// A civil date.
    case day = "date"
    /// An instant.
    case instant
    /// Not known yet: the source has no data and its definition does not pin the type.
    case unknown

    /// Whether arithmetic works on values of this type.
    public var isNumeric: Bool {
        switch self {
        case .integer, .decimal, .number, .unknown: true
        case .boolean, .text, .day, .instant: false
        }
    }
}

/// What is known of a source's stored rows, without reading them.
public struct SourceFacts: Hashable, Sendable {
    /// A stored column.
    public struct Column: Hashable, Sendable {
        /// Its name in the table.
        public let name: String
        /// Its type.
        public let type: ValueType
        /// Whether it holds absent values.
        public let isNullable: Bool
        /// About how many different values it holds; nil where that is not known.
        public let distinct: Int?

        /// Describes a column.
        public init(name: String, type: ValueType, isNullable: Bool = true, distinct: Int? = nil) {
            self.name = name
            self.type = type
            self.isNullable = isNullable
            self.distinct = distinct
        }
    }

    /// The table's columns, in order; empty before the first import.
    public let columns: [Column]
    /// How many rows are stored.
    public let rows: Int
    /// Grows by one with every import that changed something.
    public let version: Int
    /// The earliest time in the source; nil without rows.
    public let first: Instant?
    /// The data is known up to here; nil without rows.
    public let watermark: Instant?

    /// Describes a source's data.
    public init(
        columns: [Column], rows: Int, version: Int, first: Instant?, watermark: Instant?
    ) {
        self.columns = columns
        self.rows = rows
        self.version = version
        self.first = first
        self.watermark = watermark
    }

    /// A source into which nothing was imported yet.
    public static let empty = SourceFacts(
        columns: [], rows: 0, version: 0, first: nil, watermark: nil)
}
