import Events
import Foundation
import Testing
import Vocabulary

@Suite("Paths and answers")
struct RouteTests {
    @Test(
        "every vendor's paths are known, with and without slashes and a prefix",
        arguments: [
            ("POST", "/api/v1/events", EventFormat.own), ("POST", "/api/v1/events/", .own),
            ("GET", "/api/v1/pixel.gif", .pixel), ("HEAD", "/array/phc_1/config", .posthog),
            ("POST", "/v1/batch", .segment), ("POST", "/v1/b", .segment),
            ("POST", "/v1/import", .segment), ("POST", "/compat/segment/v1/batch", .segment),
            ("POST", "/compat/rudder/v1/batch/", .segment), ("GET", "/sourceConfig/", .segment),
            ("GET", "/v1/projects/WK/settings", .segment), ("GET", "/v1/pixel/track", .segment),
            ("POST", "/batch", .posthog), ("POST", "/batch/", .posthog), ("POST", "/e/", .posthog),
            ("POST", "/i/v0/e/", .posthog), ("POST", "/capture/", .posthog),
            ("POST", "/flags/", .posthog), ("POST", "/decide/", .posthog),
            ("GET", "/flags/definitions", .posthog), ("GET", "/array/phc_1/config", .posthog),
            ("GET", "/api/feature_flag/local_evaluation/", .posthog),
            ("GET", "/api/projects/@current/feature_flags/k/remote_config/", .posthog),
            ("POST", "/compat/posthog/batch", .posthog), ("POST", "/api/event", .plausible),
            ("POST", "/compat/plausible/api/event", .plausible), ("POST", "/api/send", .umami),
            ("POST", "/api/batch", .umami), ("POST", "/compat/umami/api/send", .umami),
            ("OPTIONS", "/v1/t", .segment), ("OPTIONS", "/e/", .posthog),
        ])
    func known(method: String, path: String, format: EventFormat) {
        #expect(EventRoute(method: method, path: path)?.format == format)
    }

    @Test(
        "other paths and methods are nobody's",
        arguments: [
            ("GET", "/"), ("GET", "/flags"), ("GET", "/api/v1/events"), ("PUT", "/v1/batch"),
            ("POST", "/v1"), ("POST", "/v1/logs"), ("POST", "/v1/x"), ("POST", "/compat"),
            ("POST", "/compat/segment"), ("POST", "/compat/mixpanel/track"),
            ("POST", "/compat/segment/batch"), ("POST", "/compat/umami/api/event"),
            ("GET", "/array/a\"b/config.js"), ("GET", "/v1/projects/<b>/settings"),
            ("HEAD", "/api/v1/pixel.gif"), ("POST", "/2/httpapi"), ("OPTIONS", "/api/v1/session"),
            ("GET", "/api/v1/scorecard"),
        ])
    func unknown(method: String, path: String) {
        #expect(EventRoute(method: method, path: path) == nil)
    }

