import Definitions
import Features
import Foundation
import Planning
import Testing
import Vocabulary

/// Panels: that each kind of metric gets its own, from a whole workspace with real imports.
@Suite("Panels")
struct PanelTests {
    private static let definitions = """
        source: purchases
        is: One row per purchase.
        from: { csv: "imports/purchases.csv" }
        time: bought
        entities: { buyer: buyer }
        dimensions: { shop: shop }
        complete_through: 2026-07-01
        ---
        source: answers
        is: One row per question put to somebody.
        from: { csv: "imports/answers.csv" }
        time: asked
        columns: { score: integer }
        dimensions: { wave: wave }
        complete_through: 2026-07-01
        ---
        source: tickets
        is: One row per ticket.
        from: { csv: "imports/tickets.csv" }
        time: opened
        entities: { ticket: ticket }
        columns: { closed: instant }
        complete_through: 2026-07-01
        ---
        source: renewals
        is: Customers lost at and kept after a renewal.
        from: { csv: "imports/renewals.csv" }
        columns: { renewal: integer, lost: integer, kept: integer }
        ---
        source: comebacks
        is: On which days buyers came back.
        from: { returns: purchases, by: buyer, since: first }
        ---
        source: plans
        is: One row per paid period.
        from: { csv: "imports/plans.csv" }
        time: starts
        columns: { starts: date, ends: date }
        ---
        source: ledger
        is: Changes of recurring revenue.
        from: { ledger: plans, customer: buyer, starts: starts, ends: ends, amount: price, every: 1 month, plan: plan }
        complete_through: 2026-07-01
        """

    private static let metrics = """
        metric: recommend
        is: Net promoter score.
        unit: points
        formula: { nps: score, from: answers }
        ---
        metric: solving
        is: Time to close.
        unit: duration
        formula: { percentile: 85, of: "seconds_between(opened, closed)", from: tickets }
        ---
        metric: staying
        is: Share still open after two days.
        unit: share
        formula: { survival: "seconds_between(opened, closed) / 86400", ended: closed is not null, at: 2, from: tickets }
        ---
        metric: renewing
        is: Share left after four renewals, by the model of renewals.
        unit: share
        formula: { survival: renewal, lost: lost, kept: kept, at: 4, model: sbg, from: renewals }
        ---
        metric: alike
        is: Share left of those who all leave at the second renewal.
        unit: share
        formula: { survival: renewal, lost: lost, kept: kept, at: 4, model: sbg, from: renewals, where: renewal = 2 }
        ---
        metric: comeback
        is: Who came back in the month after the first.
        unit: share
        formula:
          ratio:
            of: { distinct: buyer, from: comebacks, where: age_months = 1 }
            to: { distinct: buyer, from: comebacks, where: known_months > 1 }
        ---
        metric: worth
        is: What a buyer will bring in.
        unit: money
        formula: { lifetime: clv, model: bgnbd, by: buyer, value: amount, horizon: 12 months, discount: 1%, from: purchases }
        ---
        metric: worth_of_one
        is: What a single buyer will bring in, which no model can tell.
        unit: money
        formula: { lifetime: clv, model: bgnbd, by: buyer, value: amount, horizon: 12 months, from: purchases, where: amount < 0 }
        ---
        metric: lost_of_kept
        is: Customers lost for each one kept.
        unit: ratio
        formula:
          ratio: { of: { sum: lost, from: renewals }, to: { sum: kept, from: renewals } }
        ---
        metric: mrr
        is: Recurring revenue.
        unit: money
        formula: { cumulative: { sum: amount, from: ledger }, to_date: all }
        """

