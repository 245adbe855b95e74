import Testing

@testable import Features
import Vocabulary

@Suite("The demo's definitions")
struct DemoDefinitionsTests {
    let definitions = DemoDefinitions(lastDay: DemoFixture.lastDay)

    @Test("each thing has a file of its own, named like it")
    func oneThingAFile() {
        let files = definitions.files(
            of: "# note\nworkspace: W\n---\nmetric: visits\nis: Visits.\n---\nentity: person\n")

        #expect(
            files == [
                .init(path: "yardstick.yaml", text: "workspace: W\n"),
                .init(
                    path: "definitions/metrics/visits.yaml",
                    text: "metric: visits\nis: Visits.\n"),
                .init(path: "definitions/entities/person.yaml", text: "entity: person\n\n"),
            ])
    }

    @Test(
        "dates depend on the last day of the data",
        arguments: [
            ("day", "2026-11-15"), ("day+1", "2026-11-16"), ("day-365", "2025-11-15"),
            ("quarter", "2026-10-01"), ("quarter-2", "2026-04-01"),
            ("quarter-end", "2026-12-31"), ("quarter-end+1", "2027-03-31"),
        ])
    func dates(word: String, expected: String) {
        #expect(definitions.day(named: word)?.description == expected)
        #expect(definitions.dated("by: {{\(word)}}.") == "by: \(expected).")
    }

    @Test("the demo has objectives, KPIs and metrics enough, and no date is left open")
    func demoIsRich() {
        let files = definitions.files()
        func count(_ folder: String) -> Int {
            files.count { $0.path.hasPrefix("definitions/\(folder)/") }
        }

        #expect(files.first?.path == "yardstick.yaml")
        #expect(count("objectives") >= 3)
        #expect(count("kpis") >= 7)
        #expect(count("metrics") >= 30)
        #expect(Set(files.map(\.path)).count == files.count)
        #expect(!files.contains { $0.text.contains("{{") })
    }
}
