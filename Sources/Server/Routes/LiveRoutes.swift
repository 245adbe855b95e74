import HTTPTypes
import Hummingbird
import NIOCore
import ServiceLifecycle
import Vocabulary

/// What happens now in a source of events.
enum LiveRoutes {
    static let endpoints = [
        Endpoint(
            .get, "/api/v1/live", .viewer,
            "Server-sent events, one a second: who is active now, on which pages, from where",
            parameters: [.query("source", "A source of events", isRequired: true)],
            answer: .other("text/event-stream"), handler: live)
    ]

    @Sendable
    private static func live(_ call: Call) async throws(Failure) -> Response {
        let source = call.text("source") ?? ""
        let desk = call.parts.live
        let hub = call.parts.events
        guard hub.hasRoom else { throw Failure.tooManyStreams }
        let first = try await desk.state(of: source)
        return Response(
            status: .ok,
            headers: [.contentType: "text/event-stream", .cacheControl: "no-store"],
            body: ResponseBody { writer in
                try await writer.write(ByteBuffer(string: "retry: 2000\n\n" + event(first)))
                // Its place among the streams; what it says is of no interest here.
                let place = hub.listen()
                let ticks = LiveRoutes.ticks(while: place)
                for await _ in ticks.cancelOnGracefulShutdown() {
                    try await writer.write(ByteBuffer(string: await next(desk, source)))
                }
                try await writer.finish(nil)
            })
    }

    private static func event(_ json: JSON) -> String { "event: live\ndata: \(json.line)\n\n" }

    private static func next(_ desk: LiveDesk, _ source: String) async -> String {
        do {
            return event(try await desk.state(of: source))
        } catch {
            return "event: failure\ndata: \(error.json.line)\n\n"
        }
    }

    /// One element a second until the stream of events ends, or nobody listens any more.
    private static func ticks(while place: AsyncStream<String>) -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let beat = Task {
            while !Task.isCancelled {
                do { try await Task.sleep(for: .seconds(1)) } catch { return }
                continuation.yield()
            }
        }
        let end = Task {
            for await _ in place {}
            continuation.finish()
        }
        continuation.onTermination = { _ in
            beat.cancel()
            end.cancel()
        }
        return stream
    }
}
