import Engines
import Events
import Foundation
import Vocabulary

/// Events on their way from a request into the tables: the one thing that the server and the
/// command line use.
///
/// ``accept(_:)`` returns when the events are in the inbox and on the disk. A task applies them to
/// the database soon after; ``stop()`` waits for it. Every event that was accepted is stored exactly
/// once, whatever happens in between.
public final class EventIngestion: Sendable {
    /// What storing events may use, and how it behaves.
    public struct Settings: Hashable, Sendable {
        /// What the inbox may use.
        public var inbox = EventInbox.Settings()
        /// How long a message's id is remembered, so that it counts once.
        public var windowSeconds = 7 * 86_400
        /// How many events are applied together at most, about.
        public var eventsMax = 10_000
        /// How long events are gathered before they are applied together, in milliseconds.
        public var gatherMilliseconds = 50
        /// How long at most events are gathered where they come so fast that there will be
        /// ``rowsTogether`` of them, in milliseconds.
        public var gatherTogetherMilliseconds = 1_000
        /// From so many bytes on that are not applied, ``rowsTogether`` are applied together.
        public var farBehindBytes: Int64 = 48 << 20
        /// How many rows are applied together by a task that is far behind: exactly one of DuckDB's
        /// row groups, which it writes to its place at once. With fewer or more rows it writes them
        /// to its log or a part of a row group, and at the checkpoint everything again, to make whole
        /// row groups of the parts; that is twice the work.
        public var rowsTogether = 122_880
        /// At so many bytes of the inbox fewer rows will do, since all of them are in memory.
        public var bytesTogether: Int64 = 128 << 20
        /// After so many bytes of the inbox the database is told to tidy up, and files are dropped.
        public var checkpointBytes: Int64 = 64 << 20
        /// How many refused events are kept.
        public var quarantineRowsMax = 100_000

        /// The usual settings.
        public init() {}
    }

    /// Rows that were stored just now.
    public struct Applied: Hashable, Sendable {
        /// How many, by source.
        public let rows: [String: Int]
        /// How many ids became somebody already known.
        public let merges: Int
        /// How many earlier events count for another person since then.
        public let restated: Int
        /// The offset up to which everything is stored.
        public let offset: Int64
    }

    /// What became of a batch.
    public struct Receipt: Hashable, Sendable {
        /// The offset after the batch in the inbox.
        public let offset: Int64
        /// How many events are on the disk.
        public let stored: Int
        /// How many were not stored anywhere, since there is no consent.
        public let withoutConsent: Int
    }

    let inbox: EventInbox
    let applier: EventApplier

    private init(inbox: EventInbox, applier: EventApplier) {
        self.inbox = inbox
        self.applier = applier
    }

    /// Opens the inbox and begins to apply what is in it.
    ///
    /// - Parameters:
    ///   - folder: Usually `data/events` of a workspace.
    ///   - engine: The workspace's database.
    ///   - sources: The sources of events that are defined.
    ///   - settings: What it may use.
    ///   - clock: What time it is.
    ///   - whenApplied: Called after each transaction that stored something, from another thread.
    /// - Returns: What events can be given to.
    /// - Throws: `engine/in-use`, `ingest/…`, `engine/…`.
    public static func open(
        folder: URL, engine: DuckDBEngine, sources: [EventSource],
        settings: Settings = Settings(), clock: any WallClock,
        whenApplied: @escaping @Sendable (Applied) -> Void = { _ in }
    ) async throws(Failure) -> EventIngestion {
        let applied = try await engine.withConnection { connection throws(Failure) in
            let tables = EventTables(connection: connection)
            try tables.prepareCommon()
            for source in sources {
                try connection.transaction { () throws(Failure) in try tables.prepare(source) }
            }
            let frame = try connection.run(Statement("select inbox_offset from events.progress"))
            return Int64(frame.columns[0].integer(0) ?? 0)
        }
        let inbox = try EventInbox(folder: folder, settings: settings.inbox, appliedTo: applied)
        let applier = EventApplier(
            inbox: inbox, engine: engine, sources: sources, settings: settings, clock: clock,
            applied: applied, whenApplied: whenApplied)
        applier.start()
        return EventIngestion(inbox: inbox, applier: applier)
    }

