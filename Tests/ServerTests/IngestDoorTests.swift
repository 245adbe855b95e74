import Events
import Features
import Foundation
import HTTPTypes
import Testing
import Vocabulary

@testable import Server

@Suite("Events over HTTP")
struct IngestDoorTests {
    private let world: ServerWorld

    init() throws { world = try ServerWorld() }

    private func key(origins: [String] = [], site: String? = nil) async throws -> String {
        let wish = try WriteKeyWish(source: "app", origins: origins, site: site)
        return try await world.parts.keys.make(wish, by: nil, from: nil).secret.text
    }

    private static let event =
        #"{"id":"1","event":"signed_up","user":"anna","properties":{"plan":"pro"}}"#

    private func send(
        _ body: String, to path: String = "/api/v1/events", key: String?,
        headers: HTTPFields = [:]
    ) async throws -> Received {
        var headers = headers
        if let key { headers[.authorization] = "Bearer \(key)" }
        return try await world.send(.post, path, headers: headers, body: Array(body.utf8))
    }

    @Test("events are taken with a key, and answered when the workspace has them")
    func taken() async throws {
        let answer = try await send("[\(Self.event)]", key: try await key())

        #expect(answer.status == 200)
        #expect(answer["accepted"] == 1)
        let event = try #require(try world.workspace.events.first)
        #expect(event.name == "signed_up")
        #expect(event.user == "anna")
        #expect(event.received == world.clock.now)
    }

    @Test("without a key, with a wrong one or a revoked one nothing is taken")
    func keys() async throws {
        let good = try await key()
        let missing = try await send(Self.event, key: nil)
        let wrong = try await send(Self.event, key: "yw_0000000000000000000000")
        _ = try await world.parts.keys.revoke(1, by: nil, from: nil)
        let revoked = try await send(Self.event, key: good)

        #expect([missing, wrong, revoked].map(\.status) == [401, 401, 401])
        #expect(missing["code"] == "ingest/no-key")
        #expect(revoked["code"] == "ingest/unknown-key")
        #expect(try world.workspace.events == [])
    }

    @Test("pages of any site may send, unless the key names its sites")
    func origins() async throws {
        let open = try await key()
        let own = try await key(origins: ["https://shop.example"])
        let origin: (String) -> HTTPFields = { [.origin: $0, .fetchSite: "cross-site"] }

        let any = try await send(Self.event, key: open, headers: origin("https://a.example"))
        let right = try await send(Self.event, key: own, headers: origin("https://shop.example"))
        let foreign = try await send(Self.event, key: own, headers: origin("https://b.example"))

        #expect([any, right, foreign].map(\.status) == [200, 200, 403])
        #expect(any.headers[.accessControlAllowOrigin] == "https://a.example")
        #expect(foreign["code"] == "ingest/foreign-origin")
    }

    @Test(
        "a browser that asks first is told that it may",
        arguments: ["/v1/batch", "/e/", "/api/event", "/api/send", "/api/v1/events"])
    func preflight(path: String) async throws {
        let answer = try await world.send(
            .options, path,
            headers: [
                .origin: "https://a.example", .accessControlRequestHeaders: "authorization",
            ])

        #expect(answer.status == 204)
        #expect(answer.headers[.accessControlAllowOrigin] == "https://a.example")
        #expect(answer.headers[.accessControlAllowHeaders] == "authorization")
        #expect(answer.body.isEmpty)
    }

    @Test("other addresses do not open themselves to other sites")
    func closed() async throws {
        let answer = try await world.send(
            .options, "/api/v1/scorecard", headers: [.origin: "https://a.example"])

        #expect(answer.status == 405)
        #expect(answer.headers[.accessControlAllowOrigin] == nil)
    }

    @Test("what cannot be stored is refused so that clients send it again")
    func notStored() async throws {
        let key = try await key()
        try world.workspace.refuseEvents(Failure("ingest/busy", "Too much waits."))
        let busy = try await send(Self.event, key: key)
        try world.workspace.refuseEvents(Failure("ingest/disk-full", "The disk is full."))
        let full = try await send(Self.event, key: key)

        #expect(busy.status == 429)
        #expect(full.status == 503)
        #expect(busy.headers[.retryAfter] != nil)
        #expect(full.headers[.retryAfter] != nil)
        for answer in [busy, full] {
            #expect(answer["code"]?.string?.hasPrefix("ingest/") == true)
            #expect(answer["message"]?.string?.isEmpty == false)
        }
    }

