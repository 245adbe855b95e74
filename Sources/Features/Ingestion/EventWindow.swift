import Events
import Vocabulary

/// An event on its way into the table of a source, by its numbers.
struct Incoming {
    let source: Int
    /// Its place among the events of the window.
    let event: Int
}

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

    /// Records that were read at the same time.
    let items: [InboxReader.Item]
    /// The offset after them.
    let end: Int64
    /// How many events of the first record are applied already.
    var applied = 0

    /// The events of the records, and others that were read with them.
    var events: [RecordedEvent] { items.first?.reading.events ?? [] }

    /// The groups of those events.
    var groups: [RecordedGroup] { items.first?.reading.groups ?? [] }

    /// The bytes in which the events stand; valid for as long as the window is.
    var bytes: UnsafeRawBufferPointer {
        items.first?.reading.bytes ?? UnsafeRawBufferPointer(start: nil, count: 0)
    }

    /// The events that are not applied yet, each with the number of its source.
    func incoming(
        _ number: (String) throws(Failure) -> Int
    ) throws(Failure) -> [Incoming] {
        var incoming: [Incoming] = []
        var applied = applied
        for item in items {
            guard case .events(let name, let places) = item.content else { continue }
            let source = try number(name)
            for event in places.dropFirst(applied) {
                incoming.append(Incoming(source: source, event: event))
            }
            applied = 0
        }
        return incoming
    }

    /// The place behind so many of the events that are not applied yet.
    func place(after count: Int) -> Place {
        var left = applied + count
        for (index, item) in items.enumerated() {
            guard case .events(_, let places) = item.content else { continue }
            if left < places.count {
                return Place(records: index, offset: item.begin, events: left)
            }
            left -= places.count
        }
        return Place(records: items.count, offset: end, events: 0)
    }

    /// What requests brought in vain, as far as it stands before a place.
    func refused(before place: Place) -> [RefusedBatch] {
        items.prefix(place.records).compactMap { item in
            guard case .refused(let batch) = item.content else { return nil }
            return batch
        }
    }
}
