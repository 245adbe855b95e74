import Events
import Features
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOHTTP1
import Vocabulary

/// What happens to every request: host, address, endpoint, admission, parameters, handler.
///
/// Whatever goes wrong becomes a failure's response here, and every response gets the security
/// headers here, so that none leaves without them.
struct RequestPipeline: HTTPResponder {
    /// Which listener the requests come from.
    enum Door: Sendable {
        /// A network address: hosts are checked and callers must be admitted.
        case network
        /// The local socket, which only the owner of the workspace can open.
        case local
    }

    let index: EndpointIndex
    let parts: ServerParts
    let door: Door

    /// Answers a request that came over a connection.
    func respond(to request: Request, context: ConnectionContext) async throws -> Response {
        await response(to: request, from: context.peer)
    }

    /// Answers a request.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - peer: The address at the other end of the connection.
    /// - Returns: The answer, or what went wrong.
    func response(to request: Request, from peer: String) async -> Response {
        let start = ContinuousClock.now
        var name = "other"
        var response: Response
        if let events = events(request) {
            name = "events/\(events.format.rawValue)"
            response = await taken(request, at: events, from: peer)
        } else {
            var found: Endpoint?
            do {
                response = try await handled(request, from: peer, found: &found)
            } catch {
                response = notFoundPage(request, error) ?? refusal(error, endpoint: found)
            }
            name = found?.path ?? name
        }
        if request.method == .head { response = response.createHeadResponse() }
        SecurityHeaders.add(to: &response, isSecure: parts.settings.isSecure)
        parts.counters.answered(
            route: name, method: request.method, status: response.status.code,
            after: ContinuousClock.now - start)
        return response
    }

    /// Where events go that a request brings; nil for other requests.
    private func events(_ request: Request) -> EventRoute? {
        guard door == .network, let path = request.head.path else { return nil }
        return EventRoute(method: request.method, path: path)
    }

    private func taken(
        _ request: Request, at route: EventRoute, from peer: String
    ) async -> Response {
        do {
            let isDoubled = request.headers.contains(.secondHost)
            try HostName(parts.settings).check(isDoubled ? nil : request.head.authority)
        } catch {
            return refusal(error, endpoint: nil)
        }
        let address = Admission.address(
            of: request.head, peer: peer, trustsProxy: parts.settings.trustsProxy)
        return await IngestDoor(parts: parts).response(to: request, at: route, from: address)
    }

    private func handled(
        _ request: Request, from peer: String, found: inout Endpoint?
    ) async throws(Failure) -> Response {
        if door == .network {
            // A second Host header is left among the others.
            let isDoubled = request.headers.contains(.secondHost)
            try HostName(parts.settings).check(isDoubled ? nil : request.head.authority)
        }
        let address = try RequestAddress(request.head.path)
        let endpoint = try index.find(request.method, address.segments)
        found = endpoint
        var caller = Caller(account: nil, token: nil, address: peer)
        if door == .network {
            let admission = Admission(
                accounts: parts.accounts, cookie: parts.cookie,
                trustsProxy: parts.settings.trustsProxy)
            caller = try await admission.admit(request, to: endpoint, from: peer)
        }
        let call = try Call(endpoint, request, address, caller: caller, parts: parts)
        return try await endpoint.handler(call)
    }

    /// The web app with its own page for an unknown address, for who reads it in a browser.
    private func notFoundPage(_ request: Request, _ failure: Failure) -> Response? {
        guard failure.code == .unknownAddress, door == .network,
            request.headers[.accept]?.contains("text/html") == true,
            var page = parts.assets.response("index.html", for: request)
        else { return nil }
        page.status = .notFound
        return page
    }

    private func refusal(_ failure: Failure, endpoint: Endpoint?) -> Response {
        var response = FailureStatus.response(failure, endpoint: endpoint)
        if failure.code == .wrongMethod {
            response.headers[.allow] = failure.details.joined(separator: ", ")
        }
        if response.status.kind == .serverError {
            parts.logger.error("\(failure.message)", metadata: ["code": "\(failure.code)"])
        }
        return response
    }
}

extension EventRoute {
    /// Where a request's path leads, its parameters left aside.
    init?(method: HTTPRequest.Method = .post, path: String) {
        let end = path.firstIndex(of: "?") ?? path.endIndex
        self.init(method: method.rawValue, path: String(path[..<end]))
    }
}

/// What is known of the connection on which a request came.
struct ConnectionContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The address at the other end, without its port.
    let peer: String

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        peer = ConnectionContext.peer(of: source.channel)
    }

    /// The address at the other end of a connection, without its port.
    static func peer(of channel: any Channel) -> String {
        channel.remoteAddress?.ipAddress ?? "local"
    }
}
