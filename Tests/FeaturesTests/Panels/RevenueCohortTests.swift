import Definitions
import Features
import Planning
import TestSupport
import Testing
import Vocabulary

/// Revenue cohorts against ``PaidPeriods``, which looks at every period at every end of a month.
@Suite("Revenue cohorts")
struct RevenueCohortTests {
    private static let months = 18

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
        metric: nrr
        is: Net retention.
        unit: share
        formula: { subscription: nrr, from: book }
        """
    }

    /// A workspace with everything imported.
    private struct Book: ~Copyable {
        let workspace: TemporaryWorkspace
        let session: WorkspaceSession
    }

    private static func book(
        _ periods: PaidPeriods, type: String = "date"
    ) async throws -> Book {
        try await book(periods.csv(time: type == "date" ? "" : "T00:30:00"), type: type)
    }

    private static func book(_ periods: String, type: String = "date") async throws -> Book {
        var files = TemporaryWorkspace.definitions
        files["definitions/book.yaml"] = definitions(type)
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
        return Book(workspace: workspace, session: session)
    }

    private static func table(
        _ session: WorkspaceSession, _ metric: String, over: String = "2025-01-01..2026-06-30",
        where filters: [String] = []
    ) async throws -> CohortTable {
        let words = QuestionWords(metrics: [], over: over, grain: "month", filters: filters)
        let json = try await session.panels(PanelWords(metric: metric, question: words))
        let panels = json["panels"]?.list ?? []
        let panel = panels.first { $0["kind"]?.text == "cohorts" }
        return CohortTable(try #require(panel, "\(panels)"))
    }

    @Test(
        "the cells are what customers who began together pay at the ends of months",
        arguments: ["date", "instant"])
    func cells(type: String) async throws {
        let periods = PaidPeriods.random(seed: 19)
        let book = try await Self.book(periods, type: type)
        let table = try await Self.table(book.session, "nrr")
        await book.session.close()

        #expect(table.unit == "money" && table.ages == "month")
        #expect(table.notes == ["answer/incomplete"])
        let expected = periods.cohorts(months: Self.months)
        #expect(table.rows.map(\.size) == expected.map(\.size))
        for (row, cohort) in zip(table.rows, expected) {
            // June is not complete, so its column is empty everywhere.
            #expect(row.cells.count == cohort.revenue.count - 1, "\(row.period)")
            for (age, cell) in row.cells.enumerated() {
                #expect(abs(cell.value - cohort.revenue[age]) < 1e-6, "\(row.period) \(age)")
                #expect(cell.count == cohort.paying[age], "\(row.period) \(age)")
                #expect(cell.share == cell.value / row.cells[0].value, "\(row.period) \(age)")
            }
        }
    }

    @Test("the example of the guide to subscriptions comes out as it is told there")
    func guide() async throws {
        let book = try await Self.book(
            """
            who,plan,currency,starts,ends,price,country
            a,small,EUR,2026-01-05,2026-02-01,30,DE
            a,large,EUR,2026-02-01,,40,DE
            b,small,EUR,2026-01-20,2026-02-10,10,DE
            a,extra,EUR,2026-03-15,,10,DE
            c,small,EUR,2026-02-03,,50,DE
            d,small,EUR,2026-02-14,2026-03-14,10,DE
            e,small,EUR,2026-03-08,,20,DE

