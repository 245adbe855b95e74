import HTTPTypes
import Hummingbird
import Vocabulary

/// Whether the server is well, for whoever runs it, and the description of the API.
enum HealthRoutes {
    static let endpoints = [
        Endpoint(
            .get, "/health", .everyone, "Whether the program runs",
            answer: .json(.object(["status": .text])), handler: health),
        Endpoint(
            .get, "/ready", .everyone, "Whether requests are accepted; 503 while they are not",
            answer: .json(.object(["status": .text])), handler: ready),
        Endpoint(
            .get, "/metrics", .machine, "Counters in the text format of Prometheus",
            answer: .other("text/plain"), handler: metrics),
        Endpoint(
            .get, "/openapi.json", .everyone, "This description",
            answer: .json(.object([:]), isTagged: true), handler: description),
    ]

    @Sendable
    private static func health(_ call: Call) async throws(Failure) -> Response {
        Response.json(["status": "ok"])
    }

    @Sendable
    private static func ready(_ call: Call) async throws(Failure) -> Response {
        let isReady = call.parts.readiness.isReady
        return Response.json(
            ["status": isReady ? "ready" : "not ready"],
            status: isReady ? .ok : .serviceUnavailable)
    }

    @Sendable
    private static func metrics(_ call: Call) async throws(Failure) -> Response {
        let parts = call.parts
        let text = parts.counters.text(gauges: [
            ("event_streams", "Open event streams.", Double(parts.events.count)),
            ("imports_running", "Imports that run.", Double(parts.jobs.running)),
            ("findings", "Findings of the definitions.", Double(parts.workspace.findingCount)),
        ])
        return Response.text(text, type: "text/plain; version=0.0.4; charset=utf-8")
    }

    @Sendable
    private static func description(_ call: Call) async throws(Failure) -> Response {
        Response.tagged(document, for: call.request)
    }

    /// Made once, since it takes a while and anybody may ask for it.
    private static let document = OpenAPIDocument(endpoints: Endpoints.all).json
}
