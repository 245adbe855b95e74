import Engines
import Foundation
import Vocabulary

/// Loads one file into a source's table, and tells which rows were refused.
///
/// The file is read once. A row whose values are not what they should be is written with the
/// negative number of its file and deleted again; a row with a local time that never occurred is
/// written with a number above ``skippedMark`` and put right. Both are rare, so that the common
/// case is a single pass.
struct FileLoad {
    /// A column of the file, and the stored column it goes into.
    struct Column {
        let index: Int
        let name: String
        let reading: ColumnReading
        /// Local seconds between which most of its times lie, as far as the first rows show.
        var likely: ClosedRange<Int>?
    }

    /// What came of it.
    struct Outcome {
        var read = 0
        var stored = 0
        var refused = 0
        var refusals: [ImportReport.Refusal] = []
        /// What a reader should know of local times that occur twice or never.
        var notes: [String] = []
    }

    /// A load ends well, or finds that columns must be wider.
    enum Result {
        case loaded(Outcome)
        case tooNarrow([String: ColumnReading])
    }

    static let skippedMark = 1 << 30

    let connection: DuckDBConnection
    let reader: FileReader
    let columns: [Column]
    let timeColumn: String?
    let table: TableName
    let zone: ZoneOffsets
    let id: Int
    /// The columns that may take a wider type rather than refuse a row, by their index.
    let mayWiden: Set<Int>

    func run() throws(Failure) -> Result {
        try dropRejects()
        let names = columns.map { quotedName($0.name) } + ["_file"]
        let values =
            columns.map { $0.reading.value(parsed: "p\($0.index)", code: "z\($0.index)") } + [mark]
        var outcome = Outcome()
        let inserted = try connection.execute(
            """
            insert into \(table.sql) (\(names.joined(separator: ", ")))
            select \(values.joined(separator: ", ")) from (\(withOffsets(parsed(.load))))
            """)
        let rejects = try Rejects(connection, reader)
        outcome.read = inserted + rejects.count
        let bad = try connection.execute(
            "delete from \(table.sql) where _file = $1", [.integer(Int64(-id))])
        if bad > 0, !mayWiden.isEmpty {
            let wider = try widerReadings()
            if !wider.isEmpty { return .tooNarrow(wider) }
        }
        outcome.refused = rejects.count + bad
        outcome.stored = inserted - bad
        if outcome.refused > 0 {
            outcome.refusals = try RefusedRows(load: self, rejects: rejects)
                .first(10, hasBad: bad > 0)
        }
        outcome.notes = try localTimeNotes()
        try dropRejects()
        return .loaded(outcome)
    }

    /// Readings that take every value of the columns that have refused some.
    private func widerReadings() throws(Failure) -> [String: ColumnReading] {
        let columns = self.columns.filter { mayWiden.contains($0.index) && fits($0) != "true" }
        guard !columns.isEmpty else { return [:] }
        let counts = columns.map { column in
            let number = ColumnReading.number
            let text = "v\(column.index)"
            let parsed = number.parse(text, decimal: reader.options.decimal)
            let isNumber =
                "\(parsed) is not null and isfinite(\(parsed)) and "
                + TypeInference.isPlain(number, text: text, decimal: reader.options.decimal)
            let isMisfit = "not coalesce(\(fits(column)), false) and not malformed"
            let isTyped = if case .typed = column.reading { true } else { false }
            return """
                count(*) filter (where \(isMisfit)), \
                count(*) filter (where \(isMisfit) and not coalesce(\
                \(isTyped ? "v\(column.index) is null" : isNumber), false))
                """
        }
        let frame = try connection.run(
            Statement("select \(counts.joined(separator: ", ")) from (\(parsed(.again)))"))
        var wider: [String: ColumnReading] = [:]
        for (position, column) in columns.enumerated() {
            guard frame.columns[2 * position].integer(0) ?? 0 > 0 else { continue }
            let others = frame.columns[2 * position + 1].integer(0) ?? 0
            wider[column.name.lowercased()] = column.reading.wider(isNumber: others == 0)
        }
        return wider
    }

    private func localTimeNotes() throws(Failure) -> [String] {
        let local = columns.filter(\.reading.isLocal)
        guard !local.isEmpty else { return [] }
        var notes: [String] = []
        let skipped = try connection.execute(
            "update \(table.sql) set _file = $1 where _file = $2",
            [.integer(Int64(id)), .integer(Int64(id + Self.skippedMark))])
        if skipped > 0 {
            notes.append(
                "\(skipped) rows have a local time that never occurred, since clocks were set "
                    + "forward; it is read with the offset from before.")
        }
        for column in local {
            let doubled = try rowsAtDoubledTimes(column.name)
            guard doubled > 0 else { continue }
            notes.append(
                "\(doubled) rows have a local time in '\(column.name)' that occurred twice, since "
                    + "clocks were set back; the first one is meant.")
        }
        return notes
    }

