import CDuckDB
import Foundation
import Vocabulary

/// One piece of work for a connection: what to do, until when, and who wants to stop it.
final class DuckDBJob: @unchecked Sendable {
    let body: @Sendable (DuckDBConnection) -> Void
    let refuse: @Sendable (Failure) -> Void
    let seconds: Double?
    let progress: (@Sendable (EngineProgress) -> Void)?
    private let lock = NSLock()
    private var reason: StopReason?
    private var deadline: ContinuousClock.Instant?
    private var remote: DuckDBRemote?

    init(
        seconds: Double?, progress: (@Sendable (EngineProgress) -> Void)?,
        body: @escaping @Sendable (DuckDBConnection) -> Void,
        refuse: @escaping @Sendable (Failure) -> Void
    ) {
        self.seconds = seconds
        self.progress = progress
        self.body = body
        self.refuse = refuse
    }

    /// Why the work was told to stop; nil while it was not.
    var stopReason: StopReason? { lock.withLock { reason } }

    /// Tells the work to stop, whether it runs already or still waits.
    func stop(_ reason: StopReason) {
        lock.withLock {
            if self.reason == nil { self.reason = reason }
            remote?.interrupt()
        }
    }

    func begin(on remote: DuckDBRemote) {
        lock.withLock {
            self.remote = remote
            deadline = seconds.map { .now + .seconds($0) }
        }
    }

    /// After this nothing reaches the connection any more on behalf of this work.
    func end() { lock.withLock { remote = nil } }

    /// Stops work that is late, repeats an interrupt that came too early, and tells the progress.
    func watch() {
        let seen: EngineProgress? = lock.withLock {
            guard let remote else { return nil }
            if reason == nil, let deadline, let seconds, ContinuousClock.now > deadline {
                reason = .timeout(seconds: seconds)
            }
            if reason != nil { remote.interrupt() }
            return progress == nil ? nil : remote.progress
        }
        if let seen { progress?(seen) }
    }
}

/// The threads of an engine: each owns a connection and takes the next piece of work.
///
/// DuckDB's calls block, so they never run on Swift's own pool. One further thread watches what
/// runs; it sleeps while nothing does.
final class DuckDBWorkers: @unchecked Sendable {
    private let condition = NSCondition()
    private var waiting: [DuckDBJob] = []
    private var running: [ObjectIdentifier: DuckDBJob] = [:]
    private var isClosing = false
    private var threads: Int
    private var idle: [DuckDBConnection]
    private var whenClosed: [@Sendable () -> Void] = []
    private let release: @Sendable () -> Void
    private static let watchSeconds = 0.02

    /// Starts the threads; `release` is called once, when the last one has ended.
    init(_ connections: [DuckDBConnection], release: @escaping @Sendable () -> Void) {
        idle = connections
        threads = connections.count + 1
        self.release = release
        for _ in connections { start { $0.work() } }
        start { $0.watch() }
    }

    private func start(_ body: @escaping @Sendable (DuckDBWorkers) -> Void) {
        let thread = Thread { [self] in
            body(self)
            threadEnded()
        }
        thread.name = "duckdb"
        thread.stackSize = 8 << 20
        thread.start()
    }

    func submit(_ job: DuckDBJob) {
        let isAccepted = condition.withLock {
            guard !isClosing else { return false }
            waiting.append(job)
            condition.broadcast()
            return true
        }
        if !isAccepted { job.refuse(Failure(.engineClosed, "The database is closed.")) }
    }

    /// Stops all work; `done` is called when no thread and no connection is left.
    func close(_ done: (@Sendable () -> Void)? = nil) {
        let (dropped, isClosed) = condition.withLock {
            isClosing = true
            let dropped = waiting
            waiting = []
            running.values.forEach { $0.stop(.cancelled) }
            if threads > 0, let done { whenClosed.append(done) }
            condition.broadcast()
            return (dropped, threads == 0)
        }
        dropped.forEach { $0.refuse(Failure(.engineClosed, "The database is closed.")) }
        if isClosed { done?() }
    }

    private func work() {
        guard let connection = condition.withLock({ idle.popLast() }) else { return }
        while let job = next() {
            job.begin(on: connection.remote)
            connection.job = job
            job.body(connection)
            connection.job = nil
            job.end()
            condition.withLock { running[ObjectIdentifier(job)] = nil }
        }
        connection.close()
    }

    private func next() -> DuckDBJob? {
        condition.lock()
        defer { condition.unlock() }
        while waiting.isEmpty, !isClosing { condition.wait() }
        guard !isClosing else { return nil }
        let job = waiting.removeFirst()
        running[ObjectIdentifier(job)] = job
        condition.broadcast()
        return job
    }

    private func watch() {
        while true {
            condition.lock()
            while running.isEmpty, !isClosing { condition.wait() }
            if running.isEmpty, isClosing {
                condition.unlock()
                return
            }
            _ = condition.wait(until: Date(timeIntervalSinceNow: Self.watchSeconds))
            let jobs = Array(running.values)
            condition.unlock()
            jobs.forEach { $0.watch() }
        }
    }

    private func threadEnded() {
        let done = condition.withLock {
            threads -= 1
            guard threads == 0 else { return [@Sendable () -> Void]() }
            defer { whenClosed = [] }
            return [release] + whenClosed
        }
        done.forEach { $0() }
    }
}
