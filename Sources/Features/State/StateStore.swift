import Foundation
import GRDB
import Vocabulary

/// The bookkeeping of a workspace (accounts, sign-ins, the audit log) in one SQLite file.
///
/// What a call here has written survives a pulled plug: the file is opened with
/// `synchronous=FULL`, and opening fails where that does not hold.
public final class StateStore: Sendable {
    private let pool: DatabasePool

    /// Opens the file, makes it where there is none, and brings its tables up to date.
    ///
    /// - Parameter file: Usually `data/state.sqlite` of a workspace. It is made readable for its
    ///   owner only.
    /// - Throws: `state/newer` when a newer program wrote it, `state/failed` when it cannot be
    ///   opened.
    public init(file: URL) throws(Failure) {
        do {
            let folder = file.deletingLastPathComponent()
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            StateStore.makePrivate(file.path)
            var configuration = Configuration()
            configuration.busyMode = .timeout(5)
            configuration.maximumReaderCount = 4
            configuration.prepareDatabase { database in
                try database.execute(sql: "PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF")
            }
            pool = try DatabasePool(path: file.path, configuration: configuration)
        } catch {
            throw StateStore.failure(error)
        }
        try prepare()
    }

    /// SQLite gives its side files the permissions of the file itself, so it is made first.
    private static func makePrivate(_ path: String) {
        let descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        if descriptor >= 0 { _ = close(descriptor) }
    }

    private func prepare() throws(Failure) {
        let migrator = StateMigrations.migrator
        do {
            guard try !pool.read(migrator.hasBeenSuperseded) else {
                throw Failure(
                    .stateNewer, "This workspace's bookkeeping was written by a newer Yardstick.",
                    hint: "Upgrade this program, or restore a backup made with it.")
            }
            // GRDB sets NORMAL after it has called `prepareDatabase`, so FULL is set here.
            let level = try pool.writeWithoutTransaction { database in
                try database.execute(sql: "PRAGMA synchronous = FULL")
                return try Int.fetchOne(database, sql: "PRAGMA synchronous")
            }
            guard level == 2 else {
                throw Failure(.stateFailed, "SQLite refused to write through to the disk.")
            }
            try migrator.migrate(pool)
        } catch {
            throw StateStore.failure(error)
        }
    }

    /// Reads from a consistent snapshot, beside any writer.
    func read<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(Failure) -> Value {
        do { return try await pool.read(body) } catch { throw StateStore.failure(error) }
    }

    /// Writes in a transaction, which is on the disk when the call returns.
    func write<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(Failure) -> Value {
        do { return try await pool.write(body) } catch { throw StateStore.failure(error) }
    }

    private static func failure(_ error: any Error) -> Failure {
        if let failure = error as? Failure { return failure }
        if let error = error as? DatabaseError, error.resultCode == .SQLITE_FULL {
            return Failure(
                .stateFull, "The disk is full, so nothing could be written.",
                hint: "Make room on the disk of the workspace; no restart is needed.")
        }
        return Failure(
            .stateFailed, "The workspace's bookkeeping could not be read or written.",
            hint: "Check that data/state.sqlite exists and belongs to you.",
            details: ["\(error)"])
    }
}

extension Failure.Code {
    /// A newer program wrote the bookkeeping file.
    public static let stateNewer: Self = "state/newer"
    /// The disk is full.
    public static let stateFull: Self = "state/full"
    /// The bookkeeping file could not be read or written.
    public static let stateFailed: Self = "state/failed"
}
