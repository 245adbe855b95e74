import Definitions
import Engines
import Vocabulary

/// How SQL takes the lines of a file apart, where a line is not a plain list of values.
///
/// The line is the column `l`. What all columns need is computed once a line, as `f`.
struct LineLayout: Sendable {
    /// A column that the layout gives.
    struct Column: Sendable {
        let name: String
        /// Its type, which is never guessed.
        let type: ValueType
        /// SQL of its text over `l` and `f`.
        let sql: String
        /// Keys of the objects of which at least one must occur in a file for it to have the
        /// column; empty for a column that every file has.
        var keys: [String] = []
    }

    let columns: [Column]
    /// SQL of `f` over `l`.
    let taken: String
    /// SQL over `f` that is true for a line that is a row.
    let isRow: String
    /// What a line should be: `a line of the combined log format`.
    let expectation: String
    /// Whether a line gives several rows: then ``taken`` is a list of them.
    var hasManyRows = false

    /// SQL of the rows as `v0`, `v1`, … from SQL of the lines; lines that are no rows are kept,
    /// with their text in the column `torn`.
    func relation(_ chosen: [Column], lines: String) -> String {
        let values = chosen.enumerated().map { "case when fits then \($1.sql) end as v\($0)" }
        let taken = hasManyRows ? "unnest(\(self.taken))" : self.taken
        return """
            select \(values.joined(separator: ", ")), not fits as malformed,
                case when not fits then l end as torn from (
            select l, f, coalesce(\(isRow), false) as fits from (
            select l, \(taken) as f from \(lines) where trim(l) <> ''))
            """
    }

    /// The layout of a format; nil for one whose lines are plain.
    init?(_ format: ImportFormat, _ content: SourceContent) {
        switch format {
        case .accessLog: self = .accessLog
        case .github: self = .github
        case .jira: self = content.rows == .transitions ? .jiraTransitions(content) : .jira(content)
        case .csv, .jiraCSV, .parquet, .jsonl: return nil
        }
    }

    init(
        columns: [Column], taken: String, isRow: String, expectation: String,
        hasManyRows: Bool = false
    ) {
        self.columns = columns
        self.taken = taken
        self.isRow = isRow
        self.expectation = expectation
        self.hasManyRows = hasManyRows
    }

    /// The types of all its columns.
    var columnTypes: [String: ValueType] {
        Dictionary(columns.map { ($0.name, $0.type) }, uniquingKeysWith: { first, _ in first })
    }
}

/// Collects the paths that columns of JSON objects need, so that a line is parsed once.
struct JSONPaths {
    private(set) var paths: [String] = []

    /// SQL of the first of some paths that has a value; lists and objects come as JSON.
    mutating func first(_ wanted: [String]) -> String {
        let terms = wanted.map { path in
            if !paths.contains(path) { paths.append(path) }
            return "f[\((paths.firstIndex(of: path) ?? 0) + 1)]"
        }
        return terms.count == 1 ? terms[0] : "coalesce(\(terms.joined(separator: ", ")))"
    }

    /// SQL of the list of the values, null for a line that is no JSON object.
    var taken: String {
        let list = paths.map { quotedText("$.\($0)") }.joined(separator: ", ")
        return Self.ifObject("json_extract_string(l, [\(list)])")
    }

    /// SQL that is null for a line that is no JSON object.
    static func ifObject(_ sql: String) -> String {
        "case when json_valid(l) then case when json_type(l) = 'OBJECT' then \(sql) end end"
    }

    /// SQL of the values at a path with `[*]`, joined by commas.
    static func joined(_ path: String, of column: String = "l") -> String {
        let list = "json_extract_string(\(column), \(quotedText("$.\(path)")))"
        return "nullif(array_to_string(\(list), ', '), '')"
    }
}
