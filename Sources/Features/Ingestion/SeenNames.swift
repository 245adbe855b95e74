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
    private var places = MarkPlaces()
    private var known: Set<UInt64> = []
    private let hash = SeededHash()
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
            let texts = (0..<4).map { frame.columns[$0].text(row) }
            guard let type = SeenType.allCases.first(where: { $0.word == texts[3] }) else {
                continue
            }
            known.insert(key(texts[0] ?? "", texts[1] ?? "", texts[2], type))
        }
    }

    /// Counts an event with the members of its properties, which `walk` has found.
    mutating func count(
        _ event: RecordedEvent, of bytes: UnsafeRawBufferPointer, source: SeenSource,
        members: [JSONMembers.Member], of walk: JSONMembers
    ) {
        let name = event.bytes(.name, of: bytes) ?? Self.noBytes
        let start = hash.value(of: name, number: Int(truncatingIfNeeded: source.mark))
        note(hash.value(of: Self.noBytes, number: key(start, .event)), at: event.time) {
            Found(source: source.name, event: Self.text(name), property: nil, type: .event)
        }
        for member in members {
            let type = walk.seenType(of: member)
            note(
                hash.value(of: walk.keyBytes(member), number: key(start, type)), at: event.time
            ) {
                Found(
                    source: source.name, event: Self.text(name),
                    property: Self.text(walk.keyBytes(member)), type: type,
                    example: String(walk.text(member).prefix(Self.exampleMax)))
            }
        }
    }

    /// What makes the keys of a source's names.
    func source(named name: String) -> SeenSource {
        var text = name
        return SeenSource(
            name: name, mark: text.withUTF8 { hash.value(of: UnsafeRawBufferPointer($0)) })
    }

    /// A name that is not counted yet in this transaction.
    private struct Found {
        let source: String
        let event: String
        let property: String?
        let type: SeenType
        var example: String?
    }

    private mutating func note(_ key: UInt64, at time: Instant, _ found: () -> Found) {
        if let place = places[key] { return entries[place].note(time) }
        add(found(), key, at: time)
    }

    private mutating func add(_ found: Found, _ key: UInt64, at time: Instant) {
        var (found, key) = (found, key)
        if !known.contains(key), known.count >= Self.knownMax {
            found = Found(
                source: found.source, event: Self.other,
                property: found.property.map { _ in Self.other }, type: found.type,
                example: found.example)
            key = self.key(found.source, found.event, found.property, found.type)
            if let place = places[key] { return entries[place].note(time) }
        }
        known.insert(key)
        places.insert(key, at: entries.count)
        entries.append(
            Entry(
                source: found.source, event: found.event, property: found.property,
                type: found.type.word, example: found.example, count: 1, first: time, last: time))
    }

    private func key(
        _ source: String, _ event: String, _ property: String?, _ type: SeenType
    ) -> UInt64 {
        var (event, property) = (event, property ?? "")
        let mark = Int(truncatingIfNeeded: self.source(named: source).mark)
        let start = event.withUTF8 { hash.value(of: UnsafeRawBufferPointer($0), number: mark) }
        return property.withUTF8 {
            hash.value(of: UnsafeRawBufferPointer($0), number: key(start, type))
        }
    }

    /// What the name of a property of a type is hashed with, from what source and event make.
    private func key(_ start: UInt64, _ type: SeenType) -> Int {
        Int(truncatingIfNeeded: start &+ UInt64(type.rawValue) &* 0x9E37_79B9_7F4A_7C15)
    }

    private static func text(_ bytes: UnsafeRawBufferPointer) -> String {
        String(decoding: bytes, as: UTF8.self)
    }

    private static var noBytes: UnsafeRawBufferPointer { .init(start: nil, count: 0) }

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
        places.removeAll()
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