            """)
        let table = try await Self.table(book.session, "mrr", over: "2026-01..2026-03")
        await book.session.close()

        #expect(table.rows.map(\.size) == [2, 2, 1])
        #expect(table.rows.map { $0.cells.map(\.value) } == [[40, 40, 50], [60, 50], [20]])
        #expect(table.pooled.map(\.share) == [1, 0.9, 1.25])
        #expect(table.closing?["value"]?.number == 120)
        #expect(table.closing?["earlier"]?.number == 0)
    }

    @Test("the cells of a month, over all cohorts, add up to the revenue at its end")
    func diagonals() async throws {
        let book = try await Self.book(.random(seed: 7))
        let table = try await Self.table(book.session, "mrr")
        let answer = try await book.session.answer(
            book.session.question(
                QuestionWords(metrics: ["mrr"], over: "2025-01-01..2026-05-31", grain: "month")))
        await book.session.close()

        let totals = answer.rows.map { $0.cells[0].quantity.value ?? -1 }
        #expect(totals.count == 17 && totals.allSatisfy { $0 > 0 })
        for (month, total) in totals.enumerated() {
            let diagonal = table.rows.prefix(month + 1).enumerated().compactMap { index, row in
                row.cells.dropFirst(month - index).first?.value
            }
            #expect(diagonal.count == month + 1)
            #expect(abs(diagonal.reduce(0, +) - total) < 1e-6, "\(month)")
        }
        #expect(abs((table.closing?["value"]?.number ?? -1) - (totals.last ?? 0)) < 1e-6)
        #expect(table.closing?["earlier"]?.number == 0)
    }

    @Test("K39, K40: all cohorts together are sums over those that are old enough, not a mean")
    func pooled() async throws {
        let book = try await Self.book(.random(seed: 31))
        let table = try await Self.table(book.session, "mrr")
        await book.session.close()

        #expect(table.pooled.count == 17)
        for (age, cell) in table.pooled.enumerated() {
            let old = table.rows.filter { $0.cells.count > age }
            let of = old.map { $0.cells[0].value }.reduce(0, +)
            #expect(old.count == 17 - age)
            #expect(abs(cell.value - old.map { $0.cells[age].value }.reduce(0, +)) < 1e-6)
            #expect(abs((cell.share ?? -1) - cell.value / of) < 1e-12)
            #expect(cell.count == old.map { $0.cells[age].count }.reduce(0, +))
        }
    }

    @Test("revenue of customers who began before the table is told apart, to the same total")
    func earlier() async throws {
        let book = try await Self.book(.random(seed: 7))
        let whole = try await Self.table(book.session, "mrr")
        let late = try await Self.table(book.session, "mrr", over: "2025-09-01..2026-06-30")
        await book.session.close()

        #expect(late.rows.map(\.period) == whole.rows.map(\.period).suffix(10))
        #expect(late.rows.map(\.size) == whole.rows.map(\.size).suffix(10))
        let earlier = whole.rows.prefix(8).compactMap { $0.cells.last?.value }.reduce(0, +)
        #expect(earlier > 0)
        #expect(abs((late.closing?["earlier"]?.number ?? -1) - earlier) < 1e-6)
        #expect(late.closing?["value"] == whole.closing?["value"])
    }

    @Test(
        "the entries of a cell's customers up to its end add up to it, also behind a rate",
        arguments: ["date", "instant"])
    func entries(type: String) async throws {
        let book = try await Self.book(.random(seed: 23), type: type)
        let table = try await Self.table(book.session, "nrr")
        for row in table.rows.prefix(6) {
            let cell = try #require(row.cells.last)
            let after = try #require(Day(iso: row.period)).adding(months: 1)
            let words = QuestionWords(
                metrics: [], over: "1970-01-01..2026-05-31",
                filters: ["started >= '\(row.period)' and started < '\(after)'"])
            let json = try await book.session.rows(
                RowsWords(metric: "nrr", question: words, source: "book", limit: 1_000))
            let names = json["columns"]?.list?.compactMap { $0["name"]?.text } ?? []
            let amount = try #require(names.firstIndex(of: "amount"))
            let sum = (json["rows"]?.list ?? []).reduce(0) {
                $0 + ($1.list?[amount].number ?? .nan)
            }
            #expect(abs(sum - cell.value) < 1e-6, "\(row.period)")
        }
        await #expect(throws: Failure.self) {
            _ = try await book.session.rows(RowsWords(metric: "nrr", source: "orders"))
        }
        await book.session.close()
    }

    @Test("a part of the ledger has its own table, in which customers are counted once")
    func slices() async throws {
        let periods = PaidPeriods.random(seed: 19)
        let book = try await Self.book(periods)
        let large = try await Self.table(book.session, "mrr_of_large")
        let asked = try await Self.table(book.session, "mrr", where: ["plan = 'large'"])
        let bridge = try await book.session.panels(
            PanelWords(
                metric: "mrr_of_large",
                question: QuestionWords(metrics: [], over: "2026-05", grain: "month")))
        await book.session.close()

        let part = periods.cohorts(months: Self.months, plan: "large")
        let expected = part.map { zip($0.revenue.dropLast(), $0.paying).map { "\($0) \($1)" } }
        let cells = [large, asked].map { table in
            table.rows.map { $0.cells.map { "\($0.value) \($0.count)" } }
        }
        #expect(cells == [expected, expected])
        #expect(large.rows.map(\.size) == part.map(\.size))
        let closing = bridge["panels"]?.list?.first?["periods"]?.list?.first?["closing"]?.number
        #expect(closing == large.closing?["value"]?.number)
    }
}

/// A panel of revenue cohorts as a test reads it.
private struct CohortTable {
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
