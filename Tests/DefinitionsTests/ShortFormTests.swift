import Definitions
import TestSupport
import Testing
import Vocabulary

@Suite("Short forms")
struct ShortFormTests {
    static let ledger = """
        source: ledger
        is: One row per movement.
        time: moment
        columns: { amount: number, customers: integer, movement: text, score: integer }
        entities: { customer: customer_id }
        ---
        metric: arpa
        is: Revenue of a customer in a month.
        owner: x
        unit: money
        formula: { subscription: arpa, from: ledger }
        ---
        metric: churn
        is: Customers lost.
        owner: x
        unit: share
        formula: { subscription: logo_churn, from: ledger }
        ---

        """

    static func load(_ formula: String, unit: String, more: String = "") -> LoadedCatalog {
        CatalogLoader.load(
            SampleWorkspace.files(
                more: ledger + "metric: x\nis: X.\nowner: x\nunit: \(unit)\nformula: \(formula)\n"
                    + more))
    }

    private static func found(_ loaded: LoadedCatalog) -> [Finding] {
        let found = check(loaded.catalog, facts: [:], today: Day(number: 20_650))
        return (loaded.findings + found).sortedByPlace()
    }

    /// Formulas with the unit of their number.
    private static let forms: [(formula: String, unit: String)] = [
        ("{ csat: score, scale: 3, from: ledger }", "share"),
        ("{ csat: score, scale: 4, from: ledger, where: movement = 'a' }", "share"),
        ("{ csat: score, scale: 5, from: ledger }", "share"),
        ("{ csat: score, scale: 6, from: ledger }", "share"),
        ("{ csat: score, scale: 7, from: ledger }", "share"),
        ("{ csat: score, scale: 10, from: ledger }", "share"),
        ("{ ces: score, scale: 7, from: ledger }", "share"),
        ("{ duration: { from: a, to: b, percentile: 85 }, in: ledger }", "duration"),
        ("{ duration: { from: a, to: b, average: true }, in: ledger }", "duration"),
        (
            "{ conversion: { from: { where: movement = 'a' }, to: { source: orders, "
                + "events: [placed] }, by: customer, within: 7 days, per: person }, in: ledger }",
            "share"
        ),
        (
            "{ conversion: { from: placed, to: [paid, sent], by: customer, within: 30 minutes, "
                + "per: attempt, same: [order] }, in: orders, where: country = 'DE' }", "share"
        ),
        ("{ retention: { by: customer, of: orders, since: first, on: day 7 } }", "share"),
        (
            "{ retention: { by: customer, of: orders, events: [placed], since: ledger, on: week 4, "
                + "criterion: on_or_after } }", "share"
        ),
        (
            "{ retention: { by: customer, of: orders, since: { source: ledger, "
                + "where: movement = 'new' }, on: month 1, criterion: on_or_before } }", "share"
        ),
        ("{ stickiness: dau_mau, by: customer, from: ledger }", "share"),
        ("{ stickiness: rolling, by: customer, from: ledger }", "share"),
        ("{ stickiness: days_active, by: customer, from: ledger }", "ratio"),
        ("{ stickiness: yesterday, by: customer, from: ledger }", "share"),
        ("{ stickiness: l7, by: customer, from: ledger }", "ratio"),
        ("{ lifetime_value: historic, value: amount, by: customer, from: ledger }", "money"),
        ("{ lifetime_value: formula, value: arpa, frequency: 12, lifespan: 3 }", "money"),
        ("{ lifetime_value: contractual, arpa: arpa, margin: 80%, churn: churn }", "money"),
        (
            "{ lifetime_value: contractual, arpa: arpa, margin: 80%, churn: churn, discount: 1%, "
                + "first_payment: in }", "money"
        ),
        (
            "{ lifetime_value: contractual, arpa: arpa, margin: 80%, churn: 5%, discount: 1%, "
                + "first_payment: out }", "money"
        ),
        ("{ subscription: mrr, from: ledger }", "money"),
        ("{ subscription: arr, from: ledger, where: movement != 'x' }", "money"),
        ("{ subscription: customers, from: ledger }", "count"),
        ("{ subscription: new, from: ledger }", "money"),
        ("{ subscription: contraction, from: ledger }", "money"),
        ("{ subscription: net_new, from: ledger }", "money"),
        ("{ subscription: new_customers, from: ledger }", "count"),
        ("{ subscription: lost_customers, from: ledger }", "count"),
        ("{ subscription: logo_churn, from: ledger, denominator: average }", "share"),
        ("{ subscription: logo_churn, from: ledger, denominator: daily }", "share"),
        ("{ subscription: logo_churn, from: ledger, method: snapshots }", "share"),
        ("{ subscription: gross_revenue_churn, from: ledger }", "share"),
        ("{ subscription: net_revenue_churn, from: ledger }", "share"),
        ("{ subscription: net_revenue_churn, from: ledger, reactivation: counted }", "share"),
        ("{ subscription: grr, from: ledger }", "share"),
        ("{ subscription: grr, from: ledger, method: snapshots }", "share"),
        ("{ subscription: nrr, from: ledger }", "ratio"),
        ("{ subscription: nrr, from: ledger, method: snapshots }", "ratio"),
        ("{ subscription: quick_ratio, from: ledger }", "ratio"),
        ("{ subscription: quick_ratio, from: ledger, reactivation: counted }", "ratio"),
    ]

