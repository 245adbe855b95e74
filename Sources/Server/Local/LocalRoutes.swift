import HTTPTypes
import Hummingbird
import NIOCore
import Vocabulary

/// What can be asked over the local socket only.
struct LocalRoutes {
    let run: LocalRunner

    var endpoints: [Endpoint] {
        [
            Endpoint(
                .post, "/local/command", .everyone, "Runs a command line in the server's process",
                body: .json(.object([:])), answer: .other("application/x-ndjson"),
                handler: command)
        ] + HealthRoutes.endpoints
    }

    @Sendable
    private func command(_ call: Call) async throws(Failure) -> Response {
        guard let command = LocalCommand(json: try RequestJSON.read(try await call.body())) else {
            throw Failure(
                .badBody, "The body of the request is no command.",
                hint: "Use the same version of the program as the server.")
        }
        let run = self.run
        return Response(
            status: .ok, headers: [.contentType: "application/x-ndjson"],
            body: ResponseBody { writer in
                let (lines, continuation) = AsyncStream.makeStream(of: JSON.self)
                let task = Task {
                    let status = await run(command, LocalOutput { continuation.yield($0) })
                    continuation.yield(["exit": .integer(Int(status))])
                    continuation.finish()
                }
                do {
                    for await line in lines {
                        try await writer.write(ByteBuffer(string: line.line + "\n"))
                    }
                    try await writer.finish(nil)
                } catch {
                    // Who asked is gone, so nobody waits for the result.
                    task.cancel()
                    throw error
                }
            })
    }
}
