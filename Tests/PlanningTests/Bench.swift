import Definitions
import Engines
import Planning
import Testing
import Vocabulary

/// A small database in memory with one source of events, its metrics, and a way to ask.
struct Bench {
    let engine: DuckDBEngine
    let catalog: Catalog
    let facts: [String: SourceFacts]
    let calendar: WorkCalendar

    /// Four hundred days of events around two New Years, some without a country or a person.
    static let rows = """
        create table source.events as
        select
          i as id,
          timestamp '2024-11-20 00:00:00' + to_seconds(hash(i * 3) % 34560000) as moment,
          case when hash(i * 5) % 29 = 0 then null else 'p' || (hash(i * 7) % 400) end as person,
          case hash(i * 11) % 8 when 0 then null when 1 then 'FR' when 2 then 'US'
            when 3 then 'IN' else 'DE' end as country,
          case when hash(i * 13) % 17 = 0 then null
            else (hash(i * 17) % 10000)::double / 100 end as amount,
          hash(i * 19) % 3 = 0 as paid,
          (hash(i * 23) % 5)::integer as items
        from range(6000) t(i)
        """

    static let snapshots = """
        create table source.balances as
        select (date '2024-12-01' + (d * 3)::integer) as day, 'a' || a as account,
          case when a % 3 = 0 then 'pro' else 'free' end as plan,
          (hash(d * 31 + a) % 1000)::double as balance
        from range(100) t(d), range(12) s(a)
        where hash(d * 7 + a) % 4 <> 0
        """

    static let definitions = """
        source: events
        is: One row per event.
        time: moment
        entities: { person: person }
        dimensions: { country: country, paid: paid, items: items }
        ---
        source: balances
        is: Balances every third day.
        time: day
        entities: { account: account }
        dimensions: { plan: plan }
        """