    @Test("are read into formulas that people can read")
    func forms() throws {
        var text = ""
        for (formula, unit) in Self.forms {
            let loaded = Self.load(formula, unit: unit)
            let found = Self.found(loaded).filter { $0.severity == .error }
            #expect(found.isEmpty, "\(formula): \(printed(found))")
            let metric = try #require(loaded.catalog.metrics["x"], "\(formula)")
            text += "\(formula)\n    \(metric.formula)\n"
        }

        try expectGolden(text, named: "short-forms.txt")
    }

    @Test("keep their names beside what they become")
    func names() throws {
        let nrr = try #require(
            Self.load("{ subscription: nrr, from: ledger }", unit: "ratio").catalog.metrics["x"])
        let duration = try #require(
            Self.load(
                "{ duration: { from: a, to: b, percentile: 85 }, in: ledger }",
                unit: "duration"
            ).catalog.metrics["x"])

        #expect(nrr.kind == "subscription")
        #expect(nrr.formula.kind == "ratio")
        #expect(nrr.written == WrittenKind(kind: "subscription", variant: "nrr", source: "ledger"))
        #expect(duration.kind == "duration")
        #expect(duration.written?.variant == "percentile 85")
    }

    @Test("bring along the sources that they need, named after their metric")
    func implicitSources() throws {
        let loaded = Self.load(
            "{ retention: { by: customer, of: orders, since: first, on: day 7 } }", unit: "share")
        let source = try #require(loaded.catalog.sources["x.retention"])

        #expect(source.isImplicit)
        #expect(source.recipe?.description == "{ returns: orders, by: customer, since: first }")
        #expect(source.time?.column == "started")
        #expect(source.lateness == Span(days: 7))
        #expect(loaded.catalog.metrics["x"]?.kind == "retention")
        #expect(loaded.catalog.metrics["x"]?.written?.variant == "day 7 exact")
    }

    @Test("that bring along the same calculate the same")
    func sameSources() {
        let formula =
            "{ conversion: { from: placed, to: paid, by: customer, within: 7 days, per: person }, "
            + "in: orders }"
        let again = "---\nmetric: y\nis: Y.\nowner: x\nunit: share\nformula: \(formula)\n"
        let other = again.replacing("7 days", with: "8 days")

        let same = Self.found(Self.load(formula, unit: "share", more: again))
        let different = Self.found(Self.load(formula, unit: "share", more: other))

        #expect(same.map(\.failure.code) == [.duplicateCalculation])
        #expect(different.isEmpty, "\(printed(different))")
    }

    @Test("calculate the same as what is written out")
    func duplicates() {
        let writtenOut = """
            ---
            metric: y
            is: Y.
            owner: x
            unit: money
            formula: { cumulative: { sum: amount, from: ledger }, to_date: all }

            """
        let loaded = Self.load(
            "{ subscription: mrr, from: ledger }", unit: "money", more: writtenOut)

        #expect(Self.found(loaded).map(\.failure.code) == [.duplicateCalculation])
    }

    @Test("of levels that fall when customers leave are no vanity")
    func vanity() {
        let kpi = """
            ---
            kpi: recurring-revenue
            metric: x
            owner: x
            status: active

            """
        let codes = { (formula: String) in
            Self.found(Self.load(formula, unit: "money", more: kpi)).map(\.failure.code)
        }

        #expect(!codes("{ subscription: mrr, from: ledger }").contains(.vanityMetric))
        #expect(
            codes("{ cumulative: { sum: amount, from: orders }, to_date: all }")
                .contains(.vanityMetric))
    }

    /// Short forms that are wrong in one way each, and the unit of their metric.
    private static let mistakes: [(formula: String, unit: String)] = [
        ("{ csat: score, scale: 8, from: ledger }", "share"),
        ("{ csat: score, from: ledger }", "share"),
        ("{ csat: score, scale: 5, from: ledger }", "points"),
        ("{ csat: scoar, scale: 5, from: leger }", "share"),
        ("{ ces: score, scale: 5, from: ledger }", "share"),
        ("{ duration: { from: a, to: b }, in: ledger }", "duration"),
        ("{ duration: { from: a, to: b, percentile: 85 } }", "duration"),
        ("{ duration: { from: a, to: lower(movement), average: true }, in: ledger }", "duration"),
        (
            "{ conversion: { from: placed, to: paid, by: customer, within: 7, per: visit }, "
                + "in: orders }", "share"
        ),
        (
            "{ conversion: { from: placed, by: customer, within: 7 days, per: person }, in: oders }",
            "share"
        ),
        (
            "{ conversion: { from: placed, to: { source: oders }, by: customer, within: 7 days, "
                + "per: person }, in: orders }", "share"
        ),
        ("{ retention: { by: customer, of: orders, on: day 7 } }", "share"),
        ("{ retention: { by: customer, of: oders, since: first, on: day 7 } }", "share"),
        (
            "{ retention: { by: customer, of: orders, since: first, on: 7 days, "
                + "criterion: unbounded } }", "share"
        ),
        ("{ retention: { by: customer, of: orders, since: first, on: day 7 } }", "count"),
        ("{ stickiness: mau_dau, by: customer, from: ledger }", "share"),
        ("{ stickiness: l7, by: customer, from: ledger }", "share"),
        ("{ stickiness: yesterday, by: custmer, from: ledger }", "share"),
        ("{ lifetime_value: contractual, arpa: arpa, margin: 80% }", "money"),
        ("{ lifetime_value: contractual, arpa: apra, margin: 80%, churn: churn }", "money"),
        (
            "{ lifetime_value: contractual, arpa: arpa, margin: 80%, churn: churn, discount: 1% }",
            "money"
        ),
        ("{ lifetime_value: historic, value: amount, by: customer, from: ledger }", "ratio"),
        ("{ subscription: mmr, from: ledger }", "money"),
        ("{ subscription: mrr, method: snapshots, from: ledger }", "money"),
        ("{ subscription: nrr, method: snapshot, from: ledger }", "ratio"),
        ("{ subscription: customers, from: ledger }", "money"),
        ("{ subscription: quick_ratio, denominator: average, from: ledger }", "ratio"),
        (
            "{ lifetime: alive, model: bgnbd, by: customer, from: contracts }\n---\n"
                + "source: contracts\nis: Contracts.\ntime: bought\n"
                + "columns: { churned_on: date }\nentities: { customer: customer_id }", "share"
        ),
        (
            "{ count: rows, from: ledger }\n---\nkpi: deployment-frequency\nmetric: x\nowner: x\n"
                + "target: { from: { date: 2026-01-01, value: 1 }, "
                + "by: { date: 2026-12-31, value: 2 } }", "count"
        ),
    ]

    @Test("tell what is wrong, where, and what to write")
    func mistakes() throws {
        var text = ""
        for (formula, unit) in Self.mistakes {
            let found = Self.found(Self.load(formula, unit: unit))
            text += "# \(formula) in \(unit)\n\n\(printed(found))\n"
        }

        try expectGolden(text, named: "short-form-mistakes.txt")
    }
}
