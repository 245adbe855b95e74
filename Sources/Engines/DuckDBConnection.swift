import CDuckDB
import Vocabulary

/// One connection to a DuckDB database, used on the engine's own thread.
///
/// It is lent by ``DuckDBEngine/withConnection(seconds:progress:_:)`` for work that needs several
/// statements on one connection, for example a transaction. Do not keep it.
public final class DuckDBConnection {
    private var handle: duckdb_connection?
    private var prepared: [String: PreparedStatement] = [:]
    private static let preparedMax = 64
    /// The work this connection does at the moment, which knows whether it was told to stop.
    var job: DuckDBJob?

    init(_ database: duckdb_database?) throws(Failure) {
        guard duckdb_connect(database, &handle) == DuckDBSuccess else {
            throw Failure(.engineBroken, "The database gives no connection.")
        }
    }

    /// Ends the connection; nothing may be called afterwards.
    func close() {
        prepared = [:]
        duckdb_disconnect(&handle)
    }

    /// What other threads may use while a statement runs: to interrupt it, and to see its progress.
    var remote: DuckDBRemote { DuckDBRemote(handle: handle) }

    /// Runs one statement and returns all its rows.
    ///
    /// - Throws: `engine/…`; `engine/one-statement` when the text holds none or several.
    public func run(_ statement: Statement) throws(Failure) -> Frame {
        try withResult(of: statement) { result throws(Failure) in try Self.frame(of: &result) }
    }

    /// Runs one statement and returns how many rows it changed.
    @discardableResult
    public func execute(_ sql: String, _ values: [Value] = []) throws(Failure) -> Int {
        try withResult(of: Statement(sql, values)) { result throws(Failure) in
            Int(duckdb_rows_changed(&result))
        }
    }

    /// Runs statements as one change: all of it happens, or nothing does.
    public func transaction<Output>(
        _ body: () throws(Failure) -> Output
    ) throws(Failure) -> Output {
        try execute("begin transaction")
        let output: Output
        do {
            output = try body()
            try execute("commit")
        } catch {
            rollBack()
            throw error
        }
        return output
    }

    /// Throws where the work was cancelled or has run too long; for loops between statements.
    public func checkStop() throws(Failure) {
        if let reason = job?.stopReason { throw reason.failure }
    }

    /// Undoes an open transaction, even after the work was told to stop.
    ///
    /// The interrupt of work that was told to stop is repeated until the work has ended, so it can
    /// meet the rollback as well, which is then done again.
    public func rollBack() {
        var isInterrupted = true
        while isInterrupted {
            var result = duckdb_result()
            let state = duckdb_query(handle, "rollback", &result)
            isInterrupted =
                state == DuckDBError && duckdb_result_error_type(&result) == DUCKDB_ERROR_INTERRUPT
            duckdb_destroy_result(&result)
        }
    }

    /// Runs one statement that must only read.
    func read(_ statement: Statement) throws(Failure) -> Frame {
        let kind = try prepare(statement.sql).kind
        guard kind == DUCKDB_STATEMENT_TYPE_SELECT || kind == DUCKDB_STATEMENT_TYPE_EXPLAIN else {
            throw Failure(
                .engineReadOnly, "The statement does not only read.",
                hint: "A question is one select; changes are made by imports.")
        }
        return try run(statement)
    }

    func createAppender(_ table: TableName, _ appender: inout duckdb_appender?) -> duckdb_state {
        duckdb_appender_create(handle, table.schema, table.name, &appender)
    }

    func withResult<Output>(
        of statement: Statement, _ body: (inout duckdb_result) throws(Failure) -> Output
    ) throws(Failure) -> Output {
        try checkStop()
        let preparedStatement = try prepare(statement.sql)
        try preparedStatement.bind(statement.values)
        var result = duckdb_result()
        defer { duckdb_destroy_result(&result) }
        guard duckdb_execute_prepared(preparedStatement.handle, &result) == DuckDBSuccess else {
            prepared[statement.sql] = nil
            let text = duckdb_result_error(&result).map { String(cString: $0) } ?? ""
            throw DuckDBFailure.make(
                duckdb_result_error_type(&result), text, reason: job?.stopReason)
        }
        return try body(&result)
    }

    private func prepare(_ sql: String) throws(Failure) -> PreparedStatement {
        if let known = prepared[sql] { return known }
        let statement = try PreparedStatement(sql, on: handle)
        if prepared.count >= Self.preparedMax { prepared = [:] }
        prepared[sql] = statement
        return statement
    }

