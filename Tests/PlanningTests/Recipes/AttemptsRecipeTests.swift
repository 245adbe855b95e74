import Definitions
import Engines
import Planning
import Testing
import Vocabulary

@Suite("Sources of attempts")
struct AttemptsRecipeTests {
    private static func table(_ rows: String) -> String {
        "create table source.events as select * from (values \(rows)) t(person, moment, name, item)"
    }

    private static func sources(_ recipe: String) -> String {
        """
        source: events
        is: One row per event.
        time: moment
        event: name
        entities: { person: person }
        dimensions: { item: item }
        ---
        source: made
        is: Made.
        from: \(recipe)
        """
    }

    private func rows(
        _ events: String, _ recipe: String, _ columns: String, zone: String = "UTC"
    ) async throws -> [String] {
        try await Bench(
            rows: [Self.table(events)], sources: Self.sources("{ attempts: events, \(recipe) }"),
            zone: zone
        ).rows("made", columns, order: "rowid")
    }

    @Test("the window begins with the start, and a repeated start does not move it (K27)")
    func windowStart() async throws {
        let events = """
            ('p', timestamp '2026-01-01 01:00', 'A', 1), ('p', timestamp '2026-01-01 01:30', 'A', 1),
            ('p', timestamp '2026-01-01 01:45', 'B', 1), ('p', timestamp '2026-01-01 02:15', 'C', 1)
            """
        let columns = "attempt, converted, converted_at, seconds_to_convert"
        let window = "by: person, within: 1 hour"

        #expect(
            try await rows(
                events, "start: { events: [A] }, finish: { events: [B] }, \(window)", columns) == [
                    "1 true 2026-01-01T01:45:00Z 2700.0", "2 true 2026-01-01T01:45:00Z 900.0",
                ])
        #expect(
            try await rows(
                events, "start: { events: [A] }, finish: { events: [C] }, \(window)", columns) == [
                    "1 false - -", "2 true 2026-01-01T02:15:00Z 2700.0",
                ])
    }

    @Test("the window's end itself is outside; the start's own moment is inside")
    func borders() async throws {
        #expect(
            try await rows(
                """
                ('p', timestamp '2026-01-01 01:00', 'A', 1), ('p', timestamp '2026-01-01 02:00', 'B', 1),
                ('q', timestamp '2026-01-01 01:00', 'A', 1), ('q', timestamp '2026-01-01 01:00', 'B', 1)
                """, "start: { events: [A] }, finish: { events: [B] }, by: person, within: 1 hour",
                "person, converted, closes_at") == [
                    "p false 2026-01-01T02:00:00Z", "q true 2026-01-01T02:00:00Z",
                ])
    }

    @Test("a day is civil, 24 hours pass: the clocks change in between (K1, K2)")
    func clockChange() async throws {
        // Berlin: from 11:00 UTC on 28 March to noon of the next day are 23 hours. The second start,
        // at 02:30, has no such time on the next day, which goes on at 03:00.
        let events = """
            ('p', timestamp '2026-03-28 11:00', 'A', 1), ('p', timestamp '2026-03-29 10:30', 'B', 1),
            ('q', timestamp '2026-03-28 01:30', 'A', 1)
            """
        let ends = "start: { events: [A] }, finish: { events: [B] }, by: person"

        #expect(
            try await rows(
                events, "\(ends), within: 1 day", "person, converted, closes_at",
                zone: "Europe/Berlin") == [
                    "q false 2026-03-29T01:00:00Z", "p false 2026-03-29T10:00:00Z",
                ])
        #expect(
            try await rows(
                events, "\(ends), within: 24 hours", "person, converted", zone: "Europe/Berlin")
                == ["q false", "p true"])
    }

    @Test("a month after the last day of January is the last day of February (K6)")
    func monthEnds() async throws {
        #expect(
            try await rows(
                """
                ('p', date '2026-01-31', 'A', 1), ('p', date '2026-02-27', 'B', 1),
                ('q', date '2026-01-31', 'A', 1), ('q', date '2026-02-28', 'B', 1)
                """, "start: { events: [A] }, finish: { events: [B] }, by: person, within: 1 month",
                "person, converted, closes_at, seconds_to_convert") == [
                    "p true 2026-02-28 2332800", "q false 2026-02-28 -",
                ])
    }

    @Test("the finish may have to agree in more than the person; nobody's rows belong to nobody")
    func same() async throws {
        let events = """
            ('p', timestamp '2026-01-01 01:00', 'A', 1), ('p', timestamp '2026-01-01 01:10', 'B', 2),
            ('p', timestamp '2026-01-01 01:20', 'B', 1), (null, timestamp '2026-01-01 01:00', 'A', 1)
            """
        let ends = "start: { events: [A] }, finish: { events: [B] }, by: person, within: 1 hour"

        #expect(try await rows(events, ends, "seconds_to_convert") == ["600.0"])
        #expect(try await rows(events, "\(ends), same: [item]", "seconds_to_convert") == ["1200.0"])
    }

    @Test("an event that repeats converts by a later one, not by itself")
    func repetition() async throws {
        #expect(
            try await rows(
                "('p', date '2026-01-01', 'A', 1), ('p', date '2026-01-05', 'A', 1)",
                "start: { events: [A] }, finish: { events: [A] }, by: person, within: 30 days",
                "attempt, converted_at") == ["1 2026-01-05", "2 -"])
    }

    @Test("hours cannot be measured in days")
    func onlyDays() async {
        let failure = await #expect(throws: Failure.self) {
            try await rows(
                "('p', date '2026-01-01', 'A', 1)",
                "finish: { events: [A] }, by: person, within: 2 hours", "*")
        }
        #expect(failure?.code == .recipeOnlyDays)
    }

    @Test("thousands of attempts agree with a join of all pairs")
    func checkQuery() async throws {
        let bench = try await Bench(
            metrics: """
                metric: conversion
                is: Share of attempts.
                owner: tests
                unit: share
                better: up
                formula: { ratio: { of: { count: rows, from: made, where: converted }, to: { count: rows, from: made } } }
                """,
            definitions: Bench.definitions + """

                ---
                source: made
                is: Made.
                from: { attempts: events, start: { where: paid }, finish: { where: not paid }, by: person, within: 12 days }
                """)
        let found = try await bench.values(
            bench.question(["conversion"], over: "2025", grain: .month, by: ["country"]))

        let byHand = try await bench.check(
            """
            select strftime(date_trunc('month', moment), '%Y-%m-%d'), country,
              avg(case when exists (
                select 1 from source.events f where f.person = s.person and not f.paid
                  and f.moment >= s.moment and f.moment < s.moment + interval 12 days)
                then 1 else 0 end)
            from source.events s
            where paid and person is not null and year(moment) = 2025 group by 1, 2
            """)
        expectSame(found, byHand, "conversion by month and country")
    }
}
