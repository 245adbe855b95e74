import Engines
import Vocabulary

/// The tables of events in the database, and the views by which questions read them.
///
/// A property that is declared gets a column, which is filled from the JSON text once; a column of a
/// property that is declared no more is removed, since the JSON text has its values.
struct EventTables {
    let connection: DuckDBConnection

    /// The column of a source's view that numbers its rows in the order in which they came, as tables
    /// number theirs: what makes rows of rows, or shows some, orders them by it. It is not told.
    static let rowNumber = "rowid"

    /// The columns that every table of events has, in their order, with DuckDB's types.
    static let columns: [TableColumn] = [
        ("time", "TIMESTAMP"), ("event", "VARCHAR"), ("kind", "VARCHAR"), ("actor", "INTEGER"),
        ("user_id", "VARCHAR"), ("anonymous_id", "VARCHAR"), ("session_id", "VARCHAR"),
        ("group_type", "VARCHAR"), ("group_id", "VARCHAR"), ("url", "VARCHAR"),
        ("path", "VARCHAR"), ("title", "VARCHAR"), ("referrer", "VARCHAR"),
        ("referrer_host", "VARCHAR"), ("campaign_source", "VARCHAR"),
        ("campaign_medium", "VARCHAR"), ("campaign_name", "VARCHAR"),
        ("campaign_term", "VARCHAR"), ("campaign_content", "VARCHAR"), ("click_id", "VARCHAR"),
        ("device", "VARCHAR"), ("browser", "VARCHAR"), ("system", "VARCHAR"),
        ("country", "VARCHAR"), ("language", "VARCHAR"), ("is_bot", "BOOLEAN"),
        ("library", "VARCHAR"), ("format", "VARCHAR"), ("received", "TIMESTAMP"),
        ("client_time", "TIMESTAMP"), ("message_id", "VARCHAR"), ("properties", "VARCHAR"),
        ("traits", "VARCHAR"), ("groups", "VARCHAR"),
    ].map { TableColumn(name: $0.0, type: $0.1) }

    /// A table that an earlier program made lacks this one at first, and has it among the columns of
    /// properties later.
    static let groups = "groups"

    /// What stands in a table behind the columns that all have in the same places.
    struct Layout {
        /// The columns of properties.
        let properties: [TableColumn]
        /// How many of them stand before the column ``groups``.
        let groupsAfter: Int
    }

    func layout(of source: String) throws(Failure) -> Layout {
        let behind = try connection.schema(of: Self.table(of: source))
            .dropFirst(Self.columns.count - 1)
        let groupsAfter = behind.prefix { $0.name != Self.groups }.count
        return Layout(
            properties: behind.filter { $0.name != Self.groups }, groupsAfter: groupsAfter)
    }

    /// Grows when a released form of the tables changes; every program migrates older ones.
    private static let version: Int64 = 1

    static func table(of source: String) -> TableName { TableName(schema: "events", name: source) }

    private static let reserved: Set<String> = [
        "actors", "erased", "filling", "merges", "progress", "quarantine", "seen", "seen_names",
    ]

    /// Makes what is missing for all sources together.
    func prepareCommon() throws(Failure) {
        for statement in Self.common { try connection.execute(statement) }
        let frame = try connection.run(Statement("select version from events.progress"))
        guard let version = frame.count > 0 ? frame.columns[0].integer(0) : nil else {
            try connection.execute(
                "insert into events.progress values (0, 0, $1)", [.integer(Self.version)])
            return
        }
        guard version <= Self.version else {
            throw Failure(
                .ingestNewer, "The events were stored by a newer Yardstick.",
                hint: "Upgrade this program, or restore a backup made with it.")
        }
    }

    private static let common = [
        "create schema if not exists events",
        "create schema if not exists source",
        """
        create table if not exists events.progress (
            inbox_offset bigint, next_actor integer, version bigint)
        """,
        """
        create table if not exists events.actors (
            actor integer, id varchar, is_user boolean, first_seen timestamp)
        """,
        """
        create table if not exists events.merges (
            actor integer, person integer, merged_at timestamp, message_id varchar,
            restated bigint)
        """,
        """
        create table if not exists events.quarantine (
            id bigint, received timestamp, source varchar, format varchar, key bigint,
            code varchar, message varchar, message_id varchar, raw varchar)
        """,
        """
        create table if not exists events.erased (
            source varchar, message_id varchar, received timestamp)
        """,
        """
        create table if not exists events.seen (
            source varchar, event varchar, property varchar, type varchar, count bigint,
            first timestamp, last timestamp, example varchar)
        """,
        """
        create or replace view events.seen_names as
        select source, event, property, type, sum(count)::bigint as count, min(first) as first,
            max(last) as last, any_value(example) as example
        from events.seen group by all
        """,
    ]

    /// The names of the sources that have a table.
    func stored() throws(Failure) -> [String] {
        let frame = try connection.run(
            Statement(
                "select table_name from duckdb_tables() where schema_name = 'events' order by 1"))
        return (0..<frame.count).compactMap { frame.columns[0].text($0) }
            .filter { !Self.reserved.contains($0) }
    }

