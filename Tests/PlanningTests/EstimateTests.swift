import Definitions
import Planning
import Statistics
import Testing
import Vocabulary

/// Scores, spreads and estimates: that plans hand the right rows to the methods.
@Suite("Estimates")
struct EstimateTests {
    private static let answers = """
        source: answers
        is: One row per answer.
        time: day
        dimensions: { wave: wave }
        """

    private static func bench(_ metrics: String, promoters: [(Int, Int, Double)]) async throws
        -> Bench
    {
        let values = promoters.map { "(date '2026-01-05', \($0.0), \($0.1), \($0.2))" }
            .joined(separator: ", ")
        return try await Bench(
            metrics: metrics,
            setUp: [
                """
                create table source.answers as
                select day, 'w' || (i % 2) as wave, score, weight::double as weight
                from (values \(values)) t(day, score, times, weight), range(times) r(i)
                """
            ], definitions: answers)
    }

    private static let score = """
        metric: score
        is: Net promoter score.
        unit: points
        formula: { nps: score, from: answers }
        ---
        metric: weighted
        is: Net promoter score with weights.
        unit: points
        formula: { nps: score, weight: weight, from: answers }
        """

    /// 100 promoters, 60 passives and 40 detractors score 30; the adjusted interval is
    /// 29.56 ± 10.74 (J. Sauro and J. R. Lewis; D. Rocks, 2016).
    @Test("K71, K72: a net promoter score leaves out what is no answer; its interval is adjusted")
    func promoters() async throws {
        let bench = try await Self.bench(
            Self.score,
            promoters: [(10, 60, 1), (9, 40, 1), (7, 60, 1), (6, 30, 1), (0, 10, 1), (11, 5, 1)])
        let answer = try await bench.answer(try bench.question(["score"], over: "2026-01"))
        let cell = try #require(answer.rows.first?.cells.first)
        #expect(cell.quantity.value == 30)
        #expect(cell.quantity.count == 200)
        let interval = try #require(cell.interval)
        #expect(abs((interval.low + interval.high) / 2 - 29.56) < 0.005)
        #expect(abs((interval.high - interval.low) / 2 - 10.74) < 0.005)
    }

    /// Ten promoters of ten score 100; the adjusted interval is 76.92 ± 29.42.
    @Test("K71, K72: ten promoters of ten are no certainty, and nobody is no score")
    func certainty() async throws {
        let bench = try await Self.bench(Self.score, promoters: [(10, 10, 1)])
        let cell = try #require(
            try await bench.answer(try bench.question(["score"], over: "2026-01")).rows.first?
                .cells.first)
        #expect(cell.quantity.value == 100)
        #expect(abs((cell.interval?.low ?? 0) - (76.92 - 29.42)) < 0.01)
        let none = try await bench.answer(
            try bench.question(["score"], over: "2026-01", filters: ["score < 0"]))
        #expect(none.rows.first?.cells.first?.quantity.value == nil)
    }

    @Test("Weights count, and what they cost in precision widens the interval")
    func weights() async throws {
        let bench = try await Self.bench(
            Self.score, promoters: [(10, 50, 2), (8, 50, 1), (3, 50, 1)])
        let answer = try await bench.answer(
            try bench.question(["score", "weighted"], over: "2026-01"))
        let cells = try #require(answer.rows.first?.cells)
        #expect(cells[0].quantity.value == 0)
        #expect(abs((cells[1].quantity.value ?? 0) - 25) < 1e-12)
        #expect(cells[1].quantity.count == 150)
    }

    @Test("A deviation is that of a sample, and one row has none")
    func deviation() async throws {
        let bench = try await Bench(
            metrics: """
                metric: spread
                is: Spread of amounts.
                unit: number
                formula: { deviation: amount, from: events }
                """)
        expectSame(
            try await bench.values(
                try bench.question(["spread"], over: "2025", grain: .month, by: ["country"])),
            try await bench.check(
                """
                select strftime(date_trunc('month', moment), '%Y-%m-%d'),
                  case when country is null then '(none)' else country end, stddev_samp(amount)
                from source.events where moment >= '2025-01-01' and moment < '2026-01-01'
                group by all
                """), "deviation")
        let one = try await bench.answer(
            try bench.question(["spread"], over: "2025", filters: ["id = 7"]))
        #expect(one.rows.first?.cells.first?.quantity.value == nil)
    }

    /// The remission times of the control group of E. J. Freireich et al. (1963), as in D. R. Cox,
    /// "Regression models and life-tables" (1972): all 21 relapsed, half of them by week 8.
    @Test("K40: survival is estimated from those who began in the period, censored or not")
    func survival() async throws {
        let weeks = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]
        let treated = [
            (6, 1), (6, 1), (6, 1), (6, 0), (7, 1), (9, 0), (10, 1), (10, 0), (11, 0), (13, 1),
            (16, 1), (17, 0), (19, 0), (20, 0), (22, 1), (23, 1), (25, 0), (32, 0), (32, 0),
            (34, 0), (35, 0),
        ]
        let rows =
            weeks.map { "('control', \($0), true)" }
            + treated.map { "('6-MP', \($0.0), \($0.1 == 1))" }
        let bench = try await Bench(
            metrics: """
                metric: kept
                is: Share in remission after ten weeks.
                unit: share
                formula: { survival: weeks, ended: relapsed, at: 10, from: patients }
                ---
                metric: half
                is: Weeks until half relapsed.
                unit: number
                formula: { survival_median: weeks, ended: relapsed, from: patients }
                """,
            setUp: [
                """
                create table source.patients as select date '2026-01-01' as began, *
                from (values \(rows.joined(separator: ", "))) t(arm, weeks, relapsed)
                """
            ],
            definitions: """
                source: patients
                is: Patients of a trial.
                time: began
                dimensions: { arm: arm }
                """)
        let kept = try await bench.values(
            try bench.question(["kept"], over: "2026-01", by: ["arm"]))
        // Published: 0.7529 for 6-MP after week 10, and 8 of 21 for the control group.
        #expect(abs((kept["|6-MP"] ?? 0) - 0.7529) < 0.00005)
        #expect(abs((kept["|control"] ?? 0) - 8.0 / 21) < 1e-12)
        let half = try await bench.values(
            try bench.question(["half"], over: "2026-01", by: ["arm"]))
        #expect(half == ["|6-MP": 23, "|control": 8])
        let cell = try await bench.answer(
            try bench.question(["kept"], over: "2026-01", filters: ["arm = '6-MP'"])
        ).rows.first?.cells.first
        #expect(cell?.quantity.count == 21)
        #expect((cell?.interval?.low ?? 1) < 0.7529 && (cell?.interval?.high ?? 0) > 0.7529)
    }
}
