import CDuckDB
import Foundation
import Vocabulary

/// DuckDB inside this process: a file of a workspace, or a database in memory.
///
/// Statements run on threads of the engine's own. Extensions cannot be loaded, files are out of
/// reach but for ``FileAccess``, and no statement can change that afterwards.
public final class DuckDBEngine: Engine {
    /// Where the data lives.
    public enum Location: Hashable, Sendable {
        /// In this process, gone when it ends.
        case memory
        /// In a file; one process at a time may have it open.
        case file(String)
    }

    /// Which files outside the database statements may read or write.
    public struct FileAccess: Hashable, Sendable {
        /// Folders, with all that lies in them.
        public var folders: [String]
        /// Single files.
        public var files: [String]

        /// Allows these folders and files; none by default.
        public init(folders: [String] = [], files: [String] = []) {
            self.folders = folders
            self.files = files
        }
    }

    /// What statements may use at most.
    public let limits: EngineLimits
    /// What had to be cut off the database's log so that it could be opened; nil as a rule.
    public let logCut: DatabaseLogCut?
    private let openings: DuckDBOpenings

    /// The release of DuckDB, for example `v2.0.0`.
    public static var version: String { String(cString: duckdb_library_version()) }

    /// Opens a database; a file that is not there is made.
    ///
    /// - Parameters:
    ///   - location: A file or memory.
    ///   - limits: What statements may use at most.
    ///   - access: Which other files statements may touch.
    ///   - connections: How many statements may run at the same time; more wait in order.
    /// - Throws: `engine/in-use` when a program has it open already, `engine/cannot-open`.
    public init(
        _ location: Location, limits: EngineLimits = EngineLimits(),
        access: FileAccess = FileAccess(), connections: Int = 4
    ) throws(Failure) {
        precondition(connections > 0, "An engine needs a connection.")
        self.limits = limits
        let manner = DuckDBOpening.Manner(
            location: location, limits: limits, access: access, connections: connections)
        let first = try DuckDBOpening(manner)
        logCut = first.logCut
        openings = DuckDBOpenings(manner, first: first)
    }

    /// Stops all statements and closes the database, so that another process may open it.
    public func close() async { await openings.close() }

    /// Runs one statement that only reads, and returns all its rows.
    public func run(
        _ statement: Statement, progress: (@Sendable (EngineProgress) -> Void)?
    ) async throws(Failure) -> Frame {
        try await withConnection(seconds: limits.seconds, progress: progress) {
            connection throws(Failure) in
            try connection.read(statement)
        }
    }

    /// Runs one statement of any kind, and returns how many rows it changed.
    @discardableResult
    public func execute(_ statement: Statement) async throws(Failure) -> Int {
        try await withConnection(seconds: limits.seconds) { connection throws(Failure) in
            try connection.execute(statement.sql, statement.values)
        }
    }

    /// Runs work that needs one connection for several statements, on a thread of the engine's own.
    ///
    /// - Parameters:
    ///   - seconds: How long all of it may take; nil sets no limit.
    ///   - progress: Called from another thread with the progress of the statement that runs.
    ///   - body: The work; it may block.
    /// - Returns: What the work returned.
    /// - Throws: What the work throws; `engine/cancelled` when the calling task was cancelled.
    public func withConnection<Output: Sendable>(
        seconds: Double? = nil, progress: (@Sendable (EngineProgress) -> Void)? = nil,
        _ body: @escaping @Sendable (DuckDBConnection) throws(Failure) -> Output
    ) async throws(Failure) -> Output {
        try await run(body, isWriter: false, seconds: seconds, progress: progress)
    }

    /// Runs work that stores what comes in all the time, on a connection of its own, so that it
    /// does not wait for questions.
    ///
    /// - Parameter body: The work; it may block. One at a time runs, others wait for it.
    /// - Returns: What the work returned.
    /// - Throws: What the work throws; `engine/cancelled` when the calling task was cancelled.
    public func withWriter<Output: Sendable>(
        _ body: @escaping @Sendable (DuckDBConnection) throws(Failure) -> Output
    ) async throws(Failure) -> Output {
        try await run(body, isWriter: true, seconds: nil, progress: nil)
    }

    private func run<Output: Sendable>(
        _ body: @escaping @Sendable (DuckDBConnection) throws(Failure) -> Output,
        isWriter: Bool, seconds: Double?,
        progress: (@Sendable (EngineProgress) -> Void)?
    ) async throws(Failure) -> Output {
        let opening = try await openings.usable()
        do throws(Failure) {
            return try await run(
                body, on: isWriter ? opening.writer : opening.workers, seconds: seconds,
                progress: progress)
        } catch {
            // DuckDB says so of a database that it has given up.
            if error.code == .engineBroken { await openings.giveUp(opening) }
            throw error
        }
    }

    private func run<Output: Sendable>(
        _ body: @escaping @Sendable (DuckDBConnection) throws(Failure) -> Output,
        on workers: DuckDBWorkers, seconds: Double?,
        progress: (@Sendable (EngineProgress) -> Void)?
    ) async throws(Failure) -> Output {
        let box = JobBox()
        let result: Result<Output, Failure> = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let job = DuckDBJob(seconds: seconds, progress: progress) { connection in
                    let result = Result { () throws(Failure) in
                        try connection.checkStop()
                        return try body(connection)
                    }
                    continuation.resume(returning: result)
                } refuse: { failure in
                    continuation.resume(returning: .failure(failure))
                }
                box.set(job)
                workers.submit(job)
            }
        } onCancel: {
            box.cancel()
        }
        return try result.get()
    }
}

/// Joins the cancellation of a task to work that may not exist yet.
private final class JobBox: @unchecked Sendable {
    private let lock = NSLock()
    private var job: DuckDBJob?
    private var isCancelled = false

    func set(_ job: DuckDBJob) {
        let isLate = lock.withLock {
            self.job = job
            return isCancelled
        }
        if isLate { job.stop(.cancelled) }
    }

    func cancel() {
        let job = lock.withLock {
            isCancelled = true
            return self.job
        }
        job?.stop(.cancelled)
    }
}
