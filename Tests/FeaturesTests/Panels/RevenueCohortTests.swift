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

    @Test(
        "the cells are what customers who began together pay at the ends of months",
        arguments: ["date", "instant"])
    func cells(type: String) async throws {
        let periods = PaidPeriods.random(seed: 19)
        let book = try await RevenueBook(periods, type: type)
        let table = try await book.table("nrr")
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
        let book = try await RevenueBook(
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
        let table = try await book.table("mrr", over: "2026-01..2026-03")
        await book.session.close()

        #expect(table.rows.map(\.size) == [2, 2, 1])
        #expect(table.rows.map { $0.cells.map(\.value) } == [[40, 40, 50], [60, 50], [20]])
        #expect(table.pooled.map(\.share) == [1, 0.9, 1.25])
        #expect(table.closing?["value"]?.number == 120)
        #expect(table.closing?["earlier"]?.number == 0)
    }

    @Test("the cells of a month, over all cohorts, add up to the revenue at its end")
    func diagonals() async throws {
        let book = try await RevenueBook(.random(seed: 7))
        let table = try await book.table("mrr")
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
        let book = try await RevenueBook(.random(seed: 31))
        let table = try await book.table("mrr")
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
        let book = try await RevenueBook(.random(seed: 7))
        let whole = try await book.table("mrr")
        let late = try await book.table("mrr", over: "2025-09-01..2026-06-30")
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
        let book = try await RevenueBook(.random(seed: 23), type: type)
        let table = try await book.table("nrr")
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
}
