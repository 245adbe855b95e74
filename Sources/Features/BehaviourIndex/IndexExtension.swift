import Behaviour
import Engines
import Vocabulary

/// Brings histories up to date with the table, a bounded number of rows at a time.
struct IndexExtension: Sendable {
    let source: IndexedSource
    let engine: DuckDBEngine

    /// How many rows are read together.
    static let rowsMax: Int64 = 50_000

    /// What came of it.
    struct Outcome: Sendable {
        let histories: IndexedHistories
        /// How many rows are still to be read.
        let left: Int64
    }

    /// The histories with more of the rows that came since, and with people as they are known now.
    ///
    /// - Throws: `behaviour/index-behind` where rows were erased, so that the index must be made anew;
    ///   `engine/…`.
    func extended(_ histories: IndexedHistories) async throws(Failure) -> Outcome {
        let source = source
        return try await engine.withConnection { connection throws(Failure) in
            try connection.transaction { () throws(Failure) in
                try Self.extended(histories, IndexedRows(source: source, connection: connection))
            }
        }
    }

    private static func extended(
        _ histories: IndexedHistories, _ rows: IndexedRows
    ) throws(Failure) -> Outcome {
        let known = histories.watermark
        let now = try rows.watermark(like: known)
        let expected = now.rowCount - known.rowCount
        guard now.dataVersion == known.dataVersion, expected >= 0 else { throw erased }
        var result = histories
        let moved = try result.owners.update(rows.connection)
        for actor in moved where result.snapshot.hasEvents(actor) {
            let person = result.owners.person(of: actor)
            result.merged[actor] = person == actor ? nil : person
        }
        var schema = histories.snapshot.schema
        var added: [EventColumns] = []
        let count = min(expected, rowsMax)
        if count > 0 {
            let last = known.lastRow + count
            var scanned = try rows.scan(after: known.lastRow, upTo: last, schema, result.owners) {
                added.append($0)
            }
            if try list(&schema, scanned, after: known.lastRow, rows) {
                added = []
                scanned = try rows.scan(after: known.lastRow, upTo: last, schema, result.owners) {
                    added.append($0)
                }
            }
            // Rows have numbers one after the other, unless some were removed.
            guard scanned.rows == count, !scanned.hasUnknownNames else { throw erased }
        }
        let isWhole = count == expected
        let watermark = IndexWatermark(
            inboxOffset: isWhole ? now.inboxOffset : known.inboxOffset,
            dataVersion: now.dataVersion, rowCount: known.rowCount + count,
            lastRow: known.lastRow + count)
        if added.isEmpty {
            added = [
                EventColumns(
                    persons: [], times: [], events: [],
                    properties: schema.properties.map { _ in [] })
            ]
        }
        for columns in added {
            result.snapshot = result.snapshot.adding(
                columns, schema: schema, watermark: watermark)
        }
        if !moved.isEmpty { result.snapshot = result.snapshot.merging(result.merged) }
        return Outcome(histories: result, left: expected - count)
    }

    private static let erased = Failure(
        .behaviourIndexBehind, "Rows that the index knows were erased.")

    /// Gives codes to names and values that came up.
    ///
    /// - Returns: Whether there are new ones.
    private static func list(
        _ schema: inout IndexSchema, _ scanned: IndexedRows.Scanned, after row: Int64,
        _ rows: IndexedRows
    ) throws(Failure) -> Bool {
        let before = schema
        if scanned.hasUnknownNames {
            let names = try rows.unlisted("event", after: row, known: schema.events)
            guard schema.events.count + names.count <= 65_536 else {
                throw Failure(.behaviourIndexBehind, "The source has too many names of events.")
            }
            schema.events += names
        }
        for place in scanned.unlisted.sorted() {
            let (name, values) = (schema.properties[place].name, schema.properties[place].values)
            guard values.count < schema.properties[place].capacity else { continue }
            for value in try rows.unlisted(name, after: row, known: values) {
                _ = schema.properties[place].code(adding: value)
            }
        }
        return schema != before
    }
}
