import Definitions
import Testing
import Vocabulary

@Suite("Targets on delivery")
struct DeliveryTargetTests {
    private static let target =
        "target: { from: { date: 2026-01-01, value: 1 }, by: { date: 2026-12-31, value: 2 } }\n"

    private static func findings(of kpi: String, _ more: String) -> [Finding] {
        let text = "kpi: \(kpi)\nmetric: orders\nowner: x\nstatus: active\n\(more)"
        let loaded = CatalogLoader.load(SampleWorkspace.files(more: text))
        return check(loaded.catalog, facts: [:], today: Day(number: 20_650))
            .filter { $0.failure.code == .deliveryTarget }
    }

    @Test(
        "K85: a target on a measure of delivery is warned of, and never to be one of persons",
        arguments: [
            "deployment-frequency", "lead-time-for-changes-median", "change-fail-rate",
            "failed-deployment-recovery-median", "deployment-rework-rate",
        ])
    func targets(kpi: String) throws {
        let finding = try #require(Self.findings(of: kpi, Self.target).first)

        #expect(try KPILibrary.entry(named: kpi).family.id == "delivery")
        #expect(finding.severity == .warning)
        #expect(finding.failure.message.contains("a measure that becomes a target"))
        #expect(finding.failure.hint?.contains("a service, never a person") == true)
        #expect(Self.findings(of: kpi, "").isEmpty)
        #expect(Self.findings(of: "orders-of-the-shop", Self.target).isEmpty)
    }
}
