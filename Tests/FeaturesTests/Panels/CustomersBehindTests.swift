import Definitions
import Features
import Planning
import Testing
import Vocabulary

@Suite("Customers behind a model")
struct CustomersBehindTests {
    private static let definitions = """
        source: purchases
        is: One row per purchase.
        from: { csv: "imports/purchases.csv" }
        time: bought
        entities: { buyer: buyer }
        complete_through: 2026-07-01
        """

    private static let metrics = """
        metric: worth
        is: What a buyer will bring in.
        unit: money
        formula: { lifetime: clv, model: bgnbd, by: buyer, value: amount, horizon: 12 months, discount: 1%, from: purchases }
        ---
        metric: worth_of_repeaters
        is: What a buyer who bought again will bring in.
        unit: money
        formula: { lifetime: clv, model: bgnbd, by: buyer, value: amount, horizon: 12 months, discount: 1%, customers: repeat, from: purchases }
        ---
        metric: staying
        is: Who is still a buyer.
        unit: share
        formula: { lifetime: alive, model: bgnbd, by: buyer, from: purchases }
        ---
        metric: sold
        is: Purchases.
        unit: count
        formula: { count: rows, from: purchases }
        ---
        metric: worth_per_sale
        is: A model over rows.
        unit: money
        formula: { ratio: { of: worth, to: sold } }
        """

    /// The metric's number, and the rows behind it by the names of their columns.
    private static func behind(
        _ metric: String, side: String? = nil, limit: Int = 1_000, offset: Int = 0
    ) async throws -> (value: Double, total: Int, rows: [[String: JSON]]) {
        let workspace = try TemporaryWorkspace(
            TemporaryWorkspace.definitions.merging([
                "definitions/purchases.yaml": definitions, "definitions/worth.yaml": metrics,
                "imports/purchases.csv": PurchaseTable.csv,
            ]) { _, new in new })
        let session = try await WorkspaceSession.open(
            workspace.folder, clock: TemporaryWorkspace.clock)
        _ = try await session.importFiles(source: "purchases")
        let errors = session.findings.filter { $0.severity == .error }
        try #require(errors.isEmpty, "\(errors.map(\.failure.description))")
        let words = QuestionWords(metrics: [metric], over: "2026-01-01..2026-06-30")
        let answer = try await session.answer(session.question(words))
        let json = try await session.rows(
            RowsWords(
                metric: metric, question: words, side: side, limit: limit, offset: offset))
        await session.close()
        let names = json["columns"]?.list?.compactMap { $0["name"]?.text } ?? []
        let rows = (json["rows"]?.list ?? []).compactMap(\.list).map {
            Dictionary(uniqueKeysWithValues: zip(names, $0))
        }
        return (
            try #require(answer.rows.first?.cells.first?.quantity.value),
            Int(json["total"]?.number ?? 0), rows
        )
    }

    @Test("are all of them, the most valuable first, and their mean is the number")
    func values() async throws {
        let (value, total, rows) = try await Self.behind("worth")

        let expected = rows.compactMap { $0["expected_value"]?.number }
        #expect(total == 400 && rows.count == 400)
        #expect(Set(rows.compactMap { $0["buyer"]?.text }).count == 400)
        #expect(expected == expected.sorted(by: >))
        #expect(abs(expected.reduce(0, +) / 400 - value) < 1e-9 * value)
        // Who never bought again is surely alive, and has no mean value of repeat purchases.
        let once = rows.filter { $0["purchases"]?.number == 1 }
        #expect(!once.isEmpty)
        #expect(once.allSatisfy { $0["alive"]?.number == 1 && $0["average_value"] == .null })
        #expect(once.allSatisfy { $0["recency_weeks"]?.number == 0 })
    }

    @Test("are those who bought again where only they are told of")
    func repeating() async throws {
        let all = try await Self.behind("worth").rows
        let (value, total, rows) = try await Self.behind("worth_of_repeaters")

        let again = all.filter { ($0["purchases"]?.number ?? 0) > 1 }
        let expected = again.compactMap { $0["expected_value"]?.number }
        let names = { (rows: [[String: JSON]]) in Set(rows.compactMap { $0["buyer"]?.text }) }
        #expect(names(rows) == names(again) && total == again.count && total < 400)
        #expect(abs(expected.reduce(0, +) / Double(total) - value) < 1e-9 * value)
    }

    @Test("are behind the side of a ratio on which the model stands")
    func sides() async throws {
        let above = try await Self.behind("worth_per_sale", side: "numerator")
        let below = try await Self.behind("worth_per_sale", side: "denominator")

        #expect(above.total == 400)
        #expect(above.rows.allSatisfy { $0["expected_value"]?.number != nil })
        let lines = PurchaseTable.csv.split(separator: "\n").count - 1
        #expect(below.total == lines && lines != 400)
        #expect(Set(below.rows[0].keys) == ["buyer", "bought", "shop", "amount"])
    }

    @Test("come page by page, with what the metric tells")
    func pages() async throws {
        let all = try await Self.behind("staying").rows
        let page = try await Self.behind("staying", limit: 3, offset: 399)

        #expect(page.total == 400 && page.rows.count == 1)
        #expect(page.rows[0]["buyer"] == all[399]["buyer"])
        #expect(
            Set(page.rows[0].keys)
                == ["buyer", "purchases", "recency_weeks", "age_weeks", "alive"])
    }
}
