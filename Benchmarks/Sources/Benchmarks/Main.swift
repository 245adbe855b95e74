import Foundation
import Vocabulary

/// Runs the benchmarks that are named, or all.
@main
enum Main {
    static func main() async {
        do {
            try await run(Array(CommandLine.arguments.dropFirst()))
        } catch {
            Report.note("error: \(error)")
            exit(1)
        }
    }

    private static func run(_ arguments: [String]) async throws {
        var names = arguments
        var rows: Int?
        if let mark = names.firstIndex(of: "--rows"), mark + 1 < names.count {
            rows = Int(names[mark + 1])
            names.removeSubrange(mark...(mark + 1))
        }
        if names.isEmpty {
            names = [
                "import", "questions", "zones", "ledger", "scorecard", "library", "serve",
                "lifetime", "behaviour",
            ]
        }
        let bench = try BenchmarkFolder(rows: rows ?? 10_000_000)
        defer { bench.remove() }
        for name in names {
            Report.note("== \(name)")
            switch name {
            case "import": try await ImportBenchmark(bench).run()
            case "questions": try await QuestionBenchmark(bench).run()
            case "ledger": try await LedgerBenchmark(bench).run()
            case "zones": try await ZoneBenchmark(bench).run()
            case "scorecard": try await ScorecardBenchmark(bench).run()
            case "library": try await LibraryBenchmark(bench).run()
            case "serve": try await ServeBenchmark(bench).run()
            case "lifetime": try LifetimeBenchmark(bench).run()
            case "behaviour": try await BehaviourBenchmark(events: rows ?? 21_000_000).run()
            case "histories":
                try await HistoriesBenchmark(bench, rows: rows ?? 21_000_000).run()
            case "differential": try await DifferentialBenchmark(bench).run()
            case "behaviour-growth":
                for millions in [5, 20, 80] {
                    try await BehaviourBenchmark(events: millions * 1_000_000).grow()
                }
            default: throw Failure("benchmark/unknown", "There is no benchmark '\(name)'.")
            }
        }
    }
}
