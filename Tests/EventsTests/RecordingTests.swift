import Events
import Foundation
import TestSupport
import Testing
import Vocabulary

@Suite("Events that are written while they are read")
struct RecordingTests {
    private static let path = "/api/v1/events"

    /// What is written without being made, read again.
    private static func recorded(_ request: EventRequest) throws -> EventBatch? {
        guard let events = EventFormat.record(request) else { return nil }
        var bytes: [UInt8] = []
        EventRecord.write(events, key: 7, source: "app", after: 0, to: &bytes)
        guard case .events(let batch) = try EventRecord(bytes) else { return nil }
        #expect(batch.events.count == events.count)
        return batch
    }

    private static let events = [
        #"{"id":"1","event":"opened","user":"u1"}"#,
        #"{"id":"2","event":"päid","anonymous":"a","session":"s","time":1763812800}"#,
        #"{"id":3,"event":"x","user":12,"time":"2026-11-22T11:59:00.5+01:00","properties":{}}"#,
        #"{"id":"4","event":"x","user":"u","properties":{ },"url":"https://ex.com?tab=1#top"}"#,
        #"{"id":"5","event":"x","user":"u","url":"/a/b?x=1&y","referrer":"r","title":"T"}"#,
        #"{"id":"6","event":"x","user":"u","url":"ex.com/a","language":"de-AT","library":"l 1"}"#,
        #"{"id":"7","event":"x","user":"u","kind":"track","properties":{"a":[1,{"b":"\u00e4"}]}}"#,
        #"{"id":"8","event":"x","user":"u","time":null,"url":"https://ex.com/p?","properties":null}"#,
        #"{"id":"9","event":"x","user":"u","time":1763812800.25,"url":"mailto:a/b"}"#,
        #"{"id":"10","event":"x","user":"u","campaign":{"unknown":1}}"#,
    ]

    @Test("they are those that are made otherwise, and the answer is the same")
    func same() throws {
        let body = "[\(Self.events.joined(separator: ",\n"))]"
        let headers = [(name: "Authorization", value: "Bearer yw_1")]
        let request = try Requests.make(Self.path, body, headers: headers)

        let reading = try EventFormat.read(request)
        let events = try #require(EventFormat.record(request))
        let batch = try #require(try Self.recorded(request))

        #expect(reading.refused == [])
        #expect(batch.events == reading.events)
        #expect(batch.received == request.received)
        #expect(batch.key == 7)
        #expect(events.key == reading.key)
        #expect(events.reply == reading.reply)
    }

    @Test(
        "what is to be judged, put right or found out is made into events first",
        arguments: [
            #"{"event":"x","user":"u"}"#, #"{"id":"1","event":"x"}"#,
            #"{"id":"1","event":"x","user":"null"}"#, #"{"id":"1","event":"x","user":" u"}"#,
            #"{"id":"1","event":"page_viewed","user":"u"}"#, #"{"id":"1","event":" ","user":"u"}"#,
            #"{"id":"1","event":"x","user":"u","traits":{"a":1}}"#,
            #"{"id":"1","event":"x","user":"u","group":"acme"}"#,
            #"{"id":"1","event":"x","user":"u","campaign":{"source":"s"}}"#,
            #"{"id":"1","event":"x","user":"u","url":"https://ex.com/?a=1&utm_source=s"}"#,
            #"{"id":"1","event":"x","user":"u","url":"https://ex.com/?gclid=s"}"#,
            #"{"id":"1","event":"x","user":"u","userAgent":"Mozilla/5.0"}"#,
            #"{"id":"1","event":"x","user":"u","time":"2036-01-01"}"#,
            #"{"id":"1","event":"x","user":"u","time":"1996-01-01"}"#,
            #"{"id":"1","event":"x\n","user":"u"}"#, #"{"id":"1","event":"x","user":"u","sent":1}"#,
            #"{"id":"1","event":"x","user":"u","unknown":1}"#, "1",
            #"{"id":"1","event":"x","user":"u","properties":{"a":1,"a":2}}"#, #"{"id":"1""#,
        ])
    func notPlain(event: String) throws {
        let request = try Requests.make(Self.path, "[\(Self.events[0]),\(event)]")

        #expect(EventFormat.record(request) == nil)
    }

    @Test("a browser's requests are made into events, and so is anything but a list of our own")
    func notOwn() throws {
        let event = Self.events[0]
        let browser = [(name: "User-Agent", value: "Mozilla/5.0 (X11)")]

        #expect(
            EventFormat.record(try Requests.make(Self.path, "[\(event)]", headers: browser)) == nil)
        #expect(EventFormat.record(try Requests.make(Self.path, event)) == nil)
        #expect(EventFormat.record(try Requests.make(Self.path, "[]")) == nil)
        #expect(EventFormat.record(try Requests.make("/v1/batch", "[\(event)]")) == nil)
    }

    @Test("whatever is damaged, nothing else is written than would have been made")
    func damaged() throws {
        var generator = SeededGenerator(seed: 2_027)
        let body = Array("[\(Self.events.joined(separator: ","))]".utf8)
        var written = 0
        for _ in 0..<4_000 {
            var bytes = body
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let place = Int.random(in: 1..<bytes.count, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: bytes[place] = UInt8.random(in: 0x20...0xFF, using: &generator)
                case 1: bytes.remove(at: place)
                default: bytes.insert(bytes[bytes.count - place], at: place)
                }
            }
            let request = try Requests.make(Self.path, bytes: bytes)
            guard let batch = try Self.recorded(request) else { continue }
            written += 1
            let reading = try EventFormat.read(request)
            #expect(
                batch.events == reading.events && reading.refused == [] && reading.warnings == [],
                "\(String(decoding: bytes, as: UTF8.self))")
        }
        #expect(written > 100)
    }
}
