import Engines
import Foundation
import Vocabulary

/// Brings files into a source: all of an import happens, or nothing of it.
///
/// Rows lie in the table of the source's name in the schema `source`, with the hidden column `_file`.
/// Times without a zone are turned into UTC. A file is known by its label and its content: the same
/// content again changes nothing, other content under a known label takes the place of the old rows.
public struct SourceImporter: Sendable {
    private let engine: DuckDBEngine

    /// Makes an importer that writes through an engine, which must have access to the files.
    public init(_ engine: DuckDBEngine) { self.engine = engine }

    /// The table that holds a source's rows.
    public static func table(of source: String) -> TableName {
        TableName(schema: "source", name: source)
    }

    /// Imports files in one transaction.
    ///
    /// When several files are given and one of them cannot be read, the others are imported and the
    /// report says why that one was refused; when none can be read, the first one's failure is thrown.
    ///
    /// - Parameters:
    ///   - request: The files, and how they are read.
    ///   - now: The instant that is noted as that of the import.
    ///   - progress: Called from another thread, a few times a second.
    /// - Returns: What was read, stored and refused, and why.
    /// - Throws: `import/…`, or `engine/…` such as `engine/cancelled`; the source is as it was.
    public func run(
        _ request: ImportRequest, now: Instant,
        progress: (@Sendable (ImportProgress) -> Void)? = nil
    ) async throws(Failure) -> ImportReport {
        guard !request.files.isEmpty else {
            throw Failure(
                .importMissingFile, "There is no file to import into '\(request.source)'.")
        }
        guard ["utf-8", "latin-1", "utf-16"].contains(request.options.encoding),
            [".", ","].contains(request.options.decimal)
        else {
            throw Failure(
                .importOption,
                "The encoding '\(request.options.encoding)' with the decimal sign '\(request.options.decimal)' is not known.",
                hint: "The encodings are utf-8, latin-1 and utf-16; the decimal signs . and ,")
        }
        let tracker = ImportTracker(report: progress)
        return try await engine.withConnection(progress: { tracker.tell($0) }) {
            connection throws(Failure) in
            try ImportRun(connection, request, now: now, tracker: tracker).run()
        }
    }
}

/// Turns the progress of one statement into that of the whole import.
final class ImportTracker: @unchecked Sendable {
    private let lock = NSLock()
    private let report: (@Sendable (ImportProgress) -> Void)?
    private var done = 0.0
    private var share: Double?
    private var rows = 0

    init(report: (@Sendable (ImportProgress) -> Void)?) { self.report = report }

    /// The next statement does this part of the whole, 0 to 1; nil for one that does not count.
    func begin(share: Double?) { lock.withLock { self.share = share } }

    func end(rows: Int) {
        lock.withLock {
            done += share ?? 0
            share = nil
            self.rows += rows
        }
    }

    func restart() {
        lock.withLock { (done, share, rows) = (0, nil, 0) }
    }

    func tell(_ progress: EngineProgress) {
        let told: ImportProgress? = lock.withLock {
            share.map {
                ImportProgress(
                    fraction: min(1, done + $0 * progress.fraction), rows: rows + progress.rows)
            }
        }
        if let told { report?(told) }
    }
}
