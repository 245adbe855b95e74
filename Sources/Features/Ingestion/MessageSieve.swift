import Engines
import Events
import Vocabulary

/// An event on its way into the table of a source; an object, since an event is large to copy.
final class Incoming {
    let source: Int
    let event: Event

    init(source: Int, event: Event) {
        self.source = source
        self.event = event
    }
}

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

        init(_ event: Event) {
            name = event.name
            user = event.user
            anonymous = event.anonymous
            properties = String(decoding: event.properties.bytes, as: UTF8.self)
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

    let connection: DuckDBConnection
    let sources: [String]
    let windowSeconds: Int
    /// The messages of people who were forgotten.
    let erased: Set<String>

    /// The events that are new, in their order.
    func fresh(
        _ incoming: [Incoming], seen: SeenMessages, counts: inout Counts
    ) throws(Failure) -> [(incoming: Incoming, fingerprint: UInt64)] {
        var places: [Key: Int] = [:]
        places.reserveCapacity(incoming.count)
        var candidates: [(incoming: Incoming, fingerprint: UInt64)] = []
        candidates.reserveCapacity(incoming.count)
        var suspects: [Suspect] = []
        for one in incoming {
            let key = Key(source: one.source, id: one.event.id)
            if let place = places[key] {
                count(Content(candidates[place].incoming.event) == Content(one.event), &counts)
                continue
            }
            places[key] = candidates.count
            let fingerprint = seen.fingerprint(source: one.source, id: one.event.id)
            candidates.append((one, fingerprint))
            let first = one.event.received.seconds - windowSeconds
            for second in seen.seconds(of: fingerprint) where Int(second) >= first {
                suspects.append(Suspect(key: key, seconds: second))
            }
        }
        let stored = try stored(suspects)
        guard !stored.isEmpty || !erased.isEmpty else { return candidates }
        return candidates.filter { one, _ in
            let key = Key(source: one.source, id: one.event.id)
            if let content = stored[key] {
                count(content == Content(one.event), &counts)
                return false
            }
            if erased.contains(Self.erasedName(sources[one.source], one.event.id)) {
                counts.duplicates += 1
                return false
            }
            return true
        }
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
