import Definitions
import Testing
import Vocabulary

@Suite("Sources of events")
struct EventIntakeTests {
    private func load(_ text: String) -> LoadedCatalog {
        CatalogLoader.load([
            DefinitionFile(path: "yardstick.yaml", text: "workspace: W\n"),
            DefinitionFile(path: "definitions/s.yaml", text: "source: app\nis: The app.\n" + text),
        ])
    }

    @Test("a word is enough, and says time, event, person and the usual dimensions")
    func short() throws {
        let loaded = load("from: events\n")
        let source = try #require(loaded.catalog.sources["app"])

        #expect(loaded.findings.isEmpty)
        #expect(source.intake == EventIntake(actors: .people))
        #expect(source.time == TimeColumn(column: "time"))
        #expect(source.event == "event")
        #expect(Array(source.entities.keys) == ["person"])
        #expect(source.dimensions["campaign_source"] != nil)
    }

    @Test("properties of few values split, unless the definition says otherwise")
    func properties() throws {
        let source = try #require(
            load(
                """
                from: { events: everybody }
                columns: { plan: text, seats: integer, is_trial: boolean, $browser: text }
                dimensions: { plan: lower(plan) }
                """
            ).catalog.sources["app"])

        #expect(source.intake == EventIntake(actors: .everybody))
        #expect(source.columnTypes["seats"] == .integer)
        #expect(source.dimensions["seats"] == nil)
        #expect(source.dimensions["is_trial"] != nil)
        #expect(source.dimensions["$browser"] == nil)
        #expect(source.dimensions["plan"]?.expression.description == "lower(plan)")
    }

    @Test("what may be stored, and whose consent it takes, is said beside")
    func privacy() throws {
        let source = try #require(
            load("from: { events: people, keep: [plan, seats], consent: agreed }\n")
                .catalog.sources["app"])

        #expect(source.intake?.kept == ["plan", "seats"])
        #expect(source.intake?.consent == "agreed")
    }

    @Test("a column that every source of events has cannot be declared again")
    func taken() throws {
        let loaded = load("from: events\ncolumns: { plan: text, Time: text }\n")

        #expect(loaded.findings.map(\.failure.code) == [.eventColumn])
        #expect(loaded.findings.first?.failure.place?.line == 4)
    }

    @Test("a word that is none is refused with the nearest")
    func unknownWord() {
        let loaded = load("from: { events: peple }\n")

        #expect(loaded.findings.first?.failure.hint == "did you mean 'people'?")
    }
}
