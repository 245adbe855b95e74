import Features
import Foundation
import ServiceLifecycle
import Testing
import Vocabulary

@testable import Server

@Suite("A running server")
struct LiveServerTests {
    @Test("it says where it is, and how the first account is made")
    func announcement() async throws {
        try await LiveServer.run { live in
            #expect(live.announcement.address.hasPrefix("http://127.0.0.1:"))
            let link = try #require(live.announcement.setUpLink)
            #expect(link.hasPrefix(live.announcement.address + "/setup?token="))
            #expect(try await live.get("/ready").hasPrefix("HTTP/1.1 200 "))
        }
    }

    @Test("it listens on the loopback address only")
    func loopbackOnly() async throws {
        try await LiveServer.run { live in
            let hexPort = String(format: ":%04X ", live.port)
            let lines = ["/proc/net/tcp", "/proc/net/tcp6"].flatMap { path in
                (try? String(contentsOfFile: path, encoding: .utf8))?.split(separator: "\n") ?? []
            }
            // State 0A is a listening socket; 0100007F is 127.0.0.1.
            let listening = lines.filter { $0.contains(hexPort) && $0.contains(" 0A ") }
            #expect(listening.count == 1)
            #expect(listening.allSatisfy { $0.contains(" 0100007F" + hexPort) })
        }
    }

    @Test("another address than a loopback one needs an account first")
    func noAccount() async throws {
        var settings = ServerSettings()
        settings.host = "0.0.0.0"
        let world = try ServerWorld(settings: settings)
        let server = YardstickServer(
            parts: world.parts, runLocal: { _, _ in 0 }, announce: { _ in })

        let failure = await #expect(throws: Failure.self) { try await server.services(signals: []) }
        _ = try await world.person(.admin)
        _ = try await server.services(signals: [])

        #expect(failure?.code == .noAccount)
    }

    @Test("a taken port is said to be taken")
    func portInUse() async throws {
        try await LiveServer.run { live in
            var settings = ServerSettings()
            settings.port = live.port
            let world = try ServerWorld(settings: settings)
            let server = YardstickServer(
                parts: world.parts, runLocal: { _, _ in 0 }, announce: { _ in })

            let failure = await #expect(throws: Failure.self) { try await server.run() }

            #expect(failure?.code == .portInUse)
            #expect(failure?.message.contains("\(live.port)") == true)
        }
    }

    @Test("a person signs in over a socket and reads the scorecard")
    func signIn() async throws {
        try await LiveServer.run { live in
            _ = try await live.world.person(.viewer)
            let body =
                #"{"email":"viewer@example.com","password":"four unlikely words together"}"#
            let answer = try await RawClient.exchange(
                """
                POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nConnection: close\r
                Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)
                """, port: live.port)
            let cookie = try #require(answer.firstMatch(of: /[Ss]et-[Cc]ookie: ([^;]+);/)?.1)

            let scorecard = try await live.get(
                "/api/v1/scorecard", headers: ["Cookie: \(cookie)"])

            #expect(scorecard.hasPrefix("HTTP/1.1 200 "))
            #expect(scorecard.hasSuffix(#"{"kpis":[]}"#))
        }
    }

    @Test("events arrive as they happen, and a stopping server ends the stream")
    func events() async throws {
        let received = Box("")
        try await LiveServer.run { live in
            let viewer = try await live.world.person(.viewer)
            let stream = Task {
                try await live.get(
                    "/api/v1/events", headers: ["Cookie: yardstick=\(viewer.token.text)"])
            }
            while live.world.parts.events.count == 0 { await Task.yield() }
            try live.world.workspace.changeStream.continuation.yield(
                .data(source: "orders", version: 7))
            live.world.parts.events.send("job", ["id": "1"])
            await live.group.triggerGracefulShutdown()
            received.value = try await stream.value
        }

        #expect(received.value.contains("text/event-stream"))
        #expect(received.value.contains("event: job\ndata: {\"id\":\"1\"}\n\n"))
    }

    @Test("definitions are looked at again and again")
    func definitions() async throws {
        let workspace = try FakeWorkspace()
        let watcher = DefinitionsWatcher(workspace: workspace, interval: .milliseconds(1))
        let watching = Task { try await watcher.run() }

        while workspace.reloads < 3 { await Task.yield() }

        watching.cancel()
        try await watching.value
    }
}

/// A value that a task leaves for a test.
final class Box<Value: Sendable>: Sendable {
    private let lock = NSLock()
    nonisolated(unsafe) private var content: Value

    init(_ value: Value) { content = value }

    var value: Value {
        get { lock.withLock { content } }
        set { lock.withLock { content = newValue } }
    }
}
