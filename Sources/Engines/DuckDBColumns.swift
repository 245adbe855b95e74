import CDuckDB
import Vocabulary

/// Collects a column of a result, chunk by chunk, straight from DuckDB's vectors.
protocol DuckDBColumn: AnyObject {
    /// Takes the first rows of a vector.
    func append(_ vector: duckdb_vector?, count: Int)
    /// What was collected.
    var collected: FrameColumn.Values { get }
}

/// A column whose values are fixed-size in the vector and are converted one by one.
final class FixedColumn<Stored, Value>: DuckDBColumn {
    private var values: [Value?] = []
    private let convert: (Stored) -> Value
    private let finish: ([Value?]) -> FrameColumn.Values

    init(
        _: Stored.Type, _ finish: @escaping ([Value?]) -> FrameColumn.Values,
        convert: @escaping (Stored) -> Value
    ) {
        self.convert = convert
        self.finish = finish
    }

    func append(_ vector: duckdb_vector?, count: Int) {
        guard count > 0, let data = duckdb_vector_get_data(vector) else { return }
        let stored = UnsafeBufferPointer(
            start: data.assumingMemoryBound(to: Stored.self), count: count)
        values.reserveCapacity(grown(values.count + count, from: values.capacity))
        guard let validity = duckdb_vector_get_validity(vector) else {
            for value in stored { values.append(convert(value)) }
            return
        }
        for row in 0..<count {
            values.append(isPresent(validity, row) ? convert(stored[row]) : nil)
        }
    }

    var collected: FrameColumn.Values { finish(values) }
}

/// A column of texts.
final class TextColumn: DuckDBColumn {
    private var values: [String?] = []

    func append(_ vector: duckdb_vector?, count: Int) {
        guard count > 0, let data = duckdb_vector_get_data(vector) else { return }
        let stored = data.assumingMemoryBound(to: duckdb_string_t.self)
        let validity = duckdb_vector_get_validity(vector)
        values.reserveCapacity(grown(values.count + count, from: values.capacity))
        for row in 0..<count {
            let isAbsent = validity.map { !isPresent($0, row) } ?? false
            values.append(isAbsent ? nil : Self.text(at: stored + row))
        }
    }

    private static func text(at place: UnsafeMutablePointer<duckdb_string_t>) -> String {
        String(decoding: bytes(at: place), as: UTF8.self)
    }

    /// Up to 12 bytes lie in the vector itself, after the length; longer texts elsewhere.
    static func bytes(
        at place: UnsafeMutablePointer<duckdb_string_t>
    ) -> UnsafeRawBufferPointer {
        let count = Int(place.pointee.value.inlined.length)
        let start: UnsafeRawPointer =
            count <= 12
            ? UnsafeRawPointer(place) + 4 : UnsafeRawPointer(place.pointee.value.pointer.ptr)
        return UnsafeRawBufferPointer(start: start, count: count)
    }

    var collected: FrameColumn.Values { .texts(values) }
}

/// A column that has no type, so that every value is absent.
final class NullColumn: DuckDBColumn {
    private var count = 0

    func append(_ vector: duckdb_vector?, count: Int) { self.count += count }

    var collected: FrameColumn.Values { .texts(Array(repeating: nil, count: count)) }
}

/// Doubles, so that growing chunk by chunk copies each value a constant number of times.
private func grown(_ needed: Int, from capacity: Int) -> Int {
    needed <= capacity ? needed : max(needed, 2 * capacity)
}

private func isPresent(_ validity: UnsafeMutablePointer<UInt64>, _ row: Int) -> Bool {
    validity[row >> 6] & (1 << UInt64(row & 63)) != 0
}

/// Chooses how a column of a result is read.
enum DuckDBColumns {
    static func column(
        name: String, type: duckdb_type, logical: duckdb_logical_type?
    ) throws(Failure) -> any DuckDBColumn {
        switch type {
        case DUCKDB_TYPE_BOOLEAN: FixedColumn(Bool.self, { .booleans($0) }) { $0 }
        case DUCKDB_TYPE_TINYINT: integers(Int8.self)
        case DUCKDB_TYPE_SMALLINT: integers(Int16.self)
        case DUCKDB_TYPE_INTEGER: integers(Int32.self)
        case DUCKDB_TYPE_BIGINT: integers(Int64.self)
        case DUCKDB_TYPE_UTINYINT: integers(UInt8.self)
        case DUCKDB_TYPE_USMALLINT: integers(UInt16.self)
        case DUCKDB_TYPE_UINTEGER: integers(UInt32.self)
        case DUCKDB_TYPE_UBIGINT: FixedColumn(UInt64.self, narrowed) { $0 }
        case DUCKDB_TYPE_HUGEINT: numbers(duckdb_hugeint.self) { Double($0.signed) }
        case DUCKDB_TYPE_UHUGEINT: numbers(duckdb_hugeint.self) { Double($0.unsigned) }
        case DUCKDB_TYPE_FLOAT: numbers(Float.self) { Double($0) }
        case DUCKDB_TYPE_DOUBLE: numbers(Double.self) { $0 }
        case DUCKDB_TYPE_DECIMAL: try decimals(logical, name: name)
        case DUCKDB_TYPE_VARCHAR: TextColumn()
        case DUCKDB_TYPE_ENUM: try enumeration(logical, name: name)
        case DUCKDB_TYPE_DATE:
            FixedColumn(Int32.self, { .days($0) }) { Day(number: Int($0)) }
        case DUCKDB_TYPE_TIMESTAMP, DUCKDB_TYPE_TIMESTAMP_TZ: instants { $0 }
        case DUCKDB_TYPE_TIMESTAMP_S: instants { $0.multipliedClamped(by: 1_000_000) }
        case DUCKDB_TYPE_TIMESTAMP_MS: instants { $0.multipliedClamped(by: 1_000) }
        case DUCKDB_TYPE_TIMESTAMP_NS: instants { $0.dividedDown(by: 1_000) }
        case DUCKDB_TYPE_SQLNULL: NullColumn()
        default: throw unsupported(name)
        }
    }

