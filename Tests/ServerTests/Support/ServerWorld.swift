import Features
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Testing
import Vocabulary

@testable import Server

/// A clock that stands still until a test moves it.
final class MovableClock: WallClock {
    private let lock = NSLock()
    nonisolated(unsafe) private var present = Instant(seconds: 1_780_000_000)

    var now: Instant { lock.withLock { present } }

    func advance(seconds: Int) { lock.withLock { present = present.adding(seconds: seconds) } }
}

/// A response as a test reads it.
struct Received: Sendable {
    let status: Int
    let headers: HTTPFields
    let body: String

    /// A member of the JSON body.
    subscript(name: String) -> JSON? { (try? RequestJSON.read(Array(body.utf8)))?[name] }
}

/// A server without a socket.
struct ServerWorld: Sendable {
    static let password = "four unlikely words together"

    let clock = MovableClock()
    let parts: ServerParts
    let pipeline: RequestPipeline

    /// A server on a workspace without data.
    init(
        settings: ServerSettings = ServerSettings(), importsWait: Bool = false,
        assets: WebAssets = WebAssets([:])
    ) throws {
        try self.init(
            workspace: try FakeWorkspace(importsWait: importsWait), settings: settings,
            assets: assets)
    }

    /// A server on any workspace.
    init(
        workspace: any ServedWorkspace, settings: ServerSettings = ServerSettings(),
        assets: WebAssets = WebAssets([:])
    ) throws {
        let state = try StateStore(file: workspace.folder.appending(path: "data/state.sqlite"))
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        parts = ServerParts(
            workspace: workspace, state: state,
            accounts: Accounts(state: state, clock: clock, cost: .least),
            clients: ClientDesk(readsTables: false),
            settings: settings, clock: clock, assets: assets, logger: logger)
        pipeline = RequestPipeline(
            index: EndpointIndex(Endpoints.all), parts: parts, door: .network)
    }

    /// The workspace without data that the server is on.
    var workspace: FakeWorkspace {
        get throws { try #require(parts.workspace as? FakeWorkspace) }
    }

    /// Somebody who is signed in.
    struct Person: Sendable {
        let token: SecretToken
        let cookieName: String

        var headers: HTTPFields {
            var headers: HTTPFields = [.cookie: "\(cookieName)=\(token.text)"]
            headers[.forgeryGuard] = token.forgeryGuard
            return headers
        }
    }

    /// Makes an account and signs it in.
    func person(_ role: Role) async throws -> Person {
        let email = "\(role.rawValue)@example.com"
        _ = try await parts.accounts.add(
            email: email, name: role.rawValue, password: ServerWorld.password, role: role, by: nil)
        let signIn = try await parts.accounts.signIn(
            email: email, password: ServerWorld.password, from: "test")
        return Person(token: signIn.token, cookieName: parts.cookie.name)
    }

    /// Sends a request and reads the whole answer.
    func send(
        _ method: HTTPRequest.Method, _ path: String, as person: Person? = nil,
        headers: HTTPFields = [:], json: String? = nil, body: [UInt8]? = nil,
        host: String? = "localhost:8080", from peer: String = "127.0.0.1"
    ) async throws -> Received {
        var fields = person?.headers ?? [:]
        if json != nil { fields[.contentType] = "application/json" }
        for field in headers { fields[field.name] = field.value }
        let head = HTTPRequest(
            method: method, scheme: "http", authority: host, path: path, headerFields: fields)
        let bytes = body ?? json.map { Array($0.utf8) } ?? []
        let request = Request(head: head, body: RequestBody(buffer: ByteBuffer(bytes: bytes)))
        let response = await pipeline.response(to: request, from: peer)
        let writer = CollectingWriter()
        try await response.body.write(writer)
        return Received(
            status: response.status.code, headers: response.headers, body: writer.text)
    }
}

extension JSON {
    /// The text; nil where it is none.
    var string: String? { if case .text(let text) = self { text } else { nil } }
    /// How many elements a list has; nil where it is none.
    var count: Int? { if case .list(let elements) = self { elements.count } else { nil } }
}

/// Collects what a response writes.
final class CollectingWriter: ResponseBodyWriter {
    private var buffer = ByteBuffer()

    var text: String { String(buffer: buffer) }

    func write(_ buffer: ByteBuffer) async throws { self.buffer.writeImmutableBuffer(buffer) }

    func finish(_ trailingHeaders: HTTPFields?) async throws {}
}

extension Endpoint {
    /// The path with something in the place of each parameter.
    var samplePath: String {
        "/" + segments.map { $0.hasPrefix("{") ? "orders" : String($0) }.joined(separator: "/")
    }
}

extension Endpoint: CustomTestStringConvertible {
    /// The method and the path.
    public var testDescription: String { "\(method) \(path)" }
}
