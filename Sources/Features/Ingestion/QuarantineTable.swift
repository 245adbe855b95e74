import Engines
import Events
import Vocabulary

/// Something that was refused, as it is kept.
public struct QuarantinedEvent: Hashable, Sendable {
    /// Its number, by which it is removed or tried again.
    public let number: Int
    /// When the server had it.
    public let received: Instant
    /// The source to which it would have belonged.
    public let source: String
    /// The number of the write key that brought it.
    public let key: Int
    /// The format in which it came.
    public let format: String
    /// Why: a failure's code.
    public let code: String
    /// Why, as a sentence.
    public let message: String
    /// The event's id, where it could be read.
    public let id: String?
    /// What the client sent; bytes that are no text are replaced.
    public let raw: String
}

/// How often events were refused for one reason.
public struct QuarantineReason: Hashable, Sendable {
    /// A failure's code.
    public let code: String
    /// How many events.
    public let count: Int
}

/// The table of what was refused; the oldest rows make room for new ones.
struct QuarantineTable {
    let connection: DuckDBConnection

    /// What is kept of one refused event.
    static let rawBytesMax = 64 << 10

    func lastNumber() throws(Failure) -> Int64 {
        let frame = try connection.run(Statement("select max(id) from events.quarantine"))
        return Int64(frame.columns[0].integer(0) ?? 0)
    }

    /// Appends what a request brought in vain; part of the transaction that moves the offset.
    func append(_ batches: [RefusedBatch], after number: Int64) throws(Failure) {
        let rows = try DuckDBAppender(
            connection, TableName(schema: "events", name: "quarantine"))
        var number = number
        for batch in batches {
            for item in batch.items {
                number += 1
                rows.bigInteger(number)
                rows.instant(batch.received)
                rows.text(batch.source)
                rows.text(batch.format)
                rows.bigInteger(Int64(batch.key))
                rows.text(item.code)
                rows.text(item.message)
                rows.text(item.id)
                rows.text(String(decoding: item.raw.prefix(Self.rawBytesMax), as: UTF8.self))
                try rows.endRow()
            }
        }
        try rows.finish()
    }

    /// Keeps the newest rows.
    func prune(to rowsMax: Int) throws(Failure) {
        try connection.execute(
            "delete from events.quarantine where id <= $1",
            [.integer(try lastNumber() - Int64(rowsMax))])
    }

    /// Rows, the newest first.
    ///
    /// - Parameters:
    ///   - source: Of which source; nil means all.
    ///   - before: Only rows with lower numbers; nil means from the newest on.
    ///   - numbers: Only these rows; empty means all.
    ///   - limit: How many at most.
    /// - Returns: The rows.
    /// - Throws: `engine/…`.
    func rows(
        of source: String?, before: Int? = nil, numbers: [Int] = [], limit: Int
    ) throws(Failure) -> [QuarantinedEvent] {
        let list = numbers.map(String.init).joined(separator: ", ")
        let frame = try connection.run(
            Statement(
                """
                select id, received, source, key, format, code, message, message_id, raw
                from events.quarantine
                where ($1 is null or source = $1) and ($2 is null or id < $2)
                    \(numbers.isEmpty ? "" : "and id in (\(list))")
                order by id desc limit \(limit)
                """, [source.map(Value.text) ?? .null, before.map { .integer(Int64($0)) } ?? .null])
        )
        return (0..<frame.count).map { row in
            QuarantinedEvent(
                number: frame.columns[0].integer(row) ?? 0,
                received: frame.columns[1].instant(row) ?? Instant(seconds: 0),
                source: frame.columns[2].text(row) ?? "", key: frame.columns[3].integer(row) ?? 0,
                format: frame.columns[4].text(row) ?? "", code: frame.columns[5].text(row) ?? "",
                message: frame.columns[6].text(row) ?? "", id: frame.columns[7].text(row),
                raw: frame.columns[8].text(row) ?? "")
        }
    }

    /// How many rows of a source there are of each reason, the commonest first.
    func reasons(of source: String) throws(Failure) -> [QuarantineReason] {
        let frame = try connection.run(
            Statement(
                """
                select code, count(*) from events.quarantine where source = $1
                group by 1 order by 2 desc, 1
                """, [.text(source)]))
        return (0..<frame.count).map { row in
            QuarantineReason(
                code: frame.columns[0].text(row) ?? "", count: frame.columns[1].integer(row) ?? 0)
        }
    }

    /// Removes rows, for example such as were tried again.
    func remove(_ numbers: [Int]) throws(Failure) {
        guard !numbers.isEmpty else { return }
        let list = numbers.map(String.init).joined(separator: ", ")
        try connection.execute("delete from events.quarantine where id in (\(list))")
    }
}
