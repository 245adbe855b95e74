import Engines
import Features
import Foundation
import Planning
import Vocabulary

/// What it costs that days begin where a team lives: counts by period in a zone with two changes of
/// the clock a year, against the plain scan that cuts the same times off in UTC.
///
/// Beside it stands the database's own way to say it, whose counts must be the same.
struct ZoneBenchmark {
    private let bench: BenchmarkFolder
    private let rounds = 5
    private static let zone = "Europe/Berlin"

    init(_ bench: BenchmarkFolder) { self.bench = bench }

    func run() async throws {
        let workspace = try await bench.workspace(rows: bench.rows)
        let copy = bench.url.appending(path: "peer-zones.duckdb")
        try FileManager.default.copyItem(
            at: workspace.appending(path: "data/facts.duckdb"), to: copy)
        let session = try await WorkspaceSession.open(workspace, clock: bench.clock)
        let engine = try DuckDBEngine(.file(copy.path), limits: EngineLimits(seconds: 300))
        for grain in ["day", "week", "month"] {
            var plain: [Double] = []
            var ours: [Double] = []
            var answered: [Double] = []
            for round in 0...rounds {
                let (plainSeconds, _) = try await timed {
                    try await engine.run(Self.statement(grain, "happened_at"))
                }
                let (seconds, answer) = try await timed {
                    try await session.answer(session.question(Self.words(grain, round: round)))
                }
                answered = answer.rows.compactMap { $0.cells.first?.quantity.value }
                if round > 0 {
                    plain.append(plainSeconds)
                    ours.append(seconds)
                }
            }
            Report.ratio("zone-\(grain)", peer: median(plain), ours: median(ours))
            try await compare(grain, answered, engine, ours: median(ours))
        }
        await session.close()
        await engine.close()
        try? FileManager.default.removeItem(at: copy)
    }

    private func compare(
        _ grain: String, _ answered: [Double], _ engine: DuckDBEngine, ours: Double
    ) async throws {
        let local = "timezone('\(Self.zone)', timezone('UTC', happened_at))"
        let (seconds, frame) = try await timed {
            try await engine.run(Self.statement(grain, local))
        }
        Report.ratio("zone-\(grain)-database", peer: seconds, ours: ours)
        let counts = (0..<frame.count).compactMap { frame["value"]?.number($0) }
        guard counts == answered.filter({ $0 > 0 }) else {
            throw Failure(
                "benchmark/differs",
                "By \(grain) the database has \(counts.count) counts, and we \(answered.count).")
        }
    }

    private static func statement(_ grain: String, _ time: String) -> Statement {
        Statement(
            """
            select date_trunc('\(grain)', \(time)) as period, count(*)::double as value
            from source.events
            group by period
            order by period
            """)
    }

    /// A limit that is never reached, another each time, so that no answer is known from before.
    private static func words(_ grain: String, round: Int) -> QuestionWords {
        var words = QuestionWords(metrics: ["events"])
        words.over = "all"
        words.grain = grain
        words.zone = zone
        words.limit = 20 + round
        return words
    }
}