    init(
        metrics: String, setUp: [String] = [Bench.rows, Bench.snapshots],
        definitions: String = Bench.definitions, zone: String = "UTC",
        firstWeekday: Weekday = .monday, fiscal: FiscalRule = .calendar
    ) async throws {
        // Tests share the machine; what takes long here is waiting, not the statement.
        engine = try DuckDBEngine(.memory, limits: EngineLimits(seconds: 600))
        try await engine.execute(Statement("create schema source"))
        for statement in setUp { try await engine.execute(Statement(statement)) }
        let settings = "workspace: Bench\nzone: \(zone)\n"
        let loaded = CatalogLoader.load([
            DefinitionFile(path: "yardstick.yaml", text: settings),
            DefinitionFile(path: "definitions/bench.yaml", text: definitions + "\n---\n" + metrics),
        ])
        let errors = loaded.findings.filter { $0.severity == .error }
        try #require(errors.isEmpty, "\(errors.map(\.failure.description))")
        catalog = loaded.catalog
        calendar = WorkCalendar(
            zone: try #require(Zone(name: zone)), firstWeekday: firstWeekday, fiscal: fiscal)
        facts = try await Bench.facts(engine, catalog: loaded.catalog, calendar: calendar)
    }

    /// Makes the derived sources; those whose sources have no table are left out.
    private static func facts(
        _ engine: DuckDBEngine, catalog: Catalog, calendar: WorkCalendar
    ) async throws -> [String: SourceFacts] {
        var facts = try await facts(
            engine, sources: catalog.sources.values.filter { $0.recipe == nil }, zone: calendar.zone
        )
        for source in catalog.derivedSources {
            let writer = RecipeWriter(catalog: catalog, facts: facts, calendar: calendar)
            let draft = try writer.draft(of: source)
            for refusal in draft.refusals {
                let frame = try await engine.run(refusal.statement)
                if frame.count > 0 { throw refusal.failure(frame) }
            }
            let table = TableName(schema: "source", name: source.name)
            try await engine.execute(
                Statement(
                    "create table \(table.sql) as " + draft.statement.sql, draft.statement.values))
            facts.merge(
                try await Bench.facts(engine, sources: [source], zone: calendar.zone)
            ) { _, new in new }
        }
        return facts
    }

    private static func facts(
        _ engine: DuckDBEngine, sources: [SourceDefinition], zone: Zone
    ) async throws -> [String: SourceFacts] {
        var facts: [String: SourceFacts] = [:]
        for source in sources {
            let table = TableName(schema: "source", name: source.name)
            let columns = try await engine.schema(of: table).map {
                SourceFacts.Column(name: $0.name, type: type($0.type))
            }
            let time = source.time.map { quotedName($0.column) } ?? "null::timestamp"
            let span = try await engine.run(
                Statement("select min(\(time)), max(\(time)), count(*) from \(table.sql)"))
            let first = span.columns[0].instant(0) ?? span.columns[0].day(0).map(zone.start(of:))
            let last =
                span.columns[1].instant(0)
                ?? span.columns[1].day(0).map { zone.start(of: $0.adding(days: 1)) }
            facts[source.name] = SourceFacts(
                columns: columns, rows: span.columns[2].integer(0) ?? 0, version: 1, first: first,
                watermark: last)
        }
        return facts
    }

    private static func type(_ name: String) -> ValueType {
        switch name {
        case "BOOLEAN": .boolean
        case "BIGINT", "INTEGER", "HUGEINT": .integer
        case "DOUBLE": .number
        case _ where name.hasPrefix("DECIMAL"): .decimal
        case "DATE": .day
        case "TIMESTAMP": .instant
        default: .text
        }
    }

    /// A question about a range written as text.
    func question(
        _ metrics: [String], over: String, grain: Grain? = nil, by: [String] = [],
        filters: [String] = [], compare: Comparison? = nil, limit: Int = 20
    ) throws -> Question {
        let range = try RangeText(
            calendar: calendar, today: Day(number: 20_500), covered: nil
        ).range(over)
        return Question(
            metrics: metrics, range: range, grain: grain, dimensions: by,
            filters: try filters.map { try Expression(parsing: $0) }, comparison: compare,
            limit: limit, calendar: calendar)
    }

    func plan(_ question: Question) throws -> QuestionPlan {
        try Planner(catalog: catalog, facts: facts).plan(question)
    }

    /// Plans, runs and assembles.
    func answer(_ question: Question) async throws -> Answer {
        let plan = try plan(question)
        let dialect = DuckDBDialect()
        var kept: [[Value]] = []
        for leader in plan.leaders {
            let frame = try await engine.run(dialect.statement(leader))
            kept.append((0..<frame.count).compactMap { frame.columns[0].text($0).map(Value.text) })
        }
        let reads = plan.reads(keeping: kept)
        var frames: [Frame] = []
        for read in reads { frames.append(try await engine.run(dialect.statement(read))) }
        return try AnswerAssembly(
            plan, reads: reads, frames: frames, catalog: catalog, facts: facts
        ).answer()
    }

    /// The values of one metric by period and part, absent ones left out.
    func values(_ question: Question) async throws -> [String: Double] {
        var values: [String: Double] = [:]
        for row in try await answer(question).rows {
            guard let value = row.cells[0].quantity.value else { continue }
            values[Bench.key(question.grain == nil ? "" : row.period.key, row.part)] = value
        }
        return values
    }

    static func key(_ period: String, _ part: Part) -> String {
        ([period] + part.values.map { $0.text ?? "(none)" }).joined(separator: "|")
    }

    /// The rows of a table as texts, `-` for absent values, in the order in which they are stored.
    func rows(_ table: String, _ columns: String = "*", order: String = "all") async throws
        -> [String]
    {
        let frame = try await engine.run(
            Statement("select \(columns) from source.\(quotedName(table)) order by \(order)"))
        return (0..<frame.count).map { row in
            frame.columns.map { $0.text(row) ?? "-" }.joined(separator: " ")
        }
    }

    /// The result of a query written by hand: key columns first, the value last.
    func check(_ sql: String) async throws -> [String: Double] {
        let frame = try await engine.run(Statement(sql))
        var values: [String: Double] = [:]
        for row in 0..<frame.count {
            let keys = frame.columns.dropLast().map { $0.text(row) ?? "(none)" }
            guard let value = frame.columns.last?.number(row) else { continue }
            values[keys.joined(separator: "|")] = value
        }
        return values
    }
}

/// Expects the same keys and the same numbers, to the twelfth digit.
func expectSame(
    _ found: [String: Double], _ expected: [String: Double], _ what: String,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    let extra = Set(found.keys).symmetricDifference(expected.keys).sorted().prefix(5)
    #expect(extra.isEmpty, "\(what): keys differ: \(extra)", sourceLocation: sourceLocation)
    let wrong = expected.filter { key, value in
        guard let number = found[key] else { return false }
        return abs(number - value) > 1e-9 * max(1, abs(value))
    }
    #expect(
        wrong.isEmpty,
        "\(what): \(wrong.prefix(3).map { "\($0.key): \(found[$0.key] ?? .nan), by hand \($0.value)" })",
        sourceLocation: sourceLocation)
}
