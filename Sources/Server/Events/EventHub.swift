import Foundation
import Vocabulary

/// Hands what happens to everybody who listens on `/api/v1/events`.
///
/// A listener that does not keep up loses the oldest events, never holds up the others.
final class EventHub: Sendable {
    private static let waitingMax = 64

    private let streamsMax: Int
    private let lock = NSLock()
    nonisolated(unsafe) private var listeners: [Int: AsyncStream<String>.Continuation] = [:]
    nonisolated(unsafe) private var next = 0
    nonisolated(unsafe) private var isClosed = false

    init(streamsMax: Int) { self.streamsMax = streamsMax }

    /// How many listen.
    var count: Int { lock.withLock { listeners.count } }

    /// Whether one more may listen.
    var hasRoom: Bool { lock.withLock { listeners.count < streamsMax && !isClosed } }

    /// The events from now on, each in the form of server-sent events; ended at once where there
    /// is no room.
    func listen() -> AsyncStream<String> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: String.self, bufferingPolicy: .bufferingNewest(EventHub.waitingMax))
        let id: Int? = lock.withLock {
            guard listeners.count < streamsMax, !isClosed else { return nil }
            next += 1
            listeners[next] = continuation
            return next
        }
        guard let id else {
            continuation.finish()
            return stream
        }
        continuation.onTermination = { [weak self] _ in
            guard let self else { return }
            _ = self.lock.withLock { self.listeners.removeValue(forKey: id) }
        }
        return stream
    }

    /// Tells everybody.
    ///
    /// - Parameters:
    ///   - event: The kind of event.
    ///   - data: What happened.
    func send(_ event: String, _ data: JSON) {
        send("event: \(event)\ndata: \(data.line)\n\n")
    }

    /// Tells everybody that the server lives, so that dead connections are noticed.
    func beat() { send(": still here\n\n") }

    /// Ends all streams, and lets nobody listen any more.
    func close() {
        let all = lock.withLock {
            isClosed = true
            return Array(listeners.values)
        }
        for listener in all { listener.finish() }
    }

    private func send(_ text: String) {
        let all = lock.withLock { Array(listeners.values) }
        for listener in all { listener.yield(text) }
    }
}
