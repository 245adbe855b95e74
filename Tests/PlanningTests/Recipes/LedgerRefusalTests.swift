import Definitions
import Engines
import Planning
import Testing
import Vocabulary

@Suite("Refusals of the ledger")
struct LedgerRefusalTests {
    private static let keys = """
        customer: customer
        starts: starts
        ends: ends
        amount: amount
        every: every
        status: status
        policy: { active: keep, trial: exclude }
        """

    @Test(
        "a row that means no period is refused with its number, and one that does not count is not",
        arguments: [
            ("(null, 'active', '2024-01-01', null, 1, '1 month')", "ledger/incomplete", "customer"),
            ("('a', 'active', null, null, 1, '1 month')", "ledger/incomplete", "start"),
            ("('a', 'active', '2024-01-01', null, null, '1 month')", "ledger/incomplete", "amount"),
            (
                "('a', 'active', '2024-01-01', '2024-01-01', 1, '1 month')",
                "ledger/ends-before-start", "2024-01-01"
            ),
            (
                "('a', 'active', '2024-02-01', '2024-01-01', 1, '1 month')",
                "ledger/ends-before-start", "2024-01-01"
            ),
            (
                "('a', 'active', '2024-01-01', null, 1, 'fortnight')", "ledger/interval",
                "'fortnight'"
            ),
            ("('a', 'active', '2024-01-01', null, 1, '0 months')", "ledger/interval", "'0 months'"),
            ("('a', 'active', '2024-01-01', null, 1, null)", "ledger/interval", "no interval"),
            (
                "('a', 'past_due', '2024-01-01', null, 1, '1 month')", "ledger/unknown-status",
                "past_due"
            ),
            ("('a', null, '2024-01-01', null, 1, '1 month')", "ledger/unknown-status", "no status"),
        ])
    func badRows(row: String, code: String, named: String) async {
        let rows = """
            create table source.periods as
            select customer, status, starts::date as starts, ends::date as ends,
              amount::integer as amount, every
            from (values (null, 'trial', null, null, null, null), \(row)
            ) t(customer, status, starts, ends, amount, every)
            """
        let failure = await LedgerBench.refusal([rows], Self.keys)

        #expect(failure?.code.rawValue == code)
        #expect(failure?.message.contains("row 2 of 'periods'") == true)
        #expect(failure?.message.contains(named) == true)
        #expect(failure?.hint != nil)
    }

    @Test("a start that is no time, and an amount that is no number, are refused at their keys")
    func wrongTypes() async {
        let rows =
            "create table source.periods as select 'a' as c, 'x' as t, date '2024-01-01' as d"
        let keys = "customer: c\nevery: 1 month\n"

        let start = await LedgerBench.refusal([rows], keys + "starts: t\namount: 1")
        #expect(start?.code == .ledgerNoTime)
        #expect(start?.place?.line == 10)
        let amount = await LedgerBench.refusal([rows], keys + "starts: d\namount: t")
        #expect(amount?.code == .notANumber)
        let every = await LedgerBench.refusal(
            [rows], "customer: c\nstarts: d\namount: 1\nevery: d")
        #expect(every?.code == .ledgerInterval)
    }
}
