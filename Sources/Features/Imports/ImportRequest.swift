import Definitions
import Foundation
import Vocabulary

/// The layout of files that can be imported.
public enum ImportFormat: String, Sendable, CaseIterable {
    /// Lines of values with a header, also packed with gzip.
    case csv
    /// Apache Parquet.
    case parquet
    /// One JSON object a line, also packed with gzip.
    case jsonl
    /// Objects of GitHub's API, one a line.
    case github
    /// Issues of Jira's API, one a line.
    case jira
    /// What Jira exports as CSV, with columns of one name.
    case jiraCSV = "jira_csv"
    /// A web server's log in the combined format, also packed with gzip.
    case accessLog = "access_log"
}

/// What is to be imported into one source, and how its files are read.
public struct ImportRequest: Sendable {
    /// How the column that places a row in time is written.
    public struct Time: Hashable, Sendable {
        /// The column's name.
        public let column: String
        /// `epoch_seconds`, `epoch_milliseconds` or a pattern like `%d/%m/%Y %H:%M`; nil to find out.
        public let format: String?

        /// Describes a time column.
        public init(column: String, format: String? = nil) {
            self.column = column
            self.format = format
        }
    }

    /// How the text of a file is laid out.
    public struct Options: Hashable, Sendable {
        /// What separates values; nil to find out from the header.
        public var delimiter: Character?
        /// `utf-8`, `latin-1` or `utf-16`.
        public var encoding: String
        /// What separates whole numbers from their fractions: `.` or `,`.
        public var decimal: Character
        /// Texts of CSV files that say that there is no value, beside the empty one.
        public var missing: [String]

        /// Sets options.
        public init(
            delimiter: Character? = nil, encoding: String = "utf-8", decimal: Character = ".",
            missing: [String] = []
        ) {
            self.delimiter = delimiter
            self.encoding = encoding
            self.decimal = decimal
            self.missing = missing
        }
    }

    /// The source's name; its rows lie in the table of that name in the schema `source`.
    public let source: String
    /// The files, in the order in which they are read.
    public let files: [ImportFile]
    /// Their layout.
    public let format: ImportFormat
    /// The zone in which times without a zone are meant.
    public let zone: TimeZone
    /// The time column; nil for a source that has none.
    public let time: Time?
    /// Columns whose type a person has set, by name.
    public let pins: [String: ValueType]
    /// How text is laid out.
    public let options: Options
    /// What is read of an export.
    public let content: SourceContent

    /// Describes an import.
    public init(
        source: String, files: [ImportFile], format: ImportFormat, zone: TimeZone,
        time: Time? = nil, pins: [String: ValueType] = [:], options: Options = Options(),
        content: SourceContent = SourceContent()
    ) {
        self.source = source
        self.files = files
        self.format = format
        self.zone = zone
        self.time = time
        self.pins = pins
        self.options = options
        self.content = content
    }
}

/// A file to import: where it lies, and the name under which it is known.
public struct ImportFile: Hashable, Sendable {
    /// Its absolute path.
    public let path: String
    /// The name under which its rows are kept; importing the same label again replaces them.
    public let label: String
    /// Why it cannot be imported, where that is known already; the other files go on.
    public let failure: Failure?

    /// Names a file.
    public init(path: String, label: String, failure: Failure? = nil) {
        self.path = path
        self.label = label
        self.failure = failure
    }

    /// Hashes what identifies the file.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(path)
        hasher.combine(label)
    }
}

/// How far an import has come.
public struct ImportProgress: Equatable, Sendable {
    /// The part that is done, 0 to 1.
    public let fraction: Double
    /// How many rows were read so far.
    public let rows: Int

    /// Makes a progress.
    public init(fraction: Double, rows: Int) {
        self.fraction = fraction
        self.rows = rows
    }
}
