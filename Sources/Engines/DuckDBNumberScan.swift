import CDuckDB
import Vocabulary

extension DuckDBConnection {
    /// Some rows of whole numbers, column by column, for as long as the body runs.
    public struct NumberRows {
        /// How many rows these are.
        public let count: Int
        /// A column each.
        public let columns: [UnsafeBufferPointer<Int64>]
    }

    /// Runs a statement and hands its rows over a few thousand at a time.
    ///
    /// - Parameters:
    ///   - statement: One whose columns are all of the type BIGINT and never absent.
    ///   - body: Called with the rows, in their order.
    /// - Throws: `engine/…`; `engine/unsupported-type` where a column is of another type; what the
    ///   body throws.
    public func scanNumbers(
        _ statement: Statement, _ body: (NumberRows) throws(Failure) -> Void
    ) throws(Failure) {
        try withResult(of: statement) { result throws(Failure) in
            let columns = duckdb_column_count(&result)
            for index in 0..<columns
            where duckdb_column_type(&result, index) != DUCKDB_TYPE_BIGINT {
                throw Failure(.engineUnsupportedType, "Whole numbers are expected.")
            }
            while let chunk = duckdb_fetch_chunk(result) {
                var handle: duckdb_data_chunk? = chunk
                defer { duckdb_destroy_data_chunk(&handle) }
                let count = Int(duckdb_data_chunk_get_size(chunk))
                if count == 0 { break }
                try body(
                    NumberRows(
                        count: count,
                        columns: (0..<columns).map { index in
                            let data = duckdb_vector_get_data(
                                duckdb_data_chunk_get_vector(chunk, index))
                            return UnsafeBufferPointer(
                                start: data?.assumingMemoryBound(to: Int64.self), count: count)
                        }))
            }
        }
    }
}
