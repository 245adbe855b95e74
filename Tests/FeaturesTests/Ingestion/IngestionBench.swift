import Engines
import Events
import Foundation
import Vocabulary

@testable import Features

/// A folder with a database and an inbox, removed with the bench.
final class IngestionBench {
    let folder: URL
    private(set) var engine: DuckDBEngine

    /// The time at which the clock of every bench stands.
    static let now = Instant(seconds: 1_790_000_000)

    init() throws {
        folder = FileManager.default.temporaryDirectory
            .appending(path: "ingestion-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        engine = try Self.engine(in: folder)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    static func engine(in folder: URL) throws -> DuckDBEngine {
        try DuckDBEngine(.file(folder.appending(path: "facts.duckdb").path))
    }

    /// Opens what events are given to, without waiting for more events before they are applied.
    func open(
        _ sources: [EventSource] = [EventSource(name: "app")], now: Instant = now,
        configure: (inout EventIngestion.Settings) -> Void = { _ in }
    ) async throws -> EventIngestion {
        var settings = EventIngestion.Settings()
        settings.gatherMilliseconds = 0
        configure(&settings)
        return try await EventIngestion.open(
            folder: folder.appending(path: "events"), engine: engine, sources: sources,
            settings: settings, clock: FixedClock(now))
    }

    /// Closes the database and opens it again, as another start of the program does.
    func reopenEngine() async throws {
        await engine.close()
        engine = try Self.engine(in: folder)
    }

    /// Stores events and waits until they are applied.
    func store(_ ingestion: EventIngestion, source: String = "app", _ events: [Event]) async throws
    {
        let receipt = try await ingestion.accept(
            EventBatch(source: source, received: Self.now, events: events))
        try await ingestion.applied(to: receipt.offset)
    }

    /// Writes requests into a closed inbox, each with events and something refused; the ids of the
    /// events begin again after so many.
    @discardableResult
    func pileUp(records: Int, of events: Int, differing: Int) async throws -> EventInbox {
        let inbox = try EventInbox(folder: folder.appending(path: "events"))
        for number in 0..<records {
            let ids = (0..<events).map { "\((number * events + $0) % differing)" }
            _ = try await inbox.append(
                .events(
                    EventBatch(
                        source: "app", received: Self.now,
                        events: ids.map { .made($0, user: "u\($0)") })))
            _ = try await inbox.append(
                .refused(
                    RefusedBatch(
                        source: "app", format: "own", received: Self.now,
                        items: [
                            RefusedBatch.Item(
                                id: nil, code: "events/no-name", message: "The event has no name.",
                                raw: Array("{}".utf8))
                        ])))
        }
        await inbox.close()
        return inbox
    }

    /// The rows of a select, columns joined by `|`, absent values as `–`.
    func rows(_ sql: String) async throws -> [String] {
        let frame = try await engine.run(Statement(sql))
        return (0..<frame.count).map { row in
            frame.columns.map { column in
                column.integer(row).map { "\($0)" } ?? column.instant(row)?.description
                    ?? column.text(row) ?? column.number(row).map { "\($0)" } ?? "–"
            }.joined(separator: "|")
        }
    }
}

extension Event {
    /// An event as tests need it.
    static func made(
        _ id: String, _ name: String = "clicked", kind: Kind = .track, user: String? = nil,
        anonymous: String? = nil, previous: String? = nil, properties: String = "{}",
        received: Instant = IngestionBench.now
    ) -> Event {
        var event = Event(
            id: id, kind: kind, name: name, user: user, anonymous: anonymous, time: received,
            received: received)
        event.previous = previous
        event.properties = JSONObjectText(checked: Array(properties.utf8))
        return event
    }
}
