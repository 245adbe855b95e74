import Definitions
import Planning
import Testing
import Vocabulary

/// Who comes back, by every criterion, and how cohorts are put together.
@Suite("Rules of retention")
struct RetentionRuleTests {
    private static func source(completeThrough: String) -> String {
        """
        source: visits
        is: One row per visit.
        time: moment
        entities: { person: person }
        complete_through: \(completeThrough)
        """
    }

    private static func visits(_ rows: [(day: String, person: String)]) -> String {
        Bench.table(
            "visits", "moment, person",
            rows.map { "timestamp '2026-\($0.day) 12:00', '\($0.person)'" })
    }

    private static func retention(_ on: String, _ criterion: String = "exact") -> (String, String) {
        (
            "share",
            "{ retention: { by: person, of: visits, since: first, on: \(on), "
                + "criterion: \(criterion) } }"
        )
    }

    @Test("K37: back on the day, on it or after, and on it or before are three numbers")
    func criteria() async throws {
        let bench = try await Bench(
            metrics: Bench.metrics([
                Self.retention("day 7"), Self.retention("day 7", "on_or_after"),
                Self.retention("day 7", "on_or_before"), Self.retention("week 1"),
                Self.retention("month 1"),
            ]),
            setUp: [
                Self.visits([
                    ("03-02", "ann"), ("03-09", "ann"),  // On day 7.
                    ("03-02", "bob"), ("03-05", "bob"),  // On day 3.
                    ("03-02", "cat"), ("03-20", "cat"),  // On day 18.
                    ("03-02", "dan"), ("03-03", "dan"), ("04-01", "dan"),  // On days 1 and 30.
                    ("03-02", "eve"),
                ])
            ], definitions: Self.source(completeThrough: "2026-05-01"))

        let numbers = try await bench.numbers(["m1", "m2", "m3", "m4", "m5"], over: "2026-03")

        expectNumbers(numbers, [1.0 / 5, 3.0 / 5, 3.0 / 5, 1.0 / 5, 1.0 / 5])
    }

    @Test("K39: cohorts are pooled; neither weighted twice nor averaged as they stand")
    func pooled() async throws {
        // The cohorts of Mixpanel's documentation: 1000 of which 500 return, 500 of which 400 do.
        let table = """
            create table source.visits as
            select timestamp '2026-01-05 12:00' as moment, 'a' || i as person from range(1000) t(i)
            union all
            select timestamp '2026-01-06 12:00', 'a' || i from range(500) t(i)
            union all
            select timestamp '2026-02-05 12:00', 'b' || i from range(500) t(i)
            union all
            select timestamp '2026-02-06 12:00', 'b' || i from range(400) t(i)
            """
        let bench = try await Bench(
            metrics: Bench.metrics([Self.retention("day 1")]), setUp: [table],
            definitions: Self.source(completeThrough: "2026-03-10"))

        let cells = try await bench.answer(
            bench.question(["m1"], over: "2026-01..2026-02", grain: .month)
        ).rows.map { $0.cells[0].quantity }
        let total = try await bench.answer(bench.question(["m1"], over: "2026-01..2026-02"))

        let above = cells.compactMap(\.numerator)
        let below = cells.compactMap(\.denominator)
        let rates = cells.compactMap(\.value)
        #expect(above == [500, 400] && below == [1000, 500] && rates == [0.5, 0.8])
        let twice =
            zip(above, below).map(*).reduce(0, +) / zip(below, below).map(*).reduce(0, +)
        #expect(twice == 0.56)
        #expect(rates.reduce(0, +) / 2 == 0.65)
        #expect(total.rows[0].cells[0].quantity.value == 0.6)
    }

    @Test("K40: who has not been there long enough counts neither above nor below")
    func censored() async throws {
        let bench = try await Bench(
            metrics: Bench.metrics([Self.retention("day 7")]),
            setUp: [
                Self.visits([
                    ("03-02", "ann"), ("03-09", "ann"), ("03-03", "bob"),
                    // Day 7 of cat is the first day that is not known in full.
                    ("03-13", "cat"), ("03-19", "dan"),
                ])
            ], definitions: Self.source(completeThrough: "2026-03-20"))

        let month = try await bench.answer(bench.question(["m1"], over: "2026-03", grain: .month))

        let cell = month.rows[0].cells[0]
        #expect(cell.quantity.numerator == 1 && cell.quantity.denominator == 2)
        #expect(!cell.isComplete)
    }

    @Test("K41: everybody is in one cohort of first times, and in as many recurring ones as months")
    func cohorts() async throws {
        let sources = """
            \(Self.source(completeThrough: "2026-05-01"))
            ---
            source: months
            is: One row per person and month with a visit.
            from: { each: [person, month], of: visits, keep: { visits: { count: rows } } }
            time: month
            ---
            source: recurring
            is: The same with the month after it.
            from: { rows: months, next: { by: [person], take: { later: month } } }
            time: month
            """
        let bench = try await Bench(
            metrics: Bench.metrics([
                Self.retention("month 1"),
                (
                    "share",
                    "{ ratio: { of: { count: rows, from: recurring, "
                        + "where: \"months_between(month, later) = 1\" }, "
                        + "to: { count: rows, from: recurring } } }"
                ),
                ("count", "{ distinct: person, from: visits }"),
            ]),
            setUp: [
                Self.visits([
                    ("01-05", "ann"), ("02-05", "ann"), ("02-07", "ann"), ("03-05", "ann"),
                    ("01-20", "bob"), ("03-20", "bob"), ("02-10", "cat"),
                ])
            ], definitions: sources)

        let months = try await bench.answer(
            bench.question(["m1", "m2"], over: "2026-01..2026-03", grain: .month)
        ).rows.map { $0.cells.map(\.quantity) }
        let people = try await bench.numbers(["m3"], over: "2026-01..2026-03")

        // First times: ann and bob, then cat; recurring: two each month.
        expectNumbers(months.map { $0[0].value }, [0.5, 0, nil])
        expectNumbers(months.map { $0[1].value }, [0.5, 0.5, 0])
        #expect(months.compactMap { $0[0].denominator }.reduce(0, +) == people[0])
        #expect(months.compactMap { $0[1].denominator }.reduce(0, +) == 6)
    }
}
