import Foundation
import Testing
import Vocabulary

@testable import Engines

@Suite("A database whose log has a damaged end")
struct DatabaseLogCutTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// A database as a power cut leaves it: two transactions in the log, nothing tidied up.
    private func leftover() async throws -> (path: String, firstEnd: Int) {
        let whole = try folder.file("whole.duckdb")
        let engine = try DuckDBEngine(.file(whole), connections: 1)
        try await engine.execute(Statement("create table kept as select range as n from range(3)"))
        let firstEnd = try Data(contentsOf: URL(filePath: whole + ".wal")).count
        try await engine.execute(
            Statement("insert into kept select range from range(3, 2000)"))
        let left = try folder.file("left.duckdb")
        for end in ["", ".wal"] {
            try FileManager.default.copyItem(atPath: whole + end, toPath: left + end)
        }
        await engine.close()
        return (left, firstEnd)
    }

    private func rows(of path: String) async throws -> (count: Int64?, cut: DatabaseLogCut?) {
        let engine = try DuckDBEngine(.file(path), connections: 1)
        let frame = try await engine.run(Statement("select count(*) from kept"))
        let count = frame.columns[0].integer(0).map { Int64($0) }
        await engine.close()
        return (count, engine.logCut)
    }

    @Test("a sound log is read to its end")
    func sound() async throws {
        let (path, _) = try await leftover()
        let (count, cut) = try await rows(of: path)
        #expect(count == 2_000)
        #expect(cut == nil)
    }

    @Test("the transaction whose bytes are wrong is cut and kept, those before it stay")
    func damaged() async throws {
        let (path, firstEnd) = try await leftover()
        let log = path + ".wal"
        var content = try Data(contentsOf: URL(filePath: log))
        content[firstEnd + (content.count - firstEnd) / 2] ^= 0xff
        try content.write(to: URL(filePath: log))
        let (count, cut) = try await rows(of: path)
        #expect(count == 3)
        let kept = try #require(cut)
        let bytes = try Data(contentsOf: URL(filePath: kept.keptIn))
        #expect(bytes == content.suffix(kept.bytes))
        #expect(kept.bytes <= content.count - firstEnd)
        #expect(try await rows(of: path).cut == nil)
    }

    @Test("a file that is no database is left alone")
    func noDatabase() async throws {
        let path = try folder.file("text.duckdb", "This is a text, and no database of DuckDB.")
        #expect(throws: Failure.self) { try DuckDBEngine(.file(path)) }
        #expect(DatabaseLogCut.place(in: "The file is not a database") == nil)
    }
}
