import Definitions
import Planning
import Statistics
import Testing
import Vocabulary

/// What people answered, and how many of those who were asked.
@Suite("Rules of opinion")
struct OpinionRuleTests {
    private static let source = """
        source: answers
        is: One row per invitation.
        time: day
        entities: { person: person }
        dimensions: { wave: wave }
        complete_through: 2026-04-01
        """

    private static func answers(_ rows: [(Int, String, String, String)]) -> String {
        Bench.table(
            "answers", "day, person, wave, score",
            rows.map { "date '2026-03-01' + \($0.0), '\($0.1)', '\($0.2)', \($0.3)::integer" })
    }

    @Test(
        "K74: the top boxes go with the scale, and an answer of another scale counts nowhere",
        arguments: [(3, 1), (4, 2), (5, 2), (6, 2), (7, 2), (10, 3)])
    func topBoxes(scale: Int, boxes: Int) async throws {
        let bench = try await Bench(
            metrics: Bench.metrics([
                ("share", "{ csat: score, scale: \(scale), from: answers }"),
                ("points", "{ average: score, from: answers }"),
            ]),
            setUp: [
                // Each answer of the scale once, and answers that cannot be of it.
                Self.answers(
                    ((0...(scale + 1)).map { "\($0)" } + ["null"]).map { (0, "p", "w", $0) })
            ], definitions: Self.source)

        let cells = try await bench.answer(bench.question(["m1", "m2"], over: "2026-03"))
            .rows[0].cells

        let share = cells[0].quantity
        #expect(share.numerator == Double(boxes) && share.denominator == Double(scale))
        expectNumbers([share.value], [Double(boxes) / Double(scale)])
        // Wilson's bounds lie within 0 and 1 and around the share.
        let interval = try #require(cells[0].interval)
        #expect(interval.low > 0 && interval.high < 1 && interval.contains(share.value ?? 2))
        // The mean is another KPI, over whatever was answered.
        expectNumbers([cells[1].quantity.value], [Double(scale + 1) / 2])
    }

    @Test("K75: response is of those asked, one answer a person and wave, with their weights")
    func response() async throws {
        let sources = """
            \(Self.source)
            ---
            source: votes
            is: The last answer of each person in each wave.
            from: { each: [person, wave], of: answers, keep: { day: { first: day }, score: { last: score } } }
            time: day
            complete_through: 2026-04-01
            """
        let bench = try await Bench(
            library: ["survey-response-rate"], LibraryBinding(source: "votes"),
            metrics: Bench.metrics([
                ("points", "{ nps: score, from: answers }"),
                ("points", "{ nps: score, from: votes }"),
                (
                    "points",
                    "{ nps: score, weight: \"case when person = 'bob' then 3 else 1 end\", "
                        + "from: votes }"
                ),
            ]),
            tables: [
                Self.answers([
                    (0, "ann", "spring", "9"), (1, "ann", "spring", "10"),
                    (2, "ann", "spring", "10"), (0, "bob", "spring", "3"),
                    (0, "cat", "spring", "8"), (0, "dan", "spring", "null"),
                ])
            ], sources: sources)

        let cells = try await bench.answer(
            bench.question(["survey_response_rate", "m1", "m2", "m3"], over: "2026-03")
        ).rows[0].cells.map(\.quantity)

        // Ann's three answers would make the score 40; each heard once, it is 0.
        expectNumbers(cells.map(\.value), [0.75, 40, 0, -40])
        #expect(cells[1].count == 5 && cells[2].count == 3)
    }
}
