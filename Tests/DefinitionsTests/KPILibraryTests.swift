import TestSupport
import Testing
import Vocabulary

@testable import Definitions

@Suite("The KPI library")
struct KPILibraryTests {
    @Test("is read whole, with every guardrail an entry of its own")
    func whole() throws {
        let file = DefinitionFile(
            path: "library.yaml", text: try RepositoryFiles.text("Sources/CEmbedded/library.yaml"))
        let read = LibraryReading.entries(of: file)
        let ids = Set(KPILibrary.entries.map(\.id))

        #expect(read.problems.isEmpty, "\(printed(read.problems))")
        #expect(KPILibrary.entries.count >= 28)
        #expect(ids.count == KPILibrary.entries.count)
        #expect(
            KPILibrary.entries.allSatisfy { ids.contains($0.guardrail) && $0.guardrail != $0.id })
    }

    @Test("names no KPI by a word that means several things")
    func labelled() {
        let ambiguous: Set = ["mau", "churn", "retention", "stickiness", "clv", "arpu", "nrr"]

        #expect(KPILibrary.entries.allSatisfy { !ambiguous.contains($0.id) && !$0.variant.isEmpty })
        let names = KPILibrary.entries.map { "\($0.title), \($0.variant)" }
        #expect(Set(names).count == names.count)
    }

    @Test("writes definitions without errors for a source that has what they need")
    func definitions() {
        for entry in KPILibrary.entries {
            let (source, facts) = synthetic(entry)
            let files =
                [
                    DefinitionFile(path: "yardstick.yaml", text: "workspace: Test\n"),
                    DefinitionFile(path: "definitions/source.yaml", text: source),
                ]
                + KPILibrary.yaml(for: entry, source: "shop", owner: "team")
                .map { DefinitionFile(path: $0.path, text: $0.yaml) }
            let loaded = CatalogLoader.load(files)
            let found =
                loaded.findings
                + check(loaded.catalog, facts: ["shop": facts], today: Day(number: 20_000))

            let bad = found.filter { $0.severity != .advice }
            #expect(bad.isEmpty, "\(entry.id)\n\(printed(bad))")
            #expect(loaded.catalog.kpis[entry.id]?.status == .proposed, "\(entry.id)")
        }
    }

    /// A source that has what an entry needs, and nothing else.
    private func synthetic(_ entry: LibraryEntry) -> (yaml: String, facts: SourceFacts) {
        var columns: [SourceFacts.Column] = []
        var lines = ["source: shop", "is: Synthetic rows."]
        var entities: [String] = []
        for need in entry.needs {
            switch need.kind {
            case .time:
                lines.append("time: happened_at")
                columns.append(.init(name: "happened_at", type: .instant))
            case .event:
                lines.append("event: event_name")
                columns.append(.init(name: "event_name", type: .text))
            case .entity:
                entities.append("\(need.name): \(need.name)_id")
                columns.append(.init(name: "\(need.name)_id", type: .text))
            case .column:
                columns.append(.init(name: need.name, type: need.type ?? .text))
            }
        }
        if !entities.isEmpty { lines.append("entities: { \(entities.joined(separator: ", ")) }") }
        let facts = SourceFacts(columns: columns, rows: 1, version: 1, first: nil, watermark: nil)
        return (lines.joined(separator: "\n") + "\n", facts)
    }

    @Test("knows near names")
    func nearNames() {
        let failure = #expect(throws: Failure.self) {
            try KPILibrary.entry(named: "npss-of-answers")
        }

        #expect(failure?.hint == "did you mean 'nps-of-answers'?")
        #expect(failure?.code == .unknownLibraryEntry)
    }

    @Test("writes files that a person can adapt")
    func files() throws {
        let entry = try KPILibrary.entry(named: "stickiness-day-over-28")
        let files = KPILibrary.yaml(for: entry, source: "events")
        let text = files.map { "\($0.path)\n\n\($0.yaml)" }.joined(separator: "\n")

        try expectGolden(text, named: "library-stickiness.txt")
    }

    @Test("is what docs/reference/library.md says")
    func documentation() throws {
        var text = """
            # The KPI library

            Every KPI here can be added with `yardstick kpi add NAME --source SOURCE` or on the page
            Catalogue. It writes a file for each metric and one for the KPI, for you to adapt: column
            names are examples. Titles that mean several things come in named variants.


            """
        for entry in KPILibrary.entries {
            text += "## \(entry.title): \(entry.variant)\n\n`\(entry.id)`. \(entry.meaning)\n\n"
            text += "| | |\n|---|---|\n"
            text += "| formula | `\(entry.formula)` |\n"
            text += "| unit, better | \(entry.unit), \(entry.better.rawValue) |\n"
            text += "| use | \(entry.use) |\n| how it misleads | \(entry.misleads) |\n"
            text += "| guardrail | `\(entry.guardrail)` |\n| source | \(entry.source) |\n"
            text += "| needs | \(entry.needs.map(\.description).joined(separator: "; ")) |\n\n"
        }
        try expectGolden(text, named: "../../../docs/reference/library.md")
    }
}
