import Engines
import Events
import Foundation
import Vocabulary

/// The task that applies what is in the inbox, one transaction after the other, and lets other work
/// on the tables of events in between.
///
/// A failure of the database never reaches whoever sends events: they are safe in the inbox, and the
/// task tries again until it succeeds.
final class EventApplier: @unchecked Sendable {
    private let inbox: EventInbox
    let engine: DuckDBEngine
    private let settings: EventIngestion.Settings
    private let clock: any WallClock
    private let whenApplied: @Sendable (EventIngestion.Applied) -> Void
    private let turns = DerivationQueue()

    private let lock = NSLock()
    private var counts = EventIngestionStatus()
    private var sources: [EventSource]
    private var waiting: [(offset: Int64, done: CheckedContinuation<Failure?, Never>)] = []
    private var isFinishing = false
    private var task: Task<Void, Never>?

    // Only whoever has the turn uses these.
    private let reader: InboxReader
    private var application: EventApplication?
    private var checkpointed: Int64
    /// How many events of the record at the reader's offset are applied already.
    private var partOfNext = 0
    /// Up to here only one window is applied at a time, since several together failed.
    private var carefulTo: Int64 = 0
    private var pace: ApplyingPace
    /// The offset up to which the pace knows what was applied.
    private var gathered: Int64
    private let began = ContinuousClock.now
    private static let retryMilliseconds = 1_000

    init(
        inbox: EventInbox, engine: DuckDBEngine, sources: [EventSource],
        settings: EventIngestion.Settings, clock: any WallClock, applied: Int64,
        whenApplied: @escaping @Sendable (EventIngestion.Applied) -> Void
    ) {
        self.inbox = inbox
        self.engine = engine
        self.sources = sources
        self.settings = settings
        self.clock = clock
        self.whenApplied = whenApplied
        pace = ApplyingPace(
            rowsTogether: settings.rowsTogether,
            secondsMax: Double(settings.gatherTogetherMilliseconds) / 1_000)
        reader = inbox.reader(from: applied)
        (checkpointed, gathered) = (applied, applied)
        counts.appliedOffset = applied
        inbox.noteApplied(applied)
    }

    func start() {
        let task = Task.detached { await self.run() }
        lock.withLock { self.task = task }
    }

    func source(named name: String) -> EventSource? {
        lock.withLock { sources.first { $0.name == name } }
    }

    func noteWithoutConsent(_ count: Int) {
        if count > 0 { lock.withLock { counts.withoutConsent += count } }
    }

    var status: EventIngestionStatus {
        var status = lock.withLock { counts }
        status.pendingBytes = inbox.pendingBytes
        status.acceptedOffset = inbox.end
        status.failure = inbox.failure
        status.damages = inbox.damages + status.damages
        return status
    }

    /// Waits until the task has applied everything; the inbox must be closed before.
    func finish() async {
        lock.withLock { isFinishing = true }
        await lock.withLock { task }?.value
        _ = await turns.run { await self.checkpoint() }
        leaveWaiting(because: Failure(.ingestClosed, "The inbox of events is closed."))
    }

    func applied(to offset: Int64) async throws(Failure) {
        let failure = await withCheckedContinuation { continuation in
            let isThere = lock.withLock {
                if counts.appliedOffset >= offset { return true }
                waiting.append((offset, continuation))
                return false
            }
            if isThere { continuation.resume(returning: nil) }
        }
        if let failure { throw failure }
    }

    /// Runs work on a connection while nothing is being applied.
    func exclusively<Output: Sendable>(
        _ body: @escaping @Sendable (DuckDBConnection) throws(Failure) -> Output
    ) async throws(Failure) -> Output {
        let result = await turns.run { [engine] in
            do throws(Failure) {
                return .success(try await engine.withWriter(body))
            } catch {
                return Result<Output, Failure>.failure(error)
            }
        }
        return try result.get()
    }

    /// Runs work that changes what is known in memory, which is made anew afterwards.
    func changing<Output: Sendable>(
        _ body: @escaping @Sendable (DuckDBConnection) throws(Failure) -> Output
    ) async throws(Failure) -> Output {
        try await exclusively { [self] connection throws(Failure) in
            application = nil
            return try body(connection)
        }
    }