    private static func frame(of result: inout duckdb_result) throws(Failure) -> Frame {
        var columns: [(name: String, values: any DuckDBColumn)] = []
        for index in 0..<duckdb_column_count(&result) {
            let name = duckdb_column_name(&result, index).map { String(cString: $0) } ?? ""
            var logical = duckdb_column_logical_type(&result, index)
            defer { duckdb_destroy_logical_type(&logical) }
            let type = duckdb_column_type(&result, index)
            columns.append(
                (name, try DuckDBColumns.column(name: name, type: type, logical: logical)))
        }
        while var chunk = duckdb_fetch_chunk(result) as duckdb_data_chunk? {
            defer { Self.destroy(&chunk) }
            let count = Int(duckdb_data_chunk_get_size(chunk))
            if count == 0 { break }
            for (index, column) in columns.enumerated() {
                column.values.append(
                    duckdb_data_chunk_get_vector(chunk, idx_t(index)), count: count)
            }
        }
        return Frame(
            columns: columns.map { FrameColumn(name: $0.name, values: $0.values.collected) })
    }

    private static func destroy(_ chunk: inout duckdb_data_chunk) {
        var handle: duckdb_data_chunk? = chunk
        duckdb_destroy_data_chunk(&handle)
    }
}

/// A statement that DuckDB has parsed and planned.
private final class PreparedStatement {
    private(set) var handle: duckdb_prepared_statement?

    /// What kind of statement it is.
    var kind: duckdb_statement_type { duckdb_prepared_statement_type(handle) }

    /// Parses the text, which must hold exactly one statement.
    init(_ sql: String, on connection: duckdb_connection?) throws(Failure) {
        guard !sql.utf8.contains(0) else {
            throw Failure(.engineInvalidStatement, "The statement holds a NUL character.")
        }
        var statements: duckdb_extracted_statements?
        defer { duckdb_destroy_extracted(&statements) }
        let count = duckdb_extract_statements(connection, sql, &statements)
        if count == 0, let text = duckdb_extract_statements_error(statements) {
            throw DuckDBFailure.make(DUCKDB_ERROR_PARSER, String(cString: text))
        }
        guard count == 1 else {
            throw Failure(
                .engineOneStatement, "The text holds \(count) statements, and one is expected.",
                hint: "Give one statement, without a semicolon in the middle.")
        }
        guard
            duckdb_prepare_extracted_statement(connection, statements, 0, &handle) == DuckDBSuccess
        else {
            let text = duckdb_prepare_error(handle).map { String(cString: $0) } ?? ""
            duckdb_destroy_prepare(&handle)
            throw DuckDBFailure.make(DuckDBFailure.kind(ofError: text), text)
        }
    }

    deinit { duckdb_destroy_prepare(&handle) }

    func bind(_ values: [Value]) throws(Failure) {
        guard Int(duckdb_nparams(handle)) == values.count else {
            throw Failure(
                .engineInvalidStatement,
                "The statement has places for \(duckdb_nparams(handle)) values, and \(values.count) are given."
            )
        }
        for (offset, value) in values.enumerated() {
            guard bind(value, at: idx_t(offset + 1)) == DuckDBSuccess else {
                throw Failure(.engineInvalidValue, "The value $\(offset + 1) cannot be bound.")
            }
        }
    }

    private func bind(_ value: Value, at index: idx_t) -> duckdb_state {
        switch value {
        case .null: return duckdb_bind_null(handle, index)
        case .boolean(let value): return duckdb_bind_boolean(handle, index, value)
        case .integer(let value): return duckdb_bind_int64(handle, index, value)
        case .number(let value): return duckdb_bind_double(handle, index, value)
        case .day(let day):
            guard let days = Int32(exactly: day.number) else { return DuckDBError }
            return duckdb_bind_date(handle, index, duckdb_date(days: days))
        case .instant(let instant):
            return duckdb_bind_timestamp(
                handle, index, duckdb_timestamp(micros: instant.microseconds))
        case .text(var text):
            return text.withUTF8 { bytes in
                bytes.withMemoryRebound(to: CChar.self) {
                    duckdb_bind_varchar_length(handle, index, $0.baseAddress, idx_t($0.count))
                }
            }
        }
    }
}

/// The two calls to a connection that DuckDB allows from any thread while a statement runs.
struct DuckDBRemote: @unchecked Sendable {
    fileprivate let handle: duckdb_connection?

    func interrupt() { duckdb_interrupt(handle) }

    /// How far the running statement has come; nil while DuckDB cannot tell.
    var progress: EngineProgress? {
        let progress = duckdb_query_progress(handle)
        guard progress.percentage >= 0 else { return nil }
        return EngineProgress(
            fraction: min(1, progress.percentage / 100),
            rows: Int(clamping: progress.rows_processed))
    }
}
