import Engines
import Vocabulary

/// Finds the first refused rows of a file again, with their lines; only called where there are any.
struct RefusedRows {
    let load: FileLoad
    let rejects: Rejects
    private static let textMax = 200

    /// The first refused rows in the order of the file.
    func first(_ count: Int, hasBad: Bool) throws(Failure) -> [ImportReport.Refusal] {
        if load.reader.format.isCSV { try numberLines() }
        defer { try? drop() }
        var found: [ImportReport.Refusal] = []
        if rejects.count > 0 { found += try structural(count) }
        if hasBad { found += try unfitting(count) }
        return Array(found.sorted { ($0.line ?? 0) < ($1.line ?? 0) }.prefix(count))
    }

    private static let lines = "yardstick_lines"
    private var connection: DuckDBConnection { load.connection }

    /// DuckDB counts rows, not lines, so a value with a line break shifts its numbers.
    ///
    /// A row begins on a line before which the number of quotes is even; an empty line is none.
    private func numberLines() throws(Failure) {
        try drop()
        try connection.execute(
            """
            create temp table \(Self.lines) as
            select line, row_number() over (order by line) as number, isEmpty from (
                select line, isEmpty, coalesce(sum(quotes) over (
                    order by line rows between unbounded preceding and 1 preceding), 0) as before
                from (select row_number() over () as line, l is null as isEmpty,
                    length(l) - length(replace(l, '"', '')) as quotes from \(load.reader.lines)))
            where before % 2 = 0
            """)
    }

    private func drop() throws(Failure) {
        try connection.execute("drop table if exists \(Self.lines)")
    }

    private func structural(_ count: Int) throws(Failure) -> [ImportReport.Refusal] {
        let frame = try connection.run(
            Statement(
                """
                select coalesce(any_value(n.line), r.line), any_value(r.error_type),
                    any_value(r.error_message), any_value(r.csv_line)
                from \(FileReader.rejects) r left join \(Self.lines) n on n.number = r.line
                group by r.line order by r.line limit \(count)
                """))
        return (0..<frame.count).map { row in
            ImportReport.Refusal(
                line: frame.columns[0].integer(row), column: nil,
                reason: Self.reason(
                    frame.columns[1].text(row) ?? "", frame.columns[2].text(row) ?? ""),
                text: frame.columns[3].text(row).map { Self.cut($0.trimmed) })
        }
    }

    private static func reason(_ type: String, _ message: String) -> String {
        let numbers = message.split { !$0.isNumber }.map(String.init)
        switch type {
        case "TOO MANY COLUMNS", "MISSING COLUMNS":
            return numbers.count == 2
                ? "The row has \(numbers[1]) values, and the header names \(numbers[0])."
                : "The row has another number of values than the header."
        case "LINE SIZE OVER MAXIMUM":
            return "The line is longer than 2,000,000 bytes."
        default:
            return String(message.split(separator: "\n").first ?? "The line cannot be read.")
        }
    }

    /// Rows of which a value does not fit its column.
    private func unfitting(_ count: Int) throws(Failure) -> [ImportReport.Refusal] {
        let columns = load.columns.filter { load.fits($0) != "true" }
        let which = columns.map { "when not coalesce(\(load.fits($0)), false) then \($0.index)" }
        let text = columns.map {
            "when not coalesce(\(load.fits($0)), false) then cast(v\($0.index) as varchar)"
        }
        let frame = try connection.run(
            Statement(
                """
                select ordinal, case when malformed then -1 \(which.joined(separator: " ")) end,
                    case when malformed then \(load.reader.layout == nil ? "null" : "torn") \(text.joined(separator: " ")) end
                from (select *, row_number() over () as ordinal from (\(load.parsed(.again))))
                where not coalesce(\(load.fitsAll), false) order by ordinal limit \(count)
                """))
        var refusals: [ImportReport.Refusal] = []
        for row in 0..<frame.count {
            let ordinal = frame.columns[0].integer(row) ?? 0
            let column = load.columns.first { $0.index == frame.columns[1].integer(row) }
            let text = frame.columns[2].text(row)
            refusals.append(
                ImportReport.Refusal(
                    line: try line(ofRow: ordinal), column: column?.name,
                    reason: reason(column, text), text: text.map(Self.cut)))
        }
        return refusals
    }

    private func reason(_ column: FileLoad.Column?, _ text: String?) -> String {
        guard let column else {
            return "The line is not \(load.reader.layout?.expectation ?? "a JSON object")."
        }
        guard text != nil else { return "The row has no value in the time column." }
        return "The value is not \(column.reading.expectation)."
    }

    private func line(ofRow ordinal: Int) throws(Failure) -> Int? {
        switch load.reader.format {
        case .parquet: return ordinal
        case .jira where load.reader.layout?.hasManyRows == true: return ordinal
        case .jsonl, .github, .jira, .accessLog:
            return try connection.run(
                Statement(
                    """
                    select line from (select line, row_number() over (order by line) as n from (
                        select row_number() over () as line, l from \(load.reader.lines))
                        where trim(l) <> '') where n = \(ordinal)
                    """)
            ).columns[0].integers.first ?? nil
        case .csv, .jiraCSV:
            return try connection.run(
                Statement(
                    """
                    select line from (select line, row_number() over (order by line) as n
                        from \(Self.lines) where not isEmpty and number > 1
                        and number not in (select line from \(FileReader.rejects)))
                    where n = \(ordinal)
                    """)
            ).columns[0].integers.first ?? nil
        }
    }

    private static func cut(_ text: String) -> String {
        text.count <= textMax ? text : text.prefix(textMax) + "…"
    }
}

extension FrameColumn {
    /// The values as whole numbers, where they are.
    fileprivate var integers: [Int?] { (0..<count).map { integer($0) } }
}
