import Definitions
import Foundation
import Testing
import Vocabulary

@Suite("The manual of formulas")
struct FormulaManualTests {
    /// The formulas in the manual, as they stand between its marks of code.
    private static func formulas() throws -> [String] {
        let manual = try RepositoryFiles.text("docs/reference/definitions.md")
        let start = try #require(manual.range(of: "### Formulas"))
        let end = try #require(manual.range(of: "## `kpi:`"))
        return manual[start.upperBound..<end.lowerBound]
            .matches(of: /`(\{ [^`]* \})`/).map { String($0.1) }
    }

    @Test("shows formulas that can be read")
    func examples() throws {
        let formulas = try Self.formulas()
        #expect(formulas.count > 20)
        for formula in formulas where !formula.contains("…") {
            let loaded = CatalogLoader.load(SampleWorkspace.files(more: Self.workspace(formula)))
            #expect(loaded.findings.isEmpty, "\(formula): \(printed(loaded.findings))")
        }
    }

    @Test("shows every kind of formula")
    func kinds() throws {
        let manual = try Self.formulas().joined()
        let message = try #require(
            CatalogLoader.load(SampleWorkspace.files(more: Self.workspace("{ nothing: 1 }")))
                .findings.first?.failure.message)
        let kinds = try #require(message.split(separator: "kinds are ").last).dropLast()
            .split(separator: ", ")

        #expect(kinds.count > 20)
        for kind in kinds where kind != "min" && kind != "max" {
            #expect(manual.contains("{ \(kind): ") || kind == "average" || kind == "median")
        }
    }

    private static func workspace(_ formula: String) -> String {
        """
        source: s
        is: Anything.
        time: at
        event: event
        entities: { entity: entity_id }
        ---
        metric: a
        is: A.
        owner: x
        unit: number
        formula: { sum: expression, from: s }
        ---
        metric: b
        is: B.
        owner: x
        unit: number
        formula: { count: rows, from: s }
        ---
        metric: metric
        is: M.
        owner: x
        unit: number
        formula: { count: rows, from: s, where: c > 1 }
        ---
        metric: refunds
        is: R.
        owner: x
        unit: money
        formula: { sum: refund, from: s }
        ---
        funnel: checkout
        is: From looking to paying.
        owner: x
        from: s
        steps: [looked, put_in, checked_out, paid]
        ---
        { retention: weekly_return, is: Back., owner: x, from: s, over: 12 weeks }
        ---
        { adoption: report_sharing, is: Shared., owner: x, from: s, feature: shared }
        ---
        { lifecycle: people_by_week, is: All., owner: x, from: s }
        ---
        { activity: product_use, is: Use., owner: x, from: s }
        ---
        { paths: after_sign_up, is: After., owner: x, from: s, starts: signed_up }
        ---
        { campaigns: marketing, is: Visits., owner: x, from: s, converts: paid }
        ---
        { segment: power_users, is: Keen., owner: x, from: s, did: shared }
        ---
        metric: shown
        is: Shown in the manual.
        owner: x
        unit: number
        formula: \(formula)

        """
    }
}
