import Definitions
import Features
import Foundation
import Planning
import Testing
import Vocabulary

@Suite("A workspace session")
struct WorkspaceSessionTests {
    @Test("it answers a question about imported rows, with a receipt")
    func answers() async throws {
        let workspace = try TemporaryWorkspace()
        let session = try await workspace.open()
        _ = try await session.importFiles(source: "orders")

        let answer = try await session.answer(
            session.question(
                QuestionWords(metrics: ["revenue"], over: "2026-01..2026-06", grain: "month")))

        // January has 31 orders, of which days 1, 6, 11, 16, 21, 26 and 31 are cancelled.
        #expect(answer.rows[0].cells[0].quantity.value == 240)
        #expect(answer.rows.count == 6)
        #expect(answer.rows.allSatisfy { $0.cells[0].isComplete })
        let receipt = try #require(answer.receipts.first)
        #expect(receipt.definition.count == 64)
        #expect(receipt.filters == ["state != 'cancelled'"])
        #expect(receipt.zone == "Europe/Berlin")
        #expect(receipt.zoneRules == Zone.rulesVersion)
        #expect(receipt.sources.map(\.rows) == [181])
        #expect(!receipt.statements.isEmpty)
        await session.close()
    }

    @Test("the same question again comes from memory until data or definitions change")
    func cache() async throws {
        let workspace = try TemporaryWorkspace()
        let session = try await workspace.open()
        _ = try await session.importFiles(source: "orders")
        let words = QuestionWords(metrics: ["revenue"], over: "2026-01")

        let first = try await session.answer(session.question(words))
        _ = try await session.answer(session.question(words))
        #expect(session.cacheCounts.hits == 1)

        try workspace.write(TemporaryWorkspace.orders(11), to: "imports/orders.csv")
        _ = try await session.importFiles(source: "orders")
        let fewer = try await session.answer(session.question(words))
        #expect(first.rows[0].cells[0].quantity.value == 240)
        #expect(fewer.rows[0].cells[0].quantity.value == 80)

        try workspace.write(
            TemporaryWorkspace.definitions["definitions/metrics.yaml"]?
                .replacing("sum: amount", with: "sum: 2 * amount") ?? "",
            to: "definitions/metrics.yaml")
        #expect(await session.reloadDefinitions())
        let doubled = try await session.answer(session.question(words))
        #expect(doubled.rows[0].cells[0].quantity.value == 160)
        #expect(doubled.receipts[0].definition != fewer.receipts[0].definition)
        await session.close()
    }

    @Test("a broken definition leaves the others in service and becomes a finding")
    func brokenDefinition() async throws {
        let workspace = try TemporaryWorkspace()
        let session = try await workspace.open()
        _ = try await session.importFiles(source: "orders")

        try workspace.write("metric: broken\nformula: { sum: ( }\n", to: "definitions/broken.yaml")
        #expect(await session.reloadDefinitions())

        #expect(session.findings.contains { $0.failure.place?.file == "definitions/broken.yaml" })
        let answer = try await session.answer(
            session.question(QuestionWords(metrics: ["revenue"], over: "2026-01")))
        #expect(answer.rows[0].cells[0].quantity.value == 240)
        await session.close()
    }

    @Test("a broken workspace file keeps the last good catalogue in service")
    func brokenWorkspaceFile() async throws {
        let workspace = try TemporaryWorkspace()
        let session = try await workspace.open()

        try workspace.write("workspace: [", to: "yardstick.yaml")
        #expect(await session.reloadDefinitions())

        #expect(session.settings.title == "Shop")
        #expect(session.findings.contains { $0.severity == .error })
        await session.close()
    }

    @Test("a second session on the same folder is refused and told who holds it")
    func locked() async throws {
        let workspace = try TemporaryWorkspace()
        let session = try await workspace.open()

        let failure = await #expect(throws: Failure.self) {
            try await WorkspaceSession.open(workspace.folder, clock: TemporaryWorkspace.clock)
        }

