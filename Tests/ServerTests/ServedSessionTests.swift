import Features
import Foundation
import HTTPTypes
import Logging
import Testing
import Vocabulary

@testable import Server

@Suite("A server on a real workspace")
struct ServedSessionTests {
    private func makeWorkspace() throws -> URL {
        let name = "ys-real-\(UUID().uuidString.prefix(8))"
        let folder = FileManager.default.temporaryDirectory.appending(path: name)
        let definitions = folder.appending(path: "definitions")
        try FileManager.default.createDirectory(
            at: definitions, withIntermediateDirectories: true)
        try Data("workspace: Acme\nzone: UTC\ncurrency: EUR\n".utf8)
            .write(to: folder.appending(path: "yardstick.yaml"))
        let text = """
            source: orders
            is: One row per order line.
            from: { csv: "imports/orders*.csv" }
            time: day
            dimensions: { country: country }
            ---
            metric: revenue
            is: Value of the order lines.
            owner: finance
            unit: money
            formula: { sum: amount, from: orders }
            """
        try Data(text.utf8).write(to: definitions.appending(path: "all.yaml"))
        return folder
    }

    @Test("a file is uploaded, asked about, and told of")
    func uploadAndAsk() async throws {
        let session = try await WorkspaceSession.open(try makeWorkspace(), clock: SystemClock())
        let world = try ServerWorld(workspace: session)
        let editor = try await world.person(.editor)
        let csv = "day,country,amount\n2026-01-05,DE,10.5\n2026-01-06,FR,2\n2026-02-01,DE,4\n"

        let started = try await world.send(
            .post, "/api/v1/sources/orders/imports?file=orders-1.csv", as: editor,
            body: Array(csv.utf8))
        guard case .text(let id) = started["job"] else {
            Issue.record("no job: \(started.body)")
            return
        }
        await world.parts.jobs.wait(for: id)
        let job = try await world.send(.get, "/api/v1/jobs/\(id)", as: editor)
        let answer = try await world.send(
            .get, "/api/v1/ask?metric=revenue&over=2026-01..2026-02&grain=month", as: editor)
        let sources = try await world.send(.get, "/api/v1/sources", as: editor)
        let unknown = try await world.send(.get, "/api/v1/metrics/revenu", as: editor)
        let nowhere = try await world.send(
            .post, "/api/v1/sources/order/imports?file=a.csv", as: editor, body: [65])
        await session.close()

        #expect(job["state"] == "done", "\(job.body)")
        #expect(answer.status == 200, "\(answer.body)")
        #expect(answer.body.contains("12.5"))
        #expect(sources.body.contains("upload/orders-1.csv"))
        #expect(unknown.status == 404)
        #expect(nowhere.status == 404)
    }

    @Test("every page's data is there, and fits its description")
    func pages() async throws {
        let session = try await WorkspaceSession.open(try makeWorkspace(), clock: SystemClock())
        let world = try ServerWorld(workspace: session)
        let viewer = try await world.person(.viewer)

        for path in ["session", "scorecard", "catalogue", "sources", "library", "metrics/revenue"] {
            let answer = try await world.send(.get, "/api/v1/\(path)", as: viewer)
            #expect(answer.status == 200, "\(path): \(answer.body)")
        }
        await session.close()
    }
}
