import Engines
import Features
import Foundation
import Vocabulary

/// Importing a packed CSV file, against DuckDB reading the same file into a table.
struct ImportBenchmark {
    private let bench: BenchmarkFolder
    private let rounds = 3

    init(_ bench: BenchmarkFolder) { self.bench = bench }

    func run() async throws {
        let source = bench.url.appending(path: "events.csv.gz")
        let rows = max(1000, bench.rows / 5)
        try await bench.write(rows: rows, to: source)
        var ours: [Double] = []
        var peer: [Double] = []
        for round in 0..<rounds {
            peer.append(try await peerSeconds(source, round: round))
            ours.append(try await ourSeconds(source, round: round, rows: rows))
        }
        Report.ratio("import-csv-gz", peer: median(peer), ours: median(ours))
    }

    /// What a person would type: the columns are found out, the rows are stored in a file.
    private func peerSeconds(_ file: URL, round: Int) async throws -> Double {
        let database = bench.url.appending(path: "peer-\(round).duckdb")
        let engine = try DuckDBEngine(
            .file(database.path), limits: EngineLimits(seconds: 600),
            access: DuckDBEngine.FileAccess(folders: [bench.url.path]))
        let (seconds, _) = try await timed {
            try await engine.execute(
                Statement("create table events as select * from read_csv('\(file.path)')"))
            try await engine.execute(Statement("checkpoint"))
        }
        await engine.close()
        try? FileManager.default.removeItem(at: database)
        return seconds
    }

    private func ourSeconds(_ file: URL, round: Int, rows: Int) async throws -> Double {
        let workspace = try bench.emptyWorkspace("import-\(round)")
        let copy = workspace.appending(path: "imports/events.csv.gz")
        try FileManager.default.copyItem(at: file, to: copy)
        let session = try await WorkspaceSession.open(workspace, clock: bench.clock)
        let (seconds, report) = try await timed { try await session.importFiles(source: "copies") }
        await session.close()
        guard report.rows == rows else {
            throw Failure("benchmark/import", "\(report.rows) rows were stored, not \(rows).")
        }
        try? FileManager.default.removeItem(at: workspace)
        return seconds
    }
}
