import Definitions
import Engines
import Vocabulary

/// Reads what is known of a source's data from the engine's own statistics.
struct SourceFactsReader {
    let connection: DuckDBConnection
    let source: SourceDefinition
    let calendar: WorkCalendar
    let table: TableName

    init(_ connection: DuckDBConnection, source: SourceDefinition, calendar: WorkCalendar) {
        self.connection = connection
        self.source = source
        self.calendar = calendar
        table = SourceImporter.table(of: source.name)
    }

    func facts() throws(Failure) -> SourceFacts {
        let hidden = source.intake == nil ? "_file" : EventTables.rowNumber
        let stored = try connection.schema(of: table).filter { $0.name != hidden }
        guard !stored.isEmpty else { return .empty }
        let statistics = try statistics(of: stored.map(\.name))
        let columns = zip(stored, statistics).map { column, statistics in
            SourceFacts.Column(
                name: column.name, type: ValueType(duckDB: column.type),
                isNullable: !statistics.contains("'has_null': false"),
                distinct: SourceFactsReader.distinct(statistics))
        }
        let rows =
            try connection.run(Statement("select count(*) from \(rows)"))
            .columns[0].integer(0) ?? 0
        let scope = ExpressionScope(
            source: source,
            facts: SourceFacts(columns: columns, rows: rows, version: 0, first: nil, watermark: nil)
        )
        let (first, watermark) = try span(scope)
        return SourceFacts(
            columns: columns, rows: rows,
            version: try version(), first: first, watermark: watermark)
    }

    /// Where rows and times are counted. The view of a source of events joins each with who acted;
    /// without that the database answers from its statistics, however many there are.
    private var rows: String {
        guard let intake = source.intake else { return table.sql }
        let events = EventTables.table(of: source.name).sql
        return intake.actors == .people ? "\(events) where not is_bot" : events
    }

    /// Grows with every change of the rows: imports and erasures, and how far events are applied.
    private func version() throws(Failure) -> Int {
        let changes = try ImportLedger(connection).version(of: source.name)
        guard source.intake != nil else { return changes }
        let frame = try connection.run(Statement("select inbox_offset from events.progress"))
        return changes + (frame.count > 0 ? frame.columns[0].integer(0) ?? 0 : 0)
    }

    private func statistics(of names: [String]) throws(Failure) -> [String] {
        let calls = names.map { "cast(stats(\(quotedName($0))) as varchar)" }
        let frame = try connection.run(
            Statement("select \(calls.joined(separator: ", ")) from \(table.sql) limit 1"))
        guard frame.count > 0 else { return names.map { _ in "" } }
        return frame.columns.map { $0.text(0) ?? "" }
    }

    private static func distinct(_ statistics: String) -> Int? {
        guard let mark = statistics.firstRange(of: "'approx_unique': ") else { return nil }
        return Int(statistics[mark.upperBound...].prefix { $0.isNumber })
    }

    /// The first time and the watermark; a source of days is known to the end of its last day.
    private func span(_ scope: ExpressionScope) throws(Failure) -> (Instant?, Instant?) {
        guard let time = source.time, let column = scope.column(named: time.column) else {
            return (nil, nil)
        }
        let name = quotedName(column.name)
        let frame = try connection.run(
            Statement("select min(\(name)), max(\(name)) from \(rows)"))
        switch column.type {
        case .instant: return (frame.columns[0].instant(0), frame.columns[1].instant(0))
        case .day:
            let last = frame.columns[1].day(0).map { calendar.zone.start(of: $0.adding(days: 1)) }
            return (frame.columns[0].day(0).map(calendar.zone.start(of:)), last)
        default: return (nil, nil)
        }
    }
}

extension ValueType {
    /// The type of a column by DuckDB's name of it.
    init(duckDB name: String) {
        switch name {
        case "BOOLEAN": self = .boolean
        case "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT",
            "UINTEGER", "UBIGINT":
            self = .integer
        case "FLOAT", "DOUBLE": self = .number
        case "DATE": self = .day
        case "VARCHAR": self = .text
        case _ where name.hasPrefix("DECIMAL"): self = .decimal
        case _ where name.hasPrefix("TIMESTAMP"): self = .instant
        default: self = .unknown
        }
    }
}
