import Definitions
import Engines
import Events
import Vocabulary

/// Events of applications.
extension WorkspaceSession {
    /// Takes events in; they are on the disk when it returns, and in the answers soon after.
    ///
    /// - Parameters:
    ///   - events: The events.
    ///   - refused: What the same request brought and the rules refused, which is kept apart.
    ///   - key: The write key that brought them, which names the source.
    /// - Throws: `ingest/busy` and `ingest/disk-full`, which pass; `ingest/unknown-source`,
    ///   `ingest/…`.
    public func accept(
        _ events: [Event], refused: [RefusedEvent], with key: WriteKey
    ) async throws(Failure) {
        guard let ingestion = intake.present else {
            throw Failure(
                .ingestUnknownSource, "The workspace has no source of events.",
                hint: "Define one: source: \(key.source), is: What people do, from: events.")
        }
        let now = clock.now
        if !events.isEmpty {
            _ = try await ingestion.accept(
                EventBatch(key: key.id, source: key.source, received: now, events: events))
        }
        guard !refused.isEmpty else { return }
        try await ingestion.quarantine(
            RefusedBatch(
                key: key.id, source: key.source, format: events.first?.context.format ?? "",
                received: now,
                items: refused.map {
                    RefusedBatch.Item(
                        id: $0.id, code: $0.code.rawValue, message: $0.message, raw: $0.raw)
                }))
    }

    /// How taking events in goes; nil where no source is one of events.
    public var intakeStatus: EventIngestionStatus? { intake.present?.status }

    /// Returns when all events that were taken in are in the answers.
    ///
    /// - Throws: What keeps them from being applied.
    public func settleEvents() async throws(Failure) {
        guard let ingestion = intake.present else { return }
        try await ingestion.applied(to: ingestion.status.acceptedOffset)
        try await refreshFacts(
            of: Set(catalog.sources.values.filter { $0.intake != nil }.map(\.name)))
    }

    /// Everything that is known of a person, by any of the person's ids.
    ///
    /// - Returns: The ids and the rows; nil where no source is one of events.
    /// - Throws: `engine/…`, `ingest/…`.
    public func export(person id: String) async throws(Failure) -> PersonExport? {
        try await intake.present?.export(person: id)
    }

    /// Removes everything that is known of a person, by any of the person's ids.
    ///
    /// - Returns: What was removed; nil where no source is one of events.
    /// - Throws: `engine/…`, `ingest/…`; call again then.
    public func forget(person id: String) async throws(Failure) -> PersonErasure? {
        guard let ingestion = intake.present else { return nil }
        let erasure = try await ingestion.forget(person: id)
        let names = Set(erasure.events.keys)
        cache.removeAll()
        // A new version makes what is derived from the rows anew as well.
        try await engine.withConnection { connection throws(Failure) in
            let ledger = ImportLedger(connection)
            for name in names { try ledger.setVersion(try ledger.version(of: name) + 1, of: name) }
        }
        try await refreshFacts(of: names)
        return erasure
    }
}
