import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import Server
import Vocabulary

/// The server that has a workspace, asked over the socket that it keeps in the workspace's folder.
///
/// Only one process can open the workspace's data, so while a server runs it runs the commands too:
/// it gets the arguments and sends back, line by line, what to print.
struct LocalServer {
    private let socket: String

    /// The server of a workspace; nil where none runs.
    init?(workspace: URL) {
        guard let socket = LocalSocket.find(in: workspace) else { return nil }
        self.socket = socket
    }

    /// Has the server run the command; nil where no server listens.
    ///
    /// - Throws: `command/server-lost` when the answer breaks off.
    func run(_ arguments: [String], output: Output) async throws(Failure) -> Outcome? {
        guard let channel = await connection() else { return nil }
        let command = LocalCommand(
            arguments: arguments, folder: output.directory,
            isTerminal: output.terminal.isTerminal,
            isErrorTerminal: output.terminal.isErrorTerminal, columns: output.terminal.columns,
            color: output.terminal.hasColor)
        do {
            return try await channel.executeThenClose { inbound, outbound in
                // All at once: a server that answers in between would close before the end.
                try await outbound.write(contentsOf: LocalServer.request(command))
                return try await LocalServer.print(inbound, to: output)
            }
        } catch let failure as Failure {
            throw failure
        } catch {
            throw LocalServer.lost("\(error)")
        }
    }

    private typealias Channel = NIOAsyncChannel<HTTPClientResponsePart, HTTPClientRequestPart>

    private func connection() async -> Channel? {
        try? await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(unixDomainSocketPath: socket) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHTTPClientHandlers()
                    return try Channel(wrappingChannelSynchronously: channel)
                }
            }
    }

    private static func request(_ command: LocalCommand) -> [HTTPClientRequestPart] {
        let body = ByteBuffer(bytes: command.json.bytes)
        let head = HTTPRequestHead(
            version: .http1_1, method: .POST, uri: "/local/command",
            headers: [
                "host": "localhost", "content-type": "application/json",
                "content-length": "\(body.readableBytes)", "connection": "close",
            ])
        return [.head(head), .body(.byteBuffer(body)), .end(nil)]
    }

    private static func print(
        _ inbound: NIOAsyncChannelInboundStream<HTTPClientResponsePart>, to output: Output
    ) async throws -> Outcome {
        var status = HTTPResponseStatus.ok
        var rest: [UInt8] = []
        for try await part in inbound {
            switch part {
            case .head(let head): status = head.status
            case .body(let bytes):
                rest += bytes.readableBytesView
                while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                    let line = Data(rest[..<end])
                    rest.removeSubrange(...end)
                    if status == .ok, let exit = try Reply.read(line).print(to: output) {
                        return exit
                    }
                }
            case .end: throw lost(status == .ok ? nil : "HTTP status \(status.code)")
            }
        }
        throw lost(nil)
    }

    private static func lost(_ detail: String?) -> Failure {
        Failure(
            .serverLost, "The server that has this workspace broke off its answer.",
            hint: "look at the server's log, or stop it and try again",
            details: detail.map { [$0] } ?? [])
    }
}

/// One line of what comes back.
private struct Reply: Decodable {
    let out: String?
    let err: String?
    let exit: Int32?

    static func read(_ line: Data) throws -> Reply {
        try JSONDecoder().decode(Reply.self, from: line)
    }

    func print(to output: Output) -> Outcome? {
        if let out { output.write(out) }
        if let err { output.writeError(err) }
        return exit.map { Outcome(rawValue: $0) ?? .finding }
    }
}

extension Failure.Code {
    /// The server that has the workspace stopped while it ran a command for this process.
    static let serverLost: Self = "command/server-lost"
}
