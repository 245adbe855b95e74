import Definitions
import Engines
import Planning
import Testing
import Vocabulary

/// What other tools publish of their retention, under their names.
///
/// Sources: Mixpanel documentation, "Retention"; Amplitude documentation, "How time works in a
/// Retention Analysis chart".
@Suite("Published examples of retention")
struct RetentionDialectTests {
    private static func answer(
        _ setUp: String, _ yaml: String, over: String
    ) async throws -> RetentionAnswer {
        let bench = try await Bench(
            metrics: "entity: person\nis: Somebody.", setUp: [setUp],
            definitions: Histories.retained)
        return try await RetentionBench.answer(bench, yaml, over: over)
    }

    /// Events as `person time name`, and a last one by which all days before it are known.
    private static func table(_ events: [(String, String, String)], to last: String) -> String {
        Bench.table(
            "events", "person, moment, name",
            (events + [("z", last, "c")]).map { "'\($0.0)', timestamp '\($0.1)', '\($0.2)'" })
    }

    @Test("K38: Amplitude's three users are retained on day 1, in week 0 and in month 0")
    func amplitude() async throws {
        let days = Self.table(
            [("1", "2021-12-01 17:59", "a"), ("1", "2021-12-02 17:00", "b")], to: "2022-06-01")
        let weeks = Self.table(
            [("2", "2021-12-01 12:00", "a"), ("2", "2021-12-06 12:00", "b")], to: "2022-06-01")
        let months = Self.table(
            [("3", "2021-12-06 12:00", "a"), ("3", "2021-12-12 12:00", "b")], to: "2022-06-01")
        let keys = "starts: a, returns: b, like: amplitude"

        let user1 = try await Self.answer(days, "\(keys), over: 1 day", over: "2021-12-01")
        let user2 = try await Self.answer(weeks, "\(keys), over: 1 week", over: "2021-12-01")
        let user3 = try await Self.answer(months, "\(keys), over: 1 month", over: "2021-12")
        let calendar = try await Self.answer(
            weeks, "\(keys), over: 1 week, mode: calendar", over: "2021-12-01")

        #expect(user1.cohorts.map(\.counts) == [[0, 1]])
        #expect(user2.cohorts.map(\.counts) == [[1, 0]])
        #expect(user3.cohorts.map(\.counts) == [[1, 0]])
        // From a Wednesday to the next Monday is another week of the calendar.
        #expect(calendar.cohorts.map(\.counts) == [[0, 1]])
    }

    @Test(
        "K38: Amplitude's weeks of 7 and months of 30 days go by the day, not by the hour",
        arguments: [
            ("week", "2021-12-07 23:00", [1, 0]), ("week", "2021-12-08 06:00", [0, 1]),
            ("week", "2021-12-14 23:00", [0, 1]), ("month", "2021-12-30 23:00", [1, 0]),
            ("month", "2021-12-31 06:00", [0, 1]),
        ])
    func byDay(unit: String, moment: String, expected: [Int]) async throws {
        let events = Self.table(
            [("p", "2021-12-01 20:00", "a"), ("p", moment, "b")], to: "2022-06-01")

        let answer = try await Self.answer(
            events, "starts: a, returns: b, over: 1 \(unit), like: amplitude", over: "2021-12-01")

        #expect(answer.cohorts.map(\.counts) == [expected])
    }

    @Test("K39, K40: Mixpanel's cohorts of 1000, 500 and an incomplete 700 average to 56 %")
    func mixpanel() async throws {
        let cohorts = [("01", 1000, 500), ("02", 500, 400), ("03", 700, 10)]
        let rows = cohorts.map { day, size, returned in
            """
            select '\(day) ' || i as person, timestamp '2026-03-\(day) 12:00' as moment, 'a' as name
              from range(\(size)) t(i)
            union all
            select '\(day) ' || i, timestamp '2026-03-\(day) 12:00' + interval 30 hour, 'b'
              from range(\(returned)) t(i)
            """
        }
        // The third cohort's day 1 is over for everybody at the end of 5 March.
        let table = """
            create table source.events as \(rows.joined(separator: " union all "))
            union all select 'z', timestamp '2026-03-05 12:00', 'c'
            """

        let answer = try await Self.answer(
            table, "starts: a, returns: b, over: 1 day, like: mixpanel, criterion: on",
            over: "2026-03-01..2026-03-03")

        #expect(answer.cohorts.map(\.size) == [1000, 500, 700])
        #expect(answer.cohorts.map { $0.counts[1] } == [500, 400, 10])
        #expect(answer.cohorts.map { $0.isComplete[1] } == [true, true, false])
        #expect(answer.average(.mixpanel, cell: 1) == 0.56)
        #expect(answer.average(.pooled, cell: 1) == 0.6)
        #expect(answer.average(.simple, cell: 1) == 0.65)
        #expect(answer.json["average"] == .text("mixpanel"))
    }

