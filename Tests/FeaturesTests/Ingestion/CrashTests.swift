import Engines
import Foundation
import TestSupport
import Testing
import Vocabulary

@testable import Features

@Suite("Processes that are killed while they store events")
struct CrashTests {
    private static let rounds =
        ProcessInfo.processInfo.environment["YARDSTICK_CRASH_ROUNDS"].flatMap(Int.init) ?? 10

    @Test("every acknowledged event is stored once, whenever the process was killed")
    func killed() async throws {
        let bench = try IngestionBench()
        await bench.engine.close()
        var generator = SeededGenerator(seed: 4)

        for round in 0..<Self.rounds {
            let count = Int.random(in: 1...60, using: &generator)
            await #expect(processExitsWith: .signal(SIGKILL)) {
                [folder = bench.folder.path as String, round = round as Int, count = count as Int]
                in
                try await CrashBench(folder: folder)
                    .sendUntilKilled(round: round, acknowledgements: count)
            }
        }

        let outcome = try await CrashBench(folder: bench.folder.path).outcome()
        #expect(outcome.acknowledged.count > Self.rounds * 20)
        #expect(outcome.lost.isEmpty && outcome.unknown.isEmpty && outcome.twice == 0)
        #expect(outcome.people == 30 && outcome.actors == 0)
    }

    @Test("a process killed between the commit of rows and what follows it stores none twice")
    func killedAfterCommit() async throws {
        let bench = try IngestionBench()
        await bench.engine.close()

        for round in 0..<4 {
            await #expect(processExitsWith: .signal(SIGKILL)) {
                [folder = bench.folder.path as String, round = round as Int] in
                try await CrashBench(folder: folder)
                    .sendUntilKilled(round: round, transactions: 1 + round * 3)
            }
        }

        let outcome = try await CrashBench(folder: bench.folder.path).outcome()
        #expect(!outcome.stored.isEmpty && outcome.lost.isEmpty && outcome.twice == 0)
    }

    @Test("the check finds an event that was lost, and one that is stored twice")
    func negativeControl() async throws {
        let bench = try IngestionBench()
        let ingestion = try await bench.open()
        try await bench.store(ingestion, [.made("a", user: "u"), .made("b", user: "u")])
        await ingestion.stop()
        try await bench.engine.execute(Statement("delete from events.app where message_id = 'a'"))
        try await bench.engine.execute(Statement("insert into events.app select * from events.app"))
        await bench.engine.close()
        try Data("a\nb\n".utf8).write(to: bench.folder.appending(path: "acknowledged"))

        let outcome = try await CrashBench(folder: bench.folder.path).outcome()

        #expect(outcome.lost == ["a"] && outcome.twice == 1 && outcome.unknown == ["b"])
    }
}
