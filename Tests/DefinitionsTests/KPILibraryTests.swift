import Foundation
import TestSupport
import Testing
import Vocabulary

@testable import Definitions

@Suite("The KPI library")
struct KPILibraryTests {
    @Test("is read whole, with every guardrail and relation an entry of its own")
    func whole() {
        let entries = KPILibrary.entries
        let ids = Set(entries.map(\.id))

        #expect(KPILibrary.problems.isEmpty, "\(printed(KPILibrary.problems))")
        #expect(entries.count >= 91)
        #expect(ids.count == entries.count)
        for entry in entries {
            let named = entry.related + [entry.guardrail]
            #expect(named.allSatisfy { ids.contains($0) && $0 != entry.id }, "\(entry.id)")
            #expect(!entry.related.isEmpty, "\(entry.id)")
        }
        #expect(KPILibrary.choices.allSatisfy { ids.contains($0.entry) })
    }

    @Test("names no KPI by a word that means several things")
    func labelled() {
        let ambiguous: Set = [
            "mau", "churn", "retention", "stickiness", "clv", "arpu", "nrr", "cac", "conversion",
        ]

        #expect(KPILibrary.entries.allSatisfy { !ambiguous.contains($0.id) && !$0.variant.isEmpty })
        let names = KPILibrary.entries.map { "\($0.title), \($0.variant)" }
        #expect(Set(names).count == names.count)
    }

    @Test("has no two entries that calculate the same")
    func distinct() {
        let calculations = Dictionary(grouping: KPILibrary.entries) { entry in
            "\(entry.formula)\n\(entry.unit)\n\(entry.needs.map(\.description))"
        }

        for (calculation, entries) in calculations where entries.count > 1 {
            Issue.record("\(entries.map(\.id)) are all \(calculation)")
        }
    }

    @Test("asks for all sources that its definitions name")
    func roles() {
        for entry in KPILibrary.entries {
            let needed = Set(entry.needs.map(\.role))
            #expect(Set(entry.roles()) == needed.union([LibraryNeed.mainRole]), "\(entry.id)")
            #expect(Set(entry.example.tables.map(\.role)) == Set(entry.roles()), "\(entry.id)")
        }
    }

    @Test("uses no name of a user's for one of its own metrics")
    func names() {
        let metrics = Set(KPILibrary.entries.flatMap { $0.templates.map(\.id) })

        for need in KPILibrary.entries.flatMap(\.needs) where need.kind != .source {
            #expect(!metrics.contains(need.name), "\(need.name)")
        }
    }

    @Test("puts the user's names in the place of its own, and leaves keys and words alone")
    func binding() {
        let binding = LibraryBinding(
            sources: ["SOURCE": "clicks"], names: ["person": "user", "plan": "tier"])
        let yaml = """
            metric: people
            is: Each person of SOURCE.
            unit: count
            formula: { distinct: person, from: SOURCE_first, where: "personal = 1 and person > 0" }
            rows: { match: { plan: plan }, keep: { plan: { last: plan } } }
            """

        #expect(
            binding.bound(yaml) == """
                metric: people
                is: Each person of clicks.
                unit: count
                formula: { distinct: user, from: clicks_first, where: "personal = 1 and user > 0" }
                rows: { match: { tier: tier }, keep: { plan: { last: tier } } }
                """)
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
        let files = KPILibrary.files(for: entry, LibraryBinding(source: "events"))
        let text = files.map { "\($0.path)\n\n\($0.yaml)" }.joined(separator: "\n")

        try expectGolden(text, named: "library-stickiness.txt")
    }

    @Test("has as many entries as the README says")
    func count() throws {
        let readme = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../README.md")
        let text = try String(contentsOf: readme, encoding: .utf8)
        #expect(text.contains("# \(KPILibrary.entries.count) KPIs in named variants"))
    }

    @Test("is what docs/reference/library.md says")
    func documentation() throws {
        try expectGolden(
            LibraryReference.text, named: "../../../docs/reference/library.md")
    }
}

/// The library as its reference prints it.
private enum LibraryReference {
    static var text: String {
        let families = Dictionary(grouping: KPILibrary.entries, by: \.family)
            .sorted { $0.key.title < $1.key.title }
        let count = KPILibrary.entries.count
        var text = """
            # The KPI library

            \(count) KPIs, each in a named variant. `yardstick library add NAME --source SOURCE`, or the page
            Catalogue, writes a file for each metric and one for the KPI, for you to adapt. Where your
            names differ: `--entity person=user_id`, `--column amount=price`, `--event purchased=paid`.
            Every example below is computed by the tests as the program would.


            """
        for (family, entries) in families {
            text += "## \(family.title)\n\n\(family.meaning)\n\n"
            for entry in entries { text += section(entry) }
        }
        return text
    }

    private static func section(_ entry: LibraryEntry) -> String {
        let example = entry.example
        let value = example.value.map { "\($0)" } ?? "no value"
        let related = entry.related.map { "`\($0)`" }.joined(separator: ", ")
        let needs = entry.needs.map(\.description).joined(separator: "; ")
        let tables = example.tables.map(\.table.name).joined(separator: ", ")
        return """
            ### \(entry.title): \(entry.variant)

            `\(entry.id)`. \(entry.meaning)

            | | |
            |---|---|
            | formula | `\(entry.formula)` |
            | unit, better | \(entry.unit), \(entry.better.rawValue) |
            | counts | \(entry.entity ?? "no one") |
            | use | \(entry.use) |
            | how it misleads | \(entry.misleads) |
            | guardrail | `\(entry.guardrail)` |
            | related | \(related) |
            | source | \(entry.source) |
            | needs | \(needs) |
            | example | \(value) over \(example.over) of `\(tables)`. \(example.explanation) |
            | checked by | \(entry.oracle) |


            """
    }
}
