import Definitions
import Engines
import Events
import Foundation
import Vocabulary

/// Events of applications.
extension WorkspaceSession {
    /// Takes events in; they are on the disk when it returns, and in the answers soon after.
    ///
    /// - Parameters:
    ///   - events: The events.
    ///   - refused: What the same request brought and the rules refused, which is kept apart.
    ///   - format: The format in which they came.
    ///   - key: The write key that brought them, which names the source.
    /// - Returns: What of the events the tracking plan does not foresee, the first hundred.
    /// - Throws: `ingest/busy` and `ingest/disk-full`, which pass; `ingest/unknown-source`,
    ///   `ingest/…`.
    @discardableResult
    public func accept(
        _ events: [Event], refused: [RefusedEvent], format: EventFormat = .own, with key: WriteKey
    ) async throws(Failure) -> [EventDeviation] {
        let result = await withCheckedContinuation { continuation in
            submit(events, refused: refused, format: format, with: key) {
                continuation.resume(returning: $0)
            }
        }
        return try result.get()
    }

    /// Takes events in as ``accept(_:refused:format:with:)`` does, for who cannot wait.
    ///
    /// - Parameters:
    ///   - events: The events.
    ///   - refused: What the same request brought and the rules refused, which is kept apart.
    ///   - format: The format in which they came.
    ///   - key: The write key that brought them, which names the source.
    ///   - done: Is told once what became of them, at once or from the thread of the inbox, which
    ///     it must not keep.
    public func submit(
        _ events: [Event], refused: [RefusedEvent], format: EventFormat, with key: WriteKey,
        done: @escaping @Sendable (Result<[EventDeviation], Failure>) -> Void
    ) {
        guard let ingestion = intake.present else {
            return done(
                .failure(
                    Failure(
                        .ingestUnknownSource, "The workspace has no source of events.",
                        hint: """
                            Define one: source: \(key.source), is: What people do, from: events.
                            """)))
        }
        let now = clock.now
        let plan = trackingPlan(of: key.source)
        let deviations =
            plan.isEmpty ? [] : Array(events.lazy.flatMap(plan.deviations).prefix(100))
        ingestion.submit(
            EventBatch(key: key.id, source: key.source, received: now, events: events),
            refused: refused.isEmpty
                ? nil
                : RefusedBatch(
                    key: key.id, source: key.source, format: format.rawValue, received: now,
                    items: refused.map {
                        RefusedBatch.Item(
                            id: $0.id, code: $0.code.rawValue, message: $0.message, raw: $0.raw)
                    })
        ) { result in done(result.map { _ in deviations }) }
    }

    /// Takes events in that were written while they were read, for who cannot wait.
    ///
    /// - Parameters:
    ///   - events: The events.
    ///   - key: The write key that brought them, which names the source.
    ///   - done: Is told once whether they are on the disk, at once or from the thread of the inbox,
    ///     which it must not keep.
    /// - Returns: Whether they are taken; where not, the source is none of events or wants each of
    ///   them looked at, for its privacy or its tracking plan.
    public func submit(
        _ events: WrittenEvents, with key: WriteKey,
        done: @escaping @Sendable (Result<Void, Failure>) -> Void
    ) -> Bool {
        guard let ingestion = intake.present, trackingPlan(of: key.source).isEmpty else {
            return false
        }
        return ingestion.submit(events, key: key.id, source: key.source) { result in
            done(result.map { _ in })
        }
    }

    /// How taking events in goes; nil where no source is one of events.
    public var intakeStatus: EventIngestionStatus? { intake.present?.status }

    /// What of the workspace's files could not be read when they were opened, a sentence each.
    public var damages: [String] {
        var told: [String] = []
        if let cut = engine.logCut {
            told.append(
                """
                The last \(cut.bytes) bytes of the database's log were damaged and are kept in \
                \(cut.keptIn). Events are stored again from the inbox; repeat an import that is \
                missing.
                """)
        }
        for damage in intakeStatus?.damages ?? [] {
            let place = damage.keptIn.map { " and are kept in data/events/\($0)" } ?? ""
            told.append(
                "\(damage.bytes) bytes of the inbox of events could not be read\(place).")
        }
        return told
    }

    /// Returns when all events that were taken in are in the answers.
    ///
    /// - Throws: What keeps them from being applied.
    public func settleEvents() async throws(Failure) {
        guard let ingestion = intake.present else { return }
        try await ingestion.applied(to: ingestion.status.acceptedOffset)
        try await refreshFacts(
            of: Set(catalog.sources.values.filter { $0.intake != nil }.map(\.name)))
    }

    /// Everything that is known of a person, by any of the person's ids; it is audited.
    ///
    /// - Parameters:
    ///   - id: Any of the person's ids.
    ///   - who: Who asks, for the audit log; nil on the command line.
    ///   - address: From where.
    /// - Returns: The ids and the rows.
    /// - Throws: `ingest/unknown-person`, `engine/…`, `ingest/…`.
    public func export(
        person id: String, by who: String?, from address: String?
    ) async throws(Failure) -> PersonExport {
        let export = try await intake.present?.export(person: id)
        guard let export, !export.ids.isEmpty else { throw Failure.unknownPerson(id) }
        try await audited("person.export", export.ids.count, who, address)
        return export
    }

    /// Removes everything that is known of a person, by any of the person's ids; it is audited,
    /// without the ids.
    ///
    /// - Parameters:
    ///   - id: Any of the person's ids.
    ///   - who: Who asks, for the audit log; nil on the command line.
    ///   - address: From where.
    /// - Returns: What was removed.
    /// - Throws: `ingest/unknown-person`, `engine/…`, `ingest/…`; call again then.
    public func forget(
        person id: String, by who: String?, from address: String?
    ) async throws(Failure) -> PersonErasure {
        // Histories have the person's events too, and nothing tells whose they are.
        await histories.hold()
        let erasure: PersonErasure?
        do throws(Failure) {
            erasure = try await intake.present?.forget(person: id)
        } catch {
            await histories.release()
            throw error
        }
        await histories.release()
        guard let erasure, erasure.ids > 0 else { throw Failure.unknownPerson(id) }
        let names = Set(erasure.events.keys)
        cache.removeAll()
        // A new version makes what is derived from the rows anew as well.
        try await engine.withConnection { connection throws(Failure) in
            let ledger = ImportLedger(connection)
            for name in names { try ledger.setVersion(try ledger.version(of: name) + 1, of: name) }
        }
        try await refreshFacts(of: names)
        try await audited("person.forget", erasure.ids, who, address)
        return erasure
    }

    private func audited(
        _ action: String, _ ids: Int, _ who: String?, _ address: String?
    ) async throws(Failure) {
        let state = try StateStore(file: folder.appending(path: "data/state.sqlite"))
        try await AuditLog(state: state, clock: clock)
            .record(action, by: who, detail: "\(ids) ids", from: address)
    }
}

extension Failure {
    static func unknownPerson(_ id: String) -> Failure {
        Failure(
            .ingestUnknownPerson, "Nobody is known by the id '\(id.prefix(100))'.",
            hint: "give an id as the application sends it: user or anonymous")
    }
}

extension Failure.Code {
    /// Nobody has the id by which a person is to be given out or forgotten.
    public static let ingestUnknownPerson: Self = "ingest/unknown-person"
}
