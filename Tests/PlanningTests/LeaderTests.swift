import Definitions
import Planning
import Testing
import Vocabulary

@Suite("The values of a dimension that are shown")
struct LeaderTests {
    private static let metrics =
        HonestNumberTests.metrics + """

            ---
            metric: foreign_share
            is: Share of orders from elsewhere.
            owner: t
            unit: share
            formula: { ratio: { of: foreign, to: orders } }
            """

    @Test("a share shows the values with the most cases, not those of its numerator")
    func widest() async throws {
        let bench = try await Bench(
            metrics: Self.metrics, setUp: [HonestNumberTests.orders],
            definitions: HonestNumberTests.source)

        let share = try await bench.answer(
            bench.question(["foreign_share"], over: "2025-03..2025-06", by: ["country"], limit: 1))
        let foreign = try await bench.answer(
            bench.question(["foreign"], over: "2025-03..2025-06", by: ["country"], limit: 1))

        // Five orders are German and four French; of foreign ones the French are the most.
        #expect(share.rows.first?.part.values.first?.text == "DE")
        #expect(share.rows.first?.cells[0].quantity.denominator == 5)
        #expect(foreign.rows.first?.part.values.first?.text == "FR")
    }
}
