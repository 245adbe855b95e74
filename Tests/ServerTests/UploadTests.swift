import Features
import Foundation
import HTTPTypes
import Testing
import Vocabulary

@testable import Server

@Suite("Imports by upload")
struct UploadTests {
    private func finished(
        _ world: ServerWorld, _ person: ServerWorld.Person, _ path: String
    ) async throws -> Received {
        await world.parts.jobs.wait(for: String(path.split(separator: "/").last ?? ""))
        return try await world.send(.get, path, as: person)
    }

    private func jobPath(_ answer: Received) throws -> String {
        guard case .text(let id) = answer["job"] else { throw Failure("test/no-job", answer.body) }
        return "/api/v1/jobs/\(id)"
    }

    @Test("a file arrives whole, under its own name, and leaves nothing in the inbox")
    func arrives() async throws {
        let world = try ServerWorld()
        let editor = try await world.person(.editor)

        let answer = try await world.send(
            .post, "/api/v1/sources/orders/imports?file=orders%202026.csv", as: editor,
            body: Array("a,b\n1,2\n".utf8))
        let job = try await finished(world, editor, try jobPath(answer))

        #expect(answer.status == 202)
        #expect(job["state"] == "done")
        #expect(job["progress"] == .integer(1))
        #expect(job["report"]?["source"] == "orders")
        #expect(try world.workspace.imported == ["upload-orders 2026.csv": Data("a,b\n1,2\n".utf8)])
        #expect(try await world.parts.audit.latest(1).first?.detail == "orders orders 2026.csv")
        let inbox = try world.workspace.folder.appending(path: "data/inbox")
        #expect(try FileManager.default.contentsOfDirectory(atPath: inbox.path).isEmpty)
    }

    @Test("a cancelled import ends as failed")
    func cancelled() async throws {
        let world = try ServerWorld(importsWait: true)
        let editor = try await world.person(.editor)
        let answer = try await world.send(
            .post, "/api/v1/sources/orders/imports?file=a.csv", as: editor, body: [65])
        let path = try jobPath(answer)

        let cancelled = try await world.send(.delete, path, as: editor)
        let job = try await finished(world, editor, path)

        #expect(cancelled.status == 204)
        #expect(job["state"] == "failed")
        #expect(job["failure"]?["code"] == "import/cancelled")
    }

    @Test("more imports than allowed at a time are refused, and nothing stays of them")
    func tooMany() async throws {
        var settings = ServerSettings()
        settings.jobsMax = (remembered: 10, running: 1)
        let world = try ServerWorld(settings: settings, importsWait: true)
        let editor = try await world.person(.editor)
        let path = "/api/v1/sources/orders/imports?file=a.csv"
        _ = try await world.send(.post, path, as: editor, body: [65])

        let second = try await world.send(.post, path, as: editor, body: [65])

        #expect(second.status == 429)
        let inbox = try world.workspace.folder.appending(path: "data/inbox")
        #expect(try FileManager.default.contentsOfDirectory(atPath: inbox.path).count == 1)
        try world.workspace.importGate.continuation.finish()
    }

    @Test("a file over the limit gets 413 and leaves nothing")
    func tooLarge() async throws {
        var settings = ServerSettings()
        settings.uploadBytesMax = 10
        let world = try ServerWorld(settings: settings)
        let editor = try await world.person(.editor)

        let answer = try await world.send(
            .post, "/api/v1/sources/orders/imports?file=a.csv", as: editor,
            body: [UInt8](repeating: 65, count: 11))

        #expect(answer.status == 413)
        let inbox = try world.workspace.folder.appending(path: "data/inbox")
        #expect(try FileManager.default.contentsOfDirectory(atPath: inbox.path).isEmpty)
    }

    @Test("an unknown source gets 404, an empty file 400, an unknown job 404")
    func refused() async throws {
        let world = try ServerWorld()
        let editor = try await world.person(.editor)

        let source = try await world.send(
            .post, "/api/v1/sources/nowhere/imports?file=a.csv", as: editor, body: [65])
        let empty = try await world.send(
            .post, "/api/v1/sources/orders/imports?file=a.csv", as: editor)
        let job = try await world.send(.get, "/api/v1/jobs/none", as: editor)

        #expect(source.status == 404)
        #expect(empty.status == 400)
        #expect(job.status == 404)
    }

    @Test(
        "a name with a path in it is cut to its last part",
        arguments: [
            ("../../etc/orders.csv", "orders.csv"), ("C:\\data\\orders.csv.gz", "orders.csv.gz"),
            ("/orders.parquet", "orders.parquet"), ("..hidden.csv", "hidden.csv"),
            ("or\u{202E}ders\n.jsonl", "orders.jsonl"), ("Größe 1.CSV", "Größe 1.CSV"),
        ])
    func safeNames(given: String, expected: String) throws {
        #expect(try Upload.safeName(given) == expected)
    }

    @Test(
        "what is no data file is refused by its name",
        arguments: [
            "", "..", "/", "orders", "orders.exe", "facts.duckdb", ".csv", "state.sqlite",
            "a.csv\u{0}.exe", String(repeating: "a", count: 300) + ".csv",
        ])
    func badNames(name: String) {
        let failure = #expect(throws: Failure.self) { try Upload.safeName(name) }

        #expect(failure?.code == .badFileName)
    }
}
