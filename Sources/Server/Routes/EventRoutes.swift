import HTTPTypes
import Hummingbird
import NIOCore
import ServiceLifecycle
import Vocabulary

/// What happens, as it happens.
enum EventRoutes {
    static let endpoints = [
        Endpoint(
            .get, "/api/v1/events", .viewer,
            "Server-sent events: data, definitions, job",
            answer: .other("text/event-stream"), handler: events)
    ]

    @Sendable
    private static func events(_ call: Call) async throws(Failure) -> Response {
        let hub = call.parts.events
        guard hub.hasRoom else {
            throw Failure.tooManyStreams
        }
        return Response(
            status: .ok,
            headers: [.contentType: "text/event-stream", .cacheControl: "no-store"],
            body: ResponseBody { writer in
                let events = hub.listen()
                try await writer.write(ByteBuffer(string: "retry: 2000\n\n"))
                for await event in events.cancelOnGracefulShutdown() {
                    try await writer.write(ByteBuffer(string: event))
                }
                try await writer.finish(nil)
            })
    }
}

extension Failure {
    /// No further page may listen.
    static let tooManyStreams = Failure(
        .tooManyStreams, "Too many pages listen for changes.",
        hint: "Close some, or reload the page by hand.")
}

extension Failure.Code {
    /// As many event streams as allowed are open.
    public static let tooManyStreams: Self = "server/too-many-streams"
}
