import Vocabulary

extension ColumnReading {
    /// The reading as it is kept beside the source, so that later files are read the same way.
    var encoded: String {
        switch self {
        case .text: "text"
        case .integer(let isPinned): isPinned ? "integer:pinned" : "integer"
        case .number: "number"
        case .decimal(let type): "decimal:\(type)"
        case .boolean: "boolean"
        case .date(let pattern): "date:\(pattern)"
        case .local: "local"
        case .localPattern(let pattern): "local:\(pattern)"
        case .zoned: "zoned"
        case .epoch(let perSecond): "epoch:\(perSecond)"
        case .typed(let stored, _): ColumnReading(storedType: stored).encoded
        }
    }

    /// The reading that takes what this one could not: numbers for whole numbers, else text.
    func wider(isNumber: Bool) -> ColumnReading {
        switch self {
        case .integer where isNumber: .number
        case .typed("BIGINT", let file): .typed(stored: "DOUBLE", file: file)
        case .typed(_, let file): .typed(stored: "VARCHAR", file: file)
        default: .text
        }
    }

    /// Reads what ``encoded`` wrote; anything else is read as text.
    init(encoded: String) {
        let parts = encoded.split(separator: ":", maxSplits: 1).map(String.init)
        switch (parts.first, parts.count == 2 ? parts[1] : nil) {
        case ("integer", let pin): self = .integer(isPinned: pin != nil)
        case ("number", _): self = .number
        case ("decimal", let type?): self = .decimal(type)
        case ("boolean", _): self = .boolean
        case ("date", let pattern?): self = .date(pattern: pattern)
        case ("local", let pattern?): self = .localPattern(pattern)
        case ("local", nil): self = .local
        case ("zoned", _): self = .zoned
        case ("epoch", let unit?): self = .epoch(perSecond: Int(unit) ?? 1)
        default: self = .text
        }
    }

    /// How text becomes a value of a stored type where nothing more is known.
    init(storedType: String) {
        switch storedType {
        case "BOOLEAN": self = .boolean
        case "BIGINT": self = .integer(isPinned: false)
        case "DOUBLE": self = .number
        case "DATE": self = .date(pattern: "%Y-%m-%d")
        case "TIMESTAMP": self = .local
        default: self = storedType.hasPrefix("DECIMAL") ? .decimal(storedType) : .text
        }
    }

    /// How a column of a file that has types of its own is read; nil for a column of text.
    init?(fileType: String, pin: ValueType?) {
        guard fileType != "VARCHAR", !fileType.hasPrefix("ENUM") else { return nil }
        let stored =
            switch pin {
            case .text: "VARCHAR"
            case .integer: "BIGINT"
            case .decimal: Self.pinnedDecimal
            case .number: "DOUBLE"
            case .boolean: "BOOLEAN"
            case .day: "DATE"
            case .instant: "TIMESTAMP"
            case .unknown, nil: Self.storedType(fileType)
            }
        self = .typed(stored: stored, file: fileType)
    }

    private static func storedType(_ fileType: String) -> String {
        switch fileType {
        case "BOOLEAN", "DATE": fileType
        case "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER",
            "UBIGINT", "HUGEINT", "UHUGEINT":
            "BIGINT"
        case "FLOAT", "DOUBLE": "DOUBLE"
        case zonedType, "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS": "TIMESTAMP"
        default: fileType.hasPrefix("DECIMAL") ? fileType : "VARCHAR"
        }
    }
}
