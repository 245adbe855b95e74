import Vocabulary

/// What a client sent, as far as events are concerned.
public struct EventRequest: Sendable {
    /// Where it goes.
    public let route: EventRoute
    /// The parameters of the address, decoded.
    public let query: [(name: String, value: String)]
    /// What its headers say.
    public let headers: EventHeaders
    /// The body as it came.
    public var body: [UInt8]
    /// When it was received.
    public let received: Instant
    /// The address of who sent it, proxies that are trusted taken off; nil where it is not to be
    /// known.
    public let address: String?
    /// What makes a visitor's id out of address and client where a format has no ids; nil where
    /// that is not wanted. It is to change every day and to be kept nowhere.
    public let salt: VisitorSalt?
    /// Whether it came by TLS, as far as the client is concerned.
    public let isSecure: Bool

    /// Describes a request.
    ///
    /// - Parameters:
    ///   - route: Where it goes.
    ///   - query: What follows the question mark of the address, as it came.
    ///   - headers: All headers; those that matter are taken.
    ///   - body: The body as it came, packed or not.
    ///   - received: When it was received.
    ///   - address: The address of who sent it.
    ///   - salt: What makes visitors' ids.
    ///   - isSecure: Whether it came by TLS.
    public init(
        route: EventRoute, query: String = "", headers: [(name: String, value: String)] = [],
        body: [UInt8] = [], received: Instant, address: String? = nil,
        salt: VisitorSalt? = nil, isSecure: Bool = false
    ) {
        self.route = route
        self.query = FormText.parameters(Array(query.utf8))
        self.headers = EventHeaders(headers)
        self.body = body
        self.received = received
        self.address = address
        self.salt = salt
        self.isSecure = isSecure
    }

    /// The value of a parameter of the address.
    public func parameter(_ name: String) -> String? {
        query.first { $0.name == name }?.value
    }
}

/// The headers of a request that matter to events.
public struct EventHeaders: Hashable, Sendable {
    /// `Authorization`.
    public var authorization: String?
    /// `User-Agent`.
    public var userAgent: String?
    /// `Origin`.
    public var origin: String?
    /// `Host`.
    public var host: String?
    /// `Accept-Language`.
    public var acceptLanguage: String?
    /// `Content-Type`, which is a hint and no more.
    public var contentType: String?
    /// `If-None-Match`.
    public var ifNoneMatch: String?
    /// `Access-Control-Request-Headers`.
    public var requestedHeaders: String?
    /// `PostHog-Request-Timestamp`: when a request of PostHog's v1 was sent.
    public var requestTimestamp: String?
    /// `PostHog-Sdk-Info`: the library and its version, `posthog-python/7.91.1`.
    public var sdkInfo: String?
    /// `PostHog-Request-Id`, which an answer gives back.
    public var requestID: String?

    /// Takes those that matter.
    public init(_ headers: [(name: String, value: String)]) {
        for (name, value) in headers {
            switch name.lowercased() {
            case "authorization": authorization = value
            case "user-agent": userAgent = value
            case "origin": origin = value
            case "host": host = value
            case "accept-language": acceptLanguage = value
            case "content-type": contentType = value
            case "if-none-match": ifNoneMatch = value
            case "access-control-request-headers": requestedHeaders = value
            case "posthog-request-timestamp": requestTimestamp = value
            case "posthog-sdk-info": sdkInfo = value
            case "posthog-request-id": requestID = value
            default: continue
            }
        }
    }

    /// The first language that the client prefers.
    var language: String? {
        guard let first = acceptLanguage?.split(whereSeparator: { $0 == "," || $0 == ";" }).first
        else { return nil }
        let language = String(first.filter { $0 != " " })
        return language.isEmpty || language == "*" || language.utf8.count > 35 ? nil : language
    }
}
