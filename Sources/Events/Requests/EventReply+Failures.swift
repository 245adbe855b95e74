import Vocabulary

extension EventReply {
    /// The answer to a request that is not taken, as every vendor's client understands it.
    ///
    /// Clients look into `code`, `message`, `error`, `detail`, `status` or `error_description`; a
    /// body without `code` makes RudderStack's client send again for ever.
    ///
    /// - Parameters:
    ///   - failure: Why it is not taken.
    ///   - status: The status of HTTP; by the failure's code where it is nil.
    ///   - retryAfterSeconds: After how many seconds the client may come again.
    public init(to failure: Failure, status: Int? = nil, retryAfterSeconds: Int? = nil) {
        let status = status ?? EventReply.status(of: failure.code)
        self.init(
            status: status,
            json: [
                "status": 0, "code": .text(failure.code.rawValue),
                "message": .text(failure.message), "hint": .optional(failure.hint),
                "error": .text(failure.code.rawValue), "error_description": .text(failure.message),
                "detail": .text(failure.message),
            ])
        if let retryAfterSeconds {
            headers.append(Header("Retry-After", String(retryAfterSeconds)))
        }
    }

    /// The status of HTTP for a failure.
    ///
    /// What a client shall send again gets 429 or 503; what will never be taken gets a status that
    /// no client sends again.
    public static func status(of code: Failure.Code) -> Int {
        switch code {
        case .eventsTooLarge, .eventsTooMany: 413
        case .eventsNoFlag: 404
        case "ingest/busy", "ingest/throttled": 429
        default: code.rawValue.hasPrefix("ingest/") ? 503 : 400
        }
    }

    // MARK: Other sites

    /// The answer to a browser that asks whether it may send from another site.
    ///
    /// The site and the headers that are asked for are given back, as PostHog's server does:
    /// Segment's library for browsers sends `Authorization`, and beacons send cookies.
    public static func preflight(_ headers: EventHeaders) -> EventReply {
        var reply = EventReply(status: 204, type: "text/plain; charset=utf-8", body: [])
        reply.headers = [
            Header("Access-Control-Allow-Methods", "GET, POST, OPTIONS"),
            Header(
                "Access-Control-Allow-Headers",
                headers.requestedHeaders ?? "Authorization, Content-Type"),
            Header("Access-Control-Max-Age", "86400"),
        ]
        return reply.open(to: headers.origin)
    }

    /// The answer with what lets a page of another site read it.
    public func open(to origin: String?) -> EventReply {
        let name = "Access-Control-Allow-Origin"
        var reply = self
        // A script or a picture is fetched without asking; this lets the page use it.
        reply.headers.append(Header("Cross-Origin-Resource-Policy", "cross-origin"))
        guard let origin, !headers.contains(where: { $0.name == name }) else { return reply }
        reply.headers += [
            Header(name, origin),
            Header("Access-Control-Allow-Credentials", "true"),
            Header("Vary", "Origin, Access-Control-Request-Headers"),
        ]
        return reply
    }
}