    @Test(
        "clients of vendors find their key in their own place",
        arguments: [
            (
                "/v1/batch",
                #"{"batch":[{"type":"track","event":"a","userId":"u"}],"writeKey":"KEY"}"#
            ),
            ("/batch/", #"{"api_key":"KEY","batch":[{"event":"a","distinct_id":"u","uuid":"1"}]}"#),
            (
                "/compat/posthog/e/",
                #"{"api_key":"KEY","event":"a","distinct_id":"u","properties":{}}"#
            ),
        ])
    func vendors(path: String, body: String) async throws {
        let text = body.replacing("KEY", with: try await key())
        let answer = try await world.send(.post, path, body: Array(text.utf8))

        #expect(answer.status == 200)
        #expect(answer.headers[.contentType] == "application/json")
        #expect(try world.workspace.events.map(\.user) == ["u"])
    }

    @Test("Plausible and Umami are known by their site, and visitors by the salt of the day")
    func sites() async throws {
        _ = try await key(site: "shop.example")
        let body = #"{"n":"pageview","u":"https://shop.example/a?utm_source=x","d":"shop.example"}"#
        let agent: HTTPFields = [
            .userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0"
        ]
        for _ in 0..<2 {
            let answer = try await world.send(
                .post, "/api/event", headers: agent, body: Array(body.utf8), from: "192.0.2.1")
            #expect(answer.status == 202)
        }
        world.clock.advance(seconds: 86_400)
        _ = try await world.send(
            .post, "/api/event", headers: agent, body: Array(body.utf8), from: "192.0.2.1")

        let events = try world.workspace.events
        #expect(events.map(\.name) == Array(repeating: "page_viewed", count: 3))
        #expect(events.first?.context.campaign.source == "x")
        #expect(events.first?.context.device == "desktop")
        let visitors = events.compactMap(\.anonymous)
        #expect(visitors.count == 3)
        #expect(visitors[0] == visitors[1])
        #expect(visitors[1] != visitors[2])
    }

    @Test("internet addresses are dropped, unless the source keeps them or their fingerprints")
    func addresses() async throws {
        let key = try await key()
        let event = #"{"event":"opened","user":"anna","address":"203.0.113.9"}"#
        _ = try await send(event, key: key)
        try world.workspace.keepAddresses(.kept)
        _ = try await send(event, key: key)
        try world.workspace.keepAddresses(.hashed)
        _ = try await send(event, key: key)

        let texts = try world.workspace.events.map {
            String(decoding: $0.properties.bytes, as: UTF8.self)
        }
        #expect(texts.count == 3)
        #expect(texts[0] == "{}")
        #expect(texts[1] == #"{"address":"203.0.113.9"}"#)
        #expect(texts[2].contains("address") && !texts[2].contains("203.0.113"))
    }

    @Test("pages of other sites may use what they load from here")
    func resources() async throws {
        let answer = try await world.send(.get, "/compat/posthog/array/yw_abc/config.js")

        #expect(answer.status == 200)
        #expect(answer.headers[.crossOriginResourcePolicy] == "cross-origin")
    }

    @Test("more bytes than a format needs are not read, whoever sends them")
    func size() async throws {
        let answer = try await send(
            String(repeating: " ", count: (1 << 20) + 1), to: "/v1/batch", key: nil)

        #expect(answer.status == 413)
        #expect(answer["code"] == "events/too-large")
    }

    @Test("a host that is not the server's takes no events")
    func host() async throws {
        let answer = try await world.send(
            .post, "/api/v1/events", body: Array(Self.event.utf8), host: "evil.example")
        #expect(answer.status == 421)
    }

    @Test("events are counted for those who watch the server")
    func counted() async throws {
        _ = try await send("[\(Self.event)]", key: try await key())
        _ = try await send("[", key: nil)
        let metrics = try await world.send(.get, "/metrics")

        #expect(metrics.body.contains("yardstick_events_total 1\n"))
        #expect(metrics.body.contains("yardstick_event_requests_refused_total 1\n"))
    }
}
