import Vocabulary

extension EventFormat {
    /// Reads something once more that was refused before, by itself.
    ///
    /// - Parameters:
    ///   - raw: What the client sent of it.
    ///   - received: When the server had it.
    ///   - limits: How much is taken.
    /// - Returns: What it says; no key, since none came with it.
    /// - Throws: As ``read(_:limits:)``.
    public func readAgain(
        _ raw: [UInt8], received: Instant, limits: EventLimits = EventLimits()
    ) throws(Failure) -> EventReading {
        let list = Array(#"{"batch":["#.utf8) + raw + Array("]}".utf8)
        let (path, body) =
            switch self {
            case .own, .pixel: ("/api/v1/events", raw)
            case .segment: ("/v1/batch", list)
            case .posthog: ("/compat/posthog/batch", list)
            case .plausible: ("/api/event", raw)
            case .umami: ("/api/send", raw)
            }
        guard let route = EventRoute(method: "POST", path: path) else {
            throw Failure(.eventsUnknownFormat, "Events of \(rawValue) are not read again.")
        }
        return try EventFormat.read(
            EventRequest(route: route, body: body, received: received), limits: limits)
    }
}