    /// Brings what is applied into the database's main file, and drops it from the inbox.
    func dropApplied() async throws(Failure) {
        try await turns.run { await self.checkpoint() }.get()
    }

    func setSources(_ sources: [EventSource]) async throws(Failure) {
        if lock.withLock({ self.sources == sources }) { return }
        try await exclusively { [self] connection throws(Failure) in
            let tables = EventTables(connection: connection)
            for source in sources {
                try connection.transaction { () throws(Failure) in try tables.prepare(source) }
            }
            application = nil
            lock.withLock { self.sources = sources }
        }
    }

    private func run() async {
        var isOver = false
        var growth = inbox.growth.makeAsyncIterator()
        while !isOver {
            while await applyNext() {}
            // What was written between the last reading and the end is read once more.
            if await growth.next() == nil { isOver = true }
        }
        while await applyNext() {}
    }

    /// Applies what there is, up to the limit of a transaction; false where there is nothing, or
    /// where the program stops and it fails.
    private func applyNext() async -> Bool {
        let result: Result<EventApplication.Outcome?, Failure> = await turns.run {
            await self.applyOnce()
        }
        switch result {
        case .success(nil): return false
        case .success(let outcome?):
            note(outcome)
            await gather(after: outcome)
            return true
        case .failure(let failure):
            lock.withLock { counts.stall = failure }
            if lock.withLock({ isFinishing }) || failure.code == .engineClosed { return false }
            try? await Task.sleep(for: .milliseconds(Self.retryMilliseconds))
            return true
        }
    }

    /// Lets events come together: for a moment where few came, for longer where a row group will be
    /// there soon. Nobody who asked for what is in the inbox waits longer for it.
    private func gather(after outcome: EventApplication.Outcome) async {
        let end = inbox.end
        pace.note(
            rows: outcome.rowCount, bytes: outcome.offset - gathered, end: end,
            atSeconds: clockSeconds)
        gathered = outcome.offset
        let step = Duration.milliseconds(settings.gatherMilliseconds)
        let seconds = pace.secondsToWait(pendingBytes: end - outcome.offset)
        guard seconds > 0, settings.gatherMilliseconds > 0 else {
            let isSmall = outcome.rowCount < settings.eventsMax / 2
            if isSmall, !lock.withLock({ isFinishing }) { try? await Task.sleep(for: step) }
            return
        }
        let waitEnd = clockSeconds + seconds
        while clockSeconds < waitEnd, !isAwaited { try? await Task.sleep(for: step) }
    }

    /// Seconds of a clock that nobody sets.
    private var clockSeconds: Double { (ContinuousClock.now - began) / .seconds(1) }

    /// Whether somebody waits for what is in the inbox, or the program stops.
    private var isAwaited: Bool { lock.withLock { isFinishing || !waiting.isEmpty } }

    private func applyOnce() async -> Result<EventApplication.Outcome?, Failure> {
        do throws(Failure) {
            let outcome = try await engine.withWriter { [self] connection throws(Failure) in
                try applyOnce(connection)
            }
            if let outcome, outcome.offset - checkpointed >= settings.checkpointBytes {
                _ = await checkpoint()
            }
            return .success(outcome)
        } catch {
            return .failure(error)
        }
    }

    private func applyOnce(
        _ connection: DuckDBConnection
    ) throws(Failure) -> EventApplication.Outcome? {
        let begin = reader.offset
        let farBehindBytes = min(settings.farBehindBytes, pace.groupBytes ?? .max)
        let isFarBehind = inbox.end - begin >= farBehindBytes && begin >= carefulTo
        guard var window = try nextWindow() else { return nil }
        window.applied = partOfNext
        do throws(Failure) {
            // What is known is read with the first event, so that a start does not wait for it.
            let outcome = try loaded(connection).apply(
                window, rowsMax: isFarBehind ? settings.rowsTogether : .max, now: clock.now,
                on: connection
            ) { rows throws(Failure) in
                let isMore =
                    isFarBehind && rows < settings.rowsTogether
                    && reader.offset - begin < settings.bytesTogether
                return isMore ? try nextWindow() : nil
            }
            partOfNext = outcome.partOfNext
            if outcome.offset < reader.offset { reader.rewind(to: outcome.offset) }
            return outcome
        } catch {
            self.application = nil
            let isOne = reader.offset == window.end
            if !error.mayPass, isOne { return try applyOneByOne(window, from: begin, connection) }
            if !error.mayPass { carefulTo = reader.offset }
            reader.rewind(to: begin)
            throw error
        }
    }

