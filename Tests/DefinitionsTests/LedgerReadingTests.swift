import Definitions
import Testing
import Vocabulary

@Suite("Recipes of ledgers")
struct LedgerReadingTests {
    private func load(_ recipe: String) -> LoadedCatalog {
        CatalogLoader.load([
            DefinitionFile(path: "yardstick.yaml", text: "workspace: W\n"),
            DefinitionFile(
                path: "definitions/s.yaml",
                text: """
                    source: invoices
                    is: One row per invoice.
                    ---
                    source: rates
                    is: One row per currency and day.
                    time: day
                    ---
                    source: book
                    is: The ledger.
                    from: \(recipe)
                    """),
        ])
    }

    @Test(
        "are printed as they are written",
        arguments: [
            "{ ledger: invoices, customer: who, starts: from_day, amount: price, every: 1 month }",
            "{ ledger: invoices, where: price > 0, customer: who, starts: from_day, ends: to_day, amount: price, every: 2 years, plan: plan, subscription: id, discount: off, tax: vat, grace: 3 days, overlap: latest, counts: month_start, group: 1 hour, keep: { country: country, size: seats > 10 } }",
            "{ ledger: invoices, customer: who, starts: from_day, amount: price, every: months, currency: code, rates: { source: rates, currency: code, rate: euros }, exchange: monthly }",
            "{ ledger: invoices, customer: who, starts: from_day, amount: price, every: months, status: state, policy: { active: keep, trial: exclude }, cancelled: cancelled_on, churn: at_cancel }",
        ])
    func printing(recipe: String) throws {
        let loaded = load(recipe)

        #expect(loaded.findings.filter { $0.severity == .error }.isEmpty, "\(loaded.findings)")
        #expect(loaded.catalog.sources["book"]?.recipe?.description == recipe)
    }

    @Test("have a time, a customer and slices of their own, and know what they rest on")
    func defaults() throws {
        let book = try #require(
            load(
                "{ ledger: invoices, customer: who, starts: from_day, amount: price, every: 1 month, "
                    + "plan: plan, subscription: id, currency: code, keep: { country: country }, "
                    + "rates: { source: rates, currency: code, rate: euros } }"
            ).catalog.sources["book"])

        #expect(book.time == TimeColumn(column: "moment"))
        #expect(book.entities.keys.sorted() == ["customer", "subscription"])
        #expect(book.dimensions.keys.sorted() == ["country", "currency", "movement", "plan"])
        #expect(book.recipe?.upstream == ["invoices", "rates"])
    }

    @Test(
        "say what is missing or does not fit",
        arguments: [
            ("{ ledger: invoices, customer: who, starts: day, amount: price }", "no 'every'"),
            ("{ ledger: invoices, starts: day, amount: price, every: 1 month }", "no 'customer'"),
            ("{ status: state }", "no 'policy'"), ("{ policy: { active: keep } }", "no 'status'"),
            ("{ status: state, policy: { active: yes } }", "one of keep, exclude"),
            ("{ churn: at_cancel }", "no 'cancelled'"), ("{ exchange: monthly }", "no 'currency'"),
            ("{ currency: code, exchange: monthly }", "no 'rates'"),
            ("{ currency: code, rates: { source: rates, rate: euros } }", "no 'currency'"),
            ("{ currency: code, rates: { source: nowhere, currency: c, rate: r } }", "nowhere"),
            ("{ overlap: first }", "one of add, latest"),
            ("{ counts: month_end }", "one of at_once, month_start"),
            ("{ group: soon }", "a length of time"), ("{ grace: 3 }", "a length of time"),
            ("{ keep: { amount: price } }", "'amount' is a column of every ledger"),
            ("{ gap: 3 days }", "no key 'gap'"),
        ])
    func mistakes(keys: String, message: String) {
        let needed = "{ ledger: invoices, customer: who, starts: day, amount: price, every: 1 month"
        let recipe = keys.hasPrefix("{ ledger") ? keys : needed + ", " + keys.dropFirst(2)
        let errors = load(recipe).findings.filter { $0.severity == .error }.map(\.failure.message)

        #expect(errors.contains { $0.contains(message) }, "\(errors)")
    }
}
