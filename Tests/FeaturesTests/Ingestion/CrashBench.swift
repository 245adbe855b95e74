import Engines
import Events
import Foundation
import Synchronization
import TestSupport
import Vocabulary

@testable import Features

/// What a process does that sends events and is killed, and what has to hold afterwards.
///
/// Before a batch is sent its ids are written to the file `sent`, and after it is acknowledged to
/// the file `acknowledged`. A process that starts first sends again what is in the one and not in
/// the other, as a client does that had no answer.
struct CrashBench: Sendable {
    let folder: URL

    init(folder: String) { self.folder = URL(filePath: folder) }

    /// Small files and transactions, so that many of their ends are met.
    private var settings: EventIngestion.Settings {
        var settings = EventIngestion.Settings()
        settings.inbox.segmentBytes = 60_000
        settings.checkpointBytes = 150_000
        settings.eventsMax = 300
        settings.farBehindBytes = 60_000
        settings.rowsTogether = 1_000
        settings.gatherMilliseconds = 0
        return settings
    }

    private func open(
        whenApplied: @escaping @Sendable (EventIngestion.Applied) -> Void = { _ in }
    ) async throws -> EventIngestion {
        try await EventIngestion.open(
            folder: folder.appending(path: "events"),
            engine: try IngestionBench.engine(in: folder), sources: [EventSource(name: "app")],
            settings: settings, clock: FixedClock(IngestionBench.now), whenApplied: whenApplied)
    }

    /// Sends events from four places at once until the process kills itself.
    ///
    /// - Parameters:
    ///   - round: The number of the process, of which the ids are made.
    ///   - acknowledgements: After so many and a little while the process ends.
    ///   - transactions: After so many transactions it ends, right before what follows a commit.
    /// - Throws: What keeps events from being stored.
    func sendUntilKilled(
        round: Int, acknowledgements: Int = .max, transactions: Int = .max
    ) async throws {
        let applied = Counter()
        let acknowledged = Counter()
        let ingestion = try await open { _ in
            if applied.next() >= transactions {
                kill(getpid(), SIGKILL)
            }
        }
        let again = Set(ids("sent")).subtracting(ids("acknowledged"))
        if !again.isEmpty {
            try await send(again.sorted().map(event), to: ingestion)
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for place in 0..<4 {
                group.addTask {
                    for number in 0... {
                        let ids = (0..<20).map { "\(round)-\(place)-\(number)-\($0)" }
                        note(ids, in: "sent")
                        try await send(ids.map(event), to: ingestion)
                        let count = acknowledged.next()
                        if count == acknowledgements { endSoon(round) }
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    /// Ends the process from another thread, so that the others are in the midst of something.
    private func endSoon(_ seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        let turns = UInt64.random(in: 0...200_000, using: &generator)
        Thread.detachNewThread {
            var state = SeededGenerator(seed: turns)
            var sum: UInt64 = 0
            for _ in 0..<turns { sum ^= state.next() }
            if sum != 1 { kill(getpid(), SIGKILL) }
        }
    }

    private func send(_ events: [Event], to ingestion: EventIngestion) async throws {
        _ = try await ingestion.accept(
            EventBatch(source: "app", received: IngestionBench.now, events: events))
        note(events.map(\.id), in: "acknowledged")
    }

    /// An event of one of 30 people, who are known from their second event on.
    private func event(_ id: String) -> Event {
        let person = id.utf8.reduce(0) { ($0 * 31 + Int($1)) % 30_030 } % 30
        let isKnown = id.hasSuffix("1")
        return .made(id, user: isKnown ? "u\(person)" : nil, anonymous: "d\(person)")
    }

    private func note(_ ids: [String], in file: String) {
        let descriptor = Foundation.open(
            folder.appending(path: file).path, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        let text = Array((ids.joined(separator: "\n") + "\n").utf8)
        _ = write(descriptor, text, text.count)
        close(descriptor)
    }

    private func ids(_ file: String) -> [String] {
        let text = try? String(contentsOf: folder.appending(path: file), encoding: .utf8)
        return (text ?? "").split(separator: "\n").map(String.init)
    }

    /// What is stored after everything that is in the inbox was applied.
    struct Outcome {
        let acknowledged: Set<String>
        let sent: Set<String>
        let stored: [String]
        let people: Int
        let actors: Int
        let damages: [InboxDamage]

        var lost: Set<String> { acknowledged.subtracting(stored) }
        var unknown: Set<String> { Set(stored).subtracting(sent) }
        var twice: Int { stored.count - Set(stored).count }
    }

    func outcome() async throws -> Outcome {
        let ingestion = try await open()
        await ingestion.stop()
        let engine = ingestion.applier.engine
        let rows = try await engine.run(Statement("select message_id from source.app"))
        let people = try await engine.run(
            Statement(
                """
                select (select count(distinct person) from source.app where user_id is not null),
                    (select count(*) - count(distinct id) from events.actors)
                """))
        await engine.close()
        return Outcome(
            acknowledged: Set(ids("acknowledged")), sent: Set(ids("sent")),
            stored: (0..<rows.count).compactMap { rows.columns[0].text($0) },
            people: people.columns[0].integer(0) ?? 0, actors: people.columns[1].integer(0) ?? 0,
            damages: ingestion.status.damages)
    }
}

/// Counts from several threads.
private final class Counter: Sendable {
    private let value = Atomic<Int>(0)

    func next() -> Int { value.add(1, ordering: .relaxed).newValue }
}
