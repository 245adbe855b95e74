import Events
import Foundation
import Testing
import Vocabulary

@Suite("What the formats of vendors say beside what was captured")
struct VendorFormatTests {
    @Test(
        "Segment's paths name the kind of a message that does not",
        arguments: [
            ("/v1/t", "track"), ("/v1/track/", "track"), ("/v1/p", "page"), ("/v1/page", "page"),
            ("/v1/s", "screen"), ("/v1/screen", "screen"), ("/v1/i", "identify"),
            ("/v1/identify", "identify"), ("/v1/g", "group"), ("/v1/group", "group"),
            ("/v1/a", "alias"), ("/v1/alias", "alias"), ("/compat/segment/v1/i", "identify"),
            ("/compat/rudder/v1/group", "group"),
        ])
    func segmentPaths(path: String, kind: String) throws {
        let event = try Requests.event(
            path, #"{"event":"a","userId":"u","groupId":"g","previousId":"p"}"#)
        #expect("\(event.kind)" == kind)
    }

    @Test("a batch of Segment's whose message has no kind refuses it alone")
    func segmentKind() throws {
        let reading = try Requests.read(
            "/v1/batch",
            #"{"batch":[{"userId":"u"},{"type":"sing","userId":"u"},{"type":"identify","userId":"u"}]}"#
        )
        #expect(reading.refused.map(\.code) == [.eventsBadKind, .eventsBadKind])
        #expect(reading.events.map(\.kind) == [.identify])
    }

    @Test("RudderStack's traits lie in the context, its time is called original")
    func rudder() throws {
        let event = try Requests.event(
            "/v1/identify",
            """
            {"userId":"","anonymousId":"a","channel":"server","messageId":"m",
             "context":{"traits":{"plan":"pro"},"sessionId":1795322903517,
              "os":{"name":"Android"}},
             "originalTimestamp":"2026-11-22T11:00:00Z","sentAt":"2026-11-22T11:59:00Z"}
            """)

        #expect(event.user == nil)
        #expect(event.anonymous == "a")
        #expect(event.traitsText == #"{"plan":"pro"}"#)
        #expect(event.session == "1795322903517")
        #expect(event.context.system == "Android")
        #expect(event.time == Requests.instant("2026-11-22T11:01:00Z"))
    }

    @Test("a page of Segment's keeps its name and category among the properties")
    func segmentPage() throws {
        let event = try Requests.event(
            "/v1/batch",
            """
            {"batch":[{"properties":{"url":"https://ex.com/a?utm_source=x","name":"own"},
             "name":"Pricing","category":"Docs","userId":"u","type":"page"}]}
            """)

        #expect(event.name == "page_viewed")
        #expect(event.context.title == "Pricing")
        #expect(event.context.path == "/a")
        #expect(event.context.campaign.source == "x")
        let properties = try Expected.object(event.properties)
        #expect(
            properties == [
                "url": "https://ex.com/a?utm_source=x", "name": "own", "category": "Docs",
            ])
    }

