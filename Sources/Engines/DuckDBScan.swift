import CDuckDB
import Vocabulary

extension DuckDBConnection {
    /// Reads pairs of a text and a number straight from DuckDB's memory, without making texts.
    ///
    /// - Parameters:
    ///   - statement: A select of a varchar and a bigint or timestamp; rows that lack either are
    ///     passed over.
    ///   - body: Called for each row with the text in UTF-8, valid during the call, and the
    ///     number or the microseconds since 1970.
    /// - Throws: `engine/…`.
    public func scanTexts(
        _ statement: Statement, _ body: (UnsafeRawBufferPointer, Int64) -> Void
    ) throws(Failure) {
        try withResult(of: statement) { result throws(Failure) in
            guard duckdb_column_count(&result) == 2,
                duckdb_column_type(&result, 0) == DUCKDB_TYPE_VARCHAR,
                [DUCKDB_TYPE_BIGINT, DUCKDB_TYPE_TIMESTAMP].contains(
                    duckdb_column_type(&result, 1))
            else {
                throw Failure(.engineUnsupportedType, "A text and a number are expected.")
            }
            while let chunk = duckdb_fetch_chunk(result) {
                var handle: duckdb_data_chunk? = chunk
                defer { duckdb_destroy_data_chunk(&handle) }
                let count = Int(duckdb_data_chunk_get_size(chunk))
                if count == 0 { break }
                Self.scan(chunk, count, body)
            }
        }
    }

    private static func scan(
        _ chunk: duckdb_data_chunk, _ count: Int, _ body: (UnsafeRawBufferPointer, Int64) -> Void
    ) {
        let vectors = (0..<2).map { duckdb_data_chunk_get_vector(chunk, $0) }
        guard let texts = duckdb_vector_get_data(vectors[0]),
            let second = duckdb_vector_get_data(vectors[1])
        else { return }
        let validities = vectors.map { duckdb_vector_get_validity($0) }
        let stored = texts.assumingMemoryBound(to: duckdb_string_t.self)
        let numbers = second.assumingMemoryBound(to: Int64.self)
        for row in 0..<count {
            let isWhole = validities.allSatisfy { validity in
                validity.map { $0[row >> 6] & (1 << UInt64(row & 63)) != 0 } ?? true
            }
            guard isWhole else { continue }
            body(TextColumn.bytes(at: stored + row), numbers[row])
        }
    }
}
