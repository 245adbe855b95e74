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
        var rows = 10_000_000
        if let mark = names.firstIndex(of: "--rows"), mark + 1 < names.count {
            rows = Int(names[mark + 1]) ?? rows
            names.removeSubrange(mark...(mark + 1))
        }
        if names.isEmpty {
            names = [
                "import", "questions", "ledger", "scorecard", "library", "serve", "lifetime",
            ]
        }
        let bench = try BenchmarkFolder(rows: rows)
        defer { bench.remove() }
        for name in names {
            Report.note("== \(name)")
            switch name {
            case "import": try await ImportBenchmark(bench).run()
            case "questions": try await QuestionBenchmark(bench).run()
            case "ledger": try await LedgerBenchmark(bench).run()
            case "scorecard": try await ScorecardBenchmark(bench).run()
            case "library": try await LibraryBenchmark(bench).run()
            case "serve": try await ServeBenchmark(bench).run()
            case "lifetime": try LifetimeBenchmark(bench).run()
            default: throw Failure("benchmark/unknown", "There is no benchmark '\(name)'.")
            }
        }
    }
}
