import Definitions
import Engines
import Planning
import Testing
import Vocabulary

/// Rule numbers are those of the rules of correctness that the project follows (K43–K61).
@Suite("The ledger of subscriptions")
struct LedgerTests {
    /// ChartMogul's worked example of how movements are classified (K51): 4 seats of a yearly plan of
    /// 500 dollars, then 2 seats of a monthly one of 30; both are cancelled, the yearly one counts
    /// until its end; later 3 seats of a monthly plan of 50. Net MRR is 166.67, 60, −60, −166.67, 150.
    @Test("K51, K52: ChartMogul's example Syncalytics has the movements that ChartMogul tells")
    func syncalytics() async throws {
        let book = try await LedgerBench(
            [
                """
                create table source.periods as
                select customer, plan, starts::date as starts, ends::date as ends,
                  amount::decimal(18,2) as amount, every, cancelled::date as cancelled
                from (values
                  ('Syncalytics', 'Gold Yearly', '2023-01-10', null, 2000, '1 year', '2023-06-20'),
                  ('Syncalytics', 'Silver Monthly', '2023-02-05', null, 60, '1 month', '2023-04-20'),
                  ('Syncalytics', 'Gold Monthly', '2024-03-01', null, 150, '1 month', null)
                ) t(customer, plan, starts, ends, amount, every, cancelled)
                """
            ],
            """
            customer: customer
            starts: starts
            ends: ends
            amount: amount
            every: every
            plan: plan
            cancelled: cancelled
            """)

        #expect(
            try await book.entries(", customers") == [
                "2023-01-10 Syncalytics new 166.67 1",
                "2023-02-05 Syncalytics expansion 60.0 0",
                "2023-05-05 Syncalytics contraction -60.0 0",
                "2024-01-10 Syncalytics churn -166.67 -1",
                "2024-03-01 Syncalytics reactivation 150.0 1",
            ])
        #expect(try await book.text("select sum(amount) from source.book") == "150.0000000000")
    }

    @Test(
        "K52: an amount for any interval becomes an amount a month",
        arguments: [
            ("1 month", "120.0000000000"), ("month", "120.0000000000"),
            ("monthly", "120.0000000000"), ("3 months", "40.0000000000"),
            ("1 quarter", "40.0000000000"), ("2 quarters", "20.0000000000"),
            ("1 year", "10.0000000000"), ("annual", "10.0000000000"), ("2 years", "5.0000000000"),
            ("3 years", "3.3333333333"), ("1 week", "520.0000000000"),
            ("2 weeks", "260.0000000000"), ("1 day", "3652.5000000000"),
            ("30 days", "121.7500000000"), ("7 months", "17.1428571429"),
        ])
    func intervals(every: String, monthly: String) async throws {
        let row = LedgerBench.periods("('a', 's', 'p', '2024-01-31', null, 120)")
        let keys = "customer: customer\nstarts: starts\nends: ends\namount: amount\n"
        let written = try await LedgerBench([row], keys + "every: \"concat('\(every)', '')\"")
        #expect(try await written.text("select amount from source.book") == monthly)

        guard every.contains(" ") else { return }
        let fixed = try await LedgerBench([row], keys + "every: \(every)")
        #expect(try await fixed.text("select amount from source.book") == monthly)
    }

    @Test(
        "a number of months is an interval as well, and a refund of it stays negative to the digit")
    func monthsAsNumbers() async throws {
        let rows = """
            create table source.periods as
            select customer, starts::date as starts, amount::double as amount, months
            from (values ('a', '2024-01-01', 123456789.12, 7), ('b', '2024-01-01', -100, 3))
              t(customer, starts, amount, months)
            """
        let book = try await LedgerBench(
            [rows], "customer: customer\nstarts: starts\namount: amount\nevery: months")

        // 123456789.12 / 7 = 17636684.16, and -100 / 3 = -33.3333333333.
        let amounts = try await book.text(
            "select list(amount order by customer, moment) from source.book")
        #expect(
            amounts
                == "[17636684.1600000000, -17636684.1600000000, -33.3333333333, 33.3333333333]")
    }

    @Test("without ends a period lasts one interval, and months are cut at their last day")
    func endsByInterval() async throws {
        let rows = LedgerBench.periods(
            "('a', 's', 'p', '2023-01-31', null, 10), ('b', 's', 'p', '2024-01-31', null, 10)")
        let book = try await LedgerBench(
            [rows], "customer: customer\nstarts: starts\namount: amount\nevery: 1 month")

        #expect(
            try await book.entries() == [
                "2023-01-31 a new 10.0", "2023-02-28 a churn -10.0",
                "2024-01-31 b new 10.0", "2024-02-29 b churn -10.0",
            ])
    }

    @Test("K56: a swap of plans is one movement whose rows net out, and a renewal is none")
    func swaps() async throws {
        let rows = LedgerBench.periods(
            """
            ('a', 's', 'small', '2024-01-01', '2024-02-01', 10),
            ('a', 's', 'small', '2024-02-01', '2024-03-01', 10),
            ('a', 's', 'large', '2024-03-01', '2024-04-01', 25),
            ('a', 's', 'equal', '2024-04-01', '2024-05-01', 25),
            ('a', 's', 'small', '2024-05-01', null, 10)
            """)
        let book = try await LedgerBench([rows], LedgerBench.plain + "\nplan: plan")

        #expect(
            try await book.entries(", plan, customers") == [
                "2024-01-01 a new 10.0 small 1",
                "2024-03-01 a expansion 25.0 large 0", "2024-03-01 a expansion -10.0 small 0",
                "2024-04-01 a expansion 25.0 equal 0", "2024-04-01 a expansion -25.0 large 0",
                "2024-05-01 a contraction -25.0 equal 0", "2024-05-01 a contraction 10.0 small 0",
            ])
    }

    @Test("K51, K55: what changes at the same moment is one movement, and counts a customer once")
    func simultaneousChanges() async throws {
        let rows = LedgerBench.periods(
            """
            ('a', 's1', 'x', '2024-01-01', '2024-06-01', 10),
            ('a', 's2', 'y', '2024-01-01', '2024-06-01', 20),
            ('a', 's3', 'z', '2024-02-01', '2024-03-01', 5)
            """)
        let book = try await LedgerBench(
            [rows], LedgerBench.plain + "\nplan: plan\nsubscription: subscription")

        #expect(
            try await book.entries(", customers, subscription") == [
                "2024-01-01 a new 10.0 0 s1", "2024-01-01 a new 20.0 1 s2",
                "2024-02-01 a expansion 5.0 0 s3", "2024-03-01 a contraction -5.0 0 s3",
                "2024-06-01 a churn -10.0 0 s1", "2024-06-01 a churn -20.0 -1 s2",
            ])
    }

    @Test("the two accounts of an entry balance to what is in force")
    func accounts() async throws {
        let rows = LedgerBench.periods(
            "('a', 's', 'p', '2024-01-01', '2024-03-01', 10), ('a', 's', 'q', '2024-02-01', null, 4)"
        )
        let book = try await LedgerBench([rows], LedgerBench.plain)

        #expect(
            try await book.entries(", debit, credit, value::double, currency") == [
                "2024-01-01 a new 10.0 mrr new 10.0 EUR",
                "2024-02-01 a expansion 4.0 mrr expansion 4.0 EUR",
                "2024-03-01 a contraction -10.0 contraction mrr 10.0 EUR",
            ])
        let balance = """
            select sum(value) filter (debit = 'mrr') - sum(value) filter (credit = 'mrr')
            from source.book
            """
        #expect(try await book.text(balance) == "4.0000000000")
    }

    @Test("every entry has the moment at which its customer began, also after a pause")
    func started() async throws {
        let rows = LedgerBench.periods(
            """
            ('a', 's', 'free', '2024-01-01', '2024-02-01', 0),
            ('a', 's', 'p', '2024-02-01', '2024-03-01', 10),
            ('a', 't', 'q', '2024-05-01', null, 20),
            ('b', 'u', 'p', '2024-03-15', null, 10),
            ('c', 'v', 'p', '2024-01-01', null, -5)
            """)
        let book = try await LedgerBench([rows], LedgerBench.plain + "\nplan: plan")

        #expect(
            try await book.entries(", started") == [
                "2024-01-01 c contraction -5.0 -", "2024-02-01 a new 10.0 2024-02-01",
                "2024-03-01 a churn -10.0 2024-02-01", "2024-03-15 b new 10.0 2024-03-15",
                "2024-05-01 a reactivation 20.0 2024-02-01",
            ])
    }

    @Test("K53: discounts and taxes are no revenue, and a discount that expires is expansion")
    func discountsAndTaxes() async throws {
        let rows = """
            create table source.periods as
            select customer, starts::date as starts, gross, off, vat from (values
              ('a', '2024-01-01', 119.00, 20.00, 19.00), ('a', '2024-02-01', 119.00, null, 19.00)
            ) t(customer, starts, gross, off, vat)
            """
        let book = try await LedgerBench(
            [rows],
            """
            customer: customer
            starts: starts
            amount: gross
            every: 1 month
            discount: off
            tax: vat
            """)

        #expect(
            try await book.entries() == [
                "2024-01-01 a new 80.0", "2024-02-01 a expansion 20.0", "2024-03-01 a churn -100.0",
            ])
    }
}