    @Test("an empty list is an empty object, as PHP writes it")
    func emptyList() throws {
        let event = try Requests.event(
            "/v1/t", #"{"event":"a","userId":"u","properties":[],"context":[]}"#)
        #expect(event.properties.isEmpty)
    }

    @Test("a batch may not lie in a batch")
    func nestedBatch() throws {
        let inner = #"{"type":"track","event":"b","userId":"u"}"#
        let reading = try Requests.read(
            "/v1/batch",
            #"{"batch":[{"type":"track","event":"a","userId":"u","batch":[\#(inner)]}]}"#)
        #expect(reading.events.map(\.name) == ["a"])
    }

    @Test("PostHog's Python aliases from the earlier id to the person")
    func posthogAlias() throws {
        let event = try Requests.event(
            "/batch/",
            """
            {"api_key":"k","batch":[{"event":"$create_alias","distinct_id":"anon-1",
             "properties":{"distinct_id":"anon-1","alias":"user-1"}}]}
            """)
        #expect(event.kind == .alias)
        #expect(event.previous == "anon-1")
        #expect(event.user == "user-1")
    }

    @Test("a person whom PostHog's Python made up is nobody known")
    func personless() throws {
        let event = try Requests.event(
            "/batch/",
            """
            {"api_key":"k","batch":[{"event":"a",
             "distinct_id":"400522a4-c149-4f0e-b122-e69043c90610",
             "properties":{"$process_person_profile":false}}]}
            """)
        #expect(event.user == nil)
        #expect(event.anonymous == "400522a4-c149-4f0e-b122-e69043c90610")
    }

    @Test("an address among PostHog's properties is told of the client and not kept")
    func posthogAddress() throws {
        let reading = try Requests.read(
            "/e/",
            #"{"api_key":"k","event":"a","distinct_id":"u","properties":{"x": 1, "$ip":"203.0.113.9","y\u0021":[2, 3]}}"#
        )
        #expect(reading.clients.map(\.address) == ["203.0.113.9"])
        #expect(reading.events.first?.propertiesText == #"{"x":1,"y\u0021":[2, 3]}"#)
    }

    @Test("PostHog's group is nobody known")
    func groupIdentify() throws {
        let event = try Requests.event(
            "/batch/",
            """
            {"api_key":"k","batch":[{"event":"$groupidentify","distinct_id":"$company_acme",
             "properties":{"$group_type":"company","$group_key":"acme","$group_set":{"n":1}}}]}
            """)
        #expect(event.kind == .group)
        #expect(event.user == nil)
        #expect(event.groups == [Event.Group(type: "company", id: "acme")])
        #expect(event.traitsText == #"{"n":1}"#)
    }

    @Test(
        "PostHog's body is JSON, a form, base64, packed, or several of these",
        arguments: ["plain", "list", "form", "form-json", "base64", "gzip", "form-gzip", "query"])
    func posthogBodies(kind: String) throws {
        let item = #"{"event":"a","distinct_id":"u","properties":{"token":"k","x":"ä"}}"#
        let base64 = Data(item.utf8).base64EncodedString()
        let encoded = base64.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        let json = item.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        let packed = try Packing.gzip(Array(item.utf8))
        let request =
            switch kind {
            case "plain": try Requests.make("/e/", item)
            case "list": try Requests.make("/capture", "[\(item)]")
            case "form": try Requests.make("/e/", "data=\(encoded)&compression=base64")
            case "form-json": try Requests.make("/e/", "ip=1&data=\(json)")
            case "base64": try Requests.make("/e/", base64)
            case "gzip": try Requests.make("/i/v0/e/", bytes: packed)
            case "form-gzip":
                try Requests.make(
                    "/e/",
                    "data="
                        + (Data(packed).base64EncodedString().addingPercentEncoding(
                            withAllowedCharacters: .alphanumerics) ?? ""))
            default: try Requests.make("/e/?data=\(encoded)&ip=1", method: "GET")
            }
        let reading = try EventFormat.read(request)

        #expect(reading.refused == [])
        #expect(reading.events.map(\.name) == ["a"])
        #expect(reading.events.first?.user == "u")
        #expect(reading.key == "k")
    }

    @Test(
        "what PostHog's clients say of a person is an identification",
        arguments: ["$identify", "$set", "$set_once"])
    func properties(name: String) throws {
        let body = #"{"api_key":"k","event":"\#(name)","distinct_id":"u","$set_once":{"a":1}}"#
        let event = try Requests.event("/e/", body)
        #expect(event.kind == .identify)
        #expect(event.name == "identified")
        #expect(event.user == "u")
    }

    @Test("what another vendor sends to a path that both have is not taken for PostHog's")
    func foreign() throws {
        let amplitude = #"{"api_key":"k","events":[{"event_type":"a","user_id":"u"}]}"#
        let mixpanel = #"[{"event":"a","properties":{"token":"k","distinct_id":"u"}}]"#
        for (path, body) in [
            ("/batch", amplitude), ("/track", mixpanel), ("/track/", "data=\(mixpanel)"),
            ("/engage", #"{"$token":"k","$distinct_id":"u","$set":{}}"#),
        ] {
            let failure = #expect(throws: Failure.self) { try Requests.read(path, body) }
            #expect(failure?.code == .eventsUnknownFormat)
        }
        let ours = #"{"api_key":"k","event":"a","distinct_id":"u"}"#
        #expect(try Requests.event("/track/", ours).user == "u")
        #expect(try Requests.event("/compat/posthog/capture/", ours).user == "u")
    }

    @Test("results of PostHog's v1 tell of every event, and give the request's id back")
    func results() throws {
        let reading = try Requests.read(
            "/i/v1/analytics/events",
            """
            {"batch":[{"event":"a","uuid":"1","distinct_id":"u"},{"uuid":"2","distinct_id":"u"},
             {"event":"$create_alias","uuid":"3","distinct_id":"u","properties":{"alias":"u"}}]}
            """,
            headers: [("Authorization", "Bearer phc"), ("PostHog-Request-Id", "r1")])

        #expect(reading.key == "phc")
        let results = try #require(Requests.json(reading.reply)["results"] as? NSDictionary)
        #expect(
            results == [
                "1": ["result": "ok"], "2": ["result": "drop", "details": "events/no-name"],
                "3": ["result": "ok"],
            ])
        #expect(reading.reply.headers.contains(.init("PostHog-Request-Id", "r1")))
        #expect(!reading.reply.headers.contains { $0.name == "Retry-After" })
    }

    @Test("Plausible's short and long names say the same")
    func plausible() throws {
        let browser = [(name: "User-Agent", value: "Mozilla/5.0")]
        let bodies = [
            #"{"n":"Buy","u":"https://ex.com/?ref=hn","d":"ex.com,all.com","r":"https://a.b","p":{"x":1},"$":{"amount":"9.50","currency":"EUR"},"i":false}"#,
            #"{"name":"Buy","url":"https://ex.com/?ref=hn","domain":"ex.com","referrer":"https://a.b","props":{"x":1},"revenue":{"amount":"9.50","currency":"EUR"},"interactive":false}"#,
        ]
        for body in bodies {
            let reading = try EventFormat.read(
                Requests.make(
                    "/api/event", body, headers: browser, address: "203.0.113.7",
                    salt: VisitorSalt(Array(0..<16))))
            let event = try #require(reading.events.first)
            #expect(reading.key == "ex.com")
            #expect(event.context.campaign.source == "hn")
            #expect(event.context.referrer == "https://a.b")
            #expect(
                try Expected.object(event.properties) == [
                    "x": 1, "revenue": ["amount": "9.50", "currency": "EUR"],
                    "interactive": false,
                ])
        }
    }

    @Test("properties of Plausible's that are a text but no object refuse the event")
    func plausibleProperties() throws {
        let body = #"{"n":"a","u":"https://ex.com/","d":"ex.com","p":"{x"}"#
        let reading = try Requests.read("/api/event", body)
        #expect(reading.refused.map(\.code) == [.eventsBadField])
        #expect(reading.reply.status == 202)
        #expect(reading.reply.headers.contains(.init("X-Plausible-Dropped", "1")))
    }

    @Test("a list of Umami's events is taken, and an address that is only a path is completed")
    func umami() throws {
        let reading = try Requests.read(
            "/api/batch",
            """
            [{"type":"event","payload":{"website":"w","id":"u","url":"/p?utm_source=x",
              "hostname":"ex.com","timestamp":1795345200,"userAgent":"curl/8","ip":"203.0.113.9"}},
             {"type":"sing","payload":{"website":"w","id":"u"}}]
            """)
        let event = try #require(reading.events.first)

        #expect(reading.key == "w")
        #expect(event.context.url == "https://ex.com/p?utm_source=x")
        #expect(event.time == Requests.instant("2026-11-22T11:00:00Z"))
        #expect(event.context.isBot)
        #expect(reading.clients.first?.address == "203.0.113.9")
        #expect(reading.refused.map(\.code) == [.eventsBadKind])
    }

    @Test("the address of a picture is an event, by its parameters or in base64")
    func pictures() throws {
        let data = Data(#"{"event":"opened","user":"u"}"#.utf8).base64EncodedString()
        let segment = Data(#"{"event":"opened","userId":"u","writeKey":"k"}"#.utf8)
            .base64EncodedString()
        for target in [
            "/api/v1/pixel.gif?key=k&event=opened&user=u&p.plan=pro",
            "/api/v1/pixel.gif?key=k&data=\(data)", "/v1/pixel/track?data=\(segment)",
            "/compat/segment/v1/pixel/t?data=\(segment)",
        ] {
            let reading = try EventFormat.read(Requests.make(target, method: "GET"))
            #expect(reading.key == "k")
            #expect(reading.events.map(\.name) == ["opened"])
            #expect(reading.events.first?.user == "u")
            #expect(reading.reply.headers.first == .init("Content-Type", "image/gif"))
            #expect(reading.reply.body.starts(with: Array("GIF89a".utf8)))
        }
        let page = try EventFormat.read(Requests.make("/api/v1/pixel.gif?user=u", method: "GET"))
        #expect(page.events.map(\.name) == ["page_viewed"])
        let properties = try EventFormat.read(
            Requests.make("/api/v1/pixel.gif?user=u&event=a&p.x=1&p.y=b%22", method: "GET"))
        #expect(properties.events.first?.propertiesText == #"{"x":"1","y":"b\""}"#)
    }
}