    /// Makes or changes the table and the view of a source.
    func prepare(_ source: EventSource) throws(Failure) {
        try makeTable(of: source)
        let table = Self.table(of: source.name)
        for column in try layout(of: source.name).properties {
            let isWanted = source.properties.contains {
                $0.name == column.name && PropertyValue.storedType($0.type) == column.type
            }
            if !isWanted {
                try connection.execute(
                    "alter table \(table.sql) drop column \(quotedName(column.name))")
            }
        }
        let kept = Set(try connection.schema(of: table).map(\.name))
        for property in source.properties where !kept.contains(property.name) {
            try add(property, to: table)
        }
        try prepareView(source)
    }

    /// Makes the table of a source where it is missing.
    func makeTable(of source: EventSource) throws(Failure) {
        guard !Self.reserved.contains(source.name) else {
            throw Failure(
                .ingestSourceName, "A source of events cannot be named '\(source.name)'.",
                hint: "Choose another name; a table of Yardstick's own has it.")
        }
        let definitions = Self.columns.map { "\(quotedName($0.name)) \($0.type)" }
        try connection.execute(
            """
            create table if not exists \(Self.table(of: source.name).sql) (
                \(definitions.joined(separator: ", ")))
            """)
        try connection.execute(
            """
            alter table \(Self.table(of: source.name).sql)
            add column if not exists \(quotedName(Self.groups)) VARCHAR
            """)
    }

    private func add(_ property: EventSource.Property, to table: TableName) throws(Failure) {
        let type = PropertyValue.storedType(property.type)
        let column = quotedName(property.name)
        try connection.execute("alter table \(table.sql) add column \(column) \(type)")
        let filling = TableName(schema: "events", name: "filling")
        try connection.execute("create or replace table \(filling.sql) (row bigint, value \(type))")
        let last = try connection.run(Statement("select max(rowid) from \(table.sql)"))
        let rows = (last.columns[0].integer(0) ?? -1) + 1
        var origins = [Origin(column: "properties", member: property.name)]
        if let group = property.group {
            origins.append(Origin(column: Self.groups, member: group))
        }
        for origin in origins {
            let appender = try DuckDBAppender(connection, filling)
            for begin in stride(from: 0, to: rows, by: Self.rowsAtATime) {
                try fill(
                    appender, with: origin, as: property.type,
                    rows: begin..<begin + Self.rowsAtATime, of: table)
            }
            try appender.finish()
        }
        try connection.execute(
            """
            update \(table.sql) set \(column) = f.value from \(filling.sql) f
            where f.row = \(table.sql).rowid
            """)
        try connection.execute("drop table \(filling.sql)")
    }

    private static let rowsAtATime = 500_000

    /// Where the values of a column are found: a column of JSON objects, and the name of a member.
    private struct Origin {
        let column: String
        let member: String
    }

    private func fill(
        _ appender: DuckDBAppender, with origin: Origin, as type: ValueType, rows: Range<Int>,
        of table: TableName
    ) throws(Failure) {
        var failure: Failure?
        try connection.scanTexts(
            Statement(
                """
                select \(origin.column), rowid from \(table.sql)
                where rowid >= $1 and rowid < $2 and \(origin.column) <> '{}'
                    and rowid not in (select row from events.filling)
                """, [.integer(Int64(rows.lowerBound)), .integer(Int64(rows.upperBound))])
        ) { bytes, row in
            var members = JSONMembers(bytes)
            guard failure == nil, let found = members.next(named: origin.member) else { return }
            appender.bigInteger(row)
            PropertyValue.append(found, of: members, isLasting: false, as: type, to: appender)
            do throws(Failure) { try appender.endRow() } catch { failure = error }
        }
        if let failure { throw failure }
    }

    /// The view has one row an event, with the person who by all that is known now did it.
    private func prepareView(_ source: EventSource) throws(Failure) {
        let view = TableName(schema: "source", name: source.name)
        let taken = try connection.run(
            Statement(
                """
                select 1 from duckdb_tables() where schema_name = 'source' and table_name = $1
                """, [.text(source.name)]))
        guard taken.count == 0 else {
            throw Failure(
                .ingestSourceName, "The source '\(source.name)' holds imported rows already.",
                hint: "Give the source of events another name, or remove the imported rows.")
        }
        let names = Self.columns.map(\.name) + source.properties.map(\.name)
        let columns = names.map { "e." + quotedName($0) }.joined(separator: ", ")
        try connection.execute(
            """
            create or replace view \(view.sql) as
            select coalesce(m.person, e.actor) as person, \(columns), e.rowid as \(Self.rowNumber)
            from \(Self.table(of: source.name).sql) e
            left join events.merges m on m.actor = e.actor
            \(source.dropsBots ? "where not e.is_bot" : "")
            """)
    }
}
