import Engines
import Events
import Vocabulary

/// Tells new messages from those that came before, exactly: within a transaction by their ids,
/// before it by ``SeenMessages``, whose suspicions are looked up in the table.
struct MessageSieve {
    /// What became of messages that had come before.
    struct Counts: Hashable, Sendable {
        /// The same again, as clients send it that had no answer.
        var duplicates = 0
        /// Another content under the same id; the first is kept.
        var conflicts = 0
    }

    /// What is compared to see whether a message says the same.
    private struct Content: Equatable {
        let name: String?
        let user: String?
        let anonymous: String?
        let properties: String?

        init(_ event: RecordedEvent, of bytes: UnsafeRawBufferPointer) {
            name = event.string(.name, of: bytes)
            user = event.string(.user, of: bytes)
            anonymous = event.string(.anonymous, of: bytes)
            properties = event.string(.properties, of: bytes) ?? "{}"
        }

        init(_ frame: Frame, _ row: Int) {
            name = frame.columns[1].text(row)
            user = frame.columns[2].text(row)
            anonymous = frame.columns[3].text(row)
            properties = frame.columns[4].text(row)
        }
    }

    private struct Key: Hashable {
        let source: Int
        let id: String
    }

    private struct Suspect {
        let key: Key
        let seconds: UInt32
    }

    /// An event that is new.
    struct Fresh {
        /// Its place among those that came.
        let place: Int
        let fingerprint: UInt64
    }

    let connection: DuckDBConnection
    let sources: [String]
    let windowSeconds: Int
    /// The messages of people who were forgotten.
    let erased: Set<String>

    /// The events of a window that are new, in their order; the others are counted.
    func fresh(
        _ incoming: ArraySlice<Incoming>, of window: EventWindow, seen: SeenMessages,
        counts: inout Counts
    ) throws(Failure) -> [Fresh] {
        let (events, bytes) = (window.events, window.bytes)
        var fresh: [Fresh] = []
        fresh.reserveCapacity(incoming.count)
        // A table with open addressing of the places in `fresh`.
        var slots = [Int32](repeating: -1, count: Self.slotCount(for: incoming.count))
        let mask = slots.count - 1
        var suspects: [Suspect] = []
        for place in incoming.indices {
            let (source, number) = (incoming[place].source, incoming[place].event)
            guard let id = events[number].bytes(.id, of: bytes) else { continue }
            let fingerprint = seen.fingerprint(source: source, id: id)
            var slot = Int(truncatingIfNeeded: fingerprint) & mask
            var same: Int?
            while same == nil, slots[slot] >= 0 {
                let other = fresh[Int(slots[slot])]
                if other.fingerprint == fingerprint, incoming[other.place].source == source,
                    let otherId = events[incoming[other.place].event].bytes(.id, of: bytes),
                    otherId.elementsEqual(id)
                {
                    same = incoming[other.place].event
                }
                slot = (slot + 1) & mask
            }
            if let same {
                let earlier = Content(events[same], of: bytes)
                count(earlier == Content(events[number], of: bytes), &counts)
                continue
            }
            slots[slot] = Int32(fresh.count)
            fresh.append(Fresh(place: place, fingerprint: fingerprint))
            let first = events[number].received.seconds - windowSeconds
            for second in seen.seconds(of: fingerprint) where Int(second) >= first {
                let id = String(decoding: id, as: UTF8.self)
                suspects.append(Suspect(key: Key(source: source, id: id), seconds: second))
            }
        }
        let stored = try stored(suspects)
        guard !stored.isEmpty || !erased.isEmpty else { return fresh }
        return fresh.filter { one in
            let event = events[incoming[one.place].event]
            let source = incoming[one.place].source
            let key = Key(source: source, id: event.string(.id, of: bytes) ?? "")
            if let content = stored[key] {
                count(content == Content(event, of: bytes), &counts)
                return false
            }
            if erased.contains(Self.erasedName(sources[source], key.id)) {
                counts.duplicates += 1
                return false
            }
            return true
        }
    }

    /// A power of two, at least twice as many.
    private static func slotCount(for count: Int) -> Int {
        1 << (Int.bitWidth - max(count, 1).leadingZeroBitCount + 1)
    }

    /// How a message of somebody who was forgotten is remembered.
    static func erasedName(_ source: String, _ id: String) -> String { source + "\u{0}" + id }

    private func count(_ isSame: Bool, _ counts: inout Counts) {
        if isSame { counts.duplicates += 1 } else { counts.conflicts += 1 }
    }

    /// Which of the suspects are in the tables, with their content.
    private func stored(_ suspects: [Suspect]) throws(Failure) -> [Key: Content] {
        var found: [Key: Content] = [:]
        let hours = Dictionary(grouping: suspects) { Hour($0) }
        for (hour, suspects) in hours {
            for begin in stride(from: 0, to: suspects.count, by: Self.askedAtOnce) {
                let asked = suspects[begin..<min(begin + Self.askedAtOnce, suspects.count)]
                try look(for: asked, in: hour.source, into: &found)
            }
        }
        return found
    }

    private struct Hour: Hashable {
        let source: Int
        let number: UInt32

        init(_ suspect: Suspect) {
            source = suspect.key.source
            number = suspect.seconds / 3_600
        }
    }

    private static let askedAtOnce = 256
    private static let places = (3..<3 + askedAtOnce).map { "$\($0)" }.joined(separator: ", ")

    private func look(
        for suspects: ArraySlice<Suspect>, in source: Int, into found: inout [Key: Content]
    ) throws(Failure) {
        let seconds = suspects.map(\.seconds)
        guard let first = seconds.min(), let last = seconds.max() else { return }
        var values: [Value] = [
            .instant(Instant(seconds: Int(first))), .instant(Instant(seconds: Int(last) + 1)),
        ]
        values += suspects.map { .text($0.key.id) }
        values += Array(repeating: .null, count: Self.askedAtOnce - suspects.count)
        let frame = try connection.run(
            Statement(
                """
                select message_id, event, user_id, anonymous_id, properties
                from \(EventTables.table(of: sources[source]).sql)
                where received >= $1 and received < $2 and message_id in (\(Self.places))
                """, values))
        for row in 0..<frame.count {
            let id = frame.columns[0].text(row) ?? ""
            found[Key(source: source, id: id)] = Content(frame, row)
        }
    }
}
