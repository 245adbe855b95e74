import Definitions
import Features
import Foundation
import Testing
import Vocabulary

@Suite("Catalogue and library")
struct CatalogueAndLibraryTests {
    @Test("the catalogue lists every definition with its health")
    func catalogue() async throws {
        let workspace = try TemporaryWorkspace()
        let session = try await workspace.open()
        _ = try await session.importFiles(source: "orders")

        let catalogue = session.catalogueJSON()

        guard case .list(let metrics)? = catalogue["metrics"] else {
            Issue.record("The catalogue has no metrics.")
            return
        }
        #expect(metrics.compactMap { $0["id"] } == ["cancellation", "revenue"])
        #expect(metrics[1]["usedBy"] == ["cancellations", "monthly-revenue"])
        #expect(metrics[1]["health"] == "good")
        await session.close()
    }

    @Test("a source tells its rows, its imports and how it keeps its quality rules")
    func sources() async throws {
        let workspace = try TemporaryWorkspace()
        let session = try await workspace.open()
        _ = try await session.importFiles(source: "orders")

        let sources = try await session.sourcesJSON()

        guard case .list(let list)? = sources["sources"],
            case .list(let quality)? = list[0]["quality"]
        else {
            Issue.record("There are no sources.")
            return
        }
        #expect(list[0]["rows"] == 181)
        #expect(quality.map { $0["state"] } == ["good", "good"])
        await session.close()
    }

    @Test("a library entry is written once, is read, and leaves existing metrics alone")
    func library() async throws {
        let workspace = try TemporaryWorkspace()
        let session = try await workspace.open()
        _ = try await session.importFiles(source: "orders")

        let wish = LibraryAddition(entry: "buying-customers")
        let file = try await session.addFromLibrary(wish).file

        #expect(file == "definitions/kpis/buying-customers.yaml")
        #expect(FileManager.default.fileExists(atPath: workspace.folder.appending(path: file).path))
        let failure = await #expect(throws: Failure.self) {
            try await session.addFromLibrary(wish)
        }
        #expect(failure?.code == .libraryExists)
        await session.close()
    }
}
