import Engines
import Vocabulary

/// What is kept beside a source's rows: its files, the types of its columns, its version.
///
/// The tables lie in the schema `yardstick`; whoever changes them holds a transaction.
public struct ImportLedger {
    /// A file whose rows are stored.
    public struct File: Hashable, Sendable {
        /// The number in the rows' hidden column `_file`.
        public let id: Int
        /// The file's label.
        public let label: String
        /// Its size.
        public let bytes: Int
        /// The BLAKE2b digest of its content, 64 hexadecimal digits.
        public let digest: String
        /// How many rows were read, stored and refused.
        public let rowsRead: Int
        /// How many of them are stored.
        public let rowsStored: Int
        /// How many were refused.
        public let rowsRefused: Int
        /// When it was imported.
        public let importedAt: Instant
    }

    /// A column whose type is kept.
    struct Column: Hashable {
        let name: String
        var reading: ColumnReading
        /// Whether the source has had a value in it; if not, its type is still open.
        var isKnown: Bool
        var isPinned: Bool
    }

    private let connection: DuckDBConnection

    /// Opens the ledger of a database.
    public init(_ connection: DuckDBConnection) { self.connection = connection }

    /// Makes the ledger's tables where they are missing.
    public func prepare() throws(Failure) {
        for sql in [
            "create schema if not exists yardstick", "create schema if not exists source",
            """
            create table if not exists yardstick.sources (name varchar, version bigint)
            """,
            """
            create table if not exists yardstick.files (
                id integer, source varchar, label varchar, bytes bigint, digest varchar,
                rows_read bigint, rows_stored bigint, rows_refused bigint, imported_at timestamp)
            """,
            """
            create table if not exists yardstick.columns (
                source varchar, position integer, name varchar, reading varchar, type varchar,
                is_known boolean, is_pinned boolean)
            """,
        ] { try connection.execute(sql) }
    }

    /// The source's version; 0 before the first import.
    public func version(of source: String) throws(Failure) -> Int {
        try connection.run(
            Statement("select max(version) from yardstick.sources where name = $1", [.text(source)])
        ).columns[0].integer(0) ?? 0
    }

    /// The files whose rows a source has, in the order of their import.
    public func files(of source: String) throws(Failure) -> [File] {
        let frame = try connection.run(
            Statement(
                """
                select id, label, bytes, digest, rows_read, rows_stored, rows_refused, imported_at
                from yardstick.files where source = $1 order by id
                """, [.text(source)]))
        return (0..<frame.count).map { row in
            File(
                id: frame.columns[0].integer(row) ?? 0, label: frame.columns[1].text(row) ?? "",
                bytes: frame.columns[2].integer(row) ?? 0, digest: frame.columns[3].text(row) ?? "",
                rowsRead: frame.columns[4].integer(row) ?? 0,
                rowsStored: frame.columns[5].integer(row) ?? 0,
                rowsRefused: frame.columns[6].integer(row) ?? 0,
                importedAt: frame.columns[7].instant(row) ?? Instant(seconds: 0))
        }
    }

    func columns(of source: String) throws(Failure) -> [Column] {
        let frame = try connection.run(
            Statement(
                """
                select name, reading, type, is_known, is_pinned from yardstick.columns
                where source = $1 order by position
                """, [.text(source)]))
        return (0..<frame.count).map { row in
            Column(
                name: frame.columns[0].text(row) ?? "",
                reading: ColumnReading(encoded: frame.columns[1].text(row) ?? ""),
                isKnown: frame.columns[3].text(row) == "true",
                isPinned: frame.columns[4].text(row) == "true")
        }
    }

    func store(_ columns: [Column], of source: String) throws(Failure) {
        try connection.execute("delete from yardstick.columns where source = $1", [.text(source)])
        for (position, column) in columns.enumerated() {
            try connection.execute(
                "insert into yardstick.columns values ($1, $2, $3, $4, $5, $6, $7)",
                [
                    .text(source), .integer(Int64(position)), .text(column.name),
                    .text(column.reading.encoded), .text(column.reading.storedType),
                    .boolean(column.isKnown), .boolean(column.isPinned),
                ])
        }
    }

    /// A number that no file of any source had so far.
    func nextFile() throws(Failure) -> Int {
        let frame = try connection.run(
            Statement("select coalesce(max(id), 0) + 1 from yardstick.files"))
        return frame.columns[0].integer(0) ?? 1
    }

    func store(_ file: File, of source: String, insteadOf old: Int?) throws(Failure) {
        if let old {
            try connection.execute(
                "delete from yardstick.files where id = $1", [.integer(Int64(old))])
        }
        try connection.execute(
            "insert into yardstick.files values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            [
                .integer(Int64(file.id)), .text(source), .text(file.label),
                .integer(Int64(file.bytes)), .text(file.digest), .integer(Int64(file.rowsRead)),
                .integer(Int64(file.rowsStored)), .integer(Int64(file.rowsRefused)),
                .instant(file.importedAt),
            ])
    }

    func setVersion(_ version: Int, of source: String) throws(Failure) {
        try connection.execute("delete from yardstick.sources where name = $1", [.text(source)])
        try connection.execute(
            "insert into yardstick.sources values ($1, $2)",
            [.text(source), .integer(Int64(version))])
    }
}
