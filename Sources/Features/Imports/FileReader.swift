import Engines
import Foundation
import Vocabulary

/// A file's columns and rows as SQL: the one place that knows how each format is opened.
///
/// Rows come as columns `v0`, `v1`, … in the order of ``columns``: texts, or for Parquet the file's
/// own types. A further column `malformed` is true for lines that are no rows at all.
struct FileReader {
    /// A column of a file.
    struct Column: Hashable {
        /// Its name in the file.
        let name: String
        /// Its type where the file has types; nil for text.
        let type: String?
    }

    /// What a relation is read for, which decides what happens to lines that are no rows.
    enum Purpose: Equatable {
        /// The first rows, to see how they are written.
        case sample
        /// All rows; lines that are no rows are written to the table of rejects.
        case load
        /// All rows again, the lines that are no rows left out.
        case again
    }

    let file: ImportFile
    let format: ImportFormat
    let options: ImportRequest.Options
    let columns: [Column]
    /// How lines are taken apart that are no plain lists of values.
    let layout: LineLayout?
    private let delimiter: Character
    private let isGzip: Bool
    private let chosen: [LineLayout.Column]
    /// For a Jira CSV file the places in its header that each column stands for.
    private let places: [[Int]]

    /// The tables into which DuckDB writes lines that are no rows.
    static let rejects = "yardstick_rejects"
    static let rejectScans = "yardstick_reject_scans"
    static let lineBytesMax = 2_000_000

    init(
        _ file: ImportFile, _ request: ImportRequest, on connection: DuckDBConnection
    ) throws(Failure) {
        self.file = file
        format = request.format.form(of: file.label)
        options = request.options
        layout = LineLayout(format, request.content)
        let head = try Self.head(of: file)
        isGzip = head.starts(with: [0x1f, 0x8b])
        var chosen: [LineLayout.Column] = []
        var places: [[Int]] = []
        switch format {
        case .csv, .jiraCSV:
            let header = try Self.headerLine(file, options, isGzip: isGzip, on: connection)
            delimiter = options.delimiter ?? CSVHeader.delimiter(of: header)
            let names = try CSVHeader.names(in: header, delimiter: delimiter, file: file.label)
            let joined = JiraHeader.columns(names)
            if format == .jiraCSV { places = joined.map(\.places) }
            columns = (format == .jiraCSV ? joined.map(\.name) : names)
                .map { Column(name: $0, type: nil) }
        case .parquet:
            delimiter = ","
            let frame = try connection.run(
                Statement("describe select * from read_parquet(\(quotedText(file.path)))"))
            columns = (0..<frame.count).map {
                Column(name: frame.columns[0].text($0) ?? "", type: frame.columns[1].text($0))
            }
        case .jsonl:
            delimiter = ","
            columns = try Self.keys(file, options, isGzip: isGzip, on: connection)
                .map { Column(name: $0, type: nil) }
            guard !columns.isEmpty else {
                throw Failure(
                    .importUnreadable, "\(file.label) holds no line that is a JSON object.",
                    hint: "Write one object a line, without a list around them.")
            }
        case .github, .jira:
            delimiter = ","
            let keys = try Self.keys(file, options, isGzip: isGzip, on: connection)
            chosen = try format.columns(layout, keys: Set(keys), file: file.label)
            columns = chosen.map { Column(name: $0.name, type: nil) }
        case .accessLog:
            delimiter = ","
            chosen = layout?.columns ?? []
            columns = chosen.map { Column(name: $0.name, type: nil) }
        }
        self.chosen = chosen
        self.places = places
        try CSVHeader.check(columns.map(\.name), file: file.label)
    }

    /// SQL of all rows.
    func relation(_ purpose: Purpose) -> String {
        switch format {
        case .csv: "select *, false as malformed from \(readCSV(purpose, "v", columns.count))"
        case .jiraCSV:
            "select "
                + places.enumerated().map { "\(JiraHeader.sql($1)) as v\($0)" }
                .joined(separator: ", ")
                + ", false as malformed from "
                + readCSV(purpose, "r", places.reduce(0) { $0 + $1.count })
        case .parquet:
            "select "
                + columns.enumerated().map { "\(quotedName($1.name)) as v\($0)" }
                .joined(separator: ", ")
                + ", false as malformed from read_parquet(\(quotedText(file.path)))"
        case .jsonl: jsonRelation(purpose)
        case .github, .jira, .accessLog:
            layout?.relation(
                chosen,
                lines: Self.lines(
                    file, options, isGzip: isGzip, ignoreErrors: purpose != .load)) ?? ""
        }
    }

    /// SQL of the file's lines, as they are, in the column `l`; an empty line is null.
    var lines: String { Self.lines(file, options, isGzip: isGzip, ignoreErrors: true) }

