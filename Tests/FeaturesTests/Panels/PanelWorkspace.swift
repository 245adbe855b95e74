import Definitions
import Features
import Planning
import Testing
import Vocabulary

/// A workspace with a metric for every kind of panel, from real imports.
enum PanelWorkspace {
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
    static func panels(_ metric: String, _ words: QuestionWords = .all) async throws
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
}

extension QuestionWords {
    fileprivate static var all: QuestionWords { QuestionWords(metrics: []) }
}
