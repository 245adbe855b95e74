import Engines
import Vocabulary

/// How the text of a column becomes a stored value: the heart of an import.
///
/// DuckDB's own casts are generous: to them `5.5` is the whole number 6, `007` is 7, and the `+02`
/// of a timestamp is nothing. So a reading has two parts: SQL that parses, and SQL that says whether
/// the parsed value is what was written. A row where it is not is refused, never bent.
enum ColumnReading: Hashable, Sendable {
    case text
    /// Whole numbers; written plainly, unless somebody pinned the column.
    case integer(isPinned: Bool)
    case number
    /// Numbers of a fixed number of places, exact in sums; DuckDB's name of the type.
    case decimal(String)
    case boolean
    case date(pattern: String)
    /// Local times in ISO 8601.
    case local
    /// Local times in a pattern.
    case localPattern(String)
    /// Times with an offset, in ISO 8601.
    case zoned
    /// Seconds since 1970, or a fraction of a second.
    case epoch(perSecond: Int)
    /// Values that the file holds in a type of its own, as Parquet does.
    case typed(stored: String, file: String)

    /// The type of a column that is pinned as decimal: six places, below a million million.
    static let pinnedDecimal = "DECIMAL(18,6)"

    /// DuckDB's type of the stored column.
    var storedType: String {
        switch self {
        case .text: "VARCHAR"
        case .integer: "BIGINT"
        case .number: "DOUBLE"
        case .decimal(let type): type
        case .boolean: "BOOLEAN"
        case .date: "DATE"
        case .local, .localPattern, .zoned, .epoch: "TIMESTAMP"
        case .typed(let stored, _): stored
        }
    }

    /// Whether a zone is needed to know which instant is meant.
    var isLocal: Bool {
        switch self {
        case .local, .localPattern: true
        case .typed("TIMESTAMP", let file): file != Self.zonedType
        default: false
        }
    }

    /// SQL that parses the text in column `text`, null where it cannot.
    func parse(_ text: String, decimal: Character) -> String {
        switch self {
        case .text: text
        case .integer: "try_cast(\(text) as bigint)"
        case .number: "try_cast(\(Self.pointed(text, decimal)) as double)"
        case .decimal(let type): "try_cast(\(Self.pointed(text, decimal)) as \(type))"
        case .boolean:
            """
            case lower(trim(\(text))) when 'true' then true when 'false' then false \
            when 't' then true when 'f' then false when 'yes' then true when 'no' then false \
            when '1' then true when '0' then false end
            """
        case .date(let pattern):
            "cast(try_strptime(\(text), \(quotedText(pattern))) as date)"
        case .local: "try_cast(\(text) as timestamp)"
        case .localPattern(let pattern): "try_strptime(\(text), \(quotedText(pattern)))"
        case .zoned: "try_cast(\(text) as timestamptz)"
        case .epoch: "try_cast(\(text) as decimal(20,6))"
        case .typed("TIMESTAMP", Self.zonedType): "make_timestamp(epoch_us(\(text)))"
        case .typed(let stored, _): "try_cast(\(text) as \(stored))"
        }
    }

    /// SQL that is true where the parsed value is what the text says; both are known.
    func holds(parsed: String, text: String) -> String {
        switch self {
        case .text, .boolean, .decimal: "true"
        case .integer(let isPinned):
            "(cast(\(parsed) as varchar) = \(text) or "
                + (isPinned
                    ? "regexp_full_match(trim(\(text)), '[+-]?[0-9]+'))"
                    : "cast(\(parsed) as varchar) = trim(\(text)))")
        case .number: "isfinite(\(parsed))"
        case .date: Self.inPattern(parsed, text, type: "date")
        case .local:
            "(isfinite(\(parsed)) and (\(text) like '____-__-_____:__:__' "
                + "or regexp_full_match(\(text), \(quotedText(Self.isoLocal)))))"
        case .localPattern: Self.inPattern(parsed, text, type: "timestamp")
        case .zoned: "regexp_full_match(\(text), \(quotedText(Self.isoZoned)))"
        case .typed("BIGINT", let file):
            ["DOUBLE", "FLOAT"].contains(file) || file.hasPrefix("DECIMAL")
                ? "\(parsed) = \(text)" : "true"
        case .typed("DOUBLE", _), .typed("DATE", _), .typed("TIMESTAMP", _):
            "isfinite(\(parsed))"
        case .typed: "true"
        case .epoch(let perSecond):
            "\(parsed) between \(-62_135_596_800 * perSecond) and \(253_402_300_799 * perSecond)"
        }
    }

