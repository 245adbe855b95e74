import Events
import Foundation
import TestSupport
import Testing
import Vocabulary

@Suite("Requests that were damaged on their way")
struct MutationTests {
    /// What is damaged: bodies of every format, with everything in them that JSON has.
    private static let bodies: [(path: String, body: String)] = [
        (
            "/api/v1/events",
            #"[{"event":"a\n\u00e4","user":"u","time":"2026-11-22T11:00:00.5+01:00","properties":{"x":[1,-2.5e3,true,null,"ä𝄞\ud834\udd1e"],"y":{}}},{"url":"https://ex.com/?utm_source=x#y","anonymous":"b","groups":{"company":"acme"}}]"#
        ),
        (
            "/api/v1/events",
            "{\"event\":\"a\",\"user\":\"u\"}\n{\"kind\":\"alias\",\"user\":\"u\",\"previous\":\"v\"}\n"
        ),
        (
            "/v1/batch",
            #"{"batch": [{"integrations": {}, "anonymousId": null, "properties": {"order_id": "o1", "revenue": 39.95, "products": [{"sku": "a", "quantity": 2}]}, "timestamp": "2026-11-01T12:00:00.123+02:00", "context": {"library": {"name": "analytics-python", "version": "2.4.0"}, "page": {"url": "https://ex.com/p?gclid=1"}}, "userId": "user-1", "type": "track", "event": "Order Completed", "messageId": "0bec01e8"}, {"type":"page","userId":"u","properties":{"url":"https://ex.com/"}}], "sentAt": "2026-11-22T04:34:08.823844+00:00", "writeKey": "WK_test"}"#
        ),
        (
            "/batch/",
            #"{"api_key":"phc","batch":[{"uuid":"01a2","event":"$identify","properties":{"distinct_id":"u","$device_id":"d","$anon_distinct_id":"d","$current_url":"https://ex.com/","$set":{"a":1},"$groups":{"company":"acme"},"utm_source":null,"$is_identified":true},"$set_once":{"b":2},"offset":938}],"sent_at":"2026-11-22T04:48:26.512Z"}"#
        ),
        (
            "/api/event",
            #"{"n":"pageview","u":"https://ex.com/","d":"ex.com","r":null,"p":"{\"a\":1}"}"#
        ),
        (
            "/api/send",
            #"{"type":"event","payload":{"website":"w","url":"/p","hostname":"ex.com","name":"n","data":{"a":1},"id":"u"}}"#
        ),
    ]

    @Test("none traps, and none is taken that Foundation refuses", arguments: 0..<6)
    func mutations(index: Int) throws {
        var generator = SeededGenerator(seed: UInt64(2_026 + index))
        let (path, body) = MutationTests.bodies[index]
        var taken = 0
        for _ in 0..<1_500 {
            let bytes = MutationTests.damaged(Array(body.utf8), &generator)
            let request = try Requests.make(path, bytes: bytes, address: "203.0.113.7")
            guard let reading = try? EventFormat.read(request) else { continue }
            taken += 1
            MutationTests.expectSound(reading)
            // Lines are documents of their own, and a form or base64 is no JSON.
            guard index != 1, let first = bytes.first(where: { $0 > 0x20 }) else { continue }
            guard [UInt8(ascii: "{"), UInt8(ascii: "[")].contains(first) else { continue }
            if path == "/api/v1/events", bytes.contains(UInt8(ascii: "\n")) { continue }
            #expect(
                MutationTests.isRead(bytes),
                "Foundation refuses \(String(decoding: bytes, as: UTF8.self))")
        }
        #expect(taken > 50)
    }

    @Test(
        "captured requests that are damaged do not trap either",
        .enabled(if: SharedCaptures.areThere, "The folder shared/captures is not there."))
    func captures() throws {
        var generator = SeededGenerator(seed: 4_711)
        let captures = ["browser", "segment_node", "posthog/02_v0_gzip", "posthog/03_v1_deflate"]
            .flatMap(SharedCaptures.below).filter { $0.method == "POST" && $0.body.count < 20_000 }
        for capture in captures {
            let original = try capture.request(received: Requests.received)
            for _ in 0..<60 {
                var request = original
                request.body = MutationTests.damaged(capture.body, &generator)
                guard let reading = try? EventFormat.read(request) else { continue }
                MutationTests.expectSound(reading)
            }
        }
    }

    /// What must hold of whatever was read.
    private static func expectSound(_ reading: EventReading) {
        let covered = reading.clients.flatMap { Array($0.events) }
        #expect(covered == Array(reading.events.indices))
        #expect(reading.refused.map(\.index) == reading.refused.map(\.index).sorted())
        for event in reading.events {
            #expect(!event.id.isEmpty && !event.name.isEmpty)
            #expect(event.user?.isEmpty != true && event.anonymous?.isEmpty != true)
            #expect(event.user != nil || event.anonymous != nil)
            #expect(isRead(event.properties.bytes))
            if let traits = event.traits { #expect(isRead(traits.bytes)) }
        }
    }

    private static func isRead(_ bytes: [UInt8]) -> Bool {
        (try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)) != nil
    }

    private static let pieces = [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "\\ud800", "null", "1e400", "NaN", "-",
        "0", "\u{0}", "ä", "\n", "{}", "[]", "\"a\":1,", "e9", ".", "true", " ",
    ].map { Array($0.utf8) }

    /// Bytes with one to three damages: flipped, taken out, put in, doubled, moved, cut off.
    private static func damaged(_ bytes: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...3, using: &generator) where !bytes.isEmpty {
            let place = Int.random(in: 0..<bytes.count, using: &generator)
            let end = min(bytes.count, place + Int.random(in: 1...12, using: &generator))
            switch Int.random(in: 0..<8, using: &generator) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
            case 1: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            case 2: bytes.removeSubrange(place..<end)
            case 3: bytes.insert(contentsOf: bytes[place..<end], at: place)
            case 4: bytes.removeSubrange(place...)
            case 5:
                let part = Array(bytes[place..<end])
                let target = Int.random(in: 0..<bytes.count, using: &generator)
                bytes.insert(contentsOf: part, at: target)
            default:
                let piece = pieces[Int.random(in: 0..<pieces.count, using: &generator)]
                bytes.insert(contentsOf: piece, at: place)
            }
        }
        return bytes
    }
}
