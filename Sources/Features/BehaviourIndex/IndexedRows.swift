import Behaviour
import Engines
import Vocabulary

/// Reads rows of a source's table as the codes of an index.
struct IndexedRows {
    let source: IndexedSource
    let connection: DuckDBConnection

    /// What changes whenever answers may: how far events are applied, the version of the source and
    /// how many rows there are. The last row is that of the watermark that is given.
    func watermark(like known: IndexWatermark) throws(Failure) -> IndexWatermark {
        let frame = try connection.run(
            Statement(
                """
                select (select inbox_offset from events.progress),
                    (select coalesce(max(version), 0) from yardstick.sources where name = $1),
                    (select count(*) from \(source.table))
                """, [.text(source.name)]))
        let numbers = frame.columns.map { Int64($0.integer(0) ?? 0) }
        return IndexWatermark(
            inboxOffset: numbers[0], dataVersion: numbers[1], rowCount: numbers[2],
            lastRow: known.lastRow)
    }

    /// The same with the last row of the table.
    func watermark() throws(Failure) -> IndexWatermark {
        let frame = try connection.run(
            Statement("select coalesce(max(rowid), -1) from \(source.table)"))
        return try watermark(
            like: IndexWatermark(
                inboxOffset: 0, dataVersion: 0, lastRow: Int64(frame.columns[0].integer(0) ?? -1)))
    }

    /// How many rows there are up to one.
    func count(upTo row: Int64) throws(Failure) -> Int64 {
        let frame = try connection.run(
            Statement("select count(*) from \(source.table) where rowid <= $1", [.integer(row)]))
        return Int64(frame.columns[0].integer(0) ?? 0)
    }

    /// The values of a column up to a row, the most frequent first; nil if they are too many, or
    /// none at all.
    func values(
        of column: String, upTo row: Int64, max count: Int
    ) throws(Failure) -> [String]? {
        let name = quotedName(column)
        let frame = try connection.run(
            Statement(
                """
                select \(name)::varchar, count(*) from \(source.table)
                where rowid <= $1 and \(name) is not null and not \(source.isLeftOut)
                group by 1 order by 2 desc, 1 limit \(count + 1)
                """, [.integer(row)]))
        guard (1...count).contains(frame.count) else { return nil }
        // A text with a NUL can be in no statement; it stays unlisted.
        return (0..<frame.count).compactMap { frame.columns[0].text($0) }
            .filter { !$0.utf8.contains(0) }
    }

    /// About how many different values columns have.
    func cardinalities(_ columns: [String]) throws(Failure) -> [Int] {
        let calls = columns.map { "approx_count_distinct(\(quotedName($0)))::bigint" }
        let frame = try connection.run(
            Statement(
                """
                select \(calls.joined(separator: ", ")) from \(source.table)
                where not \(source.isLeftOut)
                """))
        return frame.columns.map { $0.integer(0) ?? 0 }
    }

    /// What came of a scan.
    struct Scanned: Sendable {
        /// How many rows there were, those left out included.
        var rows: Int64 = 0
        /// Whether there were names that have no code; their events are left out.
        var hasUnknownNames = false
        /// The properties with values that are not listed.
        var unlisted: Set<Int> = []
    }

    /// Hands over the rows between two numbers, the first one left out.
    func scan(
        after first: Int64, upTo last: Int64, _ schema: IndexSchema, _ owners: PeopleOwners,
        _ body: (EventColumns) throws(Failure) -> Void
    ) throws(Failure) -> Scanned {
        var scanned = Scanned()
        let codes =
            [Self.code("event", schema.events, first: 0, none: -1)]
            + schema.properties.map {
                Self.code($0.name, $0.values, first: 2, none: Int64(ValueDictionary.none))
            }
        let statement = Statement(
            """
            select \(source.isLeftOut)::bigint, coalesce(actor::bigint, -1),
                coalesce(epoch_us(time), -9223372036854775808), \(codes.joined(separator: ", "))
            from \(source.table) where rowid > $1 and rowid <= $2
            """, [.integer(first), .integer(last)])
        var columns = EventColumns(
            persons: [], times: [], events: [], properties: schema.properties.map { _ in [] })
        try connection.scanNumbers(statement) { rows throws(Failure) in
            scanned.rows += Int64(rows.count)
            for index in 0..<rows.count where rows.columns[0][index] == 0 {
                let (actor, time, event) = (
                    rows.columns[1][index], rows.columns[2][index], rows.columns[3][index]
                )
                // Who has no number or no time is in no answer.
                guard actor >= 0, time != .min else { continue }
                // Of events with new names the values count as well, since names are listed first.
                for place in columns.properties.indices
                where rows.columns[4 + place][index] == Int64(ValueDictionary.other) {
                    scanned.unlisted.insert(place)
                }
                guard event >= 0 else {
                    scanned.hasUnknownNames = true
                    continue
                }
                columns.persons.append(owners.person(of: UInt32(truncatingIfNeeded: actor)))
                columns.times.append(time)
                columns.events.append(UInt16(truncatingIfNeeded: event))
                for place in columns.properties.indices {
                    columns.properties[place].append(
                        UInt16(truncatingIfNeeded: rows.columns[4 + place][index]))
                }
            }
            if columns.count >= 65_536 {
                try body(columns)
                columns.persons.removeAll(keepingCapacity: true)
                columns.times.removeAll(keepingCapacity: true)
                columns.events.removeAll(keepingCapacity: true)
                for place in columns.properties.indices {
                    columns.properties[place].removeAll(keepingCapacity: true)
                }
            }
        }
        if columns.count > 0 { try body(columns) }
        return scanned
    }

    /// The code of a column's value: the place in a list, or that of no or another value.
    private static func code(
        _ column: String, _ values: [String], first: Int, none: Int64
    ) -> String {
        let name = quotedName(column)
        let other = none < 0 ? none : Int64(ValueDictionary.other)
        guard !values.isEmpty else {
            return "(case when \(name) is null then \(none) else \(other) end)::bigint"
        }
        let list = values.map(quotedText).joined(separator: ", ")
        return """
            coalesce(enum_code(try_cast(\(name)::varchar as enum(\(list))))::bigint + \(first), \
            case when \(name) is null then \(none) else \(other) end)
            """
    }

    /// The values of rows after one that a list does not have.
    func unlisted(
        _ column: String, after row: Int64, known: [String]
    ) throws(Failure) -> [String] {
        let name = quotedName(column)
        let frame = try connection.run(
            Statement(
                """
                select distinct \(name)::varchar from \(source.table)
                where rowid > $1 and \(name) is not null and not \(source.isLeftOut) order by 1
                """, [.integer(row)]))
        let known = Set(known)
        return (0..<frame.count).compactMap { frame.columns[0].text($0) }
            .filter { !known.contains($0) && !$0.utf8.contains(0) }
    }
}
