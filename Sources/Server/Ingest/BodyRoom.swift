import Features
import Foundation
import Vocabulary

/// What the large bodies of requests may take together.
///
/// Every request may bring a body of the usual size. What a body has beyond that, as PostHog's
/// batches may, comes out of a common room: a thousand connections that send such bodies slowly
/// would otherwise fill the machine's memory.
final class BodyRoom: Sendable {
    private let lock = NSLock()
    nonisolated(unsafe) private var left: Int

    /// A room for so many bytes.
    init(bytes: Int) { left = bytes }

    private func take(_ bytes: Int) -> Bool {
        lock.withLock {
            guard bytes <= left else { return false }
            left -= bytes
            return true
        }
    }

    private func give(_ bytes: Int) { lock.withLock { left += bytes } }

    /// The part of one request, used by one task.
    final class Share {
        private let room: BodyRoom
        private var free: Int
        private var taken = 0

        /// Nothing yet.
        ///
        /// - Parameters:
        ///   - room: The common room.
        ///   - free: Bytes that do not come out of it.
        init(of room: BodyRoom, free: Int) {
            self.room = room
            self.free = free
        }

        /// Makes place for so many bytes more.
        ///
        /// - Throws: `ingest/busy` when there is none, which passes.
        func grow(by bytes: Int) throws(Failure) {
            let fromRoom = max(0, bytes - free)
            free = max(0, free - bytes)
            guard fromRoom == 0 || room.take(fromRoom) else {
                throw Failure(
                    .ingestBusy, "Too many large bodies come in at the same time.",
                    hint: "Send the same events again in a second, or fewer at a time.")
            }
            taken += fromRoom
        }

        /// Gives back everything.
        func giveBack() {
            room.give(taken)
            taken = 0
        }
    }
}
