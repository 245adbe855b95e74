import Definitions
import Engines
import Planning
import Testing
import Vocabulary

@Suite("Options of the ledger")
struct LedgerOptionTests {
    private static func states(_ values: String) -> String {
        """
        create table source.periods as
        select customer, status, starts::date as starts, ends::date as ends, amount::double as amount
        from (values \(values)) t(customer, status, starts, ends, amount)
        """
    }

    @Test("K53: a trial is no revenue; the customer is new when he first pays")
    func trials() async throws {
        let rows = Self.states(
            """
            ('a', 'trial', '2024-01-01', '2024-01-15', 30),
            ('a', 'active', '2024-01-15', null, 30), ('b', 'trial', '2024-01-01', '2024-01-15', 30),
            ('c', 'fee', '2024-01-01', '2024-02-01', 99)
            """)
        let book = try await LedgerBench(
            [rows],
            LedgerBench.plain
                + "\nstatus: status\npolicy: { active: keep, trial: exclude, fee: exclude }")

        #expect(try await book.entries(order: "1, 2") == ["2024-01-15 a new 30.0"])
    }

    @Test(
        "K58: a pause is churn and reactivation, or nothing at all, as the policy says",
        arguments: [
            ("keep", ["2024-01-01 a new 30.0"]),
            (
                "exclude",
                [
                    "2024-01-01 a new 30.0", "2024-02-01 a churn -30.0",
                    "2024-03-01 a reactivation 30.0",
                ]
            ),
        ])
    func pauses(rule: String, expected: [String]) async throws {
        let rows = Self.states(
            """
            ('a', 'active', '2024-01-01', '2024-02-01', 30),
            ('a', 'paused', '2024-02-01', '2024-03-01', 30), ('a', 'active', '2024-03-01', null, 30)
            """)
        let book = try await LedgerBench(
            [rows],
            LedgerBench.plain + "\nstatus: status\npolicy: { active: keep, paused: \(rule) }")

        #expect(try await book.entries(order: "1, 2") == expected)
    }

