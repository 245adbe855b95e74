import Foundation
import Testing
import Vocabulary

@testable import Engines

@Suite("What statements cannot reach")
struct DuckDBSecurityTests {
    @Test(
        "nothing outside the allowed folder is read or written, and no setting changes",
        arguments: [
            "select * from read_csv('/etc/passwd')", "select * from read_text('/etc/hostname')",
            "select * from '/etc/passwd.csv'", "select * from glob('/etc/*')",
            "select * from sniff_csv('/etc/passwd')",
            "select * from read_csv('ALLOWED/../secret.csv')",
            "attach '/tmp/yardstick-other.db'", "copy (select 1) to '/tmp/yardstick-out.csv'",
            "export database '/tmp/yardstick-export'", "install httpfs", "load httpfs",
            "load '/tmp/evil.duckdb_extension'",
            "set enable_external_access = true", "set memory_limit = '20GB'",
            "set global threads = 64", "reset lock_configuration", "set lock_configuration = false",
            "set allowed_directories = ['/']", "create secret (type s3)",
            "select * from read_csv('https://127.0.0.1/x.csv')",
        ])
    func outsideIsRefused(sql: String) async throws {
        let folder = try TemporaryFolder()
        let allowed = folder.path + "/imports"
        try FileManager.default.createDirectory(atPath: allowed, withIntermediateDirectories: true)
        _ = try folder.file("secret.csv", "a\n1\n")
        let engine = try DuckDBEngine(
            .file(folder.path + "/data.duckdb"), access: .init(folders: [allowed]), connections: 1)

        let failure = await #expect(throws: Failure.self) {
            try await engine.execute(
                Statement(
                    sql.split(separator: "ALLOWED", omittingEmptySubsequences: false)
                        .joined(separator: allowed)))
        }

        let code = try #require(failure).code
        #expect([.engineForbidden, .engineInvalidStatement, .engineFile].contains(code))
    }

    @Test("what lies in an allowed folder, and an allowed file, are read")
    func allowedIsRead() async throws {
        let folder = try TemporaryFolder()
        let allowed = folder.path + "/imports"
        try FileManager.default.createDirectory(atPath: allowed, withIntermediateDirectories: true)
        let inside = try folder.file("imports/orders.csv", "a\n1\n2\n")
        let named = try folder.file("it's named.csv", "a\n3\n")
        let engine = try DuckDBEngine(
            .file(folder.path + "/data.duckdb"),
            access: .init(folders: [allowed], files: [named]), connections: 1)

        for (file, rows) in [(inside, 2), (named, 1)] {
            let frame = try await engine.run(
                Statement("select * from read_csv(\(quotedText(file)))"))
            #expect(frame.count == rows)
        }
    }
}

@Suite("One program at a time")
struct DuckDBLockTests {
    @Test("a second opening in the same process is refused, and works after a close")
    func secondOpeningIsRefused() async throws {
        let folder = try TemporaryFolder()
        let path = try folder.file("data.duckdb")
        let first = try DuckDBEngine(.file(path), connections: 1)

        let failure = #expect(throws: Failure.self) {
            try DuckDBEngine(.file(path), connections: 1)
        }
        await first.close()
        let second = try DuckDBEngine(.file(path), connections: 1)

        #expect(failure?.code == .engineInUse)
        #expect(try await second.run(Statement("select 1")).count == 1)
    }

    @Test("a closed engine refuses work")
    func closedRefuses() async throws {
        let engine = try DuckDBEngine(.memory, connections: 1)
        await engine.close()

        let failure = await #expect(throws: Failure.self) {
            try await engine.run(Statement("select 1"))
        }

        #expect(failure?.code == .engineClosed)
    }

    @Test("the process that DuckDB names is named")
    func holderIsNamed() {
        let text = """
            IO Error: Could not set lock on file "/w/data.duckdb": Conflicting lock is held in \
            /usr/bin/yardstick (PID 4711). See also https://example.org
            """

        #expect(DuckDBFailure.lockHolder(in: text) == "yardstick, process 4711")
    }

    @Test("a file that is no database is refused")
    func otherFilesAreRefused() throws {
        let folder = try TemporaryFolder()
        let path = try folder.file(
            "data.duckdb", String(repeating: "not a database ", count: 4_096))

        let failure = #expect(throws: Failure.self) { try DuckDBEngine(.file(path)) }

        #expect(failure?.code == .engineCannotOpen)
    }

    @Test("a workspace lock names who holds it, and ends with its holder")
    func workspaceLockNamesHolder() throws {
        let folder = try TemporaryFolder()
        let path = try folder.file("lock")
        var first: WorkspaceLock? = try WorkspaceLock(path: path, purpose: "yardstick serve")

        let failure = #expect(throws: Failure.self) {
            try WorkspaceLock(path: path, purpose: "yardstick import")
        }
        withExtendedLifetime(first) {}
        first = nil

        #expect(failure?.message.contains("yardstick serve, process \(getpid())") == true)
        #expect(throws: Never.self) {
            try WorkspaceLock(path: path, purpose: "yardstick import")
        }
    }
}
