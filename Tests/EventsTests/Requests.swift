import Events
import Foundation
import Testing
import Vocabulary

/// Requests as tests write them.
enum Requests {
    /// The moment at which the tests' requests are received.
    static let received = instant("2026-11-22T12:00:00Z")

    static func instant(_ text: String) -> Instant {
        Instant(iso: text) ?? Instant(seconds: 0)
    }

    /// A request of a text.
    static func make(
        _ target: String, _ body: String = "", method: String = "POST",
        headers: [(name: String, value: String)] = [], address: String? = nil,
        salt: VisitorSalt? = nil
    ) throws -> EventRequest {
        try make(
            target, bytes: Array(body.utf8), method: method, headers: headers, address: address,
            salt: salt)
    }

    /// A request of bytes.
    static func make(
        _ target: String, bytes: [UInt8], method: String = "POST",
        headers: [(name: String, value: String)] = [], address: String? = nil,
        salt: VisitorSalt? = nil, received: Instant = Requests.received
    ) throws -> EventRequest {
        let parts = target.split(separator: "?", maxSplits: 1).map(String.init)
        return EventRequest(
            route: try #require(EventRoute(method: method, path: parts[0])),
            query: parts.count > 1 ? parts[1] : "", headers: headers, body: bytes,
            received: received, address: address, salt: salt)
    }

    /// What is read of a text.
    static func read(
        _ target: String, _ body: String, headers: [(name: String, value: String)] = [],
        limits: EventLimits = EventLimits()
    ) throws -> EventReading {
        try EventFormat.read(make(target, body, headers: headers), limits: limits)
    }

    /// The only event of a text.
    static func event(_ target: String, _ body: String) throws -> Event {
        let reading = try read(target, body)
        #expect(reading.refused == [])
        try #require(reading.events.count == 1)
        return reading.events[0]
    }

    /// Why the only event of a text is refused.
    static func refusal(_ target: String, _ body: String) throws -> Failure.Code? {
        let reading = try read(target, body)
        #expect(reading.events == [])
        return reading.refused.first?.code
    }

    /// An answer's body as JSON.
    static func json(_ reply: EventReply) throws -> [String: Any] {
        let value = try JSONSerialization.jsonObject(with: Data(reply.body))
        return try #require(value as? [String: Any])
    }
}

extension Event {
    /// The properties as a text.
    var propertiesText: String { String(decoding: properties.bytes, as: UTF8.self) }

    /// The traits as a text.
    var traitsText: String? { traits.map { String(decoding: $0.bytes, as: UTF8.self) } }
}