    /// Stores events, and keeps what the same request brought in vain.
    ///
    /// Of a source that asks for consent nothing refused is kept, since nobody knows whether it was
    /// given.
    ///
    /// - Parameters:
    ///   - batch: The events.
    ///   - refused: What was refused, with the reasons.
    /// - Returns: What became of them; those that are stored are on the disk.
    /// - Throws: `ingest/busy` and `ingest/disk-full`, which pass; `ingest/unknown-source`;
    ///   `ingest/broken`, `ingest/too-large`, `ingest/closed`.
    public func accept(
        _ batch: EventBatch, refused: RefusedBatch? = nil
    ) async throws(Failure) -> Receipt {
        let result = await withCheckedContinuation { continuation in
            submit(batch, refused: refused) { continuation.resume(returning: $0) }
        }
        return try result.get()
    }

    /// Stores events as ``accept(_:refused:)`` does, for who cannot wait.
    ///
    /// - Parameters:
    ///   - batch: The events.
    ///   - refused: What was refused, with the reasons.
    ///   - done: Is told once what became of them, at once or from the thread of the inbox, which
    ///     it must not keep.
    public func submit(
        _ batch: EventBatch, refused: RefusedBatch? = nil,
        done: @escaping @Sendable (Result<Receipt, Failure>) -> Void
    ) {
        guard let source = applier.source(named: batch.source) else {
            return done(
                .failure(
                    Failure(
                        .ingestUnknownSource,
                        "There is no source of events named '\(batch.source)'.",
                        hint: "Define it with `from: events`, or use a key of another source.")))
        }
        var permitted = batch
        if source.privacy != EventPrivacy() {
            permitted.events = batch.events.compactMap(source.privacy.permitted)
        }
        let missing = batch.events.count - permitted.events.count
        applier.noteWithoutConsent(missing)
        var records: [EventRecord] = []
        if !permitted.events.isEmpty { records.append(.events(permitted)) }
        if let refused, !refused.items.isEmpty, source.privacy.consentProperty == nil {
            records.append(.refused(refused))
        }
        let stored = permitted.events.count
        let end = { @Sendable (offset: Int64) in
            Receipt(offset: offset, stored: stored, withoutConsent: missing)
        }
        if records.isEmpty { return done(.success(end(inbox.end))) }
        inbox.submit(records) { done($0.map(end)) }
    }

    /// Stores events that were written while they were read, as ``submit(_:refused:done:)`` does.
    ///
    /// - Parameters:
    ///   - events: The events.
    ///   - key: The number of the write key that brought them.
    ///   - source: The source to which they belong.
    ///   - done: Is told once whether they are on the disk, as ``submit(_:refused:done:)`` says it.
    /// - Returns: Whether they are taken; where not, the source wants each of them looked at.
    func submit(
        _ events: WrittenEvents, key: Int, source: String,
        done: @escaping @Sendable (Result<Int64, Failure>) -> Void
    ) -> Bool {
        guard applier.source(named: source)?.privacy == EventPrivacy() else { return false }
        inbox.submit(events, key: key, source: source, done: done)
        return true
    }

    /// Changes the sources, after their definitions changed: tables, columns and views follow.
    public func setSources(_ sources: [EventSource]) async throws(Failure) {
        try await applier.setSources(sources)
    }

    /// Returns when everything before an offset is applied; for a program that wants to read what
    /// it has just written.
    ///
    /// - Throws: What keeps events from being applied.
    public func applied(to offset: Int64) async throws(Failure) {
        try await applier.applied(to: offset)
    }

    /// Takes no more, applies everything that was accepted, and closes the inbox.
    public func stop() async {
        await inbox.close()
        await applier.finish()
    }

    /// How it goes.
    public var status: EventIngestionStatus { applier.status }

    /// What was refused and kept, the newest first.
    ///
    /// - Parameters:
    ///   - source: Of which source; nil means all.
    ///   - before: Only such with lower numbers.
    ///   - numbers: Only these; empty means all.
    ///   - limit: How many at most.
    /// - Returns: The refused events.
    /// - Throws: `engine/…`.
    public func quarantined(
        of source: String? = nil, before: Int? = nil, numbers: [Int] = [], limit: Int = 100
    ) async throws(Failure) -> [QuarantinedEvent] {
        try await applier.exclusively { connection throws(Failure) in
            try QuarantineTable(connection: connection)
                .rows(of: source, before: before, numbers: numbers, limit: limit)
        }
    }

    /// How many events of a source were refused for each reason.
    func quarantineReasons(of source: String) async throws(Failure) -> [QuarantineReason] {
        try await applier.exclusively { connection throws(Failure) in
            try QuarantineTable(connection: connection).reasons(of: source)
        }
    }

    /// Removes refused events, for example such as were read again and accepted.
    public func removeQuarantined(_ numbers: [Int]) async throws(Failure) {
        try await applier.exclusively { connection throws(Failure) in
            try QuarantineTable(connection: connection).remove(numbers)
        }
    }
}
