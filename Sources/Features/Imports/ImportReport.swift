/// What an import did, file by file.
public struct ImportReport: Codable, Equatable, Sendable {
    /// What became of a file.
    public enum State: String, Codable, Sendable {
        /// Its rows were added.
        case stored
        /// The same content was imported before; nothing was done.
        case unchanged
        /// It has changed since it was imported; its rows took the place of the old ones.
        case replaced
        /// Nothing of it was stored; the first refusal says why.
        case refused
    }

    /// A row that was not stored.
    public struct Refusal: Codable, Equatable, Sendable {
        /// The line of the file, counted from one; in Parquet the row. Nil where the file as a whole
        /// is meant.
        public let line: Int?
        /// The column that is at fault, where one is.
        public let column: String?
        /// Why, in words.
        public let reason: String
        /// The text that is at fault, cut where it is long.
        public let text: String?
    }

    /// A file's part of the report.
    public struct File: Codable, Equatable, Sendable {
        /// The file's label.
        public let file: String
        /// What became of it.
        public let state: State
        /// How many rows it has.
        public let rowsRead: Int
        /// How many of them are stored.
        public let rowsStored: Int
        /// How many were refused.
        public let rowsRefused: Int
        /// The first ten refused rows.
        public let refusals: [Refusal]
        /// What else a reader should know, a sentence each: columns added or missing, local times
        /// that occur twice or never.
        public let notes: [String]
    }

    /// The source's name.
    public let source: String
    /// The files, in the order in which they were read.
    public let files: [File]
    /// How many rows the source has now.
    public let rows: Int
    /// How long the import took.
    public let seconds: Double
    /// The source's version; it grew by one if anything changed.
    public let version: Int
}
