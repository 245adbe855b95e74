import Engines
import Events
import Vocabulary

/// Brings records of the inbox into the tables, a transaction at a time.
///
/// What it keeps in memory (who is who, what was seen) is made from the tables and changes with
/// them. When a transaction fails the memory may be ahead of the tables; it is then made anew.
final class EventApplication {
    /// What a transaction brought.
    struct Outcome: Sendable {
        /// Rows by source.
        var rows: [String: Int] = [:]
        var messages = MessageSieve.Counts()
        var refused = 0
        var merges = 0
        var restated = 0
        var guarded = 0
        /// How many messages are remembered, and in how many bytes.
        var remembered = 0
        var rememberedBytes = 0
        /// The offset up to which everything is applied now.
        var offset: Int64 = 0
        /// How many events of the record at that offset are applied as well, where a transaction
        /// ended within it.
        var partOfNext = 0

        /// How many rows there are of all sources.
        var rowCount: Int { rows.values.reduce(0, +) }

        /// Adds what a later transaction brought.
        mutating func add(_ later: Outcome) {
            rows.merge(later.rows, uniquingKeysWith: +)
            messages.duplicates += later.messages.duplicates
            messages.conflicts += later.messages.conflicts
            refused += later.refused
            merges += later.merges
            restated += later.restated
            guarded += later.guarded
            (remembered, rememberedBytes) = (later.remembered, later.rememberedBytes)
            offset = later.offset
            partOfNext = later.partOfNext
        }
    }

    private let settings: EventIngestion.Settings
    /// The sources by number, those with a definition before others that have rows.
    private var sources: [EventSource]
    /// How many columns of properties stand before that of groups in the table of each.
    private var groupsAfter: [Int] = []
    private var numbers: [String: Int] = [:]
    /// Sources that have rows and no definition any more.
    private let undefined: [String]
    private(set) var identities: Identities
    private(set) var seen = SeenMessages()
    private var names: SeenNames
    private var erased: Set<String> = []
    private var quarantined: Int64

    /// Makes the tables and reads what is known.
    init(
        _ connection: DuckDBConnection, sources defined: [EventSource],
        settings: EventIngestion.Settings, now: Instant
    ) throws(Failure) {
        self.settings = settings
        let tables = EventTables(connection: connection)
        sources = []
        for source in defined {
            let (ordered, groupsAfter) = try Self.prepared(source, tables)
            sources.append(ordered)
            self.groupsAfter.append(groupsAfter)
        }
        undefined = try tables.stored().filter { name in !defined.contains { $0.name == name } }
        let start = now.adding(seconds: -settings.windowSeconds)
        names = try SeenNames(connection)
        quarantined = try QuarantineTable(connection: connection).lastNumber()
        identities = try Identities(connection)
        for (number, source) in sources.enumerated() { numbers[source.name] = number }
        for (number, source) in sources.enumerated() {
            try seen.read(
                EventTables.table(of: source.name), source: number, since: start,
                on: connection)
        }
        let messages = try connection.run(Statement("select source, message_id from events.erased"))
        for row in 0..<messages.count {
            erased.insert(
                MessageSieve.erasedName(
                    messages.columns[0].text(row) ?? "", messages.columns[1].text(row) ?? ""))
        }
    }

    /// Makes the table of a source; its properties come back in the order of the table's columns.
    private static func prepared(
        _ source: EventSource, _ tables: EventTables
    ) throws(Failure) -> (EventSource, groupsAfter: Int) {
        try tables.connection.transaction { () throws(Failure) in try tables.prepare(source) }
        let layout = try tables.layout(of: source.name)
        let ordered = layout.properties.compactMap { column in
            source.properties.first { $0.name == column.name }
        }
        let own = EventSource(
            name: source.name, properties: ordered, dropsBots: source.dropsBots,
            privacy: source.privacy)
        return (own, layout.groupsAfter)
    }

    /// The number of a source; one without a definition any more gets a table all the same, so that
    /// what was acknowledged is stored.
    private func number(
        of name: String, on connection: DuckDBConnection, now: Instant
    ) throws(Failure) -> Int {
        if let number = numbers[name] { return number }
        let tables = EventTables(connection: connection)
        let source = EventSource(name: name)
        try tables.makeTable(of: source)
        let layout = try tables.layout(of: name)
        let kept = layout.properties.map {
            EventSource.Property(name: $0.name, type: ValueType(stored: $0.type))
        }
        sources.append(EventSource(name: name, properties: kept))
        groupsAfter.append(layout.groupsAfter)
        numbers[name] = sources.count - 1
        try seen.read(
            EventTables.table(of: name), source: sources.count - 1,
            since: now.adding(seconds: -settings.windowSeconds), on: connection)
        return sources.count - 1
    }

