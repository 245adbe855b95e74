import Definitions
import Engines
import Foundation
import Planning
import Testing
import Vocabulary

/// In which period the numbers of models of purchases stand, and who is behind them.
@Suite("Periods of models")
struct LifetimePeriodTests {
    /// Four hundred buyers whose rates and patience differ, from 5 January 2026 on.
    private static var purchases: String {
        var rows: [String] = []
        var state: UInt64 = 7
        func random() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (Double(state >> 33) + 0.5) / Double(1 << 31)
        }
        for buyer in 0..<400 {
            var day = Double(buyer % 60)
            let rate = -log(random()) * 0.05
            let patience = random() * random()
            while day < 177 {
                rows.append("(date '2026-01-05' + \(Int(day)), 'b\(buyer)')")
                if random() < patience { break }
                day += max(1, -log(random()) / rate)
            }
        }
        return "create table source.purchases as select * from (values "
            + rows.joined(separator: ", ") + ") t(day, buyer)"
    }

    private static let definitions = """
        source: purchases
        is: One row per purchase.
        time: day
        entities: { buyer: buyer }
        complete_through: 2026-07-01
        """

    private static let metrics = """
        metric: sold
        is: Purchases.
        unit: count
        formula: { count: rows, from: purchases }
        ---
        metric: staying
        is: Who is still a buyer.
        unit: share
        formula: { lifetime: alive, model: bgnbd, by: buyer, from: purchases }
        ---
        metric: gained
        is: What the period before had less.
        unit: number
        formula: { derived: staying - previous(staying) }
        ---
        metric: staying_by_day
        is: Who is still a buyer, on a mean day.
        unit: share
        formula: { derived: average_of_days(staying) }
        ---
        metric: staying_per_sale
        is: A model over rows.
        unit: ratio
        formula: { ratio: { of: staying, to: sold } }
        ---
        metric: sales_per_staying
        is: Rows over a model.
        unit: ratio
        formula: { ratio: { of: sold, to: staying } }
        """

    private func bench() async throws -> Bench {
        try await Bench(
            metrics: Self.metrics, setUp: [Self.purchases], definitions: Self.definitions)
    }

    private func values(
        _ bench: Bench, _ over: String, grain: Grain? = nil, compare: Comparison? = nil
    ) async throws -> [Double?] {
        let question = try bench.question(["staying"], over: over, grain: grain, compare: compare)
        return try await bench.answer(question).rows.map { $0.cells[0].quantity.value }
    }

    @Test("a quarter has its own number, and those before the first row have none")
    func quarters() async throws {
        let bench = try await bench()
        let over = "2025-07..2026-06"

        let quarters = try await values(bench, over, grain: .quarter)
        var alone: [Double?] = []
        for range in [
            "2025-07..2025-09", "2025-10..2025-12", "2026-01..2026-03", "2026-04..2026-06",
        ] {
            alone += try await values(bench, range, grain: .quarter)
        }

        #expect(quarters == alone)
        #expect(quarters.map { $0 == nil } == [true, true, false, false])
        let plan = try bench.plan(bench.question(["staying"], over: over, grain: .quarter))
        #expect(plan.reads.count == 2)
    }

    @Test("all data has its number where it is compared with the time before it")
    func comparedWithNothing() async throws {
        let bench = try await bench()
        let over = "2026-01-05..2026-06-30"
        let question = try bench.question(["staying"], over: over, compare: .previous)

        let cell = try #require(try await bench.answer(question).rows.first?.cells.first)

        let alone = try await values(bench, over)
        #expect(cell.quantity.value != nil && cell.quantity.value == alone[0])
        #expect(cell.change?.previous == nil)
        let before = try await bench.answer(bench.question(["staying"], over: "2025-12"))
        #expect(before.rows[0].cells[0].quantity.value == nil)
        #expect(!before.notes.map(\.code).contains("answer/no-estimate"))
    }

    @Test("too many periods of a model are refused in words that fit it")
    func tooManyPeriods() async throws {
        let bench = try await bench()
        let question = try bench.question(
            ["staying"], over: "2026-01-05..2026-06-30", grain: .day)

        let failure = #expect(throws: Failure.self) { try bench.plan(question) }

        #expect(failure?.code == .cannotAccumulate)
        #expect(failure?.message.contains("177 overlapping stretches") == true)
        #expect(failure?.message.contains("percentile") == false)
    }

    @Test("the customers behind a change are those of the period that is asked for")
    func customersOfTheAskedPeriod() async throws {
        let bench = try await bench()
        let plan = try bench.plan(bench.question(["gained"], over: "2026-02", grain: .month))

        let behind = try #require(CustomersBehind(plan))

        let known = try await bench.check(
            "select count(distinct buyer) from source.purchases where day < '2026-03-01'")
        let earlier = try await bench.check(
            "select count(distinct buyer) from source.purchases where day < '2026-02-01'")
        #expect(try await bench.engine.run(behind.statement).count == Int(known[""] ?? 0))
        #expect(known != earlier)
    }

    @Test("customers are behind the side of a ratio on which the model stands")
    func sides() async throws {
        let bench = try await bench()
        for (metric, side) in [
            ("staying_per_sale", RowsBehind.Side.numerator), ("sales_per_staying", .denominator),
        ] {
            let plan = try bench.plan(bench.question([metric], over: "2026-05"))

            for asked in RowsBehind.Side.allCases {
                #expect((CustomersBehind(plan, side: asked) != nil) == (asked == side))
            }
        }
    }

    @Test("a mean over days on which no model fits says why it is missing")
    func daysWithoutModel() async throws {
        let bench = try await bench()
        let over = "2026-01-05..2026-01-06"
        let question = try bench.question(["staying_by_day"], over: over)

        let answer = try await bench.answer(question)

        #expect(try await values(bench, over, grain: .day) == [nil, nil])
        #expect(answer.rows[0].cells[0].quantity.value == nil)
        #expect(answer.notes.map(\.code).contains("answer/no-estimate"))
    }
}
