import Features
import Foundation
import Vocabulary

/// Seven KPIs over 52 weeks with comparison: right after opening, and when nothing has changed.
struct ScorecardBenchmark {
    private let bench: BenchmarkFolder

    init(_ bench: BenchmarkFolder) { self.bench = bench }

    func run() async throws {
        let workspace = try await bench.workspace(rows: bench.rows)
        var cold: [Double] = []
        var warm: [Double] = []
        for _ in 0..<3 {
            let session = try await WorkspaceSession.open(workspace, clock: bench.clock)
            cold.append(try await timed { _ = try await session.scorecard().json.bytes }.seconds)
            for _ in 0..<5 {
                warm.append(
                    try await timed { _ = try await session.scorecard().json.bytes }.seconds)
            }
            await session.close()
        }
        Report.measure("scorecard-cold-s", median(cold))
        Report.measure("scorecard-warm-ms", median(warm) * 1000)
    }
}
