@testable import Definitions
import Features
import Foundation
import Planning
import Testing
import Vocabulary

@Suite("Taking KPIs over from the library")
struct LibraryAdditionTests {
    private func events() -> LibraryExample.Table {
        LibraryExample.Table(
            name: "clicks", meaning: "What people did.",
            definition: "time: at\nentities: { user: user_id }\nevent: event\n",
            rows: "at,user_id,event\n2026-03-01T10:00:00Z,ann,paid\n2026-03-02T10:00:00Z,bob,seen\n"
        )
    }

    @Test("what is missing is told with what could be meant, and nothing is written")
    func missing() async throws {
        let workspace = try LibraryWorkspace([events()])
        let session = try await workspace.open()

        let failure = await #expect(throws: Failure.self) {
            try await session.addFromLibrary(LibraryAddition(entry: "conversion-per-person"))
        }

        #expect(failure?.code == .libraryDoesNotFit)
        #expect(
            failure?.details == [
                "missing: 'clicks' has no entity 'person': who acts; "
                    + "if it is 'user', add --entity person=user",
                "missing: 'clicks' has no event 'purchased': a purchase; "
                    + "if it is 'paid', add --event purchased=paid (also near: seen)",
            ])
        #expect(session.catalog.metrics.isEmpty)
        await session.close()
    }

    @Test("the user's names make it compute at once")
    func named() async throws {
        let workspace = try LibraryWorkspace([events()])
        let session = try await workspace.open()

        let report = try await session.addFromLibrary(
            LibraryAddition(
                entry: "conversion-per-person", names: ["person": "user", "purchased": "paid"],
                owner: "growth"))
        let answer = try await session.answer(
            session.question(QuestionWords(metrics: ["conversion_per_person"], over: "2026-03")))

        #expect(report.gaps.isEmpty)
        #expect(report.file == "definitions/kpis/conversion-per-person.yaml")
        #expect(answer.rows.first?.cells.first?.quantity.value == 0.5)
        await session.close()
    }

    @Test("a KPI that does not fit is written all the same when asked, with what is missing")
    func forced() async throws {
        let workspace = try LibraryWorkspace([events()])
        let session = try await workspace.open()

        let report = try await session.addFromLibrary(
            LibraryAddition(entry: "revenue-net", isForced: true))

        #expect(report.gaps.map(\.need.name) == ["amount"])
        #expect(
            report.written == [
                "definitions/metrics/revenue_net.yaml", "definitions/kpis/revenue-net.yaml",
            ])
        await session.close()
    }

    @Test("the only source that fits is taken; a part that nobody plays is asked for")
    func sources() async throws {
        let sales = try #require(
            try KPILibrary.entry(named: "cac-blended").example.tables.first?.table)
        let workspace = try LibraryWorkspace([events(), sales])
        let session = try await workspace.open()

        let report = try await session.addFromLibrary(LibraryAddition(entry: "revenue-net"))
        let failure = await #expect(throws: Failure.self) {
            try await session.addFromLibrary(LibraryAddition(entry: "cac-blended"))
        }

        #expect(report.gaps.isEmpty)
        #expect(session.catalog.sources(of: "revenue_net") == ["sales"])
        #expect(failure?.details.first?.contains("name it with --source costs=NAME") == true)
        await session.close()
    }

    @Test("a KPI of a metric is written with its target, and retired with its comments")
    func draftAndRetire() async throws {
        let workspace = try LibraryWorkspace([events()])
        try workspace.write(
            "metric: clicks_all\nis: Clicks.\nowner: web\nunit: count\n"
                + "formula: { count: rows, from: clicks }\n", to: "definitions/metrics/all.yaml")
        let session = try await workspace.open()
        var draft = KPIDraft(metric: "clicks_all")
        draft.target = "100"
        draft.by = "2026-12-31"
        draft.baseline = "10"

        let file = try await session.addKPI(draft)
        #expect(session.catalog.kpis["clicks-all"]?.status == .active)
        let path = session.folder.appending(path: file)
        let text = try String(contentsOf: path, encoding: .utf8)
        try Data(("# keep me\n" + text).utf8).write(to: path)
        _ = await session.reloadDefinitions()
        _ = try await session.retireKPI("clicks-all")

        #expect(session.catalog.kpis["clicks-all"]?.status == .retired)
        let kept = try String(contentsOf: path, encoding: .utf8)
        #expect(kept.hasPrefix("# keep me\nkpi: clicks-all\n"))
        await session.close()
    }

    @Test("a KPI that cannot be is not written")
    func badDraft() async throws {
        let workspace = try LibraryWorkspace([events()])
        try workspace.write(
            "metric: clicks_all\nis: Clicks.\nowner: web\nunit: count\n"
                + "formula: { count: rows, from: clicks }\n", to: "definitions/metrics/all.yaml")
        let session = try await workspace.open()
        var draft = KPIDraft(metric: "clicks_all")
        draft.target = "a lot"
        draft.by = "2026-12-31"

        let failure = await #expect(throws: Failure.self) { try await session.addKPI(draft) }

        #expect(failure?.code == .badKPI)
        #expect(session.catalog.kpis.isEmpty)
        await session.close()
    }
}
