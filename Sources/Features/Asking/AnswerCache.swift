import Foundation
import Planning

/// Answers by question, versions of definitions and versions of data.
///
/// The key holds everything that an answer depends on, so an entry is never wrong; it is dropped
/// when it has not been asked for in a while.
final class AnswerCache: @unchecked Sendable {
    /// What an answer depends on.
    struct Key: Hashable {
        let question: Question
        let definitions: [String]
        let versions: [String]
    }

    private struct Entry {
        let answer: Answer
        var used: Int
    }

    private static let entriesMax = 256
    private let lock = NSLock()
    private var entries: [Key: Entry] = [:]
    private var clock = 0
    private var hitCount = 0
    private var missCount = 0

    subscript(key: Key) -> Answer? {
        lock.withLock {
            clock += 1
            guard let entry = entries[key] else {
                missCount += 1
                return nil
            }
            hitCount += 1
            entries[key]?.used = clock
            return entry.answer
        }
    }

    func store(_ answer: Answer, for key: Key) {
        lock.withLock {
            clock += 1
            entries[key] = Entry(answer: answer, used: clock)
            guard entries.count > AnswerCache.entriesMax else { return }
            let oldest = entries.sorted { $0.value.used < $1.value.used }
            for (key, _) in oldest.prefix(AnswerCache.entriesMax / 4) { entries[key] = nil }
        }
    }

    /// Forgets all answers.
    func removeAll() { lock.withLock { entries = [:] } }

    /// How often an answer was known, and how often not.
    var counts: (hits: Int, misses: Int) { lock.withLock { (hitCount, missCount) } }
}
