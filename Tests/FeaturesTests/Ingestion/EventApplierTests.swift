import Engines
import Events
import Foundation
import Synchronization
import Testing
import Vocabulary

@testable import Features

@Suite("Applying what is in the inbox")
struct EventApplierTests {
    @Test("a record that cannot be applied is kept aside, and holds nothing up")
    func unappliable() async throws {
        let bench = try IngestionBench()
        let inbox = try EventInbox(folder: bench.folder.appending(path: "events"))
        for (number, source) in ["app", "merges", "app"].enumerated() {
            _ = try await inbox.append(
                .events(
                    EventBatch(
                        source: source, received: IngestionBench.now,
                        events: [.made("\(number)", user: "a")])))
        }
        await inbox.close()

        let ingestion = try await bench.open()
        await ingestion.stop()

        #expect(try await bench.rows("select message_id from source.app order by 1") == ["0", "2"])
        let damage = try #require(ingestion.status.damages.first?.keptIn)
        let kept = try Data(contentsOf: bench.folder.appending(path: "events/" + damage))
        guard case .events(let batch) = try EventRecord(Array(kept)) else {
            Issue.record("The record that was kept is not the one that was written.")
            return
        }
        #expect(batch.source == "merges" && batch.events.map(\.id) == ["1"])
    }

    @Test("questions that keep every connection busy do not hold up events")
    func busyConnections() async throws {
        let bench = try IngestionBench()
        let ingestion = try await bench.open()
        let engine = bench.engine
        let questions = (0..<4).map { _ in
            Task {
                _ = try? await engine.run(
                    Statement("select count(*) from range(1000000000) a, range(1000000000) b"))
            }
        }

        try await bench.store(ingestion, [.made("1", user: "a")])

        #expect(ingestion.status.rows == 1 && ingestion.status.stall == nil)
        questions.forEach { $0.cancel() }
        await ingestion.stop()
    }

    @Test("files of the inbox that are applied and tidied up are dropped")
    func dropping() async throws {
        let bench = try IngestionBench()
        let ingestion = try await bench.open {
            $0.inbox.segmentBytes = 2_000
            $0.checkpointBytes = 10_000
        }

        for number in 0..<300 {
            _ = try await ingestion.accept(
                EventBatch(
                    source: "app", received: IngestionBench.now,
                    events: [.made("\(number)", user: "a")]))
        }
        await ingestion.stop()

        let files = try InboxSegment.all(in: bench.folder.appending(path: "events").path)
        #expect(files.count == 1 && files[0].start > 10_000)
        #expect(try await bench.rows("select count(*) from source.app") == ["300"])
    }