    @Test("K37, K38, K41: Mixpanel's settings count on or after, by 24 hours, of all who start")
    func settings() async throws {
        let mixpanel = try RetentionDefinition(
            yaml: "{ from: events, starts: a, over: 3 days, like: mixpanel }")
        let amplitude = try RetentionDefinition(
            yaml: "{ from: events, starts: a, over: 3 days, like: amplitude }")

        #expect(mixpanel.criterion == .onOrAfter && mixpanel.mode == .rolling)
        #expect(mixpanel.cohorts == .recurring && mixpanel.average == .mixpanel)
        #expect(amplitude.criterion == .on && amplitude.mode == .rollingFromHour)
        #expect(amplitude.cohorts == .first && amplitude.average == .pooled)
    }

    @Test(
        "K38: an evening and the next morning, Friday and Monday, are not Mixpanel's day or week 1")
    func rolling() async throws {
        let events = Self.table(
            [
                ("p", "2026-01-05 20:00", "a"), ("p", "2026-01-06 06:00", "b"),
                ("q", "2026-01-09 12:00", "a"), ("q", "2026-01-12 12:00", "b"),
            ], to: "2026-06-01")
        let keys = "starts: a, returns: b, like: mixpanel, criterion: on"

        for (over, unit, calendar) in [
            ("2026-01-05", "day", [0, 1]), ("2026-01-09", "week", [1, 1]),
        ] {
            let usual = try await Self.answer(
                events, "\(keys), over: 1 \(unit)", over: over)
            let civil = try await Self.answer(
                events, "\(keys), over: 1 \(unit), mode: calendar", over: over)
            #expect(usual.cohorts[0].counts == [usual.cohorts[0].size, 0], "\(unit)")
            #expect(civil.cohorts[0].counts == calendar, "\(unit)")
        }
    }

    @Test("K37: Mixpanel's brackets of a game, day 0, 1 to 3, 4 to 7, 8 to 14 and 15 to 30")
    func brackets() async throws {
        let events = Self.table(
            [
                ("p", "2026-01-05 10:00", "a"), ("p", "2026-01-07 10:00", "b"),
                ("p", "2026-01-20 10:00", "b"), ("p", "2026-02-04 10:00", "b"),
                ("q", "2026-01-05 10:00", "a"), ("q", "2026-01-05 11:00", "b"),
                ("q", "2026-01-19 10:00", "b"),
            ], to: "2026-06-01")

        let answer = try await Self.answer(
            events,
            "starts: a, returns: b, over: 30 days, like: mixpanel, "
                + "criterion: [0, 1-3, 4-7, 8-14, 15-30]", over: "2026-01-05")

        #expect(answer.cohorts.map(\.counts) == [[1, 1, 0, 1, 1]])
    }

    @Test(
        "K41: at Mixpanel who buys every week is in the cohort of every week, also without a first")
    func everyWeek() async throws {
        let events = Self.table(
            [
                ("p", "2025-12-30 10:00", "a"), ("p", "2026-01-06 10:00", "a"),
                ("p", "2026-01-13 10:00", "a"), ("p", "2026-01-20 10:00", "a"),
                ("q", "2026-01-14 10:00", "a"),
            ], to: "2026-06-01")
        let keys = "starts: a, returns: a, over: 1 week"

        let recurring = try await Self.answer(
            events, "\(keys), like: mixpanel", over: "2026-01-05..2026-01-25")
        let first = try await Self.answer(events, keys, over: "2026-01-05..2026-01-25")

        #expect(recurring.cohorts.map(\.size) == [1, 2, 1])
        #expect(first.cohorts.map(\.size) == [1])
    }
}
