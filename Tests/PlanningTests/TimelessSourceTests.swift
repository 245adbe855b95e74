import Planning
import Testing
import Vocabulary

/// Tables such as a questionnaire, whose rows have no time.
@Suite("Sources without time")
struct TimelessSourceTests {
    private func bench() async throws -> Bench {
        try await Bench(
            metrics: """
                metric: answers
                is: Answers.
                owner: t
                unit: count
                formula: { count: rows, from: answers }
                ---
                metric: none_at_all
                is: Answers that nobody gave.
                owner: t
                unit: count
                formula: { count: rows, from: answers, where: score > 10 }
                ---
                metric: first_answers
                is: People who answered for the first time.
                owner: t
                unit: count
                formula: { new: person, from: answers }
                """,
            setUp: [
                """
                create table source.answers as select * from (values
                  (1, 'ann', 'DE', 5), (2, 'bob', 'DE', 3), (3, 'cy', 'FR', 4)
                ) t(id, person, country, score)
                """
            ],
            definitions: """
                source: answers
                is: One row per answer.
                entities: { person: person }
                dimensions: { country: country }
                """)
    }

    @Test("all rows count, whatever the range is, and a note says so")
    func allRowsCount() async throws {
        let bench = try await bench()

        let answer = try await bench.answer(bench.question(["answers"], over: "2020"))
        let parts = try await bench.values(
            bench.question(["answers"], over: "2020", by: ["country"]))

        #expect(answer.rows[0].cells[0].quantity.value == 3)
        #expect(answer.rows[0].cells[0].isComplete)
        #expect(answer.notes.map(\.code) == ["answer/no-time"])
        #expect(parts.values.sorted() == [1, 2])
    }

    @Test("no row that fits is zero, because there is data")
    func nothingIsZero() async throws {
        let bench = try await bench()

        let answer = try await bench.answer(bench.question(["none_at_all"], over: "2020"))

        #expect(answer.rows[0].cells[0].quantity.value == 0)
    }

    @Test("what only rows with a time can tell is refused")
    func timeIsNeeded() async throws {
        let bench = try await bench()

        for question in [
            try bench.question(["answers"], over: "2020", grain: .month),
            try bench.question(["answers"], over: "2020", compare: .previous),
            try bench.question(["first_answers"], over: "2020"),
        ] {
            let failure = #expect(throws: Failure.self) { try bench.plan(question) }
            #expect(failure?.code == .noTimeColumn)
        }
    }
}
