import Definitions
import TestSupport
import Testing
import Vocabulary

@Suite("Loading definitions")
struct CatalogLoaderTests {
    private func load(more: String) -> LoadedCatalog {
        CatalogLoader.load(SampleWorkspace.files(more: more))
    }

    @Test("reads a sound workspace without findings")
    func sound() throws {
        let loaded = CatalogLoader.load(SampleWorkspace.files())

        #expect(loaded.findings.isEmpty, "\(printed(loaded.findings))")
        let catalog = loaded.catalog
        #expect(catalog.settings.zone == "Europe/Berlin")
        #expect(catalog.settings.firstWeekday == .sunday)
        #expect(catalog.settings.fiscal == .weeks(first: 2, pattern: .fourFiveFour))
        #expect(catalog.settings.limits.memoryBytesMax == 4_000_000_000)
        #expect(catalog.metrics.count == 5)
        #expect(catalog.descriptions["country"]?.kind == "dimension")
        let orders = try #require(catalog.sources["orders"])
        #expect(orders.time?.format == .pattern("%d/%m/%Y %H:%M"))
        #expect(orders.files?.delimiter == ";")
        #expect(
            orders.quality == [.unique(["invoice_no", "stock_code"]), .freshWithin(Span(days: 2))])
        #expect(orders.dimensions["channel"]?.meaning == "How they came.")
        let kpi = try #require(catalog.kpis["revenue-per-order"])
        #expect(kpi.target?.stretch == 1_200)
        #expect(
            kpi.target?.by == Target.Point(day: try #require(Day(iso: "2026-12-31")), value: 60))
        #expect(kpi.benchmark?.source == "peer survey 2025")
    }