    private func nextWindow() throws(Failure) -> EventWindow? {
        let begin = reader.offset
        let items = try reader.next(eventsMax: settings.eventsMax)
        guard reader.offset > begin else { return nil }
        return EventWindow(items: items, end: reader.offset)
    }

    /// Applies records each in a transaction of its own, after all together could not be applied;
    /// the one at fault is kept aside, so that it does not hold up those behind it.
    private func applyOneByOne(
        _ window: EventWindow, from begin: Int64, _ connection: DuckDBConnection
    ) throws(Failure) -> EventApplication.Outcome {
        var total = EventApplication.Outcome()
        var applied = begin
        func apply(_ items: [InboxReader.Item], upTo end: Int64) throws(Failure) {
            let one = EventWindow(items: items, end: end, applied: items.isEmpty ? 0 : partOfNext)
            total.add(try loaded(connection).apply(one, now: clock.now, on: connection))
            partOfNext = 0
        }
        do throws(Failure) {
            for item in window.items {
                do throws(Failure) {
                    try apply([item], upTo: item.end)
                } catch {
                    application = nil
                    guard !error.mayPass else { throw error }
                    reader.keepAside(item, from: applied)
                    try apply([], upTo: item.end)
                }
                applied = item.end
            }
            try apply([], upTo: window.end)
            return total
        } catch {
            reader.rewind(to: applied)
            throw error
        }
    }

    private func loaded(_ connection: DuckDBConnection) throws(Failure) -> EventApplication {
        if let application { return application }
        let made = try EventApplication(
            connection, sources: lock.withLock { sources }, settings: settings, now: clock.now)
        application = made
        return made
    }

    /// Tidies up and drops what the database holds safely; put off while another change goes on.
    private func checkpoint() async -> Result<Void, Failure> {
        do throws(Failure) {
            let applied = reader.offset
            try await engine.withWriter { [self] connection throws(Failure) in
                try application?.tidy(connection, now: clock.now)
                try connection.execute("checkpoint")
            }
            checkpointed = applied
            try inbox.drop(before: applied)
            return .success(())
        } catch {
            return .failure(error)
        }
    }

    private func note(_ outcome: EventApplication.Outcome) {
        inbox.noteApplied(outcome.offset)
        let rows = outcome.rowCount
        let done = lock.withLock {
            counts.appliedOffset = outcome.offset
            counts.rows += rows
            counts.duplicates += outcome.messages.duplicates
            counts.conflicts += outcome.messages.conflicts
            counts.quarantined += outcome.refused
            counts.merges += outcome.merges
            counts.restated += outcome.restated
            counts.guarded += outcome.guarded
            counts.remembered = outcome.remembered
            counts.rememberedBytes = outcome.rememberedBytes
            counts.damages = reader.damages
            counts.stall = nil
            let done = waiting.filter { $0.offset <= outcome.offset }.map(\.done)
            waiting.removeAll { $0.offset <= outcome.offset }
            return done
        }
        for one in done { one.resume(returning: nil) }
        guard rows > 0 || outcome.refused > 0 else { return }
        whenApplied(
            EventIngestion.Applied(
                rows: outcome.rows, merges: outcome.merges, restated: outcome.restated,
                offset: outcome.offset))
    }

    private func leaveWaiting(because failure: Failure) {
        let left = lock.withLock {
            defer { waiting = [] }
            return waiting.map(\.done)
        }
        for one in left { one.resume(returning: failure) }
    }
}

extension Failure {
    /// Whether the same may succeed later: the database is busy, full, or about to close.
    fileprivate var mayPass: Bool {
        [
            .engineOutOfMemory, .engineFile, .engineConflict, .engineClosed, .engineCancelled,
            .engineTimeout, .engineBroken, .engineInUse,
        ].contains(code)
    }
}
