import Foundation
import Vocabulary

/// A database that is open, with the threads that have its connections.
///
/// DuckDB gives a database up after some failures, for example when the disk becomes read-only in
/// the midst of a commit; then this is closed as a whole, and made anew.
final class DuckDBOpening: Sendable {
    let workers: DuckDBWorkers
    /// A thread and a connection that questions cannot keep busy.
    let writer: DuckDBWorkers
    /// What had to be cut off the database's log.
    let logCut: DatabaseLogCut?

    /// Opens a database as an engine was told to.
    init(_ manner: Manner) throws(Failure) {
        let database = try DuckDBDatabase(manner.location, limits: manner.limits)
        logCut = database.logCut
        let opened: [DuckDBConnection]
        do throws(Failure) {
            opened = try DuckDBSettings.secured(
                database, connections: manner.connections + 1, access: manner.access)
        } catch {
            database.close()
            throw error
        }
        let last = LastOne(of: 2) { database.close() }
        workers = DuckDBWorkers(Array(opened.dropLast())) { last.leave() }
        writer = DuckDBWorkers(Array(opened.suffix(1))) { last.leave() }
    }

    /// How a database is opened.
    struct Manner: Sendable {
        let location: DuckDBEngine.Location
        let limits: EngineLimits
        let access: DuckDBEngine.FileAccess
        let connections: Int
    }

    deinit {
        workers.close()
        writer.close()
    }

    /// Stops all statements and returns when the database is closed.
    func close() async {
        for group in [workers, writer] {
            await withCheckedContinuation { continuation in
                group.close { continuation.resume() }
            }
        }
    }
}

/// The opening that an engine uses at the moment.
///
/// When DuckDB has given a database up, whoever comes next has it closed and opened again; others
/// wait for that. While it cannot be opened, everybody is told why, and the next one tries again.
actor DuckDBOpenings {
    private let manner: DuckDBOpening.Manner
    private var current: DuckDBOpening?
    private var isClosed = false
    private var change: Task<Result<DuckDBOpening, Failure>, Never>?

    init(_ manner: DuckDBOpening.Manner, first: DuckDBOpening) {
        self.manner = manner
        current = first
    }

    /// The opening to use.
    func usable() async throws(Failure) -> DuckDBOpening {
        if isClosed { throw Failure(.engineClosed, "The database is closed.") }
        if let current { return current }
        return try await (change ?? begin(after: nil)).value.get()
    }

    /// Notes that an opening is of no use any more; it is closed, and another made.
    func giveUp(_ broken: DuckDBOpening) {
        // What is in memory alone would be lost.
        guard case .file = manner.location, current === broken, !isClosed else { return }
        current = nil
        _ = begin(after: broken)
    }

    func close() async {
        isClosed = true
        _ = await change?.value
        await current?.close()
        current = nil
    }

    private func begin(after broken: DuckDBOpening?) -> Task<Result<DuckDBOpening, Failure>, Never>
    {
        let task = Task { [manner] in
            await broken?.close()
            let result = Result { () throws(Failure) in try DuckDBOpening(manner) }
            if case .success(let opening) = result { current = opening }
            change = nil
            return result
        }
        change = task
        return task
    }
}

/// Does something when the last of several has left.
private final class LastOne: @unchecked Sendable {
    private let lock = NSLock()
    private var count: Int
    private let whenEmpty: @Sendable () -> Void

    init(of count: Int, _ whenEmpty: @escaping @Sendable () -> Void) {
        self.count = count
        self.whenEmpty = whenEmpty
    }

    func leave() {
        let isLast = lock.withLock {
            count -= 1
            return count == 0
        }
        if isLast { whenEmpty() }
    }
}
