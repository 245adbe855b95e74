import Definitions
import Features
import Planning
import Testing
import Vocabulary

/// Panels: that each kind of metric gets its own, from a whole workspace with real imports.
@Suite("Panels")
struct PanelTests {
    @Test("A ratio shows both of its sides, and a metric with dimensions is split")
    func quotient() async throws {
        let panels = try await PanelWorkspace.panels("cancellation")
        let points = try #require(panels["quotient"]?["points"]?.list)
        #expect(points.count > 1)
        for point in points {
            guard let above = point["numerator"]?.number, let below = point["denominator"]?.number,
                let value = point["value"]?.number
            else { continue }
            #expect(above / below == value)
        }
        let split = try #require(panels["split"])
        #expect(split["dimension"]?.text == "country")
        #expect((split["rows"]?.list?.count ?? 0) > 1)
    }

    @Test("A score shows its answers by group, who did not answer, and what people wrote")
    func opinion() async throws {
        let panel = try #require(try await PanelWorkspace.panels("recommend")["opinion"])
        #expect(panel["asked"]?.number == 80)
        #expect(panel["n"]?.number == 60)
        #expect(panel["responseRate"]?.number == 0.75)
        let counts = panel["groups"]?.list?.compactMap { $0["count"]?.number } ?? []
        #expect(counts.reduce(0, +) == 60)
        #expect(panel["value"]?.number == 100 * (counts[2] - counts[0]) / 60)
        #expect(panel["verbatims"]?.list?.first?["text"]?.text?.hasPrefix("note") == true)
    }

    @Test("A panel that cannot be made is refused with the reason, and named by its kind")
    func refused() async throws {
        let panel = try #require(try await PanelWorkspace.panels("worth_of_one")["refused"])
        #expect(panel["panel"]?.text == "lifetime")
        let note = try #require(panel["notes"]?.list?.first)
        #expect(note["code"]?.text == "statistics/too-few-observations")
    }

    @Test("Rows without a time have no panel of periods")
    func noTime() async throws {
        let panels = try await PanelWorkspace.panels("lost_of_kept")
        #expect(panels["quotient"] == nil && panels["refused"] == nil, "\(panels)")
    }

    @Test("Cohorts have their sizes, and no more than all come back")
    func cohorts() async throws {
        let panel = try #require(try await PanelWorkspace.panels("comeback")["cohorts"])
        let cohorts = panel["cohorts"]?.list ?? []
        #expect(!cohorts.isEmpty, "\(panel)")
        #expect(cohorts.compactMap { $0["size"]?.number }.reduce(0, +) == 400)
        for cell in cohorts.flatMap({ $0["cells"]?.list ?? [] }) {
            #expect((0...1).contains(cell["value"]?.number ?? 2))
        }
        #expect(cohorts.first?["cells"]?.list?.first?["value"]?.number == 1)
    }

    @Test("The bridge adds up from the opening to the closing of every month")
    func bridge() async throws {
        let panel = try #require(try await PanelWorkspace.panels("mrr")["bridge"])
        let periods = panel["periods"]?.list ?? []
        #expect(periods.count == 12)
        var closings: [Double] = []
        for period in periods {
            let moves = ["opening", "new", "reactivation", "expansion", "contraction", "churn"]
                .map { period[$0]?.number ?? 0 }
            let closing = period["closing"]?.number ?? -1
            #expect(abs(moves.reduce(0, +) - closing) < 1e-9)
            closings.append(closing)
        }
        #expect(closings.suffix(6) == [10, 20, 30, 50, 40, 40])
    }

    @Test("The rows behind a number are as many as it says, and only they")
    func rows() async throws {
        let workspace = try TemporaryWorkspace()
        let session = try await WorkspaceSession.open(
            workspace.folder, clock: TemporaryWorkspace.clock)
        _ = try await session.importFiles(source: "orders")
        let words = QuestionWords(metrics: [], over: "2026-03")
        let ratio = try await session.answer(
            session.question(QuestionWords(metrics: ["cancellation"], over: "2026-03")))
        let cell = try #require(ratio.rows.first?.cells.first)
        for (side, count) in [
            ("numerator", cell.quantity.numerator), ("denominator", cell.quantity.denominator),
        ] {
            let json = try await session.rows(
                RowsWords(metric: "cancellation", question: words, side: side, limit: 5))
            #expect(json["total"]?.number == count)
            #expect((json["rows"]?.list?.count ?? 0) == min(5, Int(count ?? 0)))
        }
        await #expect(throws: Failure.self) {
            _ = try await session.rows(
                RowsWords(metric: "cancellation", question: words, limit: 5_000))
        }
        await session.close()
    }
}
