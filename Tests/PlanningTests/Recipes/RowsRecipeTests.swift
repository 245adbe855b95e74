import Definitions
import Engines
import Planning
import Testing
import Vocabulary

@Suite("Sources with columns of other rows")
struct RowsRecipeTests {
    private static let tables = [
        """
        create table source.leads as select * from (values
          (1, 'ann', date '2026-01-03', 'web'), (2, 'bob', date '2026-01-01', 'fair'),
          (3, 'ann', date '2026-01-09', 'web'), (4, null, date '2026-01-04', 'web')
        ) t(id, person, created, channel)
        """,
        """
        create table source.deals as select * from (values
          (1, timestamp '2026-02-01', 100), (3, timestamp '2026-03-01', 50),
          (3, timestamp '2026-02-01', 70), (9, timestamp '2026-02-01', 1),
          (9, timestamp '2026-02-02', 1), (null, timestamp '2026-02-02', 1)
        ) t(lead, won, amount)
        """,
    ]

    private static func sources(_ recipe: String) -> String {
        """
        source: leads
        is: One row per lead.
        time: created
        entities: { person: person }
        dimensions: { channel: channel }
        ---
        source: deals
        is: One row per deal.
        time: won
        ---
        source: made
        is: Made.
        from: \(recipe)
        """
    }

    private func rows(_ recipe: String, _ columns: String = "*") async throws -> [String] {
        try await Bench(rows: Self.tables, sources: Self.sources(recipe))
            .rows("made", columns, order: "rowid")
    }

    private func failure(_ recipe: String) async -> Failure? {
        await #expect(throws: Failure.self) { try await rows(recipe) }
    }

    @Test("every row stays once, with the row of another source that matches, if any")
    func lookups() async throws {
        let first = "{ source: deals, match: { id: lead }, take: { won: won, worth: amount }"

        #expect(
            try await rows("{ rows: leads, with: [ \(first), pick: first } ] }", "id, won, worth")
                == ["1 2026-02-01T00:00:00Z 100", "2 - -", "3 2026-02-01T00:00:00Z 70", "4 - -"])
        #expect(
            try await rows("{ rows: leads, with: [ \(first), pick: last } ] }", "id, worth")
                == ["1 100", "2 -", "3 50", "4 -"])
        #expect(
            try await rows(
                "{ rows: leads, where: id < 3, with: [ \(first), where: amount < 100 } ] }",
                "id, worth") == ["1 -", "2 -"])
    }

    @Test("several matches are refused with an example, unless no row needs them")
    func manyMatches() async throws {
        let lookup = "with: { source: deals, match: { id: lead }, take: { won: won } }"

        let refused = await failure("{ rows: leads, \(lookup) }")

        #expect(refused?.code == .recipeManyMatches)
        #expect(refused?.message.contains("2 rows of 'deals' have the lead '3'") == true)
        #expect(try await rows("{ rows: leads, where: id < 3, \(lookup) }", "id").count == 2)
    }

    @Test("the rows before and after share what they are grouped by")
    func neighbours() async throws {
        #expect(
            try await rows(
                """

                  rows: leads
                  previous: { by: [channel], take: { before: id } }
                  next: { by: [person], order: id, take: { after: created } }
                """, "id, before, after") == [
                    "1 - 2026-01-09", "2 - -", "3 4 -", "4 1 -",
                ])
    }

    @Test("sums run up to a row among those with the same values, and begin at nothing")
    func running() async throws {
        let running = "running: { by: [lead], order: won, take: { so_far: amount } }"
        let recipe = "{ rows: deals, \(running), add: { enough: so_far >= 70 } }"

        #expect(
            try await rows(recipe, "lead, amount, so_far, enough") == [
                "1 100 100 true", "3 50 120 true", "3 70 70 true", "9 1 1 false", "9 1 2 false",
                "- 1 1 false",
            ])
        #expect(
            try await rows(
                "{ rows: leads, running: { take: { n: \"case when id > 1 then 2 end\" } } }",
                "id, n") == ["1 2", "2 2", "3 6", "4 4"])
        let failure = await failure("{ rows: leads, running: { take: { n: person } } }")
        #expect(failure?.code == .notANumber)
    }

    @Test("rows of no order come in the order of import, every time")
    func runningWithoutOrder() async throws {
        let bench = try await Bench(
            rows: [
                """
                create table source.moves as
                select i as id, 'p' || (i % 7) as person, null::varchar as label, 1 as amount
                from range(400000) t(i)
                """
            ],
            sources: """
                source: moves
                is: One row per move.
                ---
                source: made
                is: Made.
                from:
                  rows: moves
                  running: { by: [person], order: label, take: { so_far: amount } }
                  previous: { by: [person], order: label, take: { before: id } }
                """)

        let wrong = try await bench.check(
            """
            select count(*) from source.made
            where so_far <> id // 7 + 1 or before is distinct from nullif(id - 7, id % 7 - 7)
            """)

        #expect(wrong == ["": 0])
    }

    @Test("columns are kept and added; an added one may use what is not kept")
    func columns() async throws {
        #expect(
            try await rows(
                """

                  rows: leads
                  with: { source: deals, match: { id: lead }, take: { won: won }, pick: last }
                  keep: [id]
                  add: { days: "date_diff_days(created, won)", source: upper(channel) }
                """) == [
                    "1 2026-02-01T00:00:00Z 29 WEB", "2 - - FAIR", "3 2026-03-01T00:00:00Z 51 WEB",
                    "4 - - WEB",
                ])
    }

    @Test("columns of one name, of types that never match, and unknown ones are refused")
    func refusals() async {
        let take = "take: { channel: amount }, pick: last } }"
        #expect(
            await failure("{ rows: leads, with: { source: deals, match: { id: lead }, \(take)")?
                .code == .recipeColumnTwice)
        #expect(
            await failure(
                "{ rows: leads, with: { source: deals, match: { person: lead }, \(take)")?
                .code == .recipeKeyTypes)
        #expect(await failure("{ rows: leads, keep: [idd] }")?.hint == "did you mean 'id'?")
    }
}
