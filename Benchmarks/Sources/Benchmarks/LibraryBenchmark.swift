import Definitions
import Features
import Foundation
import Planning
import Vocabulary

/// All KPIs of the library on the demo, each with its last month and the one before, in one pass.
struct LibraryBenchmark {
    private let bench: BenchmarkFolder

    init(_ bench: BenchmarkFolder) { self.bench = bench }

    func run() async throws {
        let folder = bench.url.appending(path: "library")
        let lastDay = Day(number: 20_772)
        _ = try DemoWorkspace.write(to: folder, lastDay: lastDay)
        let clock = FixedClock(Instant(seconds: 20_773 * 86_400 + 43_200))
        let session = try await WorkspaceSession.open(folder, clock: clock)
        for source in session.catalog.sources.values.sorted(by: { $0.name < $1.name })
        where source.files != nil {
            _ = try await session.importFiles(source: source.name)
        }
        Report.note("the demo is imported")
        _ = try await session.addFromLibrary(KPILibrary.entries.compactMap(DemoLibrary.addition))
        Report.note("all entries of the library are added")
        let metrics = KPILibrary.entries.map(\.metric)
        // The first question builds what is derived; a pass afterwards only reads.
        let words = { (month: String) in
            QuestionWords(metrics: metrics, over: month, grain: "month", compare: "previous")
        }
        let first = try await timed { try await ask(words("2026-08"), session) }
        var passes: [Double] = []
        for month in ["2026-09", "2026-10", "2026-07"] {
            passes.append(try await timed { try await ask(words(month), session) }.seconds)
        }
        await session.close()
        Report.measure("library-kpis", Double(metrics.count))
        Report.measure("library-first-pass-s", first.seconds)
        Report.measure("library-pass-s", median(passes))
    }

    private func ask(_ words: QuestionWords, _ session: WorkspaceSession) async throws {
        let answer = try await session.answer(session.question(words))
        guard answer.rows.count == 1 else {
            throw Failure("benchmark/answer", "The pass gave \(answer.rows.count) rows.")
        }
    }
}
