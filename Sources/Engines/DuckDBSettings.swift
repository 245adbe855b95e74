import CDuckDB
import Foundation
import Vocabulary

/// How a database is set up before the first statement of ours: limits, and a closed door.
///
/// Order matters. What must hold while the file is opened goes into the opening; the rest follows
/// on the first connection, external access is then turned off, and last of all the configuration
/// is locked, so that no statement can open anything again.
enum DuckDBSettings {
    static func opening(
        _ limits: EngineLimits, isInMemory: Bool
    ) -> [(name: String, value: String)] {
        var settings = [
            ("memory_limit", "\(max(limits.memoryBytes >> 10, 1)) KiB"),
            ("threads", "\(limits.threads)"),
            // What comes in all the time fills the log: tidying it up costs less the seldomer it is
            // done, and 64 MB are read again in less than a second after a crash.
            ("checkpoint_threshold", "64MB"),
            ("autoinstall_known_extensions", "false"),
            ("autoload_known_extensions", "false"),
            ("allow_community_extensions", "false"),
            ("allow_unsigned_extensions", "false"),
        ]
        // Without a file there is no place beside it where intermediate results could go.
        if isInMemory { settings.append(("temp_directory", "")) }
        return settings.map { (name: $0.0, value: $0.1) }
    }

    /// Makes all connections the engine will ever have, then locks the configuration.
    static func secured(
        _ database: DuckDBDatabase, connections count: Int, access: DuckDBEngine.FileAccess
    ) throws(Failure) -> [DuckDBConnection] {
        var connections: [DuckDBConnection] = []
        do throws(Failure) {
            for _ in 0..<count {
                let connection = try DuckDBConnection(database.handle)
                connections.append(connection)
                for setting in perConnection { try connection.execute(setting) }
            }
            for setting in forAll(access) { try connections[0].execute(setting) }
        } catch {
            connections.forEach { $0.close() }
            throw error
        }
        return connections
    }

    /// Progress is counted, never printed.
    private static let perConnection = [
        "set enable_progress_bar = true",
        "set enable_progress_bar_print = false",
        "set progress_bar_time = 0",
    ]

    private static func forAll(_ access: DuckDBEngine.FileAccess) -> [String] {
        [
            // Zones are Foundation's matter alone; what DuckDB turns into a text is in UTC.
            "set global TimeZone = 'UTC'",
            "set allowed_directories = [\(list(access.folders.map { $0 + "/" }))]",
            "set allowed_paths = [\(list(access.files))]",
            "set enable_external_access = false",
            "set lock_configuration = true",
        ]
    }

    private static func list(_ paths: [String]) -> String {
        paths.map { quotedText(URL(fileURLWithPath: $0).standardizedPath(of: $0)) }
            .joined(separator: ", ")
    }
}

extension URL {
    /// The absolute path without `.` and `..`; a slash at the end stays.
    fileprivate func standardizedPath(of text: String) -> String {
        let path = standardizedFileURL.path
        return text.hasSuffix("/") && !path.hasSuffix("/") ? path + "/" : path
    }
}

/// A text in SQL's single quotes, for the few places where a value cannot be bound.
public func quotedText(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
}
