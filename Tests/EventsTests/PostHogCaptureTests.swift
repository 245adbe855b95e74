import Events
import Foundation
import Testing
import Vocabulary

@Suite(
    "What PostHog's clients sent",
    .enabled(if: SharedCaptures.areThere, "The folder shared/captures is not there."))
struct PostHogCaptureTests {
    static let captures = ["posthog", "browser/posthog_js"].flatMap(SharedCaptures.below)

    /// Everything that hands in events and is packed in a way that is spoken.
    static let events = captures.filter { capture in
        capture.method == "POST" && !capture.target.hasPrefix("/flags")
    }

    @Test("every event is read as Foundation reads it", arguments: events)
    func reading(capture: SharedCaptures.Capture) throws {
        let document = try #require(try capture.document() as? [String: Any])
        let items = try #require(document["batch"] as? [[String: Any]])
        let header = capture.headers.first { $0.name == "PostHog-Request-Timestamp" }?.value
        let sent = try Expected.time(document["sent_at"] ?? header)
        let reading = try EventFormat.read(capture.request(received: sent))

        #expect(reading.refused == [])
        #expect(reading.key?.hasPrefix("phc") == true)
        #expect(reading.events.count == items.count)
        for (event, item) in zip(reading.events, items) {
            try check(event, item, sent: sent)
        }
    }

    private func check(_ event: Event, _ item: [String: Any], sent: Instant) throws {
        let properties = item["properties"] as? [String: Any] ?? [:]
        let distinct = (item["distinct_id"] ?? properties["distinct_id"]) as? String
        let device = properties["$device_id"] as? String
        #expect(event.id == item["uuid"] as? String)
        #expect(try Expected.object(event.properties) == properties as NSDictionary)
        if properties["$is_identified"] as? Bool == false {
            #expect(event.user == nil)
            #expect(event.anonymous == distinct)
        } else {
            #expect(event.user == distinct)
            #expect(event.anonymous == device)
        }
        if let offset = item["offset"] as? Int {
            #expect(event.time.microseconds == sent.microseconds - Int64(offset) * 1_000)
            #expect(event.clientTime == nil)
        } else {
            #expect(event.clientTime == (try Expected.time(item["timestamp"])))
            #expect(event.time == event.clientTime)
        }
        #expect(
            event.context.library?.hasPrefix(device == nil ? "posthog-python 7" : "web") == true)
        let session = (item["session_id"] ?? properties["$session_id"]) as? String
        #expect(event.session == session)
        #expect(event.context.url == properties["$current_url"] as? String)
        #expect(event.context.path == properties["$pathname"] as? String)
        #expect(event.context.referrer == nil)
        if properties["$is_server"] as? Bool == true { #expect(event.context.system == nil) }
        let groups = properties["$groups"] as? [String: String] ?? [:]
        #expect(event.groups.map(\.type) == groups.keys.sorted())
        #expect(event.groups.map(\.id) == groups.keys.sorted().map { groups[$0] })
    }

    @Test("a browser's first visit becomes a person, a group and an alias")
    func browser() throws {
        let all = try PostHogCaptureTests.events.filter { $0.path.hasPrefix("browser") }.flatMap {
            try EventFormat.read($0.request(received: Requests.received)).events
        }
        let kinds = all.map { "\($0.kind) \($0.name)" }

        #expect(
            kinds == [
                "page page_viewed", "identify identified", "track signed_up", "group grouped",
                "alias aliased", "track $autocapture", "track $feature_flag_called",
                "track $feature_flag_called", "track $pageleave",
            ])
        #expect(all[1].previous == all[0].anonymous)
        #expect(all[1].user == "user-1")
        let traits = try Expected.object(#require(all[1].traits))
        #expect(traits["email"] as? String == "a@b.c")
        #expect(traits["$set_once"] is NSDictionary)
        #expect(all[3].groups == [Event.Group(type: "company", id: "acme")])
        #expect(all[3].traitsText == #"{"seats":3}"#)
        #expect(all[4].user == "user-1")
        #expect(all[4].previous == "alias-1")
        let context = all[0].context
        #expect(context.title == "Pricing")
        #expect(context.campaign.source == "news")
        #expect(context.campaign.click == "gclid=g1")
        #expect(context.device == "desktop")
        #expect(context.browser == "Chrome")
        #expect(context.system == "Linux")
        #expect(context.language == "en-US")
        #expect(context.library == "web 1.418.10")
        #expect(context.isBot == false)
    }

    @Test("their answer is the one that they were given, where that was a good one")
    func answers() throws {
        var compared = 0
        for capture in PostHogCaptureTests.events {
            let given = try capture.answer()
            guard given.status == 200, !capture.path.contains("partial") else { continue }
            let reading = try EventFormat.read(capture.request(received: Requests.received))
            let expected = try JSONSerialization.jsonObject(with: Data(given.body.utf8))

            #expect(reading.reply.status == 200)
            #expect(try Requests.json(reading.reply) as NSDictionary == expected as? NSDictionary)
            compared += 1
        }
        #expect(compared > 10)
    }

    @Test("whoever asks for flags is told that there are none")
    func flags() throws {
        let asking = PostHogCaptureTests.captures.filter { capture in
            capture.target.hasPrefix("/flags/?")
        }
        #expect(asking.count == 4)
        for capture in asking {
            let request = try capture.request(received: Requests.received)
            let answer = try Requests.json(#require(EventReply.settings(for: request)))
            let given = try #require(
                JSONSerialization.jsonObject(with: Data(capture.answer().body.utf8))
                    as? [String: Any])

            #expect(Set(answer.keys) == Set(given.keys))
            #expect((answer["flags"] as? [String: Any])?.isEmpty == true)
            #expect(answer["errorsWhileComputingFlags"] as? Bool == false)
        }
    }

    @Test("definitions and configurations are answered in the shape that was given")
    func definitions() throws {
        for capture in PostHogCaptureTests.captures where capture.method == "GET" {
            let path = String(capture.target.prefix { $0 != "?" })
            guard let route = EventRoute(method: "GET", path: path) else {
                #expect(path.hasPrefix("/static/"))
                continue
            }
            let request = try capture.request(received: Requests.received)
            let reply = try #require(EventReply.settings(for: request))
            if route.purpose == .flagPayload {
                #expect(reply.status == 404)
                continue
            }
            if path.hasSuffix("config.js") {
                #expect(String(decoding: reply.body, as: UTF8.self).contains(#"c["phc_test"]"#))
                continue
            }
            let given = try capture.answer()
            // What was answered with 304 had another tag than there is here.
            guard given.status == 200 else { continue }
            let expected = try #require(
                JSONSerialization.jsonObject(with: Data(given.body.utf8)) as? [String: Any])
            #expect(Set(try Requests.json(reply).keys) == Set(expected.keys))
        }
    }
}
