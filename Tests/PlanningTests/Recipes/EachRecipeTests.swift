import Definitions
import Engines
import Planning
import Testing
import Vocabulary

/// Tests of recipes start from a few rows that are written out, in a workspace without metrics.
extension Bench {
    init(
        rows: [String], sources: String, zone: String = "UTC", firstWeekday: Weekday = .monday,
        fiscal: FiscalRule = .calendar
    ) async throws {
        let names = sources.matches(of: /source: ([a-z_]+)/).map { String($0.output.1) }
        try await self.init(
            metrics: """
                metric: rows
                is: Rows.
                owner: tests
                unit: count
                better: up
                formula: { count: rows, from: \(names[0]) }
                """,
            setUp: rows, definitions: sources, zone: zone, firstWeekday: firstWeekday,
            fiscal: fiscal)
    }
}

@Suite("Sources with one row per entity")
struct EachRecipeTests {
    private static let steps = """
        create table source.steps as select * from (values
          ('c2', timestamp '2026-03-01 10:00', 'open',  null, 5, true),
          ('c1', timestamp '2026-03-02 09:00', 'open',  'ann', 1, true),
          ('c1', timestamp '2026-03-01 09:00', 'new',   'bob', 2, false),
          ('c1', timestamp '2026-03-02 09:00', 'close', null,  4, true),
          ('c2', timestamp '2026-03-01 09:00', 'new',   'cat', null, true),
          (null, timestamp '2026-03-05 09:00', 'new',   'dan', 9, true),
          ('c3', null,                         'new',   'eve', 7, false)
        ) t(ticket, moment, state, agent, cost, paid)
        """

    private static func sources(_ recipe: String) -> String {
        """
        source: steps
        is: One row per step.
        time: moment
        entities: { matter: ticket }
        dimensions: { state: state, agent: agent }
        ---
        source: made
        is: Made.
        from: \(recipe)
        """
    }

    @Test("first and last keep absent values, go by time, and break ties by the order of import")
    func firstAndLast() async throws {
        let bench = try await Bench(
            rows: [Self.steps],
            sources: Self.sources(
                "{ each: matter, of: steps, keep: { a: { first: agent }, z: { last: agent }, s: { last: state } } }"
            ))

        // c1 has two rows at its last time: the second one was imported later and has no agent.
        #expect(
            try await bench.rows("made", order: "1") == [
                "c1 bob - close", "c2 cat - open", "c3 - - -",
            ])
    }

    @Test("every aggregate is as SQL has it, and conditions hold for one column alone")
    func aggregates() async throws {
        let bench = try await Bench(
            rows: [Self.steps],
            sources: Self.sources(
                """

                  each: matter
                  of: steps
                  keep:
                    rows_of_it: { count: rows }
                    agents: { count: agent }
                    states: { distinct: state }
                    total: { sum: cost }
                    paid_total: { sum: cost, where: paid }
                    mean: { average: cost }
                    middle: { median: cost }
                    least: { min: moment }
                    most: { max: cost }
                    way: { path: state }
                    was_closed: { any: "state = 'close'" }
                """))

        let byHand = """
            select ticket, count(*), count(agent), count(distinct state), coalesce(sum(cost), 0),
              coalesce(sum(case when paid then cost end), 0), avg(cost), median(cost), min(moment),
              max(cost), case ticket when 'c1' then 'new>open>close' when 'c2' then 'new>open' end,
              ticket = 'c1'
            from source.steps where ticket is not null group by ticket order by 1
            """
        let frame = try await bench.engine.run(Statement(byHand))
        let expected = (0..<frame.count).map { row in
            frame.columns.map { $0.text(row) ?? "-" }.joined(separator: " ")
        }
        #expect(try await bench.rows("made", order: "1") == expected)
    }

    @Test("a list of keys groups by all of them, a day by the zone's civil day")
    func keys() async throws {
        // 23:30 UTC on 28 March is 29 March in Berlin, the day on which the clocks change (K1).
        let bench = try await Bench(
            rows: [
                """
                create table source.steps as select * from (values
                  ('c1', timestamp '2026-03-28 22:30'), ('c1', timestamp '2026-03-28 23:30'),
                  ('c1', timestamp '2026-03-29 21:59'), ('c1', timestamp '2026-03-29 22:00')
                ) t(ticket, moment)
                """
            ],
            sources: """
                source: steps
                is: One row per step.
                time: moment
                entities: { matter: ticket }
                ---
                source: made
                is: Made.
                from: { each: [matter, day, week, month], of: steps, keep: { n: { count: rows } } }
                """, zone: "Europe/Berlin", firstWeekday: .sunday)

        #expect(
            try await bench.rows("made", order: "2") == [
                "c1 2026-03-28 2026-03-22 2026-03-01 1", "c1 2026-03-29 2026-03-29 2026-03-01 2",
                "c1 2026-03-30 2026-03-29 2026-03-01 1",
            ])
        #expect(bench.catalog.sources["made"]?.time == TimeColumn(column: "day"))
    }

    @Test("rows are selected before they are brought together; an own order replaces time")
    func selection() async throws {
        let bench = try await Bench(
            rows: [Self.steps],
            sources: Self.sources(
                "{ each: { who: \"upper(ticket)\" }, of: steps, where: \"cost > 1\", order: cost, keep: { first_state: { first: state }, way: { path: cost } } }"
            ))

        #expect(
            try await bench.rows("made", order: "1") == [
                "C1 new 2>4", "C2 open 5", "C3 new 7",
            ])
    }

    @Test("a column that is unknown is refused at its place, two of one name too")
    func refusals() async throws {
        let unknown = await #expect(throws: Failure.self) {
            _ = try await Bench(
                rows: [Self.steps],
                sources: Self.sources(
                    "{ each: matter, of: steps, keep: { a: { first: agnt } } }"))
        }
        let twice = await #expect(throws: Failure.self) {
            _ = try await Bench(
                rows: [Self.steps],
                sources: Self.sources(
                    "{ each: matter, of: steps, keep: { matter: { first: agent } } }"))
        }

        #expect(unknown?.code == .expressionUnknownName)
        #expect(unknown?.hint == "did you mean 'agent'?")
        #expect(unknown?.place?.line == 9)
        #expect(twice?.code == .recipeColumnTwice)
    }
}
