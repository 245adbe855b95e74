import Definitions
import Features
import Planning
import Testing
import Vocabulary

/// A workspace of paid periods and the ledger of recurring revenue that is made of them.
struct RevenueBook: ~Copyable {
    private let workspace: TemporaryWorkspace
    let session: WorkspaceSession

    /// Imports everything; `type` is that of the moments at which periods start and end.
    init(_ periods: PaidPeriods, type: String = "date") async throws {
        try await self.init(periods.csv(time: type == "date" ? "" : "T00:30:00"), type: type)
    }

    init(_ periods: String, type: String = "date") async throws {
        var files = TemporaryWorkspace.definitions
        files["definitions/book.yaml"] = Self.definitions(type)
        files["imports/periods.csv"] = periods
        files["imports/rates.csv"] = PaidPeriods.rates
        let workspace = try TemporaryWorkspace(files)
        let session = try await WorkspaceSession.open(
            workspace.folder, clock: TemporaryWorkspace.clock)
        for source in ["orders", "periods", "rates"] {
            _ = try await session.importFiles(source: source)
        }
        let errors = session.findings.filter { $0.severity == .error }
        try #require(errors.isEmpty, "\(errors.map(\.failure.description))")
        self.workspace = workspace
        self.session = session
    }

    /// The panels of a metric by their kind.
    func panels(
        _ metric: String, over: String, where filters: [String] = []
    ) async throws -> [String: JSON] {
        let words = QuestionWords(metrics: [], over: over, grain: "month", filters: filters)
        let json = try await session.panels(PanelWords(metric: metric, question: words))
        let panels = (json["panels"]?.list ?? []).map { ($0["kind"]?.text ?? "", $0) }
        return Dictionary(panels) { first, _ in first }
    }

    func table(
        _ metric: String, over: String = "2025-01-01..2026-06-30", where filters: [String] = []
    ) async throws -> CohortTable {
        let panels = try await panels(metric, over: over, where: filters)
        return CohortTable(try #require(panels["cohorts"], "\(panels)"))
    }

    private static func definitions(_ type: String) -> String {
        """
        source: periods
        is: One row per paid period.
        from: { csv: "imports/periods.csv" }
        time: starts
        columns: { starts: \(type), ends: \(type), price: decimal }
        complete_through: 2026-06-15
        ---
        source: rates
        is: Euros for a unit.
        from: { csv: "imports/rates.csv" }
        time: day
        columns: { day: date }
        ---
        source: book
        is: Changes of recurring revenue.
        from:
          ledger: periods
          customer: who
          starts: starts
          ends: ends
          amount: price
          every: 1 month
          plan: plan
          currency: currency
          rates: { source: rates, currency: code, rate: rate }
          keep: { country: country }
        dimensions: { is_large: "plan = 'large'" }
        complete_through: 2026-06-15
        ---
        metric: mrr
        is: Recurring revenue.
        unit: money
        formula: { subscription: mrr, from: book }
        ---
        metric: mrr_of_large
        is: Recurring revenue of the large plan.
        unit: money
        formula: { subscription: mrr, from: book, where: plan = 'large' }
        ---
        metric: growth_of_large
        is: What customers begin to pay for the large plan.
        unit: money
        formula: { sum: amount, from: book, where: "plan = 'large' and amount > 0 and customers = 1 and debit = 'mrr' and credit = 'new' and value > 1" }
        ---
        metric: mrr_of_big_plan
        is: Recurring revenue of the large plan by a dimension.
        unit: money
        formula: { subscription: mrr, from: book, where: is_large }
        ---
        metric: nrr
        is: Net retention.
        unit: share
        formula: { subscription: nrr, from: book }
        """
    }
}

/// A panel of revenue cohorts as a test reads it.
struct CohortTable {
    struct Cell {
        let value: Double
        let share: Double?
        let count: Int

        init(_ json: JSON) {
            value = json["value"]?.number ?? -1
            share = json["share"]?.number
            count = Int(json["count"]?.number ?? -1)
        }
    }

    let unit: String?
    let ages: String?
    let rows: [(period: String, size: Int, cells: [Cell])]
    let pooled: [Cell]
    let closing: JSON?
    let notes: [String]

    init(_ json: JSON) {
        unit = json["unit"]?.text
        ages = json["ages"]?.text
        rows = (json["cohorts"]?.list ?? []).map { cohort in
            (
                cohort["period"]?.text ?? "", Int(cohort["size"]?.number ?? -1),
                (cohort["cells"]?.list ?? []).map(Cell.init)
            )
        }
        pooled = (json["pooled"]?.list ?? []).map(Cell.init)
        closing = json["closing"]
        notes = (json["notes"]?.list ?? []).compactMap { $0["code"]?.text }
    }
}