    @Test("keeps each definition's own text and the places of its parts")
    func origins() throws {
        let catalog = CatalogLoader.load(SampleWorkspace.files()).catalog
        let orders = try #require(catalog.metrics["orders"])

        #expect(orders.origin.yaml.hasPrefix("metric: orders\n"))
        #expect(orders.origin.yaml.hasSuffix("events: [placed] }\n"))
        #expect(orders.origin.place == Place(file: "definitions/metrics.yaml", line: 9, column: 1))
        #expect(
            orders.origin.place(of: "formula.distinct")
                == Place(file: "definitions/metrics.yaml", line: 14, column: 22))
        let source = try #require(catalog.sources["orders"])
        #expect(source.origin.yaml.hasPrefix("# Orders of the shop.\nsource: orders\n"))
        #expect(source.origin.place(of: "dimensions.channel").column == 26)
    }

    @Test(
        "places a mistake in an expression at its character",
        arguments: [
            ("where: country = = 'DE'", 18), ("where: \"country = = 'DE'\"", 19),
            ("where: 'country = = 5'", 19),
        ])
    func expressionPlaces(line: String, column: Int) {
        let loaded = load(
            more: """
                metric: x
                is: X.
                owner: x
                unit: count
                formula:
                  count: rows
                  from: orders
                  \(line)
                """)

        #expect(
            loaded.findings.map(\.failure.place) == [
                Place(file: "definitions/more.yaml", line: 8, column: column + 2)
            ])
    }

    @Test("leaves out what is broken and what rests on it, and tells only the cause")
    func brokenChain() {
        let loaded = CatalogLoader.load(
            SampleWorkspace.files(
                metrics: SampleWorkspace.metrics.replacing(
                    "unit: money\nbetter: up\nformula: { sum", with: "unit: mony\nformula: { sum")))

        #expect(loaded.findings.map(\.failure.code) == [.badValue])
        #expect(loaded.findings.first?.failure.hint == "did you mean 'money'?")
        #expect(loaded.catalog.metrics.keys.sorted() == ["cancellations", "orders"])
        #expect(loaded.catalog.kpis.isEmpty)
    }

    @Test("reports cycles once")
    func cycles() {
        let metric = { (id: String, formula: String) in
            "metric: \(id)\nis: X.\nowner: x\nunit: count\nformula: { derived: \(formula) }\n"
        }
        let loaded = load(
            more: metric("a", "b + 1") + "---\n" + metric("b", "c") + "---\n" + metric("c", "a")
                + "---\n" + metric("d", "a * 2"))

        #expect(loaded.findings.map(\.failure.code) == [.metricCycle])
        #expect(loaded.findings.first?.failure.message.contains("a → b → c → a") == true)
        #expect(loaded.catalog.metrics.count == 5)
    }

    @Test("refuses a chain of metrics that nobody could follow")
    func longChain() {
        let chain = (1...300).map { index in
            "metric: m\(index)\nis: X.\nowner: x\nunit: money\nformula: { derived: "
                + (index == 300 ? "m1" : "m\(index + 1)") + " }\n---\n"
        }
        let loaded = load(more: chain.joined())

        #expect(loaded.catalog.metrics.count == 5)
    }

    @Test(
        "refuses what could harm the reader",
        arguments: [
            ("a: &a [x]\nb: *a\n", "definition/yaml-alias"),
            ("metric: !!binary aGk=\n", "definition/yaml-tag"),
            ("metric: x\nmetric: y\n", "definition/yaml-duplicate-key"),
            ("metric: x\0\n", "definition/yaml-encoding"),
            ("metric: [\n", "definition/yaml-syntax"),
            (String(repeating: "- ", count: 900), "definition/yaml-too-large"),
            (String(repeating: "[", count: 2_000), "definition/yaml-syntax"),
            (String(repeating: "[", count: 100_000), "definition/yaml-too-large"),
            ("a: [" + String(repeating: "1,", count: 30_000) + "]", "definition/yaml-too-large"),
            (String(repeating: "#", count: 2_000_000), "definition/yaml-too-large"),
            ("? [a]\n: b\n", "definition/yaml-syntax"), ("- a\n", "definition/unknown-kind"),
            ("metrik: x\n", "definition/unknown-kind"),
        ])
    func hostile(text: String, code: String) {
        #expect(load(more: text).findings.map(\.failure.code.rawValue) == [code])
    }

    @Test("refuses bytes that are not UTF-8")
    func encoding() {
        let loaded = CatalogLoader.load([DefinitionFile(path: "a.yaml", bytes: [0x6d, 0xff, 0x0a])])

        #expect(loaded.findings.map(\.failure.code).contains(.yamlEncoding))
    }

    @Test("stars and ampersands in sentences and products are no aliases")
    func stars() {
        let loaded = load(
            more: """
                metric: x
                is: R&D, *net* of tax.
                owner: x
                unit: number
                formula: { sum: quantity *unit_price, from: orders }
                """)

        #expect(loaded.findings.isEmpty, "\(printed(loaded.findings))")
    }

    @Test("survives files damaged at random, in bounded time", arguments: 0..<4)
    func damaged(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let pieces = [
            "\n", ": ", "- ", "{", "}", "[", "'", "\"", "&a ", "*a", "!!x ", "\t", "é", "|\n", "? ",
        ]
        let sample = SampleWorkspace.files()
        for _ in 0..<60 {
            let files = sample.map { file in
                var text = file.bytes
                for _ in 0..<Int.random(in: 0...3, using: &random) where !text.isEmpty {
                    let index = Int.random(in: 0..<text.count, using: &random)
                    switch Int.random(in: 0..<3, using: &random) {
                    case 0: text.remove(at: index)
                    case 1: text[index] = UInt8.random(in: 0...255, using: &random)
                    default:
                        text.insert(
                            contentsOf: (pieces.randomElement(using: &random) ?? "").utf8, at: index
                        )
                    }
                }
                return DefinitionFile(path: file.path, bytes: text)
            }
            let loaded = CatalogLoader.load(files)
            #expect(loaded.findings.allSatisfy { $0.failure.place != nil })
        }
    }
}
