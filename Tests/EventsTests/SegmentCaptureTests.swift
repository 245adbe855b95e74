import Events
import Foundation
import Testing
import Vocabulary

@Suite(
    "What Segment's clients sent",
    .enabled(if: SharedCaptures.areThere, "The folder shared/captures is not there."))
struct SegmentCaptureTests {
    /// Everything that hands in events: Python, Node, and the library for browsers.
    static let captures = [
        "segment", "segment_node", "browser/analytics_next",
        "browser/analytics_next_batching",
    ].flatMap(SharedCaptures.below).filter { $0.method == "POST" }

    @Test("every message is read as Foundation reads it", arguments: captures)
    func messages(capture: SharedCaptures.Capture) throws {
        let document = try #require(try capture.document() as? [String: Any])
        let messages = document["batch"] as? [[String: Any]] ?? [document]
        let sent = try Expected.time(document["sentAt"])
        var limits = EventLimits()
        limits.textBytes = 40_000
        let reading = try EventFormat.read(capture.request(received: sent), limits: limits)

        #expect(reading.refused == [])
        #expect(reading.warnings.isEmpty)
        #expect(reading.key == document["writeKey"] as? String)
        let expected = messages.filter { message in
            message["type"] as? String != "alias"
                || message["userId"] as? String != message["previousId"] as? String
        }
        #expect(reading.events.count == expected.count)
        #expect(reading.empty == messages.count - expected.count)
        for (event, message) in zip(reading.events, expected) {
            try check(event, message)
        }
        let covered = reading.clients.flatMap { Array($0.events) }
        #expect(covered == Array(reading.events.indices))
    }

    private func check(_ event: Event, _ message: [String: Any]) throws {
        #expect(event.id == message["messageId"] as? String)
        #expect("\(event.kind)" == message["type"] as? String)
        #expect(event.user == message["userId"] as? String)
        #expect(event.anonymous == message["anonymousId"] as? String)
        #expect(event.previous == message["previousId"] as? String)
        #expect(event.groups.first?.id == message["groupId"] as? String)
        if event.kind == .track { #expect(event.name == message["event"] as? String) }
        // Received when it was sent, an event has the client's time.
        #expect(event.clientTime == (try Expected.time(message["timestamp"])))
        #expect(event.time == event.clientTime)
        var properties = message["properties"] as? [String: Any] ?? [:]
        if event.kind == .page || event.kind == .screen {
            for name in ["name", "category"] where properties[name] == nil {
                properties[name] = message[name]
            }
        }
        #expect(try Expected.object(event.properties) == properties as NSDictionary)
        let traits = message["traits"] as? NSDictionary
        #expect(try event.traits.map(Expected.object) == traits)
        let context = try #require(message["context"] as? [String: Any])
        let library = try #require(context["library"] as? [String: String])
        #expect(event.context.library == "\(library["name"] ?? "") \(library["version"] ?? "")")
        #expect(event.context.format == "segment")
        if let page = context["page"] as? [String: String] {
            #expect(event.context.url == page["url"])
            #expect(event.context.path == page["path"])
            #expect(event.context.title == page["title"])
        }
        if let campaign = context["campaign"] as? [String: String] {
            #expect(event.context.campaign.source == campaign["source"])
            #expect(event.context.campaign.name == campaign["name"])
        }
    }

    @Test("texts of 30,000 bytes are cut, and counted")
    func longTexts() throws {
        let captures = SharedCaptures.below("segment/04_batch_bytes")
        let readings = try captures.map {
            try EventFormat.read($0.request(received: Requests.received))
        }

        #expect(readings.map(\.warnings.count) == readings.map(\.events.count))
        #expect(readings.flatMap(\.events).allSatisfy { $0.properties.bytes.count < 8_300 })
    }

    @Test("their answer is the one that they were given", arguments: captures)
    func answers(capture: SharedCaptures.Capture) throws {
        let reading = try EventFormat.read(capture.request(received: Requests.received))

        #expect(reading.reply.status == 200)
        #expect(String(decoding: reading.reply.body, as: UTF8.self) == #"{"success":true}"#)
    }

    @Test(
        "what is sent again has the same ids and times, however often it is sent",
        arguments: ["segment/05_retry_500x3", "segment/05_retry_408", "segment_node/05_503"])
    func retries(folder: String) throws {
        let events = try SharedCaptures.below(folder).flatMap { capture in
            let sent = try Expected.time((capture.document() as? [String: Any])?["sentAt"])
            return try EventFormat.read(capture.request(received: sent)).events
        }
        let byID = Dictionary(grouping: events, by: \.id)

        #expect(byID.values.contains { $0.count > 1 })
        #expect(byID.values.allSatisfy { Set($0.map(\.time)).count == 1 })
        #expect(byID.values.allSatisfy { Set($0.map(\.properties)).count == 1 })
    }

    @Test("a server's library is no person's device, a browser is")
    func clients() throws {
        let server = try #require(SharedCaptures.below("segment/02_gzip").first)
        let browser = try #require(
            SharedCaptures.below("browser/analytics_next").first { $0.target == "/v1/t" })

        let fromServer = try EventFormat.read(server.request(received: Requests.received))
        let fromBrowser = try EventFormat.read(browser.request(received: Requests.received))

        #expect(fromServer.clients == [ClientReading(userAgent: nil, address: nil, events: 0..<1)])
        #expect(fromServer.events[0].context.isBot == false)
        #expect(fromBrowser.clients.first?.address == "203.0.113.7")
        #expect(fromBrowser.clients.first?.userAgent?.hasPrefix("Mozilla/5.0") == true)
        #expect(fromBrowser.events.first?.context.language == "en-US")
    }