    @Test("what has piled up is applied together, and messages that came again count once")
    func farBehind() async throws {
        let bench = try IngestionBench()
        let inbox = try EventInbox(folder: bench.folder.appending(path: "events"))
        for number in 0..<60 {
            let ids = (0..<20).map { "\((number * 20 + $0) % 700)" }
            _ = try await inbox.append(
                .events(
                    EventBatch(
                        source: "app", received: IngestionBench.now,
                        events: ids.map { .made($0, user: "u\($0.count)", anonymous: "d\($0)") })))
        }
        await inbox.close()
        let seen = Seen()
        var settings = EventIngestion.Settings()
        settings.eventsMax = 100
        settings.farBehindBytes = 1

        let ingestion = try await EventIngestion.open(
            folder: bench.folder.appending(path: "events"), engine: bench.engine,
            sources: [EventSource(name: "app")], settings: settings,
            clock: FixedClock(IngestionBench.now)
        ) { _ in seen.add(1) }
        await ingestion.stop()

        #expect(seen.rows == 1 && ingestion.status.rows == 700)
        #expect(ingestion.status.duplicates == 500 && ingestion.status.conflicts == 0)
        #expect(
            try await bench.rows(
                "select count(*), count(distinct message_id), count(distinct person) from source.app"
            )
                == ["700|700|3"])
        #expect(try await bench.rows("select sum(count) from events.seen_names") == ["700"])
    }

    @Test("transactions of what has piled up have as many rows as are asked for, and nothing twice")
    func fullTransactions() async throws {
        let bench = try IngestionBench()
        try await bench.pileUp(records: 12, of: 10, differing: 100)
        let rows = Mutex<[Int]>([])
        var settings = EventIngestion.Settings()
        settings.eventsMax = 15
        settings.farBehindBytes = 1
        settings.rowsTogether = 25

        let ingestion = try await EventIngestion.open(
            folder: bench.folder.appending(path: "events"), engine: bench.engine,
            sources: [EventSource(name: "app")], settings: settings,
            clock: FixedClock(IngestionBench.now)
        ) { applied in rows.withLock { $0.append(applied.rows["app"] ?? 0) } }
        await ingestion.stop()

        #expect(rows.withLock { $0.filter { $0 > 0 } } == [25, 25, 25, 25])
        let status = ingestion.status
        #expect(status.rows == 100 && status.duplicates == 20 && status.quarantined == 12)
        #expect(
            try await bench.rows("select count(*), count(distinct message_id) from source.app")
                == ["100|100"])
        #expect(try await bench.rows("select count(*) from events.quarantine") == ["12"])
    }

    @Test("a start after a transaction that ended within a record stores the rest of it")
    func startWithinRecord() async throws {
        let bench = try IngestionBench()
        let inbox = try await bench.pileUp(records: 3, of: 10, differing: 30)
        let items = try InboxReader(inbox, from: 0).next(eventsMax: 1_000)
        let end = try #require(items.last?.end)
        let outcome = try await bench.engine.withWriter { connection throws(Failure) in
            try EventTables(connection: connection).prepareCommon()
            return try EventApplication(
                connection, sources: [EventSource(name: "app")],
                settings: EventIngestion.Settings(), now: IngestionBench.now
            ).apply(
                EventWindow(items: items, end: end), rowsMax: 25, now: IngestionBench.now,
                on: connection)
        }
        #expect(outcome.partOfNext == 5 && outcome.offset < end && outcome.refused == 2)

        let ingestion = try await bench.open()
        await ingestion.stop()

        #expect(ingestion.status.rows == 5 && ingestion.status.duplicates == 5)
        #expect(
            try await bench.rows("select count(*), count(distinct message_id) from source.app")
                == ["30|30"])
        #expect(try await bench.rows("select count(*) from events.quarantine") == ["3"])
    }

    @Test("of what has piled up only the record at fault is kept aside")
    func farBehindWithFault() async throws {
        let bench = try IngestionBench()
        let inbox = try EventInbox(folder: bench.folder.appending(path: "events"))
        for number in 0..<30 {
            _ = try await inbox.append(
                .events(
                    EventBatch(
                        source: number == 17 ? "merges" : "app", received: IngestionBench.now,
                        events: [.made("\(number)", user: "a")])))
        }
        await inbox.close()

        let ingestion = try await bench.open {
            $0.eventsMax = 4
            $0.farBehindBytes = 1
        }
        try await ingestion.applied(to: ingestion.status.acceptedOffset)
        await ingestion.stop()

        #expect(ingestion.status.damages.count == 1 && ingestion.status.rows == 29)
        #expect(
            try await bench.rows("select count(distinct message_id) from source.app") == ["29"])
    }

    @Test("while the database is away events are acknowledged, and applied once it is back")
    func databaseAway() async throws {
        let bench = try IngestionBench()
        var ingestion = try await bench.open()
        try await bench.store(ingestion, [.made("1", user: "a")])
        await bench.engine.close()

        let receipt = try await ingestion.accept(
            EventBatch(
                source: "app", received: IngestionBench.now, events: [.made("2", user: "a")]))
        await ingestion.stop()
        #expect(receipt.stored == 1 && ingestion.status.stall?.code == .engineClosed)
        #expect(ingestion.status.lagBytes > 0)
        try await bench.reopenEngine()
        ingestion = try await bench.open()
        await ingestion.stop()

        #expect(try await bench.rows("select message_id from source.app order by 1") == ["1", "2"])
    }

    @Test("names without end do not fill the memory")
    func manyNames() async throws {
        let bench = try IngestionBench()
        let ingestion = try await bench.open()
        let events = (0..<25).map { number in
            let members = (0..<1_000).map { "\"p\(number * 1_000 + $0)\":1" }
            return Event.made(
                "\(number)", user: "a", properties: "{\(members.joined(separator: ","))}")
        }

        try await bench.store(ingestion, events)
        await ingestion.stop()

        #expect(
            try await bench.rows(
                "select count(*)::varchar, sum(count)::bigint from events.seen_names where event = '…'"
            ) == ["1|5001"])
    }

    @Test("whoever listens is told of every row once")
    func told() async throws {
        let bench = try IngestionBench()
        let seen = Seen()
        let ingestion = try await EventIngestion.open(
            folder: bench.folder.appending(path: "events"), engine: bench.engine,
            sources: [EventSource(name: "app")], clock: FixedClock(IngestionBench.now)
        ) { seen.add($0.rows["app"] ?? 0) }

        for number in 0..<20 {
            _ = try await ingestion.accept(
                EventBatch(
                    source: "app", received: IngestionBench.now,
                    events: [.made("\(number / 2)", user: "a")]))
        }
        await ingestion.stop()

        #expect(seen.rows == 10 && ingestion.status.duplicates == 10)
    }

    private final class Seen: Sendable {
        private let count = Atomic<Int>(0)
        var rows: Int { count.load(ordering: .relaxed) }
        func add(_ rows: Int) { count.add(rows, ordering: .relaxed) }
    }

    @Test("a batch of many events of which half came before leaves each once")
    func manyDuplicates() async throws {
        let bench = try IngestionBench()
        let ingestion = try await bench.open()
        func events(_ numbers: Range<Int>) -> [Event] {
            numbers.map { .made("\($0)", user: "u\($0 % 7)", properties: "{\"n\":\($0)}") }
        }

        try await bench.store(ingestion, events(0..<1_000))
        try await bench.store(ingestion, events(500..<1_500))

        #expect(ingestion.status.duplicates == 500 && ingestion.status.conflicts == 0)
        #expect(
            try await bench.rows("select count(*), count(distinct message_id) from source.app")
                == ["1500|1500"])
        await ingestion.stop()
    }
}