    /// SQL of the value to store, from the parsed one and, for local times, the code of the offset.
    func value(parsed: String, code: String) -> String {
        switch self {
        case .text, .integer, .number, .decimal, .boolean, .date: parsed
        case .local, .localPattern: ZoneOffsets.utc(parsed, code: code)
        case .typed: isLocal ? ZoneOffsets.utc(parsed, code: code) : parsed
        case .zoned: "make_timestamp(epoch_us(\(parsed)))"
        case .epoch(let perSecond):
            "make_timestamp(cast(\(parsed) * \(1_000_000 / perSecond) as bigint))"
        }
    }

    static let zonedType = "TIMESTAMP WITH TIME ZONE"
    private static let isoLocal =
        "[0-9]{4}-[0-9]{2}-[0-9]{2}([ T][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,9})?)?)?"
    private static let isoZoned =
        "[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,9})?)? ?"
        + "(Z|[+-][0-9]{2}(:?[0-9]{2})?)"

    /// A year of four digits; and DuckDB's `strptime` takes `epoch` and `infinity`, whatever the
    /// pattern, for the first day of 1900.
    private static func inPattern(_ parsed: String, _ text: String, type: String) -> String {
        """
        (\(parsed) between \(type) '1000-01-01' and \(type) '9999-12-31\(type == "date" ? "" : " 23:59:59.999999")' and \
        (\(parsed) <> \(type) '1900-01-01' or regexp_matches(\(text), '[0-9]')))
        """
    }

    private static func pointed(_ text: String, _ decimal: Character) -> String {
        decimal == "," ? "replace(replace(\(text), '.', ''), ',', '.')" : text
    }

    /// The reading that a pin asks for; nil where the values themselves must tell how they are
    /// written.
    init?(pin: ValueType) {
        switch pin {
        case .text: self = .text
        case .integer: self = .integer(isPinned: true)
        case .decimal: self = .decimal(Self.pinnedDecimal)
        case .number: self = .number
        case .boolean: self = .boolean
        case .day, .instant, .unknown: return nil
        }
    }

    /// The reading of the format that a definition names for its time column.
    init(timeFormat format: String) {
        switch format {
        case "epoch_seconds": self = .epoch(perSecond: 1)
        case "epoch_milliseconds": self = .epoch(perSecond: 1_000)
        default:
            let hasClock = ["%H", "%I", "%M", "%S", "%p", "%c", "%T", "%X"].contains {
                format.contains($0)
            }
            self = hasClock ? .localPattern(format) : .date(pattern: format)
        }
    }

    /// What the values of a column should look like, in words for a person.
    var expectation: String {
        switch self {
        case .text: "a text"
        case .integer: "a whole number"
        case .number: "a number"
        case .decimal: "a decimal number"
        case .boolean: "true or false"
        case .date(let pattern): "a date like \(pattern)"
        case .local: "a time like 2026-01-31 12:00:00"
        case .localPattern(let pattern): "a time like \(pattern)"
        case .zoned: "a time like 2026-01-31T12:00:00Z"
        case .typed(let stored, _): "a \(stored)"
        case .epoch(let perSecond):
            perSecond == 1 ? "seconds since 1970" : "milliseconds since 1970"
        }
    }
}