    @Test("an address in the message is the person's")
    func addressOfMessage() throws {
        let capture = try #require(SharedCaptures.below("segment/01_all_calls").first)
        let reading = try EventFormat.read(capture.request(received: Requests.received))

        #expect(
            reading.clients.first
                == ClientReading(userAgent: "UA/1.0", address: "203.0.113.9", events: 0..<1))
        #expect(reading.clients.last?.address == nil)
    }

    @Test("the settings that browsers ask for name their key and their host")
    func settings() throws {
        let asking = ["browser/analytics_next", "browser/analytics_next_batching"]
            .flatMap(SharedCaptures.below).filter { $0.method == "GET" }
        #expect(asking.count == 2)
        for capture in asking {
            let request = try capture.request(received: Requests.received)
            let reply = try #require(EventReply.settings(for: request))
            let given = try #require(
                JSONSerialization.jsonObject(with: Data(capture.answer().body.utf8))
                    as? [String: Any])
            let names = ["integrations", "Segment.io"]
            let ours = try names.reduce(Requests.json(reply)) { object, name in
                try #require(object[name] as? [String: Any])
            }
            let theirs = try names.reduce(given) { object, name in
                try #require(object[name] as? [String: Any])
            }

            #expect(ours["apiKey"] as? String == theirs["apiKey"] as? String)
            #expect(ours["apiHost"] as? String == theirs["apiHost"] as? String)
            #expect(ours["protocol"] as? String == "http")
        }
    }
}

/// What events are compared with.
enum Expected {
    /// A time, read by Foundation.
    static func time(_ text: Any?) throws -> Instant {
        let text = try #require(text as? String)
        var plain = text
        var micros: Int64 = 0
        if let match = text.firstMatch(of: /\.(\d{1,6})/) {
            plain = text.replacingCharacters(in: match.range, with: "")
            micros = Int64(match.1.padding(toLength: 6, withPad: "0", startingAt: 0)) ?? 0
        }
        let date = try #require(ISO8601DateFormatter().date(from: plain))
        return Instant(microseconds: Int64(date.timeIntervalSince1970) * 1_000_000 + micros)
    }

    /// An object, read by Foundation.
    static func object(_ text: JSONObjectText) throws -> NSDictionary {
        let value = try JSONSerialization.jsonObject(with: Data(text.bytes))
        return try #require(value as? NSDictionary)
    }
}
