import Planning
import Statistics
import Testing
import Vocabulary

/// Rules K7 to K25 on a handful of rows whose answers can be counted by hand.
@Suite("Honest numbers")
struct HonestNumberTests {
    /// Eleven orders of March to June 2025; nothing in May; known up to 15 June.
    static let orders = """
        create table source.orders as
        select cast(c0 as timestamp) as moment, c1 as person, c2 as country, c3::double as amount
        from (values
          ('2025-03-03 10:00', 'ann', 'DE', 10), ('2025-03-04 10:00', 'ann', 'DE', 30),
          ('2025-03-20 10:00', 'bob', 'FR', 20), ('2025-03-21 10:00', 'cy', null, 40),
          ('2025-04-02 10:00', 'ann', 'DE', 50), ('2025-04-03 10:00', 'dee', 'DE', 70),
          ('2025-04-04 10:00', 'eve', 'US', 60), ('2025-04-05 10:00', 'bob', 'FR', null),
          ('2025-06-02 10:00', 'ann', 'FR', 80), ('2025-06-03 10:00', 'fay', 'DE', 90),
          ('2025-06-15 10:00', 'bob', 'FR', 5)
        ) t(c0, c1, c2, c3)
        """

    static let source = """
        source: orders
        is: One row per order.
        time: moment
        entities: { person: person }
        dimensions: { country: country }
        """

    static let metrics = """
        metric: orders
        is: Orders.
        owner: t
        unit: count
        formula: { count: rows, from: orders }
        ---
        metric: german
        is: German orders.
        owner: t
        unit: count
        formula: { count: rows, from: orders, where: "country = 'DE'" }
        ---
        metric: foreign
        is: Orders from elsewhere.
        owner: t
        unit: count
        formula: { count: rows, from: orders, where: "country != 'DE'" }
        ---
        metric: people
        is: People.
        owner: t
        unit: count
        formula: { distinct: person, from: orders }
        ---
        metric: revenue
        is: Amounts.
        owner: t
        unit: money
        formula: { sum: amount, from: orders }
        ---
        metric: mean
        is: Mean amount.
        owner: t
        unit: money
        formula: { average: amount, from: orders }
        ---
        metric: kept
        is: Mean amount, the last one held.
        owner: t
        unit: money
        formula: { average: amount, from: orders }
        empty: carry
        ---
        metric: silent
        is: Orders, nothing where there are none.
        owner: t
        unit: count
        formula: { count: rows, from: orders }
        empty: none
        ---
        metric: german_share
        is: Share of German orders.
        owner: t
        unit: share
        formula: { ratio: { of: german, to: orders } }
        ---
        metric: per_order
        is: Revenue per order.
        owner: t
        unit: money
        formula: { ratio: { of: revenue, to: orders } }
        ---
        metric: growth
        is: Revenue against the period before.
        owner: t
        unit: ratio
        formula: { derived: "revenue / previous(revenue) - 1" }
        ---
        metric: score
        is: A score.
        owner: t
        unit: points
        formula: { average: amount, from: orders }
        ---
        metric: loss
        is: A negative amount.
        owner: t
        unit: money
        formula: { derived: "0 - revenue" }
        """

    private func bench(zone: String = "UTC") async throws -> Bench {
        try await Bench(
            metrics: Self.metrics, setUp: [Self.orders], definitions: Self.source, zone: zone)
    }

    private func cells(_ answer: Answer) -> [AnswerCell] { answer.rows.map { $0.cells[0] } }

    @Test("a ratio totals as the sum of numerators over the sum of denominators (K11)")
    func ratioTotals() async throws {
        let bench = try await bench()

        let monthly = try await bench.answer(
            bench.question(["per_order"], over: "2025-03..2025-04", grain: .month))
        let total = try await bench.answer(bench.question(["per_order"], over: "2025-03..2025-04"))

        #expect(cells(monthly).map(\.quantity.value) == [25, 45])
        #expect(cells(total)[0].quantity.value == 280.0 / 8)
        #expect(cells(total)[0].quantity.denominator == 8)
    }

    @Test("a denominator of zero is undefined, not zero (K11)")
    func zeroDenominator() async throws {
        let bench = try await bench()

        let may = try await bench.answer(
            bench.question(["german_share", "growth"], over: "2025-05..2025-06", grain: .month))

        #expect(may.rows[0].cells[0].quantity.value == nil)
        #expect(may.rows[0].cells[0].quantity.denominator == 0)
        #expect(may.rows[0].cells[1].quantity.value == -1)
        #expect(may.rows[1].cells[1].quantity.value == nil)
    }

    @Test("distinct people are recounted for the whole, never added (K12)")
    func distinctIsRecounted() async throws {
        let bench = try await bench()

        let monthly = try await bench.answer(
            bench.question(["people"], over: "2025-03..2025-06", grain: .month))
        let total = try await bench.answer(bench.question(["people"], over: "2025-03..2025-06"))

        #expect(cells(monthly).map(\.quantity.value) == [3, 4, 0, 3])
        #expect(cells(total)[0].quantity.value == 6)
    }

