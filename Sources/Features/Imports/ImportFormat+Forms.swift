import Definitions
import Vocabulary

extension ImportFormat {
    /// The format that a definition names; that of the file that is made for a repository.
    init(_ format: SourceFiles.Format) {
        switch format {
        case .csv: self = .csv
        case .parquet: self = .parquet
        case .jsonl, .git: self = .jsonl
        case .github: self = .github
        case .jira: self = .jira
        case .accessLog: self = .accessLog
        }
    }

    /// The format that a file's name says.
    init?(fileName: String) {
        switch Self.ending(of: fileName) {
        case "csv", "tsv", "txt": self = .csv
        case "parquet": self = .parquet
        case "jsonl", "ndjson": self = .jsonl
        default: return nil
        }
    }

    /// The format of one file: exports of GitHub and Jira are JSON or CSV.
    func form(of label: String) -> ImportFormat {
        let isCSV = ["csv", "tsv", "txt"].contains(Self.ending(of: label))
        switch self {
        case .github: return isCSV ? .csv : self
        case .jira: return isCSV ? .jiraCSV : self
        case .csv, .jiraCSV, .parquet, .jsonl, .accessLog: return self
        }
    }

    /// Whether files have a header and lines of values.
    var isCSV: Bool { self == .csv || self == .jiraCSV }

    /// Whether files are answers of an API, which come as lists of objects.
    var isAnswer: Bool { self == .github || self == .jira }

    /// The columns of a layout that a file with objects of these keys has.
    ///
    /// - Throws: `import/unreadable` where the objects are an error of the API, or other ones.
    func columns(
        _ layout: LineLayout?, keys: Set<String>, file: String
    ) throws(Failure) -> [LineLayout.Column] {
        let tool = self == .github ? "GitHub" : "Jira"
        if keys.contains("errorMessages") || keys.isSuperset(of: ["message", "documentation_url"]) {
            throw Failure(
                .importUnreadable, "\(file) holds an error that \(tool) answered with.",
                hint: "Look into the file, and export it again.")
        }
        let wanted: Set = self == .github ? ["id", "number", "tagName", "databaseId"] : ["key"]
        guard !keys.isDisjoint(with: wanted) else {
            throw Failure(
                .importUnreadable, "\(file) holds no objects of \(tool).",
                hint: "Export them from the API of \(tool); for other JSON use `jsonl`.",
                details: ["their keys: " + keys.sorted().prefix(20).joined(separator: ", ")])
        }
        return (layout?.columns ?? []).filter { column in
            column.keys.isEmpty || !keys.isDisjoint(with: column.keys)
        }
    }

    private static func ending(of name: String) -> String {
        let name = name.lowercased()
        let bare = name.hasSuffix(".gz") ? String(name.dropLast(3)) : name
        return bare.split(separator: ".").last.map(String.init) ?? ""
    }
}