    @Test("K58: a refunded period was never paid")
    func refunds() async throws {
        let rows = Self.states(
            """
            ('a', 'paid', '2024-01-01', '2024-02-01', 30),
            ('a', 'refunded', '2024-02-01', '2024-03-01', 30)
            """)
        let book = try await LedgerBench(
            [rows],
            LedgerBench.plain + "\nstatus: status\npolicy: { paid: keep, refunded: exclude }")

        #expect(
            try await book.entries(order: "1, 2") == [
                "2024-01-01 a new 30.0", "2024-02-01 a churn -30.0",
            ])
    }

    @Test("K45: a payment that is late within the grace bridges the gap; a later one does not")
    func grace() async throws {
        let rows = LedgerBench.periods(
            """
            ('a', 's', 'p', '2024-01-01', '2024-02-01', 30),
            ('a', 's', 'p', '2024-02-04', '2024-03-04', 40),
            ('b', 's', 'p', '2024-01-01', '2024-02-01', 30),
            ('b', 's', 'p', '2024-02-05', '2024-03-05', 40)
            """)
        let book = try await LedgerBench([rows], LedgerBench.plain + "\ngrace: 3 days")

        #expect(
            try await book.entries(order: "2, 1") == [
                "2024-01-01 a new 30.0", "2024-02-04 a expansion 10.0", "2024-03-04 a churn -40.0",
                "2024-01-01 b new 30.0", "2024-02-01 b churn -30.0",
                "2024-02-05 b reactivation 40.0", "2024-03-05 b churn -40.0",
            ])
    }

    @Test(
        "K45: churn is recognised when the paid time ends, or when the customer cancels",
        arguments: [
            ("at_end", ["2024-01-31 a new 30.0", "2024-04-30 a churn -30.0"]),
            ("at_cancel", ["2024-01-31 a new 30.0", "2024-03-31 a churn -30.0"]),
        ])
    func cancellations(rule: String, expected: [String]) async throws {
        let rows = """
            create table source.periods as
            select 'a' as customer, date '2024-01-31' as starts, null::date as ends, 30 as amount,
              date '2024-03-31' + \(rule == "at_end" ? 1 : 0) as cancelled
            """
        let book = try await LedgerBench(
            [rows], LedgerBench.plain + "\ncancelled: cancelled\nchurn: \(rule)")

        #expect(try await book.entries(order: "1, 2") == expected)
    }

    @Test("overlaps add up, or the latest counts until it ends and the earlier one comes back")
    func overlaps() async throws {
        let rows = LedgerBench.periods(
            """
            ('a', 's1', 'year', '2024-01-01', '2024-12-01', 10),
            ('a', 's2', 'month', '2024-03-01', '2024-04-01', 25)
            """)
        let added = try await LedgerBench([rows], LedgerBench.plain)
        let latest = try await LedgerBench(
            [rows], LedgerBench.plain + "\nplan: plan\noverlap: latest")

        #expect(
            try await added.entries(order: "1, 2") == [
                "2024-01-01 a new 10.0", "2024-03-01 a expansion 25.0",
                "2024-04-01 a contraction -25.0", "2024-12-01 a churn -10.0",
            ])
        #expect(
            try await latest.entries(", plan") == [
                "2024-01-01 a new 10.0 year",
                "2024-03-01 a expansion 25.0 month", "2024-03-01 a expansion -10.0 year",
                "2024-04-01 a contraction -25.0 month", "2024-04-01 a contraction 10.0 year",
                "2024-12-01 a churn -10.0 year",
            ])
    }

    @Test("counting by starts of months, a period within a month never counts")
    func monthStarts() async throws {
        let rows = LedgerBench.periods(
            """
            ('a', 's', 'p', '2024-01-02', '2024-01-31', 10),
            ('b', 's', 'p', '2024-01-02', '2024-03-01', 10),
            ('c', 's', 'p', '2024-01-01', '2024-03-02', 10)
            """)
        let book = try await LedgerBench([rows], LedgerBench.plain + "\ncounts: month_start")

        #expect(
            try await book.entries(order: "2, 1") == [
                "2024-02-01 b new 10.0", "2024-03-01 b churn -10.0",
                "2024-01-01 c new 10.0", "2024-04-01 c churn -10.0",
            ])
    }

    @Test("K55: changes within the window are one movement at the first one's moment")
    func grouping() async throws {
        let rows = LedgerBench.periods(
            """
            ('a', 's1', 'p', '2024-01-01 10:00', '2024-03-01 10:00', 10),
            ('a', 's2', 'q', '2024-01-01 10:59', null, 20),
            ('a', 's3', 'p', '2024-03-01 11:00', null, 15),
            ('b', 's4', 'p', '2024-01-01 10:00', null, 10),
            ('b', 's5', 'q', '2024-01-01 11:01', null, 20)
            """, times: "timestamp")
        let book = try await LedgerBench(
            [rows], LedgerBench.plain + "\nplan: plan\ngroup: 60 minutes")

        #expect(
            try await book.entries(", plan, customers", order: "2, 1, 5") == [
                "2024-01-01T10:00:00Z a new 10.0 p 0", "2024-01-01T10:00:00Z a new 20.0 q 1",
                "2024-03-01T10:00:00Z a expansion 5.0 p 0",
                "2024-01-01T10:00:00Z b new 10.0 p 1", "2024-01-01T11:01:00Z b expansion 20.0 q 0",
            ])
    }

    @Test(
        "instants follow the local calendar: a month over the change of the clocks keeps its hour")
    func zones() async throws {
        let rows = """
            create table source.periods as
            select * from (values
              ('a', timestamp '2024-02-29 23:30', 10), ('b', timestamp '2024-03-10 11:00', 10)
            ) t(customer, starts, amount)
            """
        let keys = "customer: customer\nstarts: starts\namount: amount\nevery: 1 month"
        let book = try await LedgerBench([rows], keys, zone: "Europe/Berlin")

        // 29 February 23:30 in UTC is 1 March 00:30 in Berlin; clocks go forward on 31 March.
        let entries = try await book.entries(order: "2, 1")
        #expect(
            entries == [
                "2024-02-29T23:30:00Z a new 10.0", "2024-03-31T22:30:00Z a churn -10.0",
                "2024-03-10T11:00:00Z b new 10.0", "2024-04-10T10:00:00Z b churn -10.0",
            ])

        let months = try await LedgerBench(
            [rows], keys + "\ncounts: month_start", zone: "Europe/Berlin")
        #expect(
            try await months.entries(order: "2, 1") == [
                // 1 April begins in Berlin while a's month is running.
                "2024-03-31T22:00:00Z a new 10.0", "2024-04-30T22:00:00Z a churn -10.0",
                "2024-03-31T22:00:00Z b new 10.0", "2024-04-30T22:00:00Z b churn -10.0",
            ])
    }

    @Test("columns that are kept slice the ledger, and rows that do not count are left out")
    func keptColumns() async throws {
        let rows = LedgerBench.periods(
            "('a', 's', 'p', '2024-01-01', null, 10), ('test', 's', 'p', '2024-01-01', null, 10)")
        let book = try await LedgerBench(
            [rows],
            LedgerBench.plain + "\nwhere: customer != 'test'\nkeep: { letter: \"upper(plan)\" }")

        #expect(try await book.entries(", letter", order: "1") == ["2024-01-01 a new 10.0 P"])
        let source = try #require(book.bench.catalog.sources["book"])
        #expect(source.time?.column == "moment")
        #expect(source.dimensions.keys.sorted() == ["letter", "movement"])
        #expect(Array(source.entities.keys) == ["customer"])
    }
}
