import Definitions
import Testing
import Vocabulary

@Suite("Examples")
struct ExamplesTests {
    @Test("the retail workspace is sound")
    func retail() throws {
        let loaded = CatalogLoader.load(try RepositoryFiles.workspace("Examples/retail"))
        let checked = check(loaded.catalog, facts: [:], today: Day(number: 15_000))
        let errors = (loaded.findings + checked).filter { $0.severity == .error }

        #expect(errors.isEmpty, "\(printed(errors))")
    }
}
