import Foundation
import Vocabulary

/// Something that changed in a workspace while it is open.
public enum WorkspaceChange: Equatable, Sendable {
    /// A source has new data.
    case data(source: String, version: Int)
    /// The definitions were read again, with so many findings.
    case definitions(findings: Int)
}

/// Tells everybody who listens what changed.
final class ChangeBroadcast: @unchecked Sendable {
    private let lock = NSLock()
    private var listeners: [Int: AsyncStream<WorkspaceChange>.Continuation] = [:]
    private var nextNumber = 0

    func stream() -> AsyncStream<WorkspaceChange> {
        AsyncStream(bufferingPolicy: .bufferingNewest(64)) { continuation in
            let number = lock.withLock {
                nextNumber += 1
                listeners[nextNumber] = continuation
                return nextNumber
            }
            continuation.onTermination = { [weak self] _ in
                guard let self else { return }
                lock.withLock { listeners[number] = nil }
            }
        }
    }

    func send(_ change: WorkspaceChange) {
        let all = lock.withLock { Array(listeners.values) }
        for listener in all { listener.yield(change) }
    }

    func finish() {
        let all = lock.withLock {
            defer { listeners = [:] }
            return Array(listeners.values)
        }
        for listener in all { listener.finish() }
    }
}
