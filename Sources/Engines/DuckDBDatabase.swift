import CDuckDB
import Foundation
import Vocabulary

/// An open DuckDB database.
///
/// DuckDB's lock on the file holds between processes only; the paths this process has open are
/// remembered here, since a second opening would damage the file.
final class DuckDBDatabase: @unchecked Sendable {
    private(set) var handle: duckdb_database?
    /// What was cut off the log so that the database could be opened.
    private(set) var logCut: DatabaseLogCut?
    private let path: String?
    private static let opened = OpenedPaths()

    init(_ location: DuckDBEngine.Location, limits: EngineLimits) throws(Failure) {
        switch location {
        case .memory: path = nil
        case .file(let file):
            path = URL(fileURLWithPath: file).resolvingSymlinksInPath().path
        }
        if let path, !Self.opened.insert(path) {
            throw .inUse(path, by: "this process")
        }
        do throws(Failure) {
            handle = try open(DuckDBSettings.opening(limits, isInMemory: path == nil))
        } catch {
            if let path { Self.opened.remove(path) }
            throw error
        }
    }

    func close() {
        duckdb_close(&handle)
        if let path { Self.opened.remove(path) }
    }

    private func open(
        _ settings: [(name: String, value: String)]
    ) throws(Failure) -> duckdb_database? {
        var config: duckdb_config?
        guard duckdb_create_config(&config) == DuckDBSuccess else {
            throw Failure(.engineBroken, "DuckDB has no settings.")
        }
        defer { duckdb_destroy_config(&config) }
        for setting in settings {
            guard duckdb_set_config(config, setting.name, setting.value) == DuckDBSuccess else {
                throw Failure(
                    .engineCannotOpen,
                    "This DuckDB does not know the setting \(setting.name) = \(setting.value).",
                    hint: "Install the release of DuckDB that `yardstick doctor` names.")
            }
        }
        var database: duckdb_database?
        var text: UnsafeMutablePointer<CChar>?
        guard duckdb_open_ext(path, &database, config, &text) == DuckDBSuccess else {
            defer { duckdb_free(text) }
            let said = text.map { String(cString: $0) } ?? ""
            if let path, logCut == nil, let cut = DatabaseLogCut(path: path, failure: said) {
                logCut = cut
                return try open(settings)
            }
            throw DuckDBFailure.opening(path ?? "in memory", said)
        }
        return database
    }
}

/// The files this process has open.
private final class OpenedPaths: @unchecked Sendable {
    private let lock = NSLock()
    private var paths: Set<String> = []

    func insert(_ path: String) -> Bool { lock.withLock { paths.insert(path).inserted } }

    func remove(_ path: String) { lock.withLock { _ = paths.remove(path) } }
}