    private static func integers<Width: FixedWidthInteger>(_: Width.Type) -> any DuckDBColumn {
        FixedColumn(Width.self, { .integers($0) }) { Int64($0) }
    }

    private static func numbers<Stored>(
        _: Stored.Type, convert: @escaping (Stored) -> Double
    ) -> any DuckDBColumn {
        FixedColumn(Stored.self, { .numbers($0) }, convert: convert)
    }

    private static func instants(
        microseconds: @escaping (Int64) -> Int64
    ) -> any DuckDBColumn {
        FixedColumn(Int64.self, { .instants($0) }) { Instant(microseconds: microseconds($0)) }
    }

    private static func narrowed(_ values: [UInt64?]) -> FrameColumn.Values {
        values.allSatisfy { $0 ?? 0 <= UInt64(Int64.max) }
            ? .integers(values.map { $0.map { Int64($0) } })
            : .numbers(values.map { $0.map { Double($0) } })
    }

    private static func decimals(
        _ logical: duckdb_logical_type?, name: String
    ) throws(Failure) -> any DuckDBColumn {
        let scale = Int(duckdb_decimal_scale(logical))
        switch duckdb_decimal_internal_type(logical) {
        case DUCKDB_TYPE_SMALLINT:
            return numbers(Int16.self) { nearest(Int128($0), scale: scale) }
        case DUCKDB_TYPE_INTEGER:
            return numbers(Int32.self) { nearest(Int128($0), scale: scale) }
        case DUCKDB_TYPE_BIGINT:
            return numbers(Int64.self) { nearest(Int128($0), scale: scale) }
        case DUCKDB_TYPE_HUGEINT:
            return numbers(duckdb_hugeint.self) { nearest($0.signed, scale: scale) }
        default: throw unsupported(name)
        }
    }

    private static let powersOfTen: [Double] = [
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
        1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ]

    /// The number nearest to `unscaled / 10^scale`.
    ///
    /// Below 2^53 and up to 10^22 both parts are exact, so one division rounds once; anything else
    /// goes through its decimal digits, which are read with one rounding too.
    static func nearest(_ unscaled: Int128, scale: Int) -> Double {
        if scale <= 22, unscaled.magnitude <= 1 << 53 {
            return Double(Int64(unscaled)) / powersOfTen[scale]
        }
        return Double("\(unscaled)e-\(scale)") ?? .nan
    }

    private static func enumeration(
        _ logical: duckdb_logical_type?, name: String
    ) throws(Failure) -> any DuckDBColumn {
        let names = (0..<UInt64(duckdb_enum_dictionary_size(logical))).map { index in
            let text = duckdb_enum_dictionary_value(logical, index)
            defer { duckdb_free(text) }
            return text.map { String(cString: $0) } ?? ""
        }
        switch duckdb_enum_internal_type(logical) {
        case DUCKDB_TYPE_UTINYINT:
            return FixedColumn(UInt8.self, { .texts($0) }) { names[Int($0)] }
        case DUCKDB_TYPE_USMALLINT:
            return FixedColumn(UInt16.self, { .texts($0) }) { names[Int($0)] }
        case DUCKDB_TYPE_UINTEGER:
            return FixedColumn(UInt32.self, { .texts($0) }) { names[Int($0)] }
        default: throw unsupported(name)
        }
    }

    private static func unsupported(_ name: String) -> Failure {
        Failure(
            .engineUnsupportedType, "The column '\(name)' has a type that cannot be shown.",
            hint: "Turn it into a text with cast(… as varchar).")
    }
}

extension duckdb_hugeint {
    fileprivate var signed: Int128 { Int128(upper) << 64 | Int128(lower) }
    fileprivate var unsigned: UInt128 { UInt128(UInt64(bitPattern: upper)) << 64 | UInt128(lower) }
}

extension Int64 {
    fileprivate func multipliedClamped(by factor: Int64) -> Int64 {
        let (product, overflow) = multipliedReportingOverflow(by: factor)
        return overflow ? (self < 0 ? .min : .max) : product
    }

    fileprivate func dividedDown(by divisor: Int64) -> Int64 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
