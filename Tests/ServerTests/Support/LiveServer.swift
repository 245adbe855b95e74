import Features
import Foundation
import ServiceLifecycle
import Vocabulary

@testable import Server

/// A server that listens on a free port of the loopback address, for one test.
struct LiveServer: Sendable {
    let world: ServerWorld
    let announcement: ServerAnnouncement
    let group: ServiceGroup

    /// The port that it listens on.
    var port: Int { Int(announcement.address.split(separator: ":").last ?? "") ?? 0 }

    /// The usual settings, with limits of time that no busy machine reaches: a server that closes a
    /// connection early answers nothing, and a test of its answers would fail.
    static let patient = {
        var settings = ServerSettings()
        settings.idleSeconds = 240
        settings.requestSeconds = 240
        return settings
    }()

    /// Runs a body beside a server, and stops the server when the body has ended.
    static func run(
        settings: ServerSettings = patient, setUp: Bool = true,
        runLocal: @escaping LocalRunner = { _, _ in 0 },
        _ body: @escaping @Sendable (LiveServer) async throws -> Void
    ) async throws {
        var settings = settings
        settings.port = 0
        let world = try ServerWorld(settings: settings)
        let (announcements, continuation) = AsyncStream.makeStream(of: ServerAnnouncement.self)
        let server = YardstickServer(
            parts: world.parts, runLocal: runLocal, announce: { continuation.yield($0) })
        let group = try await server.services(signals: [])
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                defer { continuation.finish() }
                try await group.run()
            }
            var iterator = announcements.makeAsyncIterator()
            guard let announcement = await iterator.next() else {
                try await tasks.waitForAll()
                return
            }
            let live = LiveServer(world: world, announcement: announcement, group: group)
            do {
                try await body(live)
            } catch {
                await group.triggerGracefulShutdown()
                throw error
            }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
    }

    /// Sends a GET and returns the whole response.
    func get(_ path: String, headers: [String] = []) async throws -> String {
        let lines = ["GET \(path) HTTP/1.1", "Host: localhost", "Connection: close"] + headers
        return try await RawClient.exchange(
            lines.joined(separator: "\r\n") + "\r\n\r\n", port: port)
    }
}
