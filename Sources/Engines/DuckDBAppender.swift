import CDuckDB
import Vocabulary

/// Appends rows to a table through DuckDB's data chunks: no SQL, no parsing, a call a value.
///
/// Values come in the order of the table's columns, each by the call of its type; ``endRow()`` ends
/// a row, and ``finish()`` hands over what is left. Without it, for example after an error, what was
/// not handed over is forgotten. Use it inside ``DuckDBConnection/transaction(_:)``.
public final class DuckDBAppender {
    private struct Column {
        let kind: duckdb_type
        let vector: duckdb_vector?
        let data: UnsafeMutableRawPointer
        /// A bit a row, set where there is a value.
        let validity: UnsafeMutablePointer<UInt64>

        init(kind: duckdb_type, _ chunk: duckdb_data_chunk?, _ index: Int) {
            self.kind = kind
            vector = duckdb_data_chunk_get_vector(chunk, idx_t(index))
            duckdb_vector_ensure_validity_writable(vector)
            guard let data = duckdb_vector_get_data(vector),
                let validity = duckdb_vector_get_validity(vector)
            else { preconditionFailure("A vector of DuckDB has no memory.") }
            self.data = data
            self.validity = validity
        }
    }

    private var handle: duckdb_appender?
    private var chunk: duckdb_data_chunk?
    /// Memory of its own: the checks of an array would take longer than what is written.
    private let columns: UnsafeMutableBufferPointer<Column>
    private let rowsMax = Int(duckdb_vector_size())
    private var row = 0
    private var column = 0

    /// Begins to append to a table.
    ///
    /// - Throws: `engine/…` where there is no such table, or a column has a type other than boolean,
    ///   whole number of 32 or 64 bits, double, text, date or timestamp.
    public init(_ connection: DuckDBConnection, _ table: TableName) throws(Failure) {
        var handle: duckdb_appender?
        guard connection.createAppender(table, &handle) == DuckDBSuccess else {
            let failure = Self.failure(of: handle)
            duckdb_appender_destroy(&handle)
            throw failure
        }
        var types = (0..<duckdb_appender_column_count(handle)).map {
            duckdb_appender_column_type(handle, $0)
        }
        defer { for index in types.indices { duckdb_destroy_logical_type(&types[index]) } }
        let kinds = types.map { duckdb_get_type_id($0) }
        guard kinds.allSatisfy(Self.known.contains) else {
            duckdb_appender_destroy(&handle)
            throw Failure(
                .engineUnsupportedType, "A column of \(table.sql) has a type that is not appended.")
        }
        self.handle = handle
        let chunk = duckdb_create_data_chunk(&types, idx_t(types.count))
        self.chunk = chunk
        columns = .allocate(capacity: kinds.count)
        for (index, kind) in kinds.enumerated() {
            columns.initializeElement(at: index, to: Column(kind: kind, chunk, index))
        }
    }

    deinit {
        duckdb_destroy_data_chunk(&chunk)
        duckdb_appender_clear(handle)
        duckdb_appender_destroy(&handle)
        columns.deallocate()
    }

    private static let known = [
        DUCKDB_TYPE_BOOLEAN, DUCKDB_TYPE_INTEGER, DUCKDB_TYPE_BIGINT, DUCKDB_TYPE_DOUBLE,
        DUCKDB_TYPE_VARCHAR, DUCKDB_TYPE_DATE, DUCKDB_TYPE_TIMESTAMP,
    ]

    /// Appends the absence of a value.
    public func null() {
        next().validity[row >> 6] &= ~(1 << UInt64(row & 63))
    }

    /// Appends a truth value to a column of that type.
    public func boolean(_ value: Bool?) { fixed(value, DUCKDB_TYPE_BOOLEAN) }

    /// Appends a whole number to a column of type integer.
    public func integer(_ value: Int32?) { fixed(value, DUCKDB_TYPE_INTEGER) }

