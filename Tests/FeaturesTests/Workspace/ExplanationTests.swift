import Features
import Planning
import Testing
import Vocabulary

@Suite("Explanations")
struct ExplanationTests {
    @Test("a KPI is explained for the period that the scorecard shows, and recomputed to the bit")
    func kpi() async throws {
        let workspace = try TemporaryWorkspace()
        let session = try await workspace.open()
        _ = try await session.importFiles(source: "orders")

        let explanation = try await session.explanation(of: ExplainWords(name: "monthly-revenue"))

        #expect(explanation.isSame)
        #expect(explanation.recomputed == 240)
        #expect(explanation.receipt.range.description == "2026-06-01..2026-06-30")
        #expect(explanation.plan.contains("sum of amount"))
        #expect(explanation.statements.allSatisfy { !$0.sql.contains("cancelled") })
        await session.close()
    }

    @Test("rows that were left out are counted, each for its first reason")
    func leftOut() async throws {
        let workspace = try TemporaryWorkspace()
        let session = try await workspace.open()
        _ = try await session.importFiles(source: "orders")

        let explanation = try await session.explanation(
            of: ExplainWords(
                name: "revenue", question: QuestionWords(metrics: [], over: "2026-01")))

        // 181 orders: 150 after January, and 7 of January's are cancelled.
        let leftOut = explanation.receipt.leftOut ?? []
        #expect(leftOut.map(\.rows) == [150, 7])
        #expect(leftOut.map(\.reason).first == "outside the range")
        await session.close()
    }

    @Test("a receipt's name finds its question again in another session")
    func receipt() async throws {
        let workspace = try TemporaryWorkspace()
        let session = try await workspace.open()
        _ = try await session.importFiles(source: "orders")
        let answer = try await session.answer(
            session.question(
                QuestionWords(
                    metrics: ["cancellation"], over: "2026-02..2026-03", filters: ["country = 'DE'"]
                )))
        let receipt = try #require(answer.receipts.first)
        await session.close()

        let later = try await workspace.open()
        let explanation = try await later.explanation(of: ExplainWords(name: receipt.id))

        #expect(explanation.receipt.id == receipt.id)
        #expect(explanation.receipt.value == receipt.value)
        await later.close()
    }

    @Test("a name that is nothing is refused with the nearest one")
    func unknown() async throws {
        let workspace = try TemporaryWorkspace()
        let session = try await workspace.open()

        let failure = await #expect(throws: Failure.self) {
            try await session.explanation(of: ExplainWords(name: "monthly-revenu"))
        }

        #expect(failure?.hint == "did you mean 'monthly-revenue'?")
        await session.close()
    }
}