    /// Writes the workspace, imports everything, and gives the panels of a metric by their kind.
    private static func panels(_ metric: String, _ words: QuestionWords = .all) async throws
        -> [String: JSON]
    {
        var files = TemporaryWorkspace.definitions
        files["definitions/panels.yaml"] = definitions
        files["definitions/panel-metrics.yaml"] = metrics
        files["imports/purchases.csv"] = PurchaseTable.csv
        files["imports/answers.csv"] = answers
        files["imports/tickets.csv"] = tickets
        files["imports/plans.csv"] = plans
        files["imports/renewals.csv"] = renewals
        let workspace = try TemporaryWorkspace(files)
        let session = try await WorkspaceSession.open(
            workspace.folder, clock: TemporaryWorkspace.clock)
        for source in ["orders", "purchases", "answers", "tickets", "plans", "renewals"] {
            _ = try await session.importFiles(source: source)
        }
        let errors = session.findings.filter { $0.severity == .error }
        try #require(errors.isEmpty, "\(errors.map(\.failure.description))")
        let all = try await session.panels(PanelWords(metric: metric, question: words))
        await session.close()
        let panels = all["panels"]?.list ?? []
        return Dictionary(
            panels.map { ($0["kind"]?.text ?? "", $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The regular customers of Fader and Hardie (2007), table 1.
    private static let renewals = """
        renewal,lost,kept
        1,369,0
        2,163,0
        3,86,0
        4,56,0
        5,37,0
        6,27,0
        7,21,241
        """

    private static var answers: String {
        var lines = ["asked,score,comment,wave"]
        for index in 0..<80 {
            let score = index % 4 == 3 ? "" : "\([10, 9, 7, 3, 0, 8][index % 6])"
            lines.append("2026-06-\(10 + index % 20)T09:00:00,\(score),note \(index),w\(index % 2)")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static var tickets: String {
        var lines = ["ticket,opened,closed"]
        for index in 0..<60 {
            let closed = index % 6 == 5 ? "" : "2026-06-\(11 + index % 15)T\(10 + index % 9):00:00"
            lines.append("t\(index),2026-06-\(10 + index % 10)T08:00:00,\(closed)")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static let plans = """
        buyer,plan,price,starts,ends
        c1,small,10,2026-01-10,2026-04-10
        c1,large,30,2026-04-10,
        c2,small,10,2026-02-01,2026-05-01
        c3,small,10,2026-03-15,

        """

    @Test("A ratio shows both of its sides, and a metric with dimensions is split")
    func quotient() async throws {
        let panels = try await Self.panels("cancellation")
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
        let panel = try #require(try await Self.panels("recommend")["opinion"])
        #expect(panel["asked"]?.number == 80)
        #expect(panel["n"]?.number == 60)
        #expect(panel["responseRate"]?.number == 0.75)
        let counts = panel["groups"]?.list?.compactMap { $0["count"]?.number } ?? []
        #expect(counts.reduce(0, +) == 60)
        #expect(panel["value"]?.number == 100 * (counts[2] - counts[0]) / 60)
        #expect(panel["verbatims"]?.list?.first?["text"]?.text?.hasPrefix("note") == true)
    }

    @Test("Durations are points with their percentiles, and survival is a curve that only falls")
    func durations() async throws {
        let scatter = try #require(try await Self.panels("solving")["scatter"])
        #expect(scatter["total"]?.number == 50)
        #expect(scatter["points"]?.list?.count == 50)
        let percentiles = scatter["percentiles"]?.list?.compactMap { $0["value"]?.number } ?? []
        #expect(percentiles == percentiles.sorted() && percentiles.count == 3)
        let survival = try #require(try await Self.panels("staying")["survival"])
        let points = survival["curves"]?.list?.first?["points"]?.list ?? []
        let values = points.compactMap { $0["value"]?.number }
        #expect(values == values.sorted(by: >) && values.count > 2)
    }

    /// K66. The paper gives α 0.704 and β 1.182; the digits are SciPy's (1.17.1), the errors
    /// mpmath's (1.3.0).
    @Test("A model of renewals is told with its parameters, and projected twice as far as observed")
    func renewals() async throws {
        let panel = try #require(try await Self.panels("renewing")["survival"])
        let curve = try #require(panel["curves"]?.list?.first)
        let model = try #require(curve["model"])
        let parameters = model["parameters"]?.list ?? []
        #expect(panel["model"]?.text == "sbg")
        #expect(parameters.compactMap { $0["name"]?.text } == ["alpha", "beta"])
        let numbers =
            parameters.flatMap { [$0["value"]?.number, $0["error"]?.number] } + [
                model["logLikelihood"]?.number, model["meanChurnProbability"]?.number,
            ]
        let expected = [
            0.704077298, 0.065598964, 1.182043026, 0.152475632, -1680.26518846, 0.37329394555,
        ]
        #expect(numbers.count == expected.count)
        for (found, expected) in zip(numbers, expected) {
            #expect(abs((found ?? .nan) / expected - 1) < 1e-6)
        }
        #expect(model["customers"]?.number == 1000 && model["median"]?.number == 2)
        let projected = model["projected"]?.list ?? []
        #expect(projected.map { $0["time"]?.number ?? -1 } == (0...14).map(Double.init))
        #expect(projected.first?["value"]?.number == 1)
        #expect(abs((projected[8]["value"]?.number ?? .nan) - 0.220084967) < 1e-8)
        #expect(curve["points"]?.list?.last?["time"]?.number == 7)
    }

    @Test("A panel of a model that does not fit has the observed curve, and says why")
    func noModel() async throws {
        let panel = try #require(try await Self.panels("alike")["survival"])
        let curve = try #require(panel["curves"]?.list?.first)
        #expect(curve["model"] == .null)
        #expect(curve["points"]?.list?.count == 1)
        let note = try #require(panel["notes"]?.list?.first)
        #expect(note["code"]?.text == "answer/no-estimate")
        #expect(note["message"]?.text?.hasPrefix("all: nothing is projected.") == true)
    }

    @Test("A panel that cannot be made is refused with the reason, and named by its kind")
    func refused() async throws {
        let panel = try #require(try await Self.panels("worth_of_one")["refused"])
        #expect(panel["panel"]?.text == "lifetime")
        let note = try #require(panel["notes"]?.list?.first)
        #expect(note["code"]?.text == "statistics/too-few-observations")
    }

    @Test("Rows without a time have no panel of periods")
    func noTime() async throws {
        let panels = try await Self.panels("lost_of_kept")
        #expect(panels["quotient"] == nil && panels["refused"] == nil, "\(panels)")
    }

    @Test("Cohorts have their sizes, and no more than all come back")
    func cohorts() async throws {
        let panel = try #require(try await Self.panels("comeback")["cohorts"])
        let cohorts = panel["cohorts"]?.list ?? []
        #expect(!cohorts.isEmpty, "\(panel)")
        #expect(cohorts.compactMap { $0["size"]?.number }.reduce(0, +) == 400)
        for cell in cohorts.flatMap({ $0["cells"]?.list ?? [] }) {
            #expect((0...1).contains(cell["value"]?.number ?? 2))
        }
        #expect(cohorts.first?["cells"]?.list?.first?["value"]?.number == 1)
    }

    @Test("A model tells its parameters, and its check adds up to all customers")
    func lifetime() async throws {
        let panel = try #require(try await Self.panels("worth")["lifetime"])
        #expect(panel["customers"]?.number == 400, "\(panel)")
        #expect(panel["parameters"]?.list?.count == 7)
        let check = panel["check"]?.list ?? []
        #expect(check.compactMap { $0["actual"]?.number }.reduce(0, +) == 400)
        let expected = check.compactMap { $0["expected"]?.number }.reduce(0, +)
        #expect(abs(expected - 400) < 1e-6)
        let bars = panel["distribution"]?.list?.compactMap { $0["customers"]?.number } ?? []
        #expect(bars.reduce(0, +) == 400)
    }

    @Test("The bridge adds up from the opening to the closing of every month")
    func bridge() async throws {
        let panel = try #require(try await Self.panels("mrr")["bridge"])
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

extension QuestionWords {
    fileprivate static var all: QuestionWords { QuestionWords(metrics: []) }
}

extension JSON {
    fileprivate var list: [JSON]? { if case .list(let list) = self { list } else { nil } }
    fileprivate var text: String? { if case .text(let text) = self { text } else { nil } }
    fileprivate var number: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        default: nil
        }
    }
}