    /// Applies records in one transaction with the offset after them; `more` gives what else
    /// belongs into it, told how many rows it has by now.
    ///
    /// With `rowsMax` rows a transaction is full and ends, if need be within a record. The offset is
    /// then the one before that record: a program that starts anew reads it again, and knows which
    /// of its messages it has.
    func apply(
        _ window: EventWindow, rowsMax: Int = .max, now: Instant, on connection: DuckDBConnection,
        more: (Int) throws(Failure) -> EventWindow? = { _ in nil }
    ) throws(Failure) -> Outcome {
        var outcome = Outcome()
        let guardedBefore = identities.guarded
        try connection.execute("begin transaction")
        do throws(Failure) {
            var next: EventWindow? = window
            while let window = next {
                let rowsMax = rowsMax - outcome.rowCount
                try apply(window, rowsMax, into: &outcome, now: now, on: connection)
                next = outcome.offset == window.end ? try more(outcome.rowCount) : nil
            }
            if outcome.rowCount > 0 { try writeWhatIsKnown(on: connection, &outcome) }
            outcome.guarded = identities.guarded - guardedBefore
            try connection.execute(
                "update events.progress set inbox_offset = $1, next_actor = $2",
                [.integer(outcome.offset), .integer(Int64(identities.count))])
            try connection.execute("commit")
        } catch {
            connection.rollBack()
            throw error
        }
        seen.forget(before: now.adding(seconds: -settings.windowSeconds))
        outcome.remembered = seen.count
        outcome.rememberedBytes = seen.bytes
        return outcome
    }

    /// What is stored here is seen by later windows of the same transaction, in memory and in the
    /// tables.
    private func apply(
        _ window: EventWindow, _ rowsMax: Int, into outcome: inout Outcome, now: Instant,
        on connection: DuckDBConnection
    ) throws(Failure) {
        // The bytes are read by their address, which is no use of the window that the compiler sees.
        defer { withExtendedLifetime(window) {} }
        let incoming = try window.incoming { (source) throws(Failure) in
            try number(of: source, on: connection, now: now)
        }
        let sieve = MessageSieve(
            connection: connection, sources: sources.map(\.name),
            windowSeconds: settings.windowSeconds, erased: erased)
        var counts = outcome.messages
        var fresh = try sieve.fresh(incoming[...], of: window, seen: seen, counts: &counts)
        var end = window.place(after: incoming.count)
        if fresh.count > rowsMax {
            let first = fresh[rowsMax].place
            counts = outcome.messages
            fresh = try sieve.fresh(incoming[..<first], of: window, seen: seen, counts: &counts)
            end = window.place(after: first)
        }
        outcome.messages = counts
        try store(fresh.lazy.map { incoming[$0.place] }, of: window, on: connection, &outcome)
        let events = window.events
        for one in fresh {
            seen.insert(
                one.fingerprint, received: events[incoming[one.place].event].received)
        }
        let refused = window.refused(before: end)
        if !refused.isEmpty {
            try QuarantineTable(connection: connection).append(refused, after: quarantined)
        }
        let count = refused.reduce(0) { $0 + $1.items.count }
        outcome.refused += count
        quarantined += Int64(count)
        (outcome.offset, outcome.partOfNext) = (end.offset, end.events)
    }

    private func store(
        _ fresh: some Collection<Incoming>, of window: EventWindow,
        on connection: DuckDBConnection, _ outcome: inout Outcome
    ) throws(Failure) {
        guard !fresh.isEmpty else { return }
        let (events, groups, bytes) = (window.events, window.groups, window.bytes)
        var writers = [Writer?](repeating: nil, count: sources.count)
        var members: [JSONMembers.Member] = []
        for one in fresh {
            let writer: Writer
            if let known = writers[one.source] {
                writer = known
            } else {
                writer = try Writer(
                    rows: EventRows(
                        connection, source: sources[one.source].name,
                        properties: sources[one.source].properties,
                        groupsAfter: groupsAfter[one.source]),
                    seen: names.source(named: sources[one.source].name))
                writers[one.source] = writer
            }
            let event = events[one.event]
            // The names are counted and the columns filled by one walk over the properties.
            var walk = JSONMembers(event.bytes(.properties, of: bytes))
            members.removeAll(keepingCapacity: true)
            while let member = walk.next() { members.append(member) }
            let actor = identities.resolve(event, of: bytes)
            try writer.rows.append(
                event, of: bytes, actor: actor, members: members, of: walk, groups: groups)
            names.count(event, of: bytes, source: writer.seen, members: members, of: walk)
            writer.count += 1
        }
        for writer in writers {
            guard let writer else { continue }
            try writer.rows.finish()
            outcome.rows[writer.seen.name, default: 0] += writer.count
        }
    }

    /// What fills the table of a source.
    private final class Writer {
        let rows: EventRows
        let seen: SeenSource
        var count = 0

        init(rows: EventRows, seen: SeenSource) {
            self.rows = rows
            self.seen = seen
        }
    }

    /// Writes who is who and which names came, once for all windows of a transaction.
    private func writeWhatIsKnown(
        on connection: DuckDBConnection, _ outcome: inout Outcome
    ) throws(Failure) {
        try identities.countStored(
            in: Set(sources.map(\.name) + undefined), connection)
        outcome.merges = identities.newMerges.count
        outcome.restated = identities.newMerges.reduce(0) { $0 + $1.restated }
        try identities.write(connection)
        identities.noteWritten()
        try names.write(connection)
        names.noteWritten()
    }

    /// Tidies the tables.
    func tidy(_ connection: DuckDBConnection, now: Instant) throws(Failure) {
        if names.appended > 50_000 { try names.addUp(connection) }
        try QuarantineTable(connection: connection).prune(to: settings.quarantineRowsMax)
        try connection.execute(
            "delete from events.erased where received < $1",
            [.instant(now.adding(seconds: -settings.windowSeconds))])
    }
}

extension ValueType {
    /// The type of a property by the stored type of its column.
    init(stored name: String) {
        switch name {
        case "BOOLEAN": self = .boolean
        case "BIGINT": self = .integer
        case "DOUBLE": self = .number
        case "DATE": self = .day
        case "TIMESTAMP": self = .instant
        default: self = .text
        }
    }
}
