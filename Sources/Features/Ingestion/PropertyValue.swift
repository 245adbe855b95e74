import Engines
import Vocabulary

/// How the value of a declared property becomes that of its column.
///
/// A value that the column's type does not take is absent there; the column `properties` has it as
/// the client wrote it.
enum PropertyValue {
    /// DuckDB's type of a column; decimals of events are doubles, since no places are declared.
    static func storedType(_ type: ValueType) -> String {
        switch type {
        case .boolean: "BOOLEAN"
        case .integer: "BIGINT"
        case .decimal, .number: "DOUBLE"
        case .day: "DATE"
        case .instant: "TIMESTAMP"
        case .text, .unknown: "VARCHAR"
        }
    }

    /// Appends a value in a column's type; nil is absence.
    static func append(
        _ found: (kind: JSONMembers.Kind, text: String)?, as type: ValueType,
        to appender: DuckDBAppender
    ) {
        let text: String? =
            switch found?.kind {
            case .text, .number, .true, .false: found?.text
            default: nil
            }
        switch type {
        case .boolean: appender.boolean(text.flatMap { ["true": true, "false": false][$0] })
        case .integer: appender.bigInteger(text.flatMap(integer))
        case .decimal, .number: appender.number(text.flatMap(Double.init).flatMap(finite))
        case .day: appender.day(text.flatMap { Day(iso: $0.prefix(10)) })
        case .instant: appender.instant(text.flatMap(instant))
        case .text, .unknown: appender.text(text)
        }
    }

    private static func finite(_ value: Double) -> Double? { value.isFinite ? value : nil }

    /// A whole number, also one that is written like `5.0`.
    private static func integer(_ text: String) -> Int64? {
        Int64(text) ?? Double(text).flatMap { Int64(exactly: $0) }
    }

    /// An instant as ISO 8601 writes it, in UTC or with an offset such as `+02:00`.
    private static func instant(_ text: String) -> Instant? {
        if let instant = Instant(iso: text) { return instant }
        let tail = text.suffix(6)
        let digits = tail.dropFirst().split(separator: ":").compactMap { Int($0) }
        guard digits.count == 2, let sign = tail.first, sign == "+" || sign == "-",
            let local = Instant(iso: text.dropLast(6) + "Z")
        else { return nil }
        let seconds = digits[0] * 3_600 + digits[1] * 60
        return local.adding(seconds: sign == "+" ? -seconds : seconds)
    }
}
