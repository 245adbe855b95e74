import Events
import Testing
import Vocabulary

@Suite("When events happened")
struct TimeRuleTests {
    private func time(_ time: String, sent: String? = nil) throws -> String {
        let sent = sent.map { #""sentAt":"\#($0)","# } ?? ""
        let event = try Requests.event(
            "/v1/t", #"{\#(sent)"event":"a","userId":"u","timestamp":"\#(time)"}"#)
        #expect(event.clientTime?.description == time)
        return event.time.description
    }

    // Requests are received on 2026-11-22 at 12:00:00 UTC.

    @Test("a clock that is wrong is corrected by when the request was sent")
    func skew() throws {
        // The client's clock is an hour slow; the event happened ten seconds before it was sent.
        let corrected = try time("2026-11-22T10:59:50Z", sent: "2026-11-22T11:00:00Z")
        #expect(corrected == "2026-11-22T11:59:50Z")
    }

    @Test("without a time of sending the client's clock is believed")
    func unsent() throws {
        #expect(try time("2026-11-22T10:59:50Z") == "2026-11-22T10:59:50Z")
    }

    @Test("an event without a time happened when it was received")
    func timeless() throws {
        let event = try Requests.event(
            "/v1/t", #"{"event":"a","userId":"u","sentAt":"2026-01-01"}"#)
        #expect(event.time == Requests.received)
        #expect(event.clientTime == nil)
    }

    @Test("a time up to a day ahead stays, one further ahead becomes when it was received")
    func future() throws {
        #expect(try time("2026-11-23T12:00:00Z") == "2026-11-23T12:00:00Z")
        let reading = try Requests.read(
            "/v1/t", #"{"event":"a","userId":"u","timestamp":"2026-11-23T12:00:00.000001Z"}"#)
        #expect(reading.events.first?.time == Requests.received)
        #expect(reading.warnings.map(\.code) == [.eventsFutureTime])
    }

    @Test("an event of more than five years ago is refused alone, and the others stay in order")
    func past() throws {
        let reading = try Requests.read(
            "/api/v1/events",
            """
            [{"event":"a","user":"u","time":"2021-11-20T12:00:00Z","id":"old","userAgent":"A"},
             {"event":"b","user":"u","time":"2021-11-23T12:00:00Z","userAgent":"A"},
             {"event":"c","user":"u","time":9,"userAgent":"B"},
             {"event":"d"}, {"event":"e","user":"u","userAgent":"C"}]
            """)

        #expect(reading.events.map(\.name) == ["b", "e"])
        #expect(reading.refused.map(\.index) == [0, 2, 3])
        #expect(reading.refused.map(\.code) == [.eventsTooOld, .eventsTooOld, .eventsNoPerson])
        #expect(reading.refused[0].id == "old")
        #expect(
            reading.clients == [
                ClientReading(userAgent: "A", address: nil, events: 0..<1),
                ClientReading(userAgent: "C", address: nil, events: 1..<2),
            ])
    }

    @Test("the time of sending may stand after the events")
    func sentLast() throws {
        let reading = try Requests.read(
            "/v1/batch",
            """
            {"batch":[{"type":"track","event":"a","userId":"u","timestamp":"2026-11-22T10:00:00Z"}],
             "sentAt":"2026-11-22T10:30:00Z"}
            """)
        #expect(reading.events.first?.time == Requests.instant("2026-11-22T11:30:00Z"))
    }

    @Test("PostHog's offset counts back from when the request was received")
    func offset() throws {
        let event = try Requests.event(
            "/e/", #"{"api_key":"k","event":"a","distinct_id":"u","offset":90500}"#)
        #expect(event.time == Requests.instant("2026-11-22T11:58:29.5Z"))
    }

    @Test(
        "PostHog's clients may say that their clock is right",
        arguments: [
            (#""properties":{"$ignore_sent_at":true}"#, "e", ""),
            (#""options":{"disable_skew_correction":true}"#, "e", ""),
            (#""properties":{}"#, "batch", #","historical_migration":true"#),
        ])
    func uncorrected(members: String, path: String, more: String) throws {
        let item =
            #"{"event":"a","distinct_id":"u","timestamp":"2026-11-22T09:00:00Z",\#(members)}"#
        let reading = try Requests.read(
            "/\(path)/",
            #"{"api_key":"k","batch":[\#(item)],"sent_at":"2026-11-22T11:00:00Z"\#(more)}"#)
        #expect(reading.events.first?.time == Requests.instant("2026-11-22T09:00:00Z"))
    }
}
