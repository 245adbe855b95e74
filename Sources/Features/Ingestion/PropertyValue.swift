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
    ///
    /// - Parameters:
    ///   - member: The value, a member of `members`.
    ///   - members: The walk that found it.
    ///   - isLasting: Whether the text it walks over stays where it is until the appender is
    ///     finished, so that nothing has to be copied.
    ///   - type: The column's type.
    ///   - appender: What it is appended to.
    static func append(
        _ member: JSONMembers.Member?, of members: JSONMembers, isLasting: Bool,
        as type: ValueType, to appender: DuckDBAppender
    ) {
        guard let member else { return appender.null() }
        switch member.kind {
        case .text, .number, .true, .false: break
        default: return appender.null()
        }
        let bytes = member.isValueEscaped ? nil : members.valueBytes(member)
        switch type {
        case .boolean:
            let text = members.text(member)
            appender.boolean(text == "true" ? true : text == "false" ? false : nil)
        case .integer:
            appender.bigInteger(
                bytes.flatMap(plainInteger) ?? integer(members.text(member)))
        case .decimal, .number:
            let plain = bytes.flatMap(plainNumber)
            appender.number(plain ?? Double(members.text(member)).flatMap(finite))
        case .day: appender.day(Day(iso: members.text(member).prefix(10)))
        case .instant: appender.instant(instant(members.text(member)))
        case .text, .unknown:
            if isLasting, let bytes {
                appender.text(inPlace: DuckDBText(bytes))
            } else {
                appender.text(members.text(member))
            }
        }
    }

    /// The number that a few digits say; nil for everything else.
    private static func plainInteger(_ bytes: UnsafeRawBufferPointer) -> Int64? {
        guard !bytes.isEmpty, bytes.count <= plainDigitsMax else { return nil }
        var value: Int64 = 0
        for byte in bytes {
            guard byte >= 0x30, byte <= 0x39 else { return nil }
            value = value * 10 + Int64(byte - 0x30)
        }
        return value
    }

    /// The number that a few digits with or without a point say; nil for everything else.
    ///
    /// Both the digits and the power of ten are exact as doubles, so their quotient is rounded once,
    /// as it has to be: W. D. Clinger, "How to read floating point numbers accurately", PLDI 1990.
    private static func plainNumber(_ bytes: UnsafeRawBufferPointer) -> Double? {
        guard bytes.count <= plainDigitsMax + 1 else { return nil }
        var digits: Int64 = 0
        var before = 0
        var after: Int?
        for byte in bytes {
            if byte == UInt8(ascii: "."), after == nil, before > 0 {
                after = 0
            } else if byte >= 0x30, byte <= 0x39 {
                digits = digits * 10 + Int64(byte - 0x30)
                if let places = after { after = places + 1 } else { before += 1 }
            } else {
                return nil
            }
        }
        guard before > 0, after != 0, before + (after ?? 0) <= plainDigitsMax else { return nil }
        return after.map { Double(digits) / powersOfTen[$0] } ?? Double(digits)
    }

    private static let plainDigitsMax = 15
    private static let powersOfTen: [Double] = [
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
    ]

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
