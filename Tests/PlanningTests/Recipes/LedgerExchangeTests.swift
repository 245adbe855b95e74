import Definitions
import Engines
import Planning
import Testing
import Vocabulary

@Suite("Currencies of the ledger")
struct LedgerExchangeTests {
    private static let rates = """
        create table source.rates as select day::date as day, code, rate from (values
          ('2024-01-01', 'USD', 0.9), ('2024-02-10', 'USD', 0.8), ('2024-03-10', 'USD', 1.0)
        ) t(day, code, rate)
        """

    private static func periods(_ values: String) -> String {
        """
        create table source.periods as
        select customer, plan, currency, starts::date as starts, ends::date as ends,
          amount::decimal(18,2) as amount
        from (values \(values)) t(customer, plan, currency, starts, ends, amount)
        """
    }

    private static let keys = """
        \(LedgerBench.plain)
        plan: plan
        currency: currency
        rates: { source: rates, currency: code, rate: rate }

        """

    private static let open = periods(
        "('a', 'p', 'usd', '2024-01-15', '2024-04-15', 100), ('b', 'p', 'EUR', '2024-01-15', null, 7)"
    )

    @Test("K54: a fixed rate is that of the period's start, until its end")
    func fixedRates() async throws {
        let book = try await LedgerBench([Self.open, Self.rates], Self.keys)

        #expect(
            try await book.entries(", original::double, currency", order: "1, 2") == [
                "2024-01-15 a new 90.0 100.0 USD", "2024-01-15 b new 7.0 7.0 EUR",
                "2024-04-15 a churn -90.0 -100.0 USD",
            ])
    }

    @Test("K54: a monthly rate revalues what is open, as exchange and never as a movement")
    func monthlyRates() async throws {
        let book = try await LedgerBench([Self.open, Self.rates], Self.keys + "exchange: monthly")

        #expect(
            try await book.entries(", original::double, customers", order: "1, 2") == [
                "2024-01-15 a new 90.0 100.0 1", "2024-01-15 b new 7.0 7.0 1",
                "2024-03-01 a exchange -10.0 0.0 0", "2024-04-01 a exchange 20.0 0.0 0",
                "2024-04-15 a churn -100.0 -100.0 -1",
            ])
    }

    @Test("a customer begins once, whatever his currencies are worth later")
    func startedInSeveralCurrencies() async throws {
        let rows = Self.periods(
            """
            ('a', 'p', 'USD', '2024-01-15', '2024-02-20', 100),
            ('a', 'p', 'EUR', '2024-03-05', null, 50)
            """)
        let book = try await LedgerBench([rows, Self.rates], Self.keys + "exchange: monthly")

        #expect(
            try await book.entries(", currency, started", order: "1, 2") == [
                "2024-01-15 a new 90.0 USD 2024-01-15", "2024-02-20 a churn -90.0 USD 2024-01-15",
                "2024-03-05 a reactivation 50.0 EUR 2024-01-15",
            ])
    }

    @Test("months begin at local midnight where periods start at instants")
    func monthlyRatesOfInstants() async throws {
        let rows = """
            create table source.periods as
            select 'a' as customer, 'p' as plan, 'USD' as currency,
              timestamp '2024-01-15 12:00' as starts, null::timestamp as ends, 100 as amount
            """
        let book = try await LedgerBench(
            [rows, Self.rates], Self.keys + "exchange: monthly", zone: "Europe/Berlin")

        #expect(
            try await book.entries(order: "1") == [
                "2024-01-15T12:00:00Z a new 90.0", "2024-02-29T23:00:00Z a exchange -10.0",
                "2024-03-31T22:00:00Z a exchange 20.0",
            ])
    }

    @Test("K54: a renewal at another rate is exchange, and only what changed in its currency moves")
    func renewals() async throws {
        let rows = Self.periods(
            """
            ('a', 'p', 'USD', '2024-01-15', '2024-02-15', 100),
            ('a', 'p', 'USD', '2024-02-15', '2024-03-15', 100),
            ('a', 'q', 'USD', '2024-03-15', '2024-04-15', 150)
            """)
        let book = try await LedgerBench([rows, Self.rates], Self.keys)

        #expect(
            try await book.entries(", original::double, plan") == [
                "2024-01-15 a new 90.0 100.0 p",
                "2024-02-15 a exchange -10.0 0.0 p",
                "2024-03-15 a expansion -100.0 -100.0 p", "2024-03-15 a exchange 20.0 0.0 p",
                "2024-03-15 a expansion 150.0 150.0 q",
                "2024-04-15 a churn -150.0 -150.0 q",
            ])
    }

    @Test(
        "K54: what cannot be converted is refused, never taken for zero",
        arguments: [
            ("('a', 'p', 'XXX', '2024-01-15', null, 1)", "ledger/unknown-currency", "XXX"),
            ("('a', 'p', null, '2024-01-15', null, 1)", "ledger/unknown-currency", "no currency"),
            ("('a', 'p', 'USD', '2023-12-31', null, 1)", "ledger/no-rate", "2023-12-31"),
        ])
    func unknownRates(row: String, code: String, named: String) async {
        let failure = await LedgerBench.refusal(
            [Self.periods("('z', 'p', 'EUR', '2024-01-01', '2024-02-01', 1), \(row)"), Self.rates],
            Self.keys)

        #expect(failure?.code.rawValue == code)
        #expect(failure?.message.contains("row 2 of 'periods' (customer a") == true)
        #expect(failure?.message.contains(named) == true)
    }

    @Test("without rates only the workspace's currency may occur")
    func foreignWithoutRates() async {
        let failure = await LedgerBench.refusal(
            [Self.open], LedgerBench.plain + "\ncurrency: currency")

        #expect(failure?.code == .ledgerCurrency)
        #expect(failure?.message.contains("USD, not in EUR") == true)
    }

    @Test(
        "rates that are none are refused",
        arguments: [
            "('2024-01-01', 'USD', 0)", "('2024-02-10', 'USD', 0.7)", "('2024-01-01', null, 1)",
        ])
    func badRates(rate: String) async {
        let rates = """
            create table source.rates as select day::date as day, code, rate from (values
              ('2024-02-10', 'USD', 0.8), \(rate)) t(day, code, rate)
            """
        let failure = await LedgerBench.refusal([Self.open, rates], Self.keys)

        #expect(failure?.code == .ledgerRate)
    }
}
