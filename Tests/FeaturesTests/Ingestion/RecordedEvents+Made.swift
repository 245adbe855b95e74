import Events
import Vocabulary

@testable import Features

extension Identities {
    /// Applies an event as it comes back from the inbox's bytes.
    mutating func resolve(_ event: Event) -> Int32 {
        let batch = EventBatch(source: "app", received: event.received, events: [event])
        return EventRecord.events(batch).bytes.withUnsafeBytes { bytes in
            var recorded = RecordedEvents()
            _ = try? recorded.read(0..<bytes.count, of: bytes)
            return resolve(recorded.events[0], of: bytes)
        }
    }
}

extension InboxReader.Item {
    /// The record as values of its own; nil where its bytes are no record.
    var record: EventRecord? {
        try? EventRecord(Array(reading.bytes[payload]))
    }
}
