import Foundation
import Testing
import Vocabulary

@testable import Engines

@Suite("An engine whose database was given up")
struct DuckDBOpeningTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func giveUp(_ engine: DuckDBEngine) async {
        let failure = await #expect(throws: Failure.self) {
            try await engine.withWriter { _ throws(Failure) in
                throw Failure(.engineBroken, "The database has been invalidated.")
            }
        }
        #expect(failure?.code == .engineBroken)
    }

    @Test("a file is opened again, with all that was stored")
    func file() async throws {
        let engine = try DuckDBEngine(.file(folder.file("a.duckdb")), connections: 2)
        try await engine.execute(Statement("create table kept as select 1 as n"))
        for _ in 0..<3 {
            await giveUp(engine)
            try await engine.execute(Statement("insert into kept select count(*) from kept"))
        }
        let frame = try await engine.run(Statement("select count(*) from kept"))
        #expect(frame.columns[0].integer(0) == 4)
        await engine.close()
        let failure = await #expect(throws: Failure.self) {
            try await engine.run(Statement("select 1"))
        }
        #expect(failure?.code == .engineClosed)
    }

    @Test("what is in memory alone is not thrown away")
    func memory() async throws {
        let engine = try DuckDBEngine(.memory, connections: 1)
        try await engine.execute(Statement("create table kept as select 1 as n"))
        await giveUp(engine)
        let frame = try await engine.run(Statement("select n from kept"))
        #expect(frame.columns[0].integer(0) == 1)
    }
}