        #expect(failure?.code == "engine/in-use")
        #expect(failure?.message.hasPrefix("The workspace \(workspace.folder.path)") == true)
        #expect(
            failure?.description.contains("\(ProcessInfo.processInfo.processIdentifier)") == true)
        await session.close()
    }

    @Test("a folder without yardstick.yaml is no workspace")
    func notAWorkspace() async throws {
        let workspace = try TemporaryWorkspace(["notes.txt": ""])

        let failure = await #expect(throws: Failure.self) {
            try await WorkspaceSession.open(workspace.folder, clock: TemporaryWorkspace.clock)
        }

        #expect(failure?.code == .notAWorkspace)
    }

    @Test("a file outside the imports folder is taken in and nothing is left in the inbox")
    func outsideFile() async throws {
        let workspace = try TemporaryWorkspace()
        let session = try await workspace.open()
        let outside = FileManager.default.temporaryDirectory
            .appending(path: "\(UUID().uuidString).csv")
        try Data(TemporaryWorkspace.orders(12).utf8).write(to: outside)
        defer { try? FileManager.default.removeItem(at: outside) }

        let report = try await session.importFiles(source: "orders", files: [outside])

        #expect(report.rows == 12)
        let inbox = workspace.folder.appending(path: "data/inbox").path
        #expect(try FileManager.default.contentsOfDirectory(atPath: inbox).isEmpty)
        await session.close()
    }

    @Test("names that do not exist are refused with the nearest one")
    func unknownNames() async throws {
        let workspace = try TemporaryWorkspace()
        let session = try await workspace.open()
        _ = try await session.importFiles(source: "orders")
        let cases: [(QuestionWords, Failure.Code, String)] = [
            (QuestionWords(metrics: ["revenu"], over: "2026"), .unknownMetricAsked, "revenue"),
            (
                QuestionWords(metrics: ["revenue"], by: ["contry"], over: "2026"),
                .unknownDimensionAsked, "country"
            ),
            (QuestionWords(metrics: ["revenue"], over: "2026", grain: "mnth"), .badChoice, "month"),
            (
                QuestionWords(metrics: ["revenue"], over: "2026", zone: "Europe/Berln"),
                .unknownZoneAsked, "Europe/Berlin"
            ),
            (QuestionWords(metrics: ["revenue"], over: "2026-13"), .unknownRange, "2026-Q1"),
            (
                QuestionWords(metrics: ["revenue"], over: "2026-06..2026-01"), .unknownRange,
                "earlier"
            ),
            (QuestionWords(metrics: [], over: "2026"), .noMetric, "metric"),
            (QuestionWords(metrics: ["revenue"], over: "2026", limit: 0), .badLimit, "1 to 1000"),
            (
                QuestionWords(metrics: ["revenue"], over: "1900..2026", grain: "day"),
                .tooManyPeriods, "grain"
            ),
        ]
        for (words, code, hint) in cases {
            let failure = await #expect(throws: Failure.self) {
                try await session.answer(session.question(words))
            }
            #expect(failure?.code == code)
            #expect(failure?.hint?.contains(hint) == true, "\(failure?.description ?? "")")
        }
        await session.close()
    }

    @Test("what is wrong with a question's filter is told of the filter, not of the metric")
    func wrongFilter() async throws {
        let workspace = try TemporaryWorkspace()
        let session = try await workspace.open()
        _ = try await session.importFiles(source: "orders")

        let failure = await #expect(throws: Failure.self) {
            try await session.answer(
                session.question(
                    QuestionWords(metrics: ["revenue"], over: "2026", filters: ["country = 1"])))
        }

        #expect(failure?.code == "expression/type-clash")
        #expect(failure?.place?.file == "filter")
        await session.close()
    }

    @Test("a question before any import says what to type")
    func noData() async throws {
        let workspace = try TemporaryWorkspace()
        let session = try await workspace.open()

        let failure = await #expect(throws: Failure.self) {
            try await session.answer(
                session.question(QuestionWords(metrics: ["revenue"], over: "2026")))
        }

        #expect(failure?.code == .noData)
        #expect(failure?.hint?.contains("yardstick import orders") == true)
        await session.close()
    }
}
