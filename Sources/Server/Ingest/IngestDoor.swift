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
        let now = parts.clock.now
        var asked = asked(
            request.head, at: route, from: address, received: now,
            salt: try await parts.salts.salt(at: now))
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
        return told(
            reading.reply, deviations, in: route.format, events: reading.events.count,
            refused: reading.refused.count)
    }

    /// Takes a request's events without waiting, where all that it needs is at hand: the day's salt,
    /// a write key that was looked up just now, and nothing to be found out of a person's browser.
    ///
    /// - Parameters:
    ///   - head: The request's method, address and headers.
    ///   - body: All of its body.
    ///   - route: Where it goes.
    ///   - address: The internet address of who sent it.
    ///   - done: Is told the answer, at once or from the thread of the inbox, which it must not keep.
    /// - Returns: Whether the events are taken; where not, nothing has happened.
    func take(
        _ head: HTTPRequest, body: [UInt8], at route: EventRoute, from address: String,
        done: @escaping @Sendable (EventReply) -> Void
    ) -> Bool {
        let now = parts.clock.now
        guard IngestDoor.isPlain(body), let salt = parts.salts.known(at: now) else { return false }
        var asked = asked(head, at: route, from: address, received: now, salt: salt)
        asked.body = body
        let origin = asked.headers.origin
        let limits = parts.settings.eventLimits
        if let events = EventFormat.record(asked, limits: limits) {
            guard let key = events.key.flatMap({ parts.keys.known($0) }), key.allows(origin: origin)
            else { return false }
            let isTaken = parts.workspace.submit(events, with: key) { result in
                done(
                    answer(
                        result.map { _ in [] }, events.reply, .own, events: events.count, refused: 0
                    )
                    .open(to: origin))
            }
            if isTaken { return true }
        }
        guard let reading = try? EventFormat.read(asked, limits: limits),
            reading.clients.allSatisfy({ $0.userAgent == nil && $0.address == nil }),
            let key = reading.key.flatMap({ parts.keys.known($0) }), key.allows(origin: origin)
        else { return false }
        let (reply, format) = (reading.reply, route.format)
        let (events, refused) = (reading.events.count, reading.refused.count)
        parts.workspace.submit(
            reading.events, refused: reading.refused, format: format, with: key
        ) { result in
            done(
                answer(result, reply, format, events: events, refused: refused).open(to: origin))
        }
        return true
    }

    /// The answer once it is known what became of events.
    private func answer(
        _ result: Result<[EventDeviation], Failure>, _ reply: EventReply, _ format: EventFormat,
        events: Int, refused: Int
    ) -> EventReply {
        switch result {
        case .success(let deviations):
            return told(reply, deviations, in: format, events: events, refused: refused)
        case .failure(let failure):
            parts.counters.count(.eventRequestsRefused)
            return IngestDoor.refusal(failure)
        }
    }

    /// Whether a body is JSON that nothing has packed.
    private static func isPlain(_ body: [UInt8]) -> Bool {
        body.first == UInt8(ascii: "[") || body.first == UInt8(ascii: "{")
    }

    /// What a request asks for; its body is still to come.
    private func asked(
        _ head: HTTPRequest, at route: EventRoute, from address: String, received: Instant,
        salt: VisitorSalt?
    ) -> EventRequest {
        var headers = head.headerFields.map { (name: $0.name.canonicalName, value: $0.value) }
        headers.append(("host", head.authority ?? ""))
        return EventRequest(
            route: route, query: IngestDoor.query(of: head.path ?? ""), headers: headers,
            received: received, address: address, salt: salt, isSecure: parts.settings.isSecure)
    }

    /// Counts what was taken, and says what of it the tracking plan does not foresee.
    private func told(
        _ reply: EventReply, _ deviations: [EventDeviation], in format: EventFormat, events: Int,
        refused: Int
    ) -> EventReply {
        parts.counters.count(.events, by: events)
        parts.counters.count(.eventsRefused, by: refused)
        parts.counters.count(.eventsUnplanned, by: deviations.count)
        return reply.telling(deviations.map(\.json), in: format)
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

    private static func query(of path: String) -> String {
        path.utf8.firstIndex(of: UInt8(ascii: "?"))
            .map { String(path[path.index(after: $0)...]) } ?? ""
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

    static func response(_ reply: EventReply) -> Response {
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
