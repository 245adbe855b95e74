import Synchronization
import Vocabulary

/// The results of costly work that were asked for last: each is worked out once, also when several
/// ask for it at the same time, and failures are results too.
///
/// What has not been asked for in the longest time goes when all together are too large.
final class RecentResults<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    /// A result, which is worked out by whoever asks first; the others wait for it.
    private final class Slot: Sendable {
        private let known = Mutex<Result<Value, Failure>?>(nil)

        func result(_ work: () throws(Failure) -> Value) -> Result<Value, Failure> {
            known.withLock { known in
                if let known { return known }
                let found = Result { () throws(Failure) in try work() }
                known = found
                return found
            }
        }
    }

    private struct Entry {
        let slot: Slot
        let size: Int
        var used: Int
    }

    private struct Entries {
        var byKey: [Key: Entry] = [:]
        var size = 0
        var uses = 0
    }

    private let entries = Mutex(Entries())
    private let sizeMax: Int

    /// Keeps results up to a size in all.
    init(sizeMax: Int) { self.sizeMax = sizeMax }

    /// The result for a key; `work` is done where it is not known.
    ///
    /// - Throws: What the work throws, or threw.
    func value(
        for key: Key, size: Int, _ work: () throws(Failure) -> Value
    ) throws(Failure) -> Value {
        try slot(for: key, size: size).result(work).get()
    }

    private func slot(for key: Key, size: Int) -> Slot {
        entries.withLock { entries in
            entries.uses += 1
            if let known = entries.byKey[key] {
                entries.byKey[key]?.used = entries.uses
                return known.slot
            }
            let slot = Slot()
            // What is too large to be kept must not push out the rest.
            guard size <= sizeMax else { return slot }
            entries.byKey[key] = Entry(slot: slot, size: size, used: entries.uses)
            entries.size += size
            while entries.size > sizeMax,
                let oldest = entries.byKey.min(by: { $0.value.used < $1.value.used })
            {
                entries.byKey[oldest.key] = nil
                entries.size -= oldest.value.size
            }
            return slot
        }
    }
}
