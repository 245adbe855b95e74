import Vocabulary

/// An answer as a client expects it.
public struct EventReply: Hashable, Sendable {
    /// The status of HTTP.
    public var status: Int
    /// The headers, `Content-Type` among them.
    public var headers: [Header]
    /// The body.
    public var body: [UInt8]

    /// A header of an answer.
    public struct Header: Hashable, Sendable {
        /// Its name.
        public let name: String
        /// What it says.
        public let value: String

        /// Makes a header.
        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// Makes an answer.
    public init(status: Int, type: String, body: [UInt8]) {
        self.status = status
        headers = [Header("Content-Type", type)]
        self.body = body
    }

    /// Makes an answer in JSON.
    public init(status: Int, json: JSON) {
        self.init(status: status, type: "application/json", body: json.bytes)
    }

    /// The answer to a request whose events are taken.
    init(to reading: EventReading, request: EventRequest) {
        guard case .events(let shape) = request.route.purpose else {
            self.init(status: 200, json: [:])
            return
        }
        if case .picture = shape {
            self.init(status: 200, type: "image/gif", body: EventReply.picture)
            headers.append(Header("Cache-Control", "no-store"))
            return
        }
        switch request.route.format {
        case .own, .pixel: self.init(status: 200, json: EventReply.ownReceipt(reading))
        case .segment: self.init(status: 200, json: ["success": true])
        case .posthog where shape == .results:
            self.init(status: 200, json: EventReply.results(reading))
            if let id = request.headers.requestID {
                headers.append(Header("PostHog-Request-Id", id))
            }
        case .posthog:
            let isBatch = shape == .shared || request.route.prefix != ""
            self.init(status: 200, json: ["status": isBatch ? .integer(1) : .text("Ok")])
        case .plausible:
            self.init(status: 202, type: "text/plain; charset=utf-8", body: Array("ok".utf8))
            if reading.events.isEmpty { headers.append(Header("X-Plausible-Dropped", "1")) }
        case .umami: self.init(status: 200, json: EventReply.umamiReceipt(reading))
        }
    }

    /// The answer with what the tracking plan does not foresee, in our own format; applications with
    /// the libraries of others are not told.
    public func telling(_ deviations: [JSON], in format: EventFormat) -> EventReply {
        guard format == .own, !deviations.isEmpty, body.last == UInt8(ascii: "}") else {
            return self
        }
        var reply = self
        reply.body.removeLast()
        reply.body += Array(#","unplanned":"#.utf8) + JSON.list(deviations).bytes
        reply.body.append(UInt8(ascii: "}"))
        return reply
    }

    private static func ownReceipt(_ reading: EventReading) -> JSON {
        [
            "accepted": .integer(reading.events.count + reading.empty),
            "refused": .list(
                reading.refused.map { refused in
                    [
                        "index": .integer(refused.index), "id": .optional(refused.id),
                        "code": .text(refused.code.rawValue), "message": .text(refused.message),
                    ]
                }),
            "warnings": .list(reading.warnings.prefix(100).map(\.json)),
        ]
    }

    /// A result for each event: PostHog's clients send again what is missing.
    private static func results(_ reading: EventReading) -> JSON {
        var members: [(name: String, value: JSON)] = []
        var names: Set<String> = []
        for event in reading.events where names.insert(event.id).inserted {
            members.append((event.id, ["result": "ok"]))
        }
        for refused in reading.refused {
            guard let id = refused.id, names.insert(id).inserted else { continue }
            members.append(
                (id, ["result": "drop", "details": .text(refused.code.rawValue)]))
        }
        for id in reading.emptyIDs where names.insert(id).inserted {
            members.append((id, ["result": "ok"]))
        }
        return ["results": .object(members)]
    }

    /// What Umami's tracker sends back as `x-umami-cache`; nothing rests on it.
    private static func umamiReceipt(_ reading: EventReading) -> JSON {
        let visitor = reading.events.first.flatMap { $0.anonymous ?? $0.user } ?? ""
        let id = ContentID.id(of: visitor)
        return ["cache": .text(id), "sessionId": .text(id), "visitId": .text(id)]
    }

    /// A transparent picture of one pixel, as GIF 89a.
    private static let picture: [UInt8] = [
        0x47, 0x49, 0x46, 0x38, 0x39, 0x61, 1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF,
        0x21, 0xF9, 4, 1, 0, 0, 0, 0, 0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3B,
    ]
}
