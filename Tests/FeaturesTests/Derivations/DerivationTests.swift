import Definitions
import Engines
import Features
import Foundation
import Planning
import Testing
import Vocabulary

@Suite("Sources that are made from sources")
struct DerivationTests {
    private static func files(_ recipe: String) -> [String: String] {
        var files = TemporaryWorkspace.definitions
        files["definitions/buyers.yaml"] = """
            source: buyers
            is: One row per customer.
            owner: shop
            from: \(recipe)
            time: first_order
            ---
            source: countries
            is: One row per country of buyers.
            owner: shop
            from: { each: country, of: buyers, keep: { buyers: { count: rows } } }
            ---
            metric: new_buyers
            is: Customers by their first order.
            owner: shop
            unit: count
            better: up
            formula: { count: rows, from: buyers }
            ---
            metric: countries_reached
            is: Countries with a buyer.
            owner: shop
            unit: count
            better: up
            formula: { count: rows, from: countries }
            """
        return files
    }

    private static let recipe =
        "{ each: customer, of: orders, keep: { first_order: { first: ordered }, country: { first: country } } }"

    private func value(_ metric: String, _ session: WorkspaceSession) async throws -> Double? {
        let question = try session.question(QuestionWords(metrics: [metric]))
        return try await session.answer(question).rows[0].cells[0].quantity.value
    }

    @Test("follow an import, also through other derived sources, and name their upstream")
    func followImports() async throws {
        let workspace = try TemporaryWorkspace(Self.files(Self.recipe))
        let session = try await workspace.open()
        #expect(session.facts["buyers"]?.rows == 0)

        _ = try await session.importFiles(source: "orders")

        let versions = ["buyers", "countries"].map { session.facts[$0]?.version ?? 0 }
        #expect(versions == [1, 1])
        let buyers = try #require(session.facts["buyers"]?.rows)
        #expect(buyers > 1)
        #expect(try await value("new_buyers", session) == Double(buyers))
        let question = try session.question(QuestionWords(metrics: ["new_buyers"]))
        let receipt = try await session.answer(question).receipts[0]
        #expect(receipt.sources.map(\.name) == ["buyers", "orders"])
        #expect(receipt.sources.map(\.version) == [1, 1])

        try workspace.write(TemporaryWorkspace.orders(3), to: "imports/orders.csv")
        _ = try await session.importFiles(source: "orders")
        #expect(session.facts["buyers"]?.version == 2)
        #expect(session.facts["countries"]?.version == 2)
        #expect(try await value("new_buyers", session) ?? 0 < Double(buyers))
        await session.close()
    }

    @Test("stay as they are while nothing changes, and follow their definitions")
    func followDefinitions() async throws {
        let workspace = try TemporaryWorkspace(Self.files(Self.recipe))
        let first = try await workspace.open()
        _ = try await first.importFiles(source: "orders")
        _ = try await first.importFiles(source: "orders")
        let before = try #require(first.catalog.metrics["countries_reached"])
        let fingerprint = Fingerprint(first.catalog).fingerprint(of: before.id)
        #expect(first.facts["buyers"]?.version == 1)
        await first.close()

        let second = try await workspace.open()
        #expect(second.facts["buyers"]?.version == 1)
        let changed = Self.recipe.replacing(
            "of: orders", with: "of: orders, where: \"amount > 1e9\"")
        for (path, text) in Self.files(changed) { try workspace.write(text, to: path) }
        #expect(await second.reloadDefinitions())

        #expect(second.facts["buyers"]?.version == 2)
        #expect(second.facts["buyers"]?.rows == 0)
        #expect(second.facts["countries"]?.version == 2)
        #expect(Fingerprint(second.catalog).fingerprint(of: before.id) != fingerprint)
        await second.close()
    }

    @Test("that cannot be made are a finding and refuse questions, and the session goes on")
    func failures() async throws {
        let broken = Self.recipe.replacing("first: country", with: "first: contry")
        let workspace = try TemporaryWorkspace(Self.files(broken))
        let session = try await workspace.open()
        _ = try await session.importFiles(source: "orders")

        let finding = try #require(
            session.findings.first { $0.failure.code == .expressionUnknownName })
        #expect(finding.failure.place?.file == "definitions/buyers.yaml")
        #expect(finding.failure.hint == "did you mean 'country'?")
        for metric in ["new_buyers", "countries_reached"] {
            let failure = await #expect(throws: Failure.self) { try await value(metric, session) }
            #expect(failure?.code == .derivationFailed)
        }
        #expect(try await value("revenue", session) != nil)

        for (path, text) in Self.files(Self.recipe) { try workspace.write(text, to: path) }
        #expect(await session.reloadDefinitions())
        #expect(try await value("new_buyers", session) ?? 0 > 1)
        await session.close()
    }

    @Test("are not imported into, and never take the place of imported rows")
    func notImported() async throws {
        let workspace = try TemporaryWorkspace(Self.files(Self.recipe))
        let session = try await workspace.open()
        _ = try await session.importFiles(source: "orders")

        let refused = await #expect(throws: Failure.self) {
            try await session.importFiles(source: "countries")
        }
        #expect(refused?.code == .importDerived)
        #expect(refused?.hint?.contains("orders") == true)

        try workspace.write(
            """
            source: orders
            is: Taken over.
            from: { each: country, of: other }
            ---
            source: other
            is: Another one.
            from: { csv: "imports/orders.csv" }
            """, to: "definitions/orders.yaml")
        #expect(await session.reloadDefinitions())
        _ = try await session.importFiles(source: "other")
        #expect(session.findings.contains { $0.failure.code == .derivationHasImports })
        await session.close()
        let engine = try DuckDBEngine(
            .file(workspace.folder.appending(path: "data/facts.duckdb").path))
        let kept = try await engine.run(Statement("select count(*) from source.orders"))
        #expect(kept.columns[0].integer(0) == 181)
        await engine.close()
    }

    @Test("leave no table behind once their definition is gone and the workspace is opened again")
    func dropped() async throws {
        let workspace = try TemporaryWorkspace(Self.files(Self.recipe))
        let session = try await workspace.open()
        _ = try await session.importFiles(source: "orders")
        await session.close()
        try FileManager.default.removeItem(
            at: workspace.folder.appending(path: "definitions/buyers.yaml"))

        try await workspace.open().close()

        let engine = try DuckDBEngine(
            .file(workspace.folder.appending(path: "data/facts.duckdb").path))
        let tables = try await engine.run(
            Statement("select table_name from duckdb_tables() where schema_name = 'source'"))
        #expect((0..<tables.count).compactMap { tables.columns[0].text($0) } == ["orders"])
        await engine.close()
    }

    @Test("are told with their recipe and what they rest on")
    func listed() async throws {
        let workspace = try TemporaryWorkspace(Self.files(Self.recipe))
        let session = try await workspace.open()
        _ = try await session.importFiles(source: "orders")

        let text = try await session.sourcesJSON().line

        #expect(text.contains("one row per customer of orders"))
        #expect(text.contains("\"rests_on\":[\"orders\",\"buyers\"]"))
        await session.close()
    }
}
