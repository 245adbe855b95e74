import Events
import Foundation
import Testing
import Vocabulary

@Suite(
    "What Plausible's and Umami's trackers sent",
    .enabled(if: SharedCaptures.areThere, "The folder shared/captures is not there."))
struct WebCaptureTests {
    @Test("Plausible's events have a visitor, a page and their properties")
    func plausible() throws {
        let captures = SharedCaptures.below("browser/plausible")
        let readings = try captures.map {
            try EventFormat.read($0.request(received: Requests.received))
        }
        let events = readings.flatMap(\.events)

        #expect(readings.flatMap(\.refused) == [])
        #expect(readings.map(\.key) == ["ex.com", "ex.com", "ex.com"])
        #expect(events.map(\.name) == ["page_viewed", "Signup", "page_viewed"])
        #expect(events.map(\.kind) == [.page, .track, .page])
        #expect(events.map(\.context.path) == ["/p", "/p", "/p2"])
        #expect(events.map(\.context.campaign.source) == ["news", "news", nil])
        #expect(events[1].propertiesText == #"{"plan":"pro"}"#)
        #expect(Set(events.compactMap(\.anonymous)).count == 1)
        #expect(Set(events.map(\.id)).count == 3)
        for (capture, reading) in zip(captures, readings) {
            let given = try capture.answer()
            #expect(reading.reply.status == given.status)
            #expect(String(decoding: reading.reply.body, as: UTF8.self) == given.body)
        }
    }

    @Test("Umami's events have a person where the page names one")
    func umami() throws {
        let captures = SharedCaptures.below("browser/umami")
        let readings = try captures.map {
            try EventFormat.read($0.request(received: Requests.received))
        }
        let events = readings.flatMap(\.events)

        #expect(readings.flatMap(\.refused) == [])
        #expect(Set(readings.map(\.key)) == ["b59e9c65-ae32-47f1-8400-119fcf4861c4"])
        #expect(
            events.map { "\($0.kind) \($0.name)" } == [
                "page page_viewed", "track custom", "track signup", "identify identified",
                "track performance", "page page_viewed", "track performance",
            ])
        #expect(events.map(\.user) == [nil, nil] + Array(repeating: "user-1", count: 5))
        #expect(events[0].anonymous != nil)
        #expect(events[1].propertiesText == #"{"a":1}"#)
        #expect(events[3].traitsText == #"{"plan":"pro"}"#)
        #expect(events[4].propertiesText.contains(#""ttfb":5.7000000001862645"#))
        #expect(events[5].context.referrer?.hasSuffix("gclid=abc") == true)
        #expect(events[0].context.campaign.click == "gclid=abc")
        for (capture, reading) in zip(captures, readings) {
            let given = try #require(
                JSONSerialization.jsonObject(with: Data(capture.answer().body.utf8))
                    as? [String: Any])
            #expect(reading.reply.status == 200)
            #expect(Set(try Requests.json(reading.reply).keys) == Set(given.keys))
        }
    }
}