    @Test("a browser of another site is let in with what it asks for")
    func preflight() throws {
        let request = try Requests.make(
            "/v1/t", method: "OPTIONS",
            headers: [
                ("Origin", "https://shop.example"),
                ("Access-Control-Request-Headers", "authorization,content-type"),
            ])
        let reply = try #require(EventReply.settings(for: request))
        let headers = Dictionary(uniqueKeysWithValues: reply.headers.map { ($0.name, $0.value) })

        #expect(reply.status == 204)
        #expect(headers["Access-Control-Allow-Origin"] == "https://shop.example")
        #expect(headers["Access-Control-Allow-Credentials"] == "true")
        #expect(headers["Access-Control-Allow-Headers"] == "authorization,content-type")
        #expect(headers["Access-Control-Max-Age"] == "86400")
        let answer = EventReply(status: 200, json: [:])
        #expect(
            answer.open(to: nil).headers.dropFirst() == [
                .init("Cross-Origin-Resource-Policy", "cross-origin")
            ])
        #expect(
            answer.open(to: "https://a.b").headers.contains(
                .init("Access-Control-Allow-Origin", "https://a.b")))
    }

    @Test("a failure's body has what every client looks for", arguments: [400, 401, 429, 503])
    func failures(status: Int) throws {
        let failure = Failure("ingest/example", "It did not work.", hint: "Wait.")
        let reply = EventReply(to: failure, status: status, retryAfterSeconds: 2)
        let body = try Requests.json(reply)

        #expect(reply.status == status)
        #expect(reply.headers.contains(.init("Retry-After", "2")))
        #expect(reply.headers.first == .init("Content-Type", "application/json"))
        // RudderStack reads code and message, PostHog's v1 error and error_description, its v0
        // detail, Mixpanel's kin status and error.
        #expect(body["code"] as? String == "ingest/example")
        for name in ["message", "error_description", "detail"] {
            #expect(body[name] as? String == "It did not work.")
        }
        #expect(body["error"] as? String == "ingest/example")
        #expect(body["status"] as? Int == 0)
        #expect(body["hint"] as? String == "Wait.")
    }

    @Test(
        "what can never be taken gets a status that no client sends again",
        arguments: [
            (Failure.Code.eventsBadJSON, 400), (.eventsBadShape, 400), (.eventsTooLarge, 413),
            (.eventsTooMany, 413), (.eventsTooDeep, 400),
            ("ingest/busy", 429), ("ingest/disk-full", 503), ("ingest/broken", 503),
        ])
    func statuses(code: Failure.Code, status: Int) {
        #expect(EventReply.status(of: code) == status)
    }

    @Test("a body that is wrong is answered with 400, every event that is wrong with 200")
    func wrongBodies() throws {
        for path in ["/v1/batch", "/v1/t", "/e/", "/api/v1/events"] {
            let failure = #expect(throws: Failure.self) { try Requests.read(path, "{") }
            #expect(failure.map { EventReply(to: $0).status } == 400)
        }
        #expect(try Requests.read("/v1/t", "{}").reply.status == 200)
        #expect(try Requests.read("/e/", "{}").reply.status == 200)
        #expect(try Requests.read("/api/v1/events", "[{}]").reply.status == 200)
    }

    @Test(
        "there are no flags, in the shape of every version",
        arguments: [
            ("/flags/?v=4", ["flags"], true), ("/flags?v=2", ["flags"], true),
            ("/flags/", ["featureFlags", "featureFlagPayloads"], true),
            ("/decide/?v=4", ["flags"], true),
            ("/decide/?v=3", ["featureFlags", "featureFlagPayloads"], true),
            ("/decide/?v=2", ["featureFlags"], true), ("/decide/", ["featureFlags"], false),
            ("/compat/posthog/flags/?v=2", ["flags"], true),
        ])
    func flags(target: String, names: [String], isObject: Bool) throws {
        let reply = try #require(EventReply.settings(for: Requests.make(target, "{}")))
        let body = try Requests.json(reply)

        #expect(reply.status == 200)
        for name in names {
            #expect(body[name] is [String: Any] == isObject)
            #expect((body[name] as? [String: Any])?.isEmpty ?? true)
        }
        #expect(body["errorsWhileComputingFlags"] as? Bool == false)
        #expect((body["requestId"] as? String).flatMap(UUID.init) != nil)
    }

    @Test("definitions of flags are asked for again only when they changed, which they never do")
    func definitions() throws {
        let first = try #require(
            EventReply.settings(for: Requests.make("/flags/definitions?token=k", method: "GET")))
        let tag = try #require(first.headers.first { $0.name == "ETag" }?.value)
        let second = try #require(
            EventReply.settings(
                for: Requests.make(
                    "/flags/definitions", method: "GET", headers: [("If-None-Match", tag)])))

        #expect(
            try Requests.json(first) as NSDictionary == [
                "flags": [Any](), "group_type_mapping": [:], "cohorts": [:],
            ])
        #expect(second.status == 304)
        #expect(second.body == [])
    }

    @Test("RudderStack's browser is told of a source that is on")
    func sourceConfig() throws {
        let request = try Requests.make(
            "/sourceConfig/?p=web&v=1.1.7", method: "GET",
            headers: [("Authorization", "Basic d2s6")])
        let body = try Requests.json(#require(EventReply.settings(for: request)))
        let source = try #require(body["source"] as? [String: Any])

        #expect(source["writeKey"] as? String == "wk")
        #expect(source["enabled"] as? Bool == true)
        #expect((source["destinations"] as? [Any])?.isEmpty == true)
        #expect(source["config"] is [String: Any])
    }

    @Test("Segment's browser is sent back to where it asked, prefix and all")
    func segmentSettings() throws {
        let request = try Requests.make(
            "/compat/segment/v1/projects/WK/settings", method: "GET",
            headers: [("Host", "stats.example:8080")])
        let text = try #require(EventReply.settings(for: request)).body
        #expect(
            String(decoding: text, as: UTF8.self).contains(
                #""apiHost":"stats.example:8080/compat/segment/v1""#))
    }

    @Test("requests that hand in events are not answered without reading them")
    func eventsAreRead() throws {
        #expect(try EventReply.settings(for: Requests.make("/v1/t", "{}")) == nil)
        let request = try Requests.make("/flags/", "{}")
        #expect(throws: Failure.self) { try EventFormat.read(request) }
    }
}
