import Events
import Features
import HTTPTypes
import Hummingbird
import NIOCore
import Vocabulary

/// Takes events in, at the paths and in the formats of the clients that teams already have.
///
/// Nobody is signed in here: a write key says which source takes the events. Pages of any site may
/// send, unless the key names its sites. An answer of success means that the events are on disk.
struct IngestDoor: Sendable {
    let parts: ServerParts

    /// Answers a request.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - route: Where it goes.
    ///   - address: The internet address of who sent it.
    /// - Returns: The answer in the shape that the format's clients expect.
    func response(
        to request: Request, at route: EventRoute, from address: String
    ) async -> Response {
        let origin = request.headers[.origin]
        do {
            return IngestDoor.response(
                try await reply(to: request, at: route, from: address).open(to: origin))
        } catch {
            parts.counters.count(.eventRequestsRefused)
            return IngestDoor.response(IngestDoor.refusal(error).open(to: origin))
        }
    }

    private func reply(
        to request: Request, at route: EventRoute, from address: String
    ) async throws(Failure) -> EventReply {
        let limits = parts.settings.eventLimits
        var asked = EventRequest(
            route: route, query: IngestDoor.query(of: request),
            headers: request.headers.map { ($0.name.rawName, $0.value) }
                + [("host", request.head.authority ?? "")],
            received: parts.clock.now, address: address,
            salt: try await parts.salts.salt(at: parts.clock.now),
            isSecure: parts.settings.isSecure)
        let share = BodyRoom.Share(of: parts.bodyRoom, free: limits.bodyBytes)
        defer { share.giveBack() }
        asked.body = try await IngestDoor.body(
            of: request,
            bytesMax: route.format == .posthog ? limits.batchBytes : limits.bodyBytes, share)
        if let settings = EventReply.settings(for: asked) { return settings }
        var reading = try EventFormat.read(asked, limits: limits)
        let key = try await key(reading.key, origin: asked.headers.origin)
        tellClients(&reading)
        reading.keepAddresses(
            by: parts.workspace.addressRule(of: key.source), source: key.source, salt: asked.salt)
        let deviations = try await parts.workspace.accept(
            reading.events, refused: reading.refused, format: route.format, with: key)
        parts.counters.count(.events, by: reading.events.count)
        parts.counters.count(.eventsRefused, by: reading.refused.count)
        parts.counters.count(.eventsUnplanned, by: deviations.count)
        return reading.reply.telling(deviations.map(\.json), in: route.format)
    }

    private func key(_ text: String?, origin: String?) async throws(Failure) -> WriteKey {
        guard let text else {
            throw Failure(
                .ingestNoKey, "The request names no write key.",
                hint: "make one with 'yardstick key make SOURCE' and send it as the client does")
        }
        guard let key = try await parts.keys.find(text) else {
            throw Failure(
                .ingestUnknownKey, "There is no write key '\(text.prefix(8))…', or it was revoked.",
                hint: "'yardstick key list' shows the keys that are good")
        }
        guard key.allows(origin: origin) else {
            throw Failure(
                .ingestForeignOrigin,
                "Pages of \((origin ?? "").prefix(200)) may not use this write key.",
                hint: "make a key that names this site with --origin")
        }
        return key
    }

    /// Fills in with what and from where people acted, where the client did not say.
    private func tellClients(_ reading: inout EventReading) {
        for client in reading.clients where client.userAgent != nil || client.address != nil {
            let facts = parts.clients.facts(
                userAgent: client.userAgent, address: client.address)
            for index in client.events {
                reading.events[index].context.add(facts)
            }
        }
    }

    private static func query(of request: Request) -> String {
        let path = request.head.path ?? ""
        return path.firstIndex(of: "?").map { String(path[path.index(after: $0)...]) } ?? ""
    }

    private static func body(
        of request: Request, bytesMax: Int, _ share: BodyRoom.Share
    ) async throws(Failure) -> [UInt8] {
        var bytes: [UInt8] = []
        do {
            for try await buffer in request.body {
                guard bytes.count + buffer.readableBytes <= bytesMax else {
                    throw Failure(
                        .eventsTooLarge, "The body of the request has more than \(bytesMax) bytes.",
                        hint: "Send fewer events at a time.")
                }
                try share.grow(by: buffer.readableBytes)
                if bytes.isEmpty { bytes.reserveCapacity(buffer.readableBytes) }
                bytes.append(contentsOf: buffer.readableBytesView)
            }
        } catch {
            throw (error as? Failure) ?? Failure.cutOff
        }
        return bytes
    }

    private static func refusal(_ failure: Failure) -> EventReply {
        switch failure.code {
        case .ingestNoKey, .ingestUnknownKey: EventReply(to: failure, status: 401)
        case .ingestForeignOrigin: EventReply(to: failure, status: 403)
        default:
            EventReply(
                to: failure,
                retryAfterSeconds: EventReply.status(of: failure.code) == 429
                    ? 1 : EventReply.status(of: failure.code) == 503 ? 5 : nil)
        }
    }

    private static func response(_ reply: EventReply) -> Response {
        var headers: HTTPFields = [:]
        for header in reply.headers {
            guard let name = HTTPField.Name(header.name) else { continue }
            headers.append(HTTPField(name: name, value: header.value))
        }
        return Response(
            status: HTTPResponse.Status(code: reply.status), headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: reply.body)))
    }
}

extension EventContext {
    /// Takes over what is known of a client, where nothing else was said.
    fileprivate mutating func add(_ facts: ClientFacts) {
        device = device ?? facts.device
        browser = browser ?? facts.browser
        system = system ?? facts.system
        country = country ?? facts.country
    }
}

extension Failure.Code {
    /// A request with events names no write key.
    public static let ingestNoKey: Self = "ingest/no-key"
    /// A request with events names a write key that does not exist or was revoked.
    public static let ingestUnknownKey: Self = "ingest/unknown-key"
    /// A page of another site than those of the write key sent events.
    public static let ingestForeignOrigin: Self = "ingest/foreign-origin"
}
