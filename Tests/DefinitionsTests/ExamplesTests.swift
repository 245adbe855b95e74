import Definitions
import Testing
import Vocabulary

@Suite("Examples")
struct ExamplesTests {
    @Test(
        "a workspace to start from is sound",
        arguments: [
            "contract-renewals", "engagement", "git", "github", "leads", "marketing", "purchases",
            "retail",
            "service-desk", "subscriptions", "subscriptions-playbook", "surveys", "telco-churn",
            "time-to-market", "web",
        ])
    func sound(name: String) throws {
        let loaded = CatalogLoader.load(try RepositoryFiles.workspace("Examples/\(name)"))
        let checked = check(loaded.catalog, facts: [:], today: Day(number: 15_000))
        let errors = (loaded.findings + checked).filter { $0.severity == .error }

        #expect(errors.isEmpty, "\(printed(errors))")
    }
}
