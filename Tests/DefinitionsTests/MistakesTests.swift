import Definitions
import TestSupport
import Testing
import Vocabulary

@Suite("A workspace full of mistakes")
struct MistakesTests {
    private static let today = Day(number: 20_650)  // 2026-07-16

    private func findings(_ files: [DefinitionFile], facts: [String: SourceFacts] = [:])
        -> [Finding]
    {
        let loaded = CatalogLoader.load(files)
        return (loaded.findings + check(loaded.catalog, facts: facts, today: Self.today))
            .sortedByPlace()
    }

    @Test("prints a finding for each of them")
    func mistakes() throws {
        let found = findings(try RepositoryFiles.workspace("Examples/mistakes"))

        #expect(found.count >= 30)
        #expect(Set(found.map(\.failure.code)).count >= 30)
        try expectGolden(printed(found), named: "mistakes.txt")
    }

    @Test("that only its data shows are found with the data")
    func dataMistakes() throws {
        let columns: [SourceFacts.Column] = [
            .init(name: "InvoiceNo", type: .text), .init(name: "Quantity", type: .integer),
            .init(name: "UnitPrice", type: .decimal), .init(name: "Country", type: .text),
            .init(name: "InvoiceDate", type: .text), .init(name: "Customer ID", type: .integer),
        ]
        let facts = SourceFacts(
            columns: columns, rows: 10, version: 1, first: Instant(iso: "2026-01-01T00:00:00Z"),
            watermark: Instant(iso: "2026-07-01T00:00:00Z"))
        let source = """
            source: orders
            is: One row per order line.
            time: invoice_date
            columns: { unit_prize: decimal }
            entities: { order: invoice_no, customer: customer_nr }
            dimensions: { country: country, channel: lower(channel), big: quantity > 'ten' }
            event: event_name
            quality: [ { not_null: [stock_code] }, { fresh_within: 2 days } ]
            """
        let metrics = """
            metric: revenue
            is: Value of shipped order lines.
            owner: finance
            unit: money
            better: up
            formula: { sum: quantity * unit_prise, from: orders, where: customer_id is not null }
            ---
            metric: countries
            is: Countries added up.
            owner: finance
            unit: number
            formula: { sum: country, from: orders }
            ---
            metric: filter
            is: A filter that is none.
            owner: finance
            unit: count
            formula: { count: rows, from: orders, where: quantity }
            ---
            metric: types
            is: A text beside a number.
            owner: finance
            unit: count
            formula:
              count: rows
              from: orders
              where: quantity > 0 and country = 5
            """
        let found = findings(
            [
                DefinitionFile(path: "yardstick.yaml", text: SampleWorkspace.settings),
                DefinitionFile(path: "orders.yaml", text: source),
                DefinitionFile(path: "metrics.yaml", text: metrics),
                DefinitionFile(
                    path: "kpi.yaml",
                    text: "kpi: revenue\nmetric: revenue\nowner: x\nstatus: active\n"),
            ], facts: ["orders": facts])

        try expectGolden(printed(found), named: "data-mistakes.txt")
    }

    @Test("more than seven active KPIs in a team are too many, and each needs its own metric")
    func tooMany() {
        let kpis = (1...8).map { index in
            "kpi: revenue-\(index)\nmetric: revenue\nowner: shop\nstatus: active\n"
        }
        let found = findings(SampleWorkspace.files(more: kpis.joined(separator: "---\n")))

        #expect(found.count { $0.failure.code == .tooManyKPIs } == 1)
        #expect(found.count { $0.failure.code == .sameMetric } == 7)
    }

    @Test("is not what the sample workspace is")
    func sound() {
        #expect(
            findings(SampleWorkspace.files()).isEmpty,
            "\(printed(findings(SampleWorkspace.files())))")
    }

    @Test(
        "filters that can hold are left alone",
        arguments: [
            "country = 'DE' or country = 'AT'", "country = 'DE' and channel = 'AT'",
            "quantity > 1 and quantity < 3", "quantity >= 1 and quantity <= 1",
            "quantity > 1 and quantity >= 3 and quantity <= 3",
            "day = '2026-01-01' and day = date '2026-01-01'", "country is null",
            "country in ('a', 'b') and country != 'a'",
            "day between '2026-01-01' and '2026-01-01'", "not country = 'a' and country = 'a'",
        ])
    func possible(filter: String) {
        #expect(!unmatchable(filter))
    }

    @Test(
        "filters that can never hold are found",
        arguments: [
            "country = 'DE' and country = 'AT'", "country in ('a', 'b') and country in ('c')",
            "quantity > 3 and quantity < 3", "quantity > 5 and quantity <= 4",
            "country is null and country = 'a'", "country is null and country is not null",
            "country = 'a' and country != 'a'", "day between '2026-02-01' and '2026-01-01'",
            "quantity = 3 and quantity > 5", "country = 'DE' and x = 1 and country = 'AT'",
            "quantity >= 3 and quantity <= 3 and quantity < 3", "quantity = 3 and quantity > 3",
        ])
    func impossible(filter: String) {
        #expect(unmatchable(filter))
    }

    private func unmatchable(_ filter: String) -> Bool {
        let metric = """
            metric: x
            is: X.
            owner: x
            unit: count
            formula: { count: rows, from: orders, where: "\(filter)" }
            """
        return findings(SampleWorkspace.files(more: metric))
            .contains { $0.failure.code == .unmatchableFilter }
    }
}