    @Test("filling a period without rows is the metric's own policy (K15)")
    func emptyPeriods() async throws {
        let bench = try await bench()
        let metrics = ["orders", "revenue", "mean", "kept", "silent"]

        let answer = try await bench.answer(
            bench.question(metrics, over: "2025-02..2025-07", grain: .month))

        let may = answer.rows[3].cells.map(\.quantity.value)
        #expect(may == [0, 0, nil, 60, nil])
        // Before the first row and after the last there is no data, and no data is not zero.
        #expect(answer.rows[0].cells.allSatisfy { $0.quantity.value == nil })
        #expect(answer.rows[5].cells.allSatisfy { $0.quantity.value == nil })
    }

    @Test("two metrics with opposite filters both get their rows, from one scan (K16)")
    func filtersAreScoped() async throws {
        let bench = try await bench()
        let question = try bench.question(
            ["german", "foreign", "orders"], over: "2025-03..2025-06")

        let answer = try await bench.answer(question)

        #expect(answer.rows[0].cells.map(\.quantity.value) == [5, 6, 11])
        #expect(try bench.plan(question).reads.count == 1)
    }

    @Test("parts, the rest and the missing add up to the whole (K17)")
    func partsAddUp() async throws {
        let bench = try await bench()

        let answer = try await bench.answer(
            bench.question(["revenue"], over: "2025-03..2025-06", by: ["country"], limit: 1))

        #expect(answer.rows.map(\.part.kind) == ["value", "none", "other"])
        #expect(answer.rows.map { $0.part.values[0].text } == ["DE", nil, "other"])
        #expect(cells(answer).compactMap(\.quantity.value).reduce(0, +) == 455)
    }

    @Test("segments of people may overlap, and the answer says so (K17)")
    func overlapIsSaid() async throws {
        let bench = try await bench()

        let answer = try await bench.answer(
            bench.question(["people"], over: "2025-03..2025-06", by: ["country"]))

        #expect(cells(answer).compactMap(\.quantity.value).reduce(0, +) == 7)
        #expect(answer.notes.map(\.code).contains("answer/overlapping-parts"))
    }

    @Test("changes are in % or pp, and never in % of a base that is not positive (K19)")
    func changeUnits() async throws {
        let bench = try await bench()

        let answer = try await bench.answer(
            bench.question(
                ["revenue", "german_share", "score", "loss"], over: "2025-04", grain: .month,
                compare: .previous))

        let changes = answer.rows[0].cells.compactMap(\.change)
        #expect(changes.map(\.unit) == [.percent, .percentagePoints, .points, .unit])
        #expect(changes[0].value == 0.8)
        #expect(changes[1].value == 0)
        #expect(changes[3].value == -80)
    }

    @Test("a period whose data has not all arrived is shown but not compared (K8)")
    func incompletePeriods() async throws {
        let bench = try await bench()

        let answer = try await bench.answer(
            bench.question(["orders"], over: "2025-04..2025-06", grain: .month, compare: .previous))

        #expect(cells(answer).map(\.isComplete) == [true, true, false])
        #expect(cells(answer)[2].quantity.value == 3)
        #expect(cells(answer)[2].change?.value == nil)
        #expect(answer.notes.map(\.code).contains("answer/incomplete"))
    }