    /// Reads a number of columns under a letter and their places.
    private func readCSV(_ purpose: Purpose, _ letter: Character, _ count: Int) -> String {
        let types = (0..<count).map { "'\(letter)\($0)': 'VARCHAR'" }.joined(separator: ", ")
        var settings = [
            "auto_detect = false", "header = true", "quote = '\"'", "escape = '\"'",
            "delim = \(quotedText(String(delimiter)))", "columns = {\(types)}",
            "compression = '\(isGzip ? "gzip" : "none")'",
            "encoding = \(quotedText(options.encoding))",
            "max_line_size = \(Self.lineBytesMax)",
        ]
        if !options.missing.isEmpty {
            let texts = ([""] + options.missing).map(quotedText).joined(separator: ", ")
            settings.append("nullstr = [\(texts)]")
        }
        switch purpose {
        case .sample:
            settings += ["ignore_errors = true", "buffer_size = \(2 * Self.lineBytesMax)"]
        case .again: settings += ["ignore_errors = true"]
        case .load:
            settings += [
                "store_rejects = true", "rejects_table = '\(Self.rejects)'",
                "rejects_scan = '\(Self.rejectScans)'", "rejects_limit = 0",
                "rejects_line_size_limit = 300",
            ]
        }
        return "read_csv(\(quotedText(file.path)), \(settings.joined(separator: ", ")))"
    }

    private func jsonRelation(_ purpose: Purpose) -> String {
        let paths = columns.map { column in
            let escaped = column.name.flatMap { "\\\"".contains($0) ? "\\\($0)" : "\($0)" }
            return quotedText("$.\"\(String(escaped))\"")
        }
        let values = columns.indices.map { "found[\($0 + 1)] as v\($0)" }
        let lines = Self.lines(file, options, isGzip: isGzip, ignoreErrors: purpose != .load)
        return """
            select \(values.joined(separator: ", ")), found is null as malformed from (
                select case when isObject then
                    json_extract_string(l, [\(paths.joined(separator: ", "))]) end as found from (
                select l, case when json_valid(l) then json_type(l) = 'OBJECT' else false end
                    as isObject from \(lines) where trim(l) <> ''))
            """
    }

    /// The keys of a file's objects, in the order in which they come.
    private static func keys(
        _ file: ImportFile, _ options: ImportRequest.Options, isGzip: Bool,
        on connection: DuckDBConnection
    ) throws(Failure) -> [String] {
        let lines = lines(file, options, isGzip: isGzip, ignoreErrors: false)
        let frame = try connection.run(
            Statement(
                """
                select key from (select unnest(json_keys(l)) as key, n from (
                    select l, row_number() over () as n from \(lines)
                    where case when json_valid(l) then json_type(l) = 'OBJECT' else false end))
                group by key order by min(n), key
                """))
        return (0..<frame.count).map { frame.columns[0].text($0) ?? "" }
    }

    /// Reads lines whole: the separator is a character that neither text nor JSON holds.
    private static func lines(
        _ file: ImportFile, _ options: ImportRequest.Options, isGzip: Bool, ignoreErrors: Bool,
        isSample: Bool = false
    ) -> String {
        let buffer = isSample ? ", buffer_size = \(2 * lineBytesMax)" : ""
        return """
            read_csv(\(quotedText(file.path)), auto_detect = false, header = false, quote = '', \
            escape = '', delim = '\u{1}', columns = {'l': 'VARCHAR'}, strict_mode = false, \
            compression = '\(isGzip ? "gzip" : "none")', \
            encoding = \(quotedText(options.encoding)), max_line_size = \(lineBytesMax)\
            \(ignoreErrors ? ", ignore_errors = true" : "")\(buffer))
            """
    }

    private static func headerLine(
        _ file: ImportFile, _ options: ImportRequest.Options, isGzip: Bool,
        on connection: DuckDBConnection
    ) throws(Failure) -> String {
        let frame = try connection.run(
            Statement(
                "select l from "
                    + lines(file, options, isGzip: isGzip, ignoreErrors: true, isSample: true)
                    + " limit 1"))
        guard frame.count == 1, let line = frame.columns[0].text(0), !line.isEmpty else {
            throw Failure(
                .importHeader, "\(file.label) does not begin with a line of column names.",
                hint: "The first line must name the columns; also check the encoding option.")
        }
        return line
    }

    private static func head(of file: ImportFile) throws(Failure) -> Data {
        guard let handle = FileHandle(forReadingAtPath: file.path),
            let head = try? handle.read(upToCount: 2) ?? Data()
        else {
            throw Failure(
                .importUnreadable, "\(file.label) cannot be read.",
                hint: "Check that it is a file and its permissions.")
        }
        guard !head.isEmpty else {
            throw Failure(.importEmptyFile, "\(file.label) is empty.")
        }
        return head
    }
}
