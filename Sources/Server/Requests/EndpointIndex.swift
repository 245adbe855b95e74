import HTTPTypes
import Vocabulary

/// Finds the endpoint that a request asks for.
struct EndpointIndex: Sendable {
    /// All endpoints, in the order of the documentation.
    let endpoints: [Endpoint]
    private let exact: [String: [Endpoint]]
    private let patterns: [Int: [Endpoint]]

    init(_ endpoints: [Endpoint]) {
        self.endpoints = endpoints
        let isExact: (Endpoint) -> Bool = { !$0.path.contains("{") }
        exact = Dictionary(grouping: endpoints.filter(isExact), by: \.path)
        patterns = Dictionary(
            grouping: endpoints.filter { !isExact($0) }, by: { $0.segments.count })
    }

    /// The endpoint of a method and a path.
    ///
    /// - Throws: `server/unknown-address`; `server/wrong-method`, whose details are the methods
    ///   that the address has.
    func find(_ method: HTTPRequest.Method, _ segments: [String]) throws(Failure) -> Endpoint {
        let path = "/" + segments.joined(separator: "/")
        let candidates =
            exact[path] ?? (patterns[segments.count] ?? []).filter { matches($0, segments) }
        guard !candidates.isEmpty else {
            throw Failure(
                .unknownAddress, "There is nothing at '\(path.prefix(200))'.",
                hint: "See /openapi.json for what there is.")
        }
        let wanted = method == .head ? .get : method
        if let endpoint = candidates.first(where: { $0.method == wanted }) { return endpoint }
        let allowed = candidates.map(\.method.rawValue) + (hasGet(candidates) ? ["HEAD"] : [])
        throw Failure(
            .wrongMethod, "'\(path.prefix(200))' does not take the method \(method).",
            hint: "Use \(allowed.joined(separator: " or ")).",
            details: allowed)
    }

    private func hasGet(_ endpoints: [Endpoint]) -> Bool {
        endpoints.contains { $0.method == .get }
    }

    private func matches(_ endpoint: Endpoint, _ segments: [String]) -> Bool {
        zip(endpoint.segments, segments).allSatisfy { pattern, segment in
            pattern.hasPrefix("{") || pattern == segment
        }
    }
}
