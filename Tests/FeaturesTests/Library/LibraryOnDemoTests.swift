import Definitions
import Features
import Foundation
import Planning
import Testing
import Vocabulary

@Suite("The library on the demo")
struct LibraryOnDemoTests {
    /// Entries that have no value on the demo, with the reason.
    static let withoutValue = [
        "clv-profit-bgnbd": "so small a shop leaves the parameters of BG/NBD open",
        "clv-revenue-bgnbd": "so small a shop leaves the parameters of BG/NBD open",
        "clv-renewals-profit": "who began in October has seen one renewal at most",
        "contract-lifetime-12-renewals": "who began in October has seen one renewal at most",
        "customers-after-8-renewals": "who began in October has seen one renewal at most",
        "customers-alive-bgnbd": "so small a shop leaves the parameters of BG/NBD open",
        "purchases-expected-bgnbd": "so small a shop leaves the parameters of BG/NBD open",
        "customer-lifetime-median": "most who began in October are still there",
        "retention-month-1-exact": "November, in which they may come back, is not over",
        "survival-12-months": "nobody who began in October has been there for a year",
    ]

    @Test("every entry is added as it is, and gives a value for the last complete month")
    func all() async throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "yardstick-\(UUID().uuidString)", directoryHint: .isDirectory)
        defer { try? FileManager.default.removeItem(at: folder) }
        _ = try DemoWorkspace.write(to: folder, lastDay: Day(number: 20_772), people: 2_500)
        // Monday after the last day of the data, at noon.
        let clock = FixedClock(Instant(seconds: 20_773 * 86_400 + 43_200))
        let session = try await WorkspaceSession.open(folder, clock: clock)
        for source in session.catalog.sources.values.sorted(by: { $0.name < $1.name })
        where source.files != nil {
            _ = try await session.importFiles(source: source.name)
        }

        let entries = KPILibrary.entries
        let wishes = entries.compactMap(DemoLibrary.addition)
        #expect(wishes.count == entries.count)
        let reports = try await session.addFromLibrary(wishes)
        #expect(reports.flatMap(\.gaps).map(\.text) == [])
        let errors = session.findings.filter { $0.severity == .error }
        #expect(errors.isEmpty, "\(errors.map(\.failure))")

        let words = QuestionWords(
            metrics: entries.map(\.metric), over: "2026-10", grain: "month")
        let answer = try await session.answer(session.question(words))
        let cells = try #require(answer.rows.last?.cells)
        let silent = zip(entries, cells).filter { $1.quantity.value == nil }.map(\.0.id)

        let unexplained = silent.filter { LibraryOnDemoTests.withoutValue[$0] == nil }
        #expect(unexplained == [])
        await session.close()
    }
}
