import Planning
import Testing
import Vocabulary

/// `empty: carry`: the last value holds, and it is the same whatever else is asked.
@Suite("Carried values")
struct CarriedValueTests {
    private static let metrics =
        HonestNumberTests.metrics + """

            ---
            metric: kept_by_day
            is: The mean of the days' held means.
            unit: money
            formula: { derived: average_of_days(kept) }
            ---
            metric: kept_growth
            is: Against the period before.
            unit: money
            formula: { derived: kept - previous(kept) }
            """

    private func bench(_ rows: String = HonestNumberTests.orders) async throws -> Bench {
        try await Bench(
            metrics: Self.metrics, setUp: [rows], definitions: HonestNumberTests.source)
    }

    private func kept(_ answer: Answer) -> [Double?] {
        answer.rows.map { $0.cells[0].quantity.value }
    }

    @Test("a month carries a month's value, even where days are read as well")
    func grains() async throws {
        let bench = try await bench()
        for metrics in [["kept"], ["kept", "kept_by_day"]] {
            let answer = try await bench.answer(
                bench.question(
                    metrics, over: "2025-04..2025-05", grain: .month,
                    filters: ["country = 'DE'"]))

            // 50 and 70 in April, the last of them on the 3rd.
            #expect(kept(answer) == [60, 60])
        }
    }

    @Test("what periods are compared with, or look back at, is not carried into them")
    func comparisons() async throws {
        let bench = try await bench()
        for comparison in [nil, Comparison.previous] {
            let may = try bench.question(
                ["kept"], over: "2025-05", grain: .month, compare: comparison)
            #expect(kept(try await bench.answer(may)) == [nil])
        }
        let both = try bench.question(["kept", "kept_growth"], over: "2025-05", grain: .month)
        #expect(kept(try await bench.answer(both)) == [nil])

        let years = try await self.bench(
            """
            create table source.orders as
            select moment, 'ann' as person, 'DE' as country, amount from (values
              (timestamp '2025-03-10 10:00', 40.0::double), (timestamp '2026-02-10 10:00', 10),
              (timestamp '2026-03-10 10:00', 20)) t(moment, amount)
            """)
        let answer = try await years.answer(
            years.question(["kept"], over: "2026-01..2026-03", grain: .month, compare: .year))
        #expect(kept(answer) == [nil, 10, 20])
        #expect(answer.rows.map { $0.cells[0].change?.previous } == [nil, nil, 40])
    }

    @Test("a month that the range cuts carries its value too")
    func cutPeriods() async throws {
        let bench = try await bench()

        let answer = try await bench.answer(
            bench.question(["kept"], over: "2025-04-03..2025-05-31", grain: .month))

        #expect(kept(answer) == [65, 65])
    }
}
