import Events
import Vocabulary

/// Records of the inbox that are applied one after the other.
struct EventWindow {
    /// A place in it: behind some whole records and some events of the next.
    struct Place {
        /// How many records are before it.
        let records: Int
        /// The offset after them.
        let offset: Int64
        /// How many events of the next record are before it.
        let events: Int
    }

    let items: [InboxReader.Item]
    /// The offset after them.
    let end: Int64
    /// How many events of the first record are applied already.
    var applied = 0

    /// The events that are not applied yet, each with the number of its source.
    func events(
        _ number: (String) throws(Failure) -> Int
    ) throws(Failure) -> [Incoming] {
        var events: [Incoming] = []
        var applied = applied
        for item in items {
            guard case .events(let batch) = item.record else { continue }
            let source = try number(batch.source)
            for event in batch.events.dropFirst(applied) {
                events.append(Incoming(source: source, event: event))
            }
            applied = 0
        }
        return events
    }

    /// The place behind so many of the events that are not applied yet.
    func place(after count: Int) -> Place {
        var left = applied + count
        for (index, item) in items.enumerated() {
            guard case .events(let batch) = item.record else { continue }
            if left < batch.events.count {
                return Place(records: index, offset: item.begin, events: left)
            }
            left -= batch.events.count
        }
        return Place(records: items.count, offset: end, events: 0)
    }

    /// What requests brought in vain, as far as it stands before a place.
    func refused(before place: Place) -> [RefusedBatch] {
        items.prefix(place.records).compactMap { item in
            guard case .refused(let batch) = item.record else { return nil }
            return batch
        }
    }
}
