import Definitions
import Engines
import Planning
import Testing
import Vocabulary

@Suite("Sources of sessions")
struct SessionsRecipeTests {
    private static let views = """
        create table source.views as
        select 'v' || (hash(i * 3) % 40) as visitor,
          timestamp '2026-03-20' + to_seconds((hash(i * 7) % 1728000)::integer) as seen,
          '/' || (hash(i * 11) % 9) as page
        from range(3000) t(i)
        """

    private static func sources(_ recipe: String) -> String {
        """
        source: views
        is: One row per page view.
        time: seen
        entities: { visitor: visitor }
        ---
        source: made
        is: Made.
        from: \(recipe)
        """
    }

    @Test("a session ends with a pause that is longer than the gap")
    func gap() async throws {
        let bench = try await Bench(
            rows: [
                """
                create table source.views as select * from (values
                  ('a', timestamp '2026-03-01 10:00:00', '/x'),
                  ('a', timestamp '2026-03-01 10:30:00', '/y'),
                  ('a', timestamp '2026-03-01 11:00:01', '/z'),
                  ('b', timestamp '2026-03-01 10:10:00', '/x'),
                  (null, timestamp '2026-03-01 10:10:00', '/x')) t(visitor, seen, page)
                """
            ],
            sources: Self.sources(
                "{ sessions: views, by: visitor, gap: 30 minutes, keep: { way: { path: page }, entry: { first: page } } }"
            ))

        #expect(
            try await bench.rows(
                "made", "session, visitor, started, ended, seconds, \"rows\", way, entry",
                order: "rowid") == [
                    "1 a 2026-03-01T10:00:00Z 2026-03-01T10:30:00Z 1800.0 2 /x>/y /x",
                    "1 b 2026-03-01T10:10:00Z 2026-03-01T10:10:00Z 0.0 1 /x /x",
                    "2 a 2026-03-01T11:00:01Z 2026-03-01T11:00:01Z 0.0 1 /z /z",
                ])
    }

    @Test("sessions agree with a query by hand: a row without another in the time before opens one")
    func checkQuery() async throws {
        let bench = try await Bench(
            rows: [Self.views],
            sources: Self.sources("{ sessions: views, by: visitor, gap: 3 hours }"))

        let byHand = try await bench.check(
            """
            select visitor, count(*)::double from (select distinct visitor, seen from source.views) v
            where not exists (
              select 1 from source.views w where w.visitor = v.visitor and w.seen < v.seen
                and w.seen >= v.seen - interval 3 hours)
            group by 1
            """)
        let made = try await bench.check(
            "select visitor, count(*)::double from source.made group by 1")
        expectSame(made, byHand, "sessions")
        let rows = try await bench.check("select sum(\"rows\")::double from source.made")
        #expect(rows[""] == 3000)
    }

    @Test("a gap of a day steps over the change of the clocks")
    func civilGap() async throws {
        // Berlin's 29 March 2026 has 23 hours: noon to noon is one day, and 23 hours (K1).
        let bench = try await Bench(
            rows: [
                """
                create table source.views as select * from (values
                  ('a', timestamp '2026-03-28 11:00', '/x'), ('a', timestamp '2026-03-29 10:00', '/y'),
                  ('b', timestamp '2026-03-28 11:00', '/x'), ('b', timestamp '2026-03-29 10:01', '/y')
                ) t(visitor, seen, page)
                """
            ], sources: Self.sources("{ sessions: views, by: visitor, gap: 1 day }"),
            zone: "Europe/Berlin")

        #expect(
            try await bench.rows("made", "visitor, session, \"rows\"") == [
                "a 1 2", "b 1 1", "b 2 1",
            ])
    }
}