    private func rowsAtDoubledTimes(_ column: String) throws(Failure) -> Int {
        let name = quotedName(column)
        let bounds = try connection.run(
            Statement(
                "select min(\(name)), max(\(name)) from \(table.sql) where _file = $1",
                [.integer(Int64(id))]))
        guard let first = bounds.columns[0].instant(0), let last = bounds.columns[1].instant(0)
        else { return 0 }
        let spans = zone.doubledSpans.filter { $0.to > first && $0.from <= last }
        guard !spans.isEmpty else { return 0 }
        let conditions = spans.map {
            "(\(name) >= make_timestamp(\($0.from.microseconds)) and \(name) < make_timestamp(\($0.to.microseconds)))"
        }
        return try connection.run(
            Statement(
                "select count(*) from \(table.sql) where _file = $1 and (\(conditions.joined(separator: " or ")))",
                [.integer(Int64(id))])
        ).columns[0].integer(0) ?? 0
    }

    /// The rows with their parsed values `p0`, … beside their texts `v0`, ….
    func parsed(_ purpose: FileReader.Purpose) -> String {
        let parsed = columns.map {
            "\($0.reading.parse("v\($0.index)", decimal: reader.options.decimal)) as p\($0.index)"
        }
        return "select *, \(parsed.joined(separator: ", ")) from (\(reader.relation(purpose)))"
    }

    /// The rows with the codes of the offsets `z0`, … of their local times.
    private func withOffsets(_ rows: String) -> String {
        let codes = columns.filter(\.reading.isLocal).map {
            "\(zone.code("p\($0.index)", likely: $0.likely)) as z\($0.index)"
        }
        return codes.isEmpty ? rows : "select *, \(codes.joined(separator: ", ")) from (\(rows))"
    }

    /// SQL that is true where a column's value can be stored.
    func fits(_ column: Column) -> String {
        let (text, parsed) = ("v\(column.index)", "p\(column.index)")
        let holds = column.reading.holds(parsed: parsed, text: text)
        let known = "(\(parsed) is not null and \(holds))"
        if column.name == timeColumn { return known }
        switch column.reading {
        case .text: return "true"
        case .typed: return "(\(text) is null or \(known))"
        // A field of blanks says nothing, as an empty one does.
        default: return "(\(text) is null or trim(\(text)) = '' or \(known))"
        }
    }

    /// SQL that is true for a row that can be stored.
    var fitsAll: String {
        let conditions = ["not malformed"] + columns.map(fits).filter { $0 != "true" }
        return conditions.joined(separator: " and ")
    }

    private var mark: String {
        let skipped = columns.filter(\.reading.isLocal).map { "z\($0.index) & 1 = 1" }
        let normal =
            skipped.isEmpty
            ? "\(id)"
            : "case when \(skipped.joined(separator: " or ")) then \(id + Self.skippedMark) else \(id) end"
        return "case when \(fitsAll) then \(normal) else \(-id) end"
    }

    private func dropRejects() throws(Failure) {
        try connection.execute("drop table if exists \(FileReader.rejects)")
        try connection.execute("drop table if exists \(FileReader.rejectScans)")
    }
}

/// The lines of a file that are no rows: too many or too few values, a wrong encoding.
struct Rejects {
    let count: Int

    init(_ connection: DuckDBConnection, _ reader: FileReader) throws(Failure) {
        guard reader.format.isCSV else {
            count = 0
            return
        }
        let frame = try connection.run(
            Statement(
                """
                select count(distinct line), min(line) filter (where error_type = 'UNQUOTED VALUE'),
                    min(line) filter (where error_type = 'INVALID ENCODING')
                from \(FileReader.rejects)
                """))
        count = frame.columns[0].integer(0) ?? 0
        let label = reader.file.label
        if let line = frame.columns[2].integer(0) {
            throw Failure(
                .importEncoding,
                "\(label) is not in \(reader.options.encoding), first in row \(line).",
                hint: "Set the option encoding to latin-1 or utf-16, or save the file as UTF-8.")
        }
        if let line = frame.columns[1].integer(0) {
            throw Failure(
                .importUnclosedQuote,
                "A quote that is opened in row \(line) of \(label) is not closed as it should be.",
                hint:
                    "Write a quote inside a value twice, and close every value that opens with one."
            )
        }
    }
}