    /// Appends a whole number to a column of type bigint.
    public func bigInteger(_ value: Int64?) { fixed(value, DUCKDB_TYPE_BIGINT) }

    /// Appends a number to a column of type double.
    public func number(_ value: Double?) { fixed(value, DUCKDB_TYPE_DOUBLE) }

    /// Appends a day to a column of type date; one that is too far away is absent.
    public func day(_ value: Day?) {
        fixed(value.flatMap { Int32(exactly: $0.number) }, DUCKDB_TYPE_DATE)
    }

    /// Appends an instant to a column of type timestamp.
    ///
    /// DuckDB takes the three outermost numbers for infinity, which an event never means.
    public func instant(_ value: Instant?) {
        let outermost = Int64.max - 1
        fixed(
            value.map { min(max($0.microseconds, -outermost), outermost - 1) },
            DUCKDB_TYPE_TIMESTAMP)
    }

    /// Appends a text.
    public func text(_ value: String?) {
        guard var value else { return null() }
        value.withUTF8 { text($0) }
    }

    /// Appends a text that is known to be UTF-8; its bytes are copied.
    public func text(utf8 bytes: UnsafeRawBufferPointer) {
        text(bytes.bindMemory(to: UInt8.self))
    }

    /// Appends a text that lies elsewhere, whose bytes must stay there until ``finish()``.
    public func text(inPlace text: DuckDBText?) {
        guard let text else { return null() }
        let place = next()
        precondition(place.kind == DUCKDB_TYPE_VARCHAR, "The column holds no texts.")
        text.write(to: place.data, row: row)
    }

    private func text(_ bytes: UnsafeBufferPointer<UInt8>) {
        let place = next()
        precondition(place.kind == DUCKDB_TYPE_VARCHAR, "The column holds no texts.")
        bytes.withMemoryRebound(to: CChar.self) { characters in
            // An empty array has no address, and DuckDB wants one.
            let start =
                characters.baseAddress.map(UnsafeRawPointer.init) ?? UnsafeRawPointer(place.data)
            duckdb_vector_assign_string_element_len(
                place.vector, idx_t(row), start.assumingMemoryBound(to: CChar.self),
                idx_t(characters.count))
        }
    }

    private func fixed<Value>(_ value: Value?, _ kind: duckdb_type) {
        guard let value else { return null() }
        let place = next()
        precondition(place.kind == kind, "The column has another type.")
        place.data.assumingMemoryBound(to: Value.self)[row] = value
    }

    /// The column of the next value.
    private func next() -> Column {
        precondition(column < columns.count, "The row has more values than the table has columns.")
        defer { column += 1 }
        return columns[column]
    }

    /// Ends a row, which must have a value for every column.
    public func endRow() throws(Failure) {
        precondition(column == columns.count, "The row has too few values.")
        column = 0
        row += 1
        if row == rowsMax { try handOver() }
    }

    /// Hands over what is left.
    public func finish() throws(Failure) {
        if row > 0 { try handOver() }
        guard duckdb_appender_flush(handle) == DuckDBSuccess else { throw failure() }
    }

    private func handOver() throws(Failure) {
        duckdb_data_chunk_set_size(chunk, idx_t(row))
        guard duckdb_append_data_chunk(handle, chunk) == DuckDBSuccess else { throw failure() }
        duckdb_data_chunk_reset(chunk)
        // After a reset the vectors may lie elsewhere, and every row counts as present.
        for index in columns.indices {
            columns[index] = Column(kind: columns[index].kind, chunk, index)
        }
        row = 0
    }

    private func failure() -> Failure { Self.failure(of: handle) }

    private static func failure(of handle: duckdb_appender?) -> Failure {
        let text = duckdb_appender_error(handle).map { String(cString: $0) } ?? ""
        return DuckDBFailure.make(DuckDBFailure.kind(ofError: text), text)
    }
}
