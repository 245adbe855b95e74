import Engines
import Vocabulary

/// What is known of one person, as the law lets the person ask for it.
public struct PersonExport: Hashable, Sendable {
    /// The ids by which the person is known; empty where nobody has the id.
    public let ids: [String]
    /// The events by source, each a JSON object with the columns of its table, in order of time.
    public let events: [String: [String]]
    /// What was refused and mentions one of the ids, each a JSON object.
    public let refused: [String]
}

/// What was removed of one person.
public struct PersonErasure: Hashable, Sendable {
    /// How many ids are forgotten; 0 where nobody has the id.
    public let ids: Int
    /// How many events were removed, by source.
    public let events: [String: Int]
    /// How many refused events were removed.
    public let refused: Int
    /// How many files with bytes that could not be read were removed, since nobody can tell whom
    /// they are about.
    public let damagedFiles: Int
}

extension EventIngestion {
    /// Everything that is known of the person who has an id.
    ///
    /// - Parameter id: Any of the person's ids, known or anonymous.
    /// - Returns: The ids and the rows.
    /// - Throws: `engine/…`, `ingest/…`.
    public func export(person id: String) async throws(Failure) -> PersonExport {
        try await applied(to: inbox.end)
        return try await applier.exclusively { connection throws(Failure) in
            try PersonRecords(connection, id: id).export()
        }
    }

    /// Removes everything that is known of the person who has an id, the inbox included.
    ///
    /// What the inbox holds is applied first, so that nothing comes back from it; messages of the
    /// person that a client sends again within the window are not stored. The database uses the
    /// freed space again, and overwrites it only then.
    ///
    /// - Parameter id: Any of the person's ids, known or anonymous.
    /// - Returns: What was removed.
    /// - Throws: `engine/…`, `ingest/…`; call again, since a part may have been removed.
    public func forget(person id: String) async throws(Failure) -> PersonErasure {
        let begin = try await inbox.roll()
        try await applied(to: begin)
        let erasure = try await applier.changing { connection throws(Failure) in
            try connection.transaction { () throws(Failure) in
                try PersonRecords(connection, id: id).erase()
            }
        }
        try await applier.dropApplied()
        return PersonErasure(
            ids: erasure.ids, events: erasure.events, refused: erasure.refused,
            damagedFiles: try inbox.dropDamaged())
    }
}

/// The rows of one person in all tables of events.
struct PersonRecords {
    private let connection: DuckDBConnection
    private let actors: [Int]
    private let ids: [String]
    private let sources: [String]

    init(_ connection: DuckDBConnection, id: String) throws(Failure) {
        self.connection = connection
        sources = try EventTables(connection: connection).stored()
        let frame = try connection.run(
            Statement(
                """
                with named as (
                    select coalesce(m.person, a.actor) as person from events.actors a
                    left join events.merges m on m.actor = a.actor where a.id = $1)
                select a.actor, a.id from events.actors a
                left join events.merges m on m.actor = a.actor
                where coalesce(m.person, a.actor) in (select person from named) order by a.actor
                """, [.text(id)]))
        let rows = 0..<frame.count
        actors = rows.compactMap { frame.columns[0].integer($0) }
        ids = rows.compactMap { frame.columns[1].text($0) }
    }

    private var list: String { "(" + actors.map(String.init).joined(separator: ", ") + ")" }

    /// Refused events are raw text, so one is taken for the person's where it mentions an id as a
    /// JSON text of its own.
    private func mentions(_ column: String) -> Statement {
        let terms = ids.indices.map { "contains(\(column), $\($0 + 1))" }
        return Statement(terms.joined(separator: " or "), ids.map { .text("\"\($0)\"") })
    }

    func export() throws(Failure) -> PersonExport {
        guard !actors.isEmpty else { return PersonExport(ids: [], events: [:], refused: []) }
        var events: [String: [String]] = [:]
        for source in sources {
            let frame = try connection.run(
                Statement(
                    """
                    select to_json(e)::varchar from (
                        select * replace (
                            try_cast(properties as json) as properties,
                            try_cast(traits as json) as traits)
                        from \(EventTables.table(of: source).sql)) e
                    where actor in \(list) order by time
                    """))
            let rows = (0..<frame.count).compactMap { frame.columns[0].text($0) }
            if !rows.isEmpty { events[source] = rows }
        }
        let condition = mentions("raw")
        let refused = try connection.run(
            Statement(
                """
                select to_json(q)::varchar from events.quarantine q where \(condition.sql)
                order by id
                """, condition.values))
        return PersonExport(
            ids: ids, events: events,
            refused: (0..<refused.count).compactMap { refused.columns[0].text($0) })
    }

    /// Removes the rows; the examples of properties go too, for they may be the person's words.
    func erase() throws(Failure) -> PersonErasure {
        guard !actors.isEmpty else {
            return PersonErasure(ids: 0, events: [:], refused: 0, damagedFiles: 0)
        }
        var events: [String: Int] = [:]
        for source in sources {
            let table = EventTables.table(of: source).sql
            try connection.execute(
                """
                insert into events.erased select \(quotedText(source)), message_id, received
                from \(table) where actor in \(list)
                """)
            let count = try connection.execute("delete from \(table) where actor in \(list)")
            if count > 0 { events[source] = count }
        }
        try connection.execute("update events.seen set example = null")
        try connection.execute("delete from events.merges where actor in \(list)")
        try connection.execute("delete from events.actors where actor in \(list)")
        let condition = mentions("raw")
        let refused = try connection.execute(
            "delete from events.quarantine where \(condition.sql)", condition.values)
        return PersonErasure(ids: ids.count, events: events, refused: refused, damagedFiles: 0)
    }
}
