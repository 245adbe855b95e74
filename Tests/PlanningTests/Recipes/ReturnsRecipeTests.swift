import Definitions
import Engines
import Planning
import Testing
import Vocabulary

@Suite("Sources of returns")
struct ReturnsRecipeTests {
    private static let tables = [
        """
        create table source.visits as select * from (values
          ('a', timestamp '2026-02-23 19:00', 'app'), ('a', timestamp '2026-02-24 05:00', 'web'),
          ('a', timestamp '2026-02-24 08:00', 'app'), ('b', timestamp '2026-02-25 12:00', 'web'),
          ('b', timestamp '2026-03-03 12:00', 'web'), (null, timestamp '2026-02-24 12:00', 'web')
        ) t(person, seen, device)
        """,
        """
        create table source.sign_ups as select * from (values
          ('a', date '2026-02-24', 'DE'), ('c', date '2026-02-20', 'FR'),
          ('a', date '2026-02-26', 'IT')) t(person, day, country)
        """,
    ]

    private static func sources(_ recipe: String, _ visits: String = "") -> String {
        """
        source: visits
        is: One row per visit.
        time: seen
        entities: { person: person }
        \(visits)
        ---
        source: sign_ups
        is: One row per person.
        time: day
        entities: { person: person }
        dimensions: { country: country }
        ---
        source: made
        is: Made.
        from: \(recipe)
        """
    }

    private func rows(
        _ recipe: String, _ columns: String, visits: String = ""
    ) async throws -> [String] {
        try await Bench(
            rows: Self.tables, sources: Self.sources(recipe, visits), zone: "Europe/Berlin"
        ).rows("made", columns, order: "rowid")
    }

    @Test("ages are civil: an evening and the next morning are a day apart (K38)")
    func ages() async throws {
        #expect(
            try await rows(
                "{ returns: visits, by: person, since: first }",
                "person, device, returned_on, age_days, age_weeks, age_months, age_hours") == [
                    "a app 2026-02-23 0 0 0 0", "a app 2026-02-24 1 0 0 10",
                    "b web 2026-02-25 0 0 0 0", "b web 2026-03-03 6 1 1 144",
                ])
    }

    @Test("what is known goes up to the data's end, and is less where rows arrive late (K40)")
    func known() async throws {
        let columns = "distinct person, known_days, known_weeks, known_months"
        let recipe = "{ returns: visits, by: person, since: first }"

        // The last visit is on 3 March, whose week began on Monday 2 March.
        #expect(try await rows(recipe, columns).sorted() == ["a 8 1 1", "b 6 1 1"])
        #expect(
            try await rows(recipe, columns, visits: "lateness: 2 days").sorted()
                == ["a 6 0 1", "b 4 0 1"])
        #expect(
            try await rows(recipe, columns, visits: "complete_through: 2026-04-01").sorted()
                == ["a 37 5 2", "b 35 5 2"])
    }

    @Test("a start in another source is its first row there; without activity it has one row")
    func otherStart() async throws {
        let source = "{ returns: visits, by: person, since: sign_ups }"
        #expect(
            try await rows(
                source, "person, started, country, returned_on, age_days, age_hours, known_days")
                == ["c 2026-02-20 FR - - - 11", "a 2026-02-24 DE 2026-02-24 0 - 7"])
        #expect(
            try await rows(
                "{ returns: visits, by: person, since: { source: sign_ups, where: \"country = 'IT'\" } }",
                "person, country, returned_on, age_days") == ["a IT - -"])
    }

    @Test("only activity that counts is a start or a return")
    func selection() async throws {
        #expect(
            try await rows(
                "{ returns: visits, by: person, since: first, where: \"device = 'app'\" }",
                "person, returned_on, age_days") == ["a 2026-02-23 0", "a 2026-02-24 1"])
    }

    @Test("months and weeks follow the workspace, also in a year of weeks (4-4-5)")
    func calendars() async throws {
        let bench = try await Bench(
            rows: Self.tables,
            sources: Self.sources("{ returns: visits, by: person, since: first }"),
            zone: "Europe/Berlin", firstWeekday: .wednesday,
            fiscal: .weeks(first: 1, pattern: .fourFourFive))

        // Weeks begin on Wednesdays: 25 February to 3 March is one week.
        let rows = try await bench.rows("made", "person, age_weeks, age_months", order: "rowid")
        #expect(rows == ["a 0 0", "a 0 0", "b 0 0", "b 0 \(monthsApart(bench.calendar))"])
    }

    private func monthsApart(_ calendar: WorkCalendar) -> Int {
        let days = [Day(year: 2026, month: 2, day: 25), Day(year: 2026, month: 3, day: 3)]
            .compactMap { $0 }
        let starts = days.map { calendar.start(of: .month, containing: $0) }
        return starts[0] == starts[1] ? 0 : 1
    }
}
