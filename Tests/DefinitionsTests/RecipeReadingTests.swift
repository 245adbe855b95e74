import Definitions
import Testing
import Vocabulary

@Suite("Recipes of sources")
struct RecipeReadingTests {
    private static let upstream = """
        source: events
        is: One row per event.
        time: happened
        event: name
        entities: { person: user_id }
        dimensions: { country: country, big: "amount > 10" }
        lateness: 1 day
        ---
        source: people
        is: One row per person.
        time: joined
        entities: { person: id }
        ---
        """

    private func load(_ recipe: String, more: String = "") -> LoadedCatalog {
        CatalogLoader.load([
            DefinitionFile(path: "yardstick.yaml", text: "workspace: W\n"),
            DefinitionFile(
                path: "definitions/s.yaml",
                text: Self.upstream + "\nsource: made\nis: Made.\nfrom: \(recipe)\n" + more),
        ])
    }

    @Test(
        "are printed as they are written",
        arguments: [
            "{ each: person, of: events, where: amount > 1, keep: { a: { first: country }, n: { count: rows, where: amount > 2 } }, order: amount }",
            "{ rows: events, with: [ { source: people, match: { user_id: id }, take: { joined: joined }, pick: last } ], previous: { by: [person], order: happened, take: { before: name } }, running: { by: [person], take: { so_far: amount } }, keep: [user_id, happened], add: { twice: amount * 2 } }",
            "{ sessions: events, by: person, gap: 30 minutes, keep: { pages: { count: rows } } }",
            "{ returns: events, by: person, since: { source: people, where: id > 3 }, events: [visit] }",
            "{ attempts: events, start: { events: [visit] }, finish: { source: people, where: id > 1 }, by: person, within: 7 days, same: [country] }",
        ])
    func printing(recipe: String) throws {
        let loaded = load(recipe)
        #expect(loaded.findings.filter { $0.severity == .error }.isEmpty, "\(loaded.findings)")
        let source = try #require(loaded.catalog.sources["made"])
        #expect(source.recipe?.description == recipe)
    }

    @Test("take over time, entities, dimensions, event and lateness of what they keep")
    func defaults() throws {
        let rows = try #require(
            load("{ rows: events, keep: [user_id, happened, amount] }").catalog.sources["made"])
        #expect(rows.time == TimeColumn(column: "happened"))
        #expect(Array(rows.entities.keys) == ["person"])
        #expect(Array(rows.dimensions.keys) == ["big"])
        #expect(rows.event == nil)
        #expect(rows.lateness == Span(days: 1))

        let attempts = try #require(
            load("{ attempts: events, finish: { events: [buy] }, by: person, within: 36 hours }")
                .catalog.sources["made"])
        #expect(attempts.time == TimeColumn(column: "happened"))
        #expect(attempts.lateness == Span(days: 2))
        #expect(attempts.dimensions.keys.sorted() == ["big", "country"])

        let returns = try #require(
            load("{ returns: events, by: person, since: people }").catalog.sources["made"])
        #expect(returns.time == TimeColumn(column: "started"))
        #expect(returns.recipe?.upstream == ["events", "people"])
    }

    @Test("name sources that there are, and none that is made from itself")
    func names() {
        let unknown = load("{ each: person, of: event }").findings.map(\.failure)
        #expect(unknown.first { $0.code == .unknownSource }?.hint == "did you mean 'events'?")
        #expect(unknown.first { $0.code == .unknownSource }?.place?.line == 16)

        let cycle = load(
            "{ rows: other }", more: "---\nsource: other\nis: Other.\nfrom: { rows: made }\n")
        let failure = cycle.findings.map(\.failure).first { $0.code == .sourceCycle }
        #expect(failure?.message.contains("made → other → made") == true)
        #expect(cycle.catalog.sources["made"] == nil)
    }

    @Test("exclude files and each other", arguments: ["csv: \"imports/a.csv\"", "rows: people"])
    func exclusive(other: String) {
        let codes = load("{ each: person, of: events, \(other) }").findings.map(\.failure.code)
        #expect(codes.contains(.recipeKind))
    }

    @Test("an expression that groups has a name")
    func keysHaveNames() {
        let findings = load("{ each: lower(email), of: events }").findings.map(\.failure)
        #expect(findings.contains { $0.hint == "name the column: each: { name: lower(email) }" })
    }

    @Test("change the fingerprints of the metrics that rest on them, at any distance")
    func fingerprints() {
        let metric = """
            ---
            source: further
            is: Further.
            from: { each: country, of: made }
            ---
            metric: countries
            is: Countries.
            owner: tests
            unit: count
            better: up
            formula: { count: rows, from: further }
            """
        let recipes = ["country", "upper(country)"].map {
            "{ each: person, of: events, keep: { country: { first: \($0) } } }"
        }
        let prints = recipes.map { recipe in
            Fingerprint(load(recipe, more: metric).catalog).fingerprint(of: "countries")
        }
        #expect(prints.allSatisfy { $0.count == 64 })
        #expect(prints[0] != prints[1])
    }

    @Test("a length of time is civil in days and passes in hours")
    func lengths() {
        #expect(WindowLength(text: "7 days") == .civil(Span(days: 7)))
        #expect(WindowLength(text: "1 month") == .civil(Span(months: 1)))
        #expect(WindowLength(text: "90 minutes") == .elapsed(seconds: 5_400))
        #expect(WindowLength(text: "0 days") == nil)
        #expect(WindowLength(text: "soon") == nil)
        #expect(WindowLength.elapsed(seconds: 3_600).description == "1 hour")
    }
}
