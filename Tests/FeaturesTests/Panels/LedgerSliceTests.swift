import Definitions
import Features
import Planning
import Testing
import Vocabulary

/// Panels over a part of a ledger: what is left out of it, and what must not be.
@Suite("Slices of a ledger")
struct LedgerSliceTests {
    private static let months = 18

    /// Ada and Dora come to the large plan later, Ben begins with it, Carl comes to it in March;
    /// Dora began before the table.
    private static let upgrades = """
        who,plan,currency,starts,ends,price,country
        Ada,small,EUR,2026-01-05,2026-02-10,10,DE
        Ada,large,EUR,2026-02-10,,40,DE
        Ben,large,EUR,2026-02-03,,30,FR
        Carl,small,EUR,2026-02-04,2026-03-04,10,DE
        Carl,large,EUR,2026-03-04,,50,DE
        Dora,small,EUR,2025-11-01,2026-01-15,10,DE
        Dora,large,EUR,2026-01-15,,25,DE
        Emil,small,EUR,2026-03-02,,70,DE

        """

    @Test("a part of the ledger has its own table, in which customers are counted once")
    func slices() async throws {
        let periods = PaidPeriods.random(seed: 19)
        let book = try await RevenueBook(periods)
        let large = try await book.table("mrr_of_large")
        let asked = try await book.table("mrr", where: ["plan = 'large'"])
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

    @Test("a month whose customers all came to the plan later has its row and its revenue")
    func upgraders() async throws {
        let book = try await RevenueBook(Self.upgrades)
        let tables = [
            try await book.table("mrr_of_large", over: "2026-01..2026-03"),
            try await book.table("mrr", over: "2026-01..2026-03", where: ["plan = 'large'"]),
            try await book.table("mrr_of_big_plan", over: "2026-01..2026-03"),
        ]
        await book.session.close()

        for table in tables {
            #expect(table.rows.map(\.period) == ["2026-01-01", "2026-02-01"])
            #expect(table.rows.map(\.size) == [1, 2])
            #expect(table.rows.map { $0.cells.map(\.value) } == [[0, 40, 40], [30, 80]])
            #expect(table.rows.map { $0.cells.map(\.count) } == [[0, 1, 1], [1, 2]])
            let shares = table.rows.map { $0.cells.map(\.share) }
            #expect(shares == [[nil, nil, nil], [1, 80.0 / 30]])
            #expect(table.closing?["value"]?.number == 145)
            #expect(table.closing?["earlier"]?.number == 25)
            #expect(table.notes == [])
        }
    }

    @Test(
        "the last cells and what earlier customers pay add up to the revenue of a slice",
        arguments: ["plan = 'large'", "currency = 'USD'", "country = 'FR' and plan = 'small'"])
    func total(slice: String) async throws {
        let book = try await RevenueBook(.random(seed: 41, customers: 24))
        let table = try await book.table("mrr", over: "2025-07-01..2026-05-31", where: [slice])
        let words = QuestionWords(
            metrics: ["mrr"], over: "2026-05-01..2026-05-31", filters: [slice])
        let answer = try await book.session.answer(book.session.question(words))
        await book.session.close()

        let total = try #require(answer.rows.first?.cells.first?.quantity.value)
        let last = table.rows.compactMap { $0.cells.last?.value }.reduce(0, +)
        let earlier = try #require(table.closing?["earlier"]?.number)
        #expect(total > 0 && earlier > 0)
        #expect(abs(last + earlier - total) < 1e-6)
        #expect(abs((table.closing?["value"]?.number ?? -1) - total) < 1e-6)
        for row in table.rows {
            #expect(row.size > 0 && row.cells.allSatisfy { $0.count <= row.size }, "\(row.period)")
        }
    }

    @Test("a metric that picks entries shows the bridge and the table of all entries of its plan")
    func entries() async throws {
        let book = try await RevenueBook(.random(seed: 19))
        let over = "2025-01-01..2026-05-31"
        let whole = try await book.panels("mrr_of_large", over: over)
        let picked = try await book.panels("growth_of_large", over: over)
        await book.session.close()

        for (kind, member) in [("bridge", "periods"), ("cohorts", "cohorts")] {
            let expected = try #require(whole[kind]?[member]?.list)
            #expect(expected.count == 17)
            #expect(picked[kind]?[member]?.list == expected, "\(kind)")
        }
        #expect(picked["cohorts"]?["closing"] == whole["cohorts"]?["closing"])
        #expect(picked["bridge"]?["filters"]?.list == [.text("plan = 'large'")])
    }
}
