import Engines
import Events
import Vocabulary

/// Counts which events come with which properties of which types, with an example of each.
///
/// What a transaction brings is appended as rows of its own, which are added up now and then; the
/// view `events.seen_names` adds them up at any time.
struct SeenNames {
    private struct Entry {
        let source: String
        let event: String
        let property: String?
        let type: String
        let example: String?
        var count: Int64
        var first: Instant
        var last: Instant

        mutating func note(_ time: Instant) {
            count += 1
            first = min(first, time)
            last = max(last, time)
        }
    }

    private var entries: [Entry] = []
    /// Where in the entries a key's stands.
    private var places: [UInt64: Int] = [:]
    private var known: Set<UInt64> = []
    /// How many rows were appended since they were last added up.
    private(set) var appended = 0
    private static let knownMax = 20_000
    private static let exampleMax = 100
    /// What names beyond the limit are counted as.
    private static let other = "…"

    init() {}

    /// Reads which names are known.
    init(_ connection: DuckDBConnection) throws(Failure) {
        let frame = try connection.run(
            Statement("select source, event, property, type from events.seen_names"))
        for row in 0..<frame.count {
            let texts = (0..<4).map { frame.columns[$0].text(row) ?? "" }
            known.insert(Self.key(texts[0], texts[1], texts[2].utf8, texts[3]))
        }
    }

    mutating func count(_ event: Event, source: String) {
        let start = Self.mixed(event.name.utf8, Self.mixed(source.utf8, Self.basis))
        add(source, event.name, start, nil, "event", at: event.time) { nil }
        event.properties.bytes.withUnsafeBufferPointer { bytes in
            var members = JSONMembers(bytes)
            while let member = members.next() {
                let name = bytes[member.key]
                let type = Self.type(member, bytes)
                add(source, event.name, start, name, type, at: event.time) {
                    String(members.text(member).prefix(Self.exampleMax))
                }
            }
        }
    }

    private mutating func add(
        _ source: String, _ event: String, _ start: UInt64,
        _ property: Slice<UnsafeBufferPointer<UInt8>>?, _ type: String, at time: Instant,
        example: () -> String?
    ) {
        var key = Self.key(start, property, type)
        if let place = places[key] { return entries[place].note(time) }
        let isBeyond = !known.contains(key) && known.count >= Self.knownMax
        let name = isBeyond ? Self.other : event
        var text = property.map { String(decoding: $0, as: UTF8.self) }
        if isBeyond {
            text = property.map { _ in Self.other }
            key = Self.key(source, name, text?.utf8, type)
            if let place = places[key] { return entries[place].note(time) }
        }
        known.insert(key)
        places[key] = entries.count
        entries.append(
            Entry(
                source: source, event: name, property: text, type: type, example: example(),
                count: 1, first: time, last: time))
    }

    private static func key(
        _ source: String, _ event: String, _ property: (some Sequence<UInt8>)?, _ type: String
    ) -> UInt64 {
        key(mixed(event.utf8, mixed(source.utf8, basis)), property, type)
    }

    /// The key of a property of an event, from what source and name of the event make.
    private static func key(
        _ start: UInt64, _ property: (some Sequence<UInt8>)?, _ type: String
    ) -> UInt64 {
        let state = property.map { mixed($0, start) } ?? mixed(EmptyCollection(), start)
        return mixed(type.utf8, state)
    }

    /// FNV-1a of 64 bits: G. Fowler, L. C. Noll, K.-P. Vo.
    private static func mixed(_ bytes: some Sequence<UInt8>, _ state: UInt64) -> UInt64 {
        var state = state
        for byte in bytes { state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        return (state ^ 0xFF) &* 0x0000_0100_0000_01B3
    }

    private static let basis: UInt64 = 0xCBF2_9CE4_8422_2325

    /// What a value is, in the words of the definitions; a text that reads like a time is one.
    static func type(
        _ member: JSONMembers.Member, _ bytes: UnsafeBufferPointer<UInt8>
    ) -> String {
        let value = bytes[member.value]
        switch member.kind {
        case .true, .false: return "boolean"
        case .null: return "null"
        case .object: return "object"
        case .list: return "list"
        case .number:
            let isWhole = value.allSatisfy { $0 == UInt8(ascii: "-") || (0x30...0x39).contains($0) }
            return isWhole ? "integer" : "number"
        case .text:
            return textType(value.dropFirst().dropLast())
        }
    }

    /// What a text is: a day, a time or neither.
    private static func textType(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> String {
        guard text.count >= 10 else { return "text" }
        for (place, byte) in text.prefix(10).enumerated() {
            let isMark = place == 4 || place == 7
            guard isMark ? byte == UInt8(ascii: "-") : (0x30...0x39).contains(byte) else {
                return "text"
            }
        }
        if text.count == 10 { return "date" }
        return text[text.startIndex + 10] == UInt8(ascii: "T") ? "instant" : "text"
    }

    /// Writes what was counted; part of the transaction that stores the events.
    func write(_ connection: DuckDBConnection) throws(Failure) {
        let rows = try DuckDBAppender(connection, TableName(schema: "events", name: "seen"))
        for entry in entries {
            rows.text(entry.source)
            rows.text(entry.event)
            rows.text(entry.property)
            rows.text(entry.type)
            rows.bigInteger(entry.count)
            rows.instant(entry.first)
            rows.instant(entry.last)
            rows.text(entry.example)
            try rows.endRow()
        }
        try rows.finish()
    }

    mutating func noteWritten() {
        appended += entries.count
        entries.removeAll(keepingCapacity: true)
        places.removeAll(keepingCapacity: true)
    }

    /// Adds up the rows that were appended.
    mutating func addUp(_ connection: DuckDBConnection) throws(Failure) {
        try connection.transaction { () throws(Failure) in
            try connection.execute(
                "create or replace table events.filling as select * from events.seen_names")
            try connection.execute("delete from events.seen")
            try connection.execute("insert into events.seen select * from events.filling")
            try connection.execute("drop table events.filling")
        }
        appended = 0
    }
}
