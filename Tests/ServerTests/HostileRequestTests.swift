import Testing
import Vocabulary

@testable import Server

@Suite("Hostile requests")
struct HostileRequestTests {
    /// Ways in which a request can say two things about where it ends.
    static let smuggled: [String] = [
        "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nX",
        "Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcde",
        "Content-Length: +4\r\n\r\nabcd", "Content-Length: -1\r\n\r\n",
        "Content-Length: 99999999999999999999\r\n\r\n", "Content-Length: 4, 4\r\n\r\nabcd",
        "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n", "X-A: b\r\n c: d\r\n\r\n",
        "X-A: b\u{0}c\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\nZ\r\n\r\n",
        "X-A: " + String(repeating: "a", count: 40_000) + "\r\n\r\n",
        String(repeating: "X-A: b\r\n", count: 5_000) + "\r\n",
    ]

    @Test("a request that says two things is refused, and what follows it is not answered")
    func smuggling() async throws {
        try await LiveServer.run { live in
            for rest in HostileRequestTests.smuggled {
                let answer = try await RawClient.exchange(
                    "POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\n\(rest)"
                        + "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n", port: live.port)
                #expect(answer.contains("HTTP/1.1 400 "), "\(rest.prefix(60))")
                #expect(!answer.contains("HTTP/1.1 200 "), "\(rest.prefix(60))")
            }
        }
    }

    @Test(
        "a line that is no request is refused",
        arguments: [
            "GET / HTTP/9.9\r\n\r\n", "\u{16}\u{3}\u{1}\u{2}\r\n\r\n",
            "GET /\u{0} HTTP/1.1\r\nHost: localhost\r\n\r\n", "G E T / HTTP/1.1\r\n\r\n",
        ])
    func noRequest(text: String) async throws {
        try await LiveServer.run { live in
            let answer = try await RawClient.exchange(text, port: live.port)
            #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 400 "))
        }
    }

    @Test(
        "a host in the address does not get round the check of the host",
        arguments: ["//evil.example/health", "*", "health", "/health#x", "/%2e%2e/health"])
    func absoluteAddress(address: String) async throws {
        try await LiveServer.run { live in
            let answer = try await live.get(address)
            #expect(answer.hasPrefix("HTTP/1.1 400 "))
        }
    }

    @Test("a request that names two hosts is refused")
    func twoHosts() async throws {
        try await LiveServer.run { live in
            let answer = try await live.get("/health", headers: ["Host: evil.example"])
            #expect(answer.hasPrefix("HTTP/1.1 421 "))
        }
    }

    @Test("a body that trickles in is cut off, and others are answered meanwhile")
    func slowBody() async throws {
        var settings = ServerSettings()
        settings.requestSeconds = 1
        try await LiveServer.run(settings: settings) { live in
            let slow = Task {
                try await RawClient.exchange(
                    """
                    POST /api/v1/session HTTP/1.1\r\nHost: localhost\r
                    Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{
                    """, port: live.port)
            }
            let beside = try await live.get("/health")
            #expect(beside.hasPrefix("HTTP/1.1 200 "))
            // The client would fail where the server left the connection open.
            let answer = try await slow.value
            #expect(!answer.contains("HTTP/1.1 200 "))
        }
    }

    @Test("a connection on which nothing is asked is closed")
    func idle() async throws {
        var settings = ServerSettings()
        settings.idleSeconds = 1
        try await LiveServer.run(settings: settings) { live in
            // The client would fail where the server left the connection open.
            let answer = try await RawClient.exchange("GET / HT", port: live.port)
            #expect(!answer.contains("HTTP/1.1 200 "))
        }
    }

    @Test("who is refused cannot go on sending without end")
    func sendingAfterRefusal() async throws {
        try await LiveServer.run { live in
            let answer = try await RawClient.exchange(
                "POST /api/v1/sources/orders/imports?file=a.csv HTTP/1.1\r\nHost: localhost\r\n"
                    + "Content-Length: 50000000\r\n\r\n"
                    + String(repeating: "a", count: 8_000_000), port: live.port)
            #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 401 "))
        }
    }
}