    @Test("comparisons are named: the period before, the year before, 52 weeks before (K7)")
    func comparisons() async throws {
        let bench = try await bench()
        func counterpart(_ over: String, _ grain: Grain?, _ kind: Comparison) throws -> String? {
            let question = try bench.question(["orders"], over: over, grain: grain, compare: kind)
            return Timeline(question).counterparts[0]?.range.description
        }

        #expect(try counterpart("2025-03", .month, .previous) == "2025-02-01..2025-02-28")
        #expect(try counterpart("2025-03..2025-04", nil, .previous) == "2025-01-01..2025-02-28")
        #expect(
            try counterpart("2025-03-11..2025-03-13", nil, .previous) == "2025-03-08..2025-03-10")
        #expect(try counterpart("2024-02", .month, .year) == "2023-02-01..2023-02-28")
        #expect(try counterpart("2024-02-29", .day, .year) == "2023-02-28..2023-02-28")
        #expect(try counterpart("2025-03-03", .day, .weekday) == "2024-03-04..2024-03-04")
        #expect(try counterpart("2026-W10", .week, .year) == "2025-03-03..2025-03-09")
    }

    @Test("a week 53 has no counterpart in a year of 52, and the answer says so (K4)")
    func week53() async throws {
        let bench = try await bench()
        let question = try bench.question(
            ["orders"], over: "2026-W53", grain: .week, compare: .year)

        let answer = try await bench.answer(question)

        #expect(Timeline(question).counterparts == [nil])
        #expect(answer.notes.map(\.code).contains("answer/no-counterpart"))
    }

    @Test("shares carry Wilson intervals, means t intervals, with n (K36)")
    func intervals() async throws {
        let bench = try await bench()

        let answer = try await bench.answer(
            bench.question(["german_share", "mean"], over: "2025-03..2025-06"))

        // SciPy 1.17: binomtest(5, 11).proportion_ci(method="wilson").
        let share = answer.rows[0].cells[0]
        #expect(abs((share.interval?.low ?? 0) - 0.2127127162) < 1e-9)
        #expect(abs((share.interval?.high ?? 0) - 0.7199084626) < 1e-9)
        #expect(share.quantity.count == 11)
        // SciPy 1.17: t.interval(0.95, 9, 45.5, sem([10,30,20,40,50,70,60,80,90,5])).
        let mean = answer.rows[0].cells[1]
        #expect(mean.quantity.count == 10)
        #expect(abs((mean.interval?.low ?? 0) - 24.4101104487) < 1e-8)
        #expect(abs((mean.interval?.high ?? 0) - 66.5898895513) < 1e-8)
    }

    @Test("the local day decides to which period a row belongs (K1, K3)")
    func localDays() async throws {
        let hours = """
            create table source.orders as
            select moment, 'p' || i as person, 'DE' as country, 1.0 as amount
            from (select i, timestamp '2025-03-28 00:30:00' + to_hours(i::int) as moment
              from range(120) t(i))
            """
        for (zone, expected) in [
            ("Europe/Berlin", [24.0, 24, 23, 24]), ("Africa/Casablanca", [24, 24, 24, 24]),
            ("Asia/Kolkata", [24, 24, 24, 24]), ("Asia/Beirut", [24, 24, 23, 24]),
        ] {
            let bench = try await Bench(
                metrics: Self.metrics, setUp: [hours], definitions: Self.source, zone: zone)
            let answer = try await bench.answer(
                bench.question(["orders"], over: "2025-03-28..2025-04-01", grain: .day))
            let full = cells(answer).compactMap(\.quantity.value)
            #expect(full.reduce(0, +) <= 120)
            #expect(Array(full.dropFirst().prefix(3)) == Array(expected.dropFirst()), "\(zone)")
        }
    }

    @Test("a 25-hour day has 25 hours of rows, one period an hour")
    func longDayByHour() async throws {
        let hours = """
            create table source.orders as
            select timestamp '2025-10-25 12:30:00' + to_hours(i::int) as moment, 'p' as person,
              'DE' as country, 1.0 as amount from range(60) t(i)
            """
        let bench = try await Bench(
            metrics: Self.metrics, setUp: [hours], definitions: Self.source, zone: "Europe/Berlin")

        let answer = try await bench.answer(
            bench.question(["orders"], over: "2025-10-26", grain: .hour))

        #expect(answer.rows.count == 25)
        #expect(cells(answer).allSatisfy { $0.quantity.value == 1 })
    }

    @Test(
        "hours of zones with half-hour offsets hold the rows of their local hour",
        arguments: [("Asia/Kolkata", 72), ("Australia/Lord_Howe", 72), ("America/Havana", 71)])
    func halfHourZones(zone: String, hours: Int) async throws {
        let quarters = """
            create table source.orders as
            select timestamp '2025-03-06 00:00:00' + to_minutes(15 * i::int) as moment,
              'p' as person, 'DE' as country, 1.0::double as amount from range(960) t(i)
            """
        let bench = try await Bench(
            metrics: Self.metrics, setUp: [quarters], definitions: Self.source, zone: zone)

        let answer = try await bench.answer(
            bench.question(["orders"], over: "2025-03-08..2025-03-10", grain: .hour))

        #expect(answer.rows.count == hours)
        #expect(cells(answer).allSatisfy { $0.quantity.value == 4 })
    }

    @Test("decimal money adds up exactly and is rounded only where it is shown (K18)")
    func decimalMoney() async throws {
        let bench = try await Bench(
            metrics: Self.metrics,
            setUp: [
                """
                create table source.orders as
                select timestamp '2025-03-01 12:00:00' + to_hours(i::int) as moment, 'p' as person,
                  'DE' as country, 0.1::decimal(18, 4) as amount from range(1000) t(i)
                """
            ], definitions: Self.source)

        let total = try await bench.answer(bench.question(["revenue"], over: "2025"))
        let parts = try await bench.answer(
            bench.question(["revenue"], over: "2025-03..2025-04", grain: .day))

        // A thousand times the double nearest to 0.1 is 99.9999999999986.
        #expect(cells(total)[0].quantity.value == 100)
        let days = cells(parts).compactMap(\.quantity.value)
        #expect(days.dropFirst().prefix(30).allSatisfy { $0 == 2.4 })
    }

    @Test("functions of time mean local time")
    func localFunctions() async throws {
        let bench = try await Bench(
            metrics: """
                metric: late
                is: Orders in the last hour of a Monday.
                owner: t
                unit: count
                formula: { count: rows, from: orders, where: "hour(moment) = 23 and weekday(moment) = 1" }
                """,
            setUp: [
                """
                create table source.orders as
                select timestamp '2025-06-01 00:30:00' + to_hours(i::int) as moment, 'p' as person,
                  'DE' as country, 1.0 as amount from range(336) t(i)
                """
            ], definitions: Self.source, zone: "America/New_York")

        let answer = try await bench.answer(
            bench.question(["late"], over: "2025-05-31..2025-06-14"))

        #expect(cells(answer)[0].quantity.value == 2)
    }
}
