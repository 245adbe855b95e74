import Events
import Vocabulary

/// What was refused of events: looked at, tried again, removed.
extension WorkspaceSession {
    /// What came of trying refused events again.
    public struct Replay: Hashable, Sendable {
        /// How many are stored now.
        public internal(set) var accepted = 0
        /// How many were refused again, and stay.
        public internal(set) var refused = 0
    }

    /// What was refused of a source's events, the newest first.
    ///
    /// - Parameters:
    ///   - name: The source.
    ///   - limit: How many at most.
    ///   - before: Only such with lower numbers, for the next page.
    /// - Returns: The refused events.
    /// - Throws: `question/unknown-source`, `keys/no-events`, `engine/…`.
    public func quarantine(
        of name: String, limit: Int = 50, before: Int? = nil
    ) async throws(Failure) -> [QuarantinedEvent] {
        try requireEvents(name)
        return try await intake.present?.quarantined(of: name, before: before, limit: limit) ?? []
    }

    /// How many events of a source were refused for each reason, the commonest first.
    ///
    /// - Throws: `question/unknown-source`, `keys/no-events`, `engine/…`.
    public func quarantineReasons(
        of name: String
    ) async throws(Failure) -> [QuarantineReason] {
        try requireEvents(name)
        return try await intake.present?.quarantineReasons(of: name) ?? []
    }

    /// Reads refused events again, by the rules of now, and stores those that are sound.
    ///
    /// - Parameters:
    ///   - name: The source.
    ///   - numbers: Which; empty means all.
    /// - Returns: How many are stored now, and how many stay refused.
    /// - Throws: `question/unknown-source`, `keys/no-events`, `ingest/unknown-refused`, `ingest/…`,
    ///   `engine/…`; what was stored by then is stored once, also when it is tried again.
    public func replayQuarantine(
        of name: String, numbers: [Int] = []
    ) async throws(Failure) -> Replay {
        try requireEvents(name)
        try await requireRefused(numbers, of: name)
        var replay = Replay()
        guard let ingestion = intake.present else { return replay }
        var before: Int?
        while true {
            let rows = try await ingestion.quarantined(
                of: name, before: before, numbers: numbers, limit: 1_000)
            guard let last = rows.last else { break }
            before = last.number
            var stored: [Int] = []
            for row in rows {
                guard let format = EventFormat(rawValue: row.format),
                    let events = try? format.readAgain(Array(row.raw.utf8), received: row.received)
                        .events, !events.isEmpty
                else {
                    replay.refused += 1
                    continue
                }
                _ = try await ingestion.accept(
                    EventBatch(
                        key: row.key, source: row.source, received: row.received, events: events))
                stored.append(row.number)
            }
            try await ingestion.removeQuarantined(stored)
            replay.accepted += stored.count
        }
        return replay
    }

    /// Removes refused events for good.
    ///
    /// - Parameters:
    ///   - name: The source.
    ///   - numbers: Which; empty means all.
    /// - Returns: How many.
    /// - Throws: `question/unknown-source`, `keys/no-events`, `ingest/unknown-refused`, `engine/…`.
    public func removeQuarantined(
        of name: String, numbers: [Int] = []
    ) async throws(Failure) -> Int {
        try requireEvents(name)
        try await requireRefused(numbers, of: name)
        guard let ingestion = intake.present else { return 0 }
        var count = 0
        while true {
            let found = try await ingestion.quarantined(of: name, numbers: numbers, limit: 10_000)
            guard !found.isEmpty else { return count }
            try await ingestion.removeQuarantined(found.map(\.number))
            count += found.count
        }
    }

    /// Fails where one of some numbers is not that of a refused event, before anything is done.
    private func requireRefused(
        _ numbers: [Int], of name: String
    ) async throws(Failure) {
        guard !numbers.isEmpty else { return }
        let found =
            try await intake.present?.quarantined(of: name, numbers: numbers, limit: numbers.count)
            ?? []
        let missing = Set(numbers).subtracting(found.map(\.number)).sorted()
        guard !missing.isEmpty else { return }
        let list = missing.prefix(10).map(String.init).joined(separator: ", ")
        let more = missing.count > 10 ? " and \(missing.count - 10) more" : ""
        throw Failure(
            .ingestUnknownRefused,
            "No refused event of '\(name)' has the number \(list)\(more).",
            hint: "yardstick events refused \(name) lists them; nothing was changed")
    }
}

extension Failure.Code {
    /// No refused event of a source has a number.
    public static let ingestUnknownRefused: Self = "ingest/unknown-refused"
}

extension QuarantinedEvent {
    /// The event as the API gives it.
    public var json: JSON {
        [
            "id": .integer(number), "received": .text(received.description),
            "format": .text(format), "code": .text(code), "message": .text(message),
            "message_id": .optional(id), "raw": .text(raw),
        ]
    }
}
