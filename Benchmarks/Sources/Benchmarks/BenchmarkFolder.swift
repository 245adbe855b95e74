import Engines
import Features
import Foundation
import Vocabulary

/// A temporary folder with workspaces and data, and what the benchmarks share.
final class BenchmarkFolder {
    /// How many rows the questions are asked of.
    let rows: Int
    /// The folder.
    let url: URL
    private var filled: [Int: URL] = [:]

    /// The project's folder.
    static let project = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Makes the folder.
    init(rows: Int) throws {
        self.rows = rows
        url = FileManager.default.temporaryDirectory
            .appending(path: "yardstick-benchmarks-\(ProcessInfo.processInfo.processIdentifier)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    /// Takes the folder away.
    func remove() { try? FileManager.default.removeItem(at: url) }

    /// The clock of all benchmarks stands right after the last event.
    var clock: FixedClock { FixedClock(Instant(seconds: BenchmarkFolder.end)) }

    /// 2026-06-29T00:00:00Z, a Monday.
    private static let end = 1_782_691_200

    /// A workspace with the definitions of the benchmarks and no data.
    func emptyWorkspace(_ name: String) throws -> URL {
        let workspace = url.appending(path: name)
        try FileManager.default.copyItem(
            at: BenchmarkFolder.project.appending(path: "Benchmarks/workspace"), to: workspace)
        try FileManager.default.createDirectory(
            at: workspace.appending(path: "imports"), withIntermediateDirectories: true)
        return workspace
    }

    /// A workspace whose source `events` has so many rows; it is made once.
    func workspace(rows: Int) async throws -> URL {
        if let workspace = filled[rows] { return workspace }
        let workspace = try emptyWorkspace("events-\(rows)")
        try await write(rows: rows, to: workspace.appending(path: "imports/events.parquet"))
        let session = try await WorkspaceSession.open(workspace, clock: clock)
        let (seconds, _) = try await timed { try await session.importFiles(source: "events") }
        await session.close()
        Report.note("\(rows) rows of Parquet imported in \(String(format: "%.1f", seconds)) s")
        filled[rows] = workspace
        return workspace
    }

    /// Writes the events of two years, in the order of time: 500,000 people, eight kinds of events,
    /// twelve countries, three platforms. The same number of rows gives the same file.
    func write(rows: Int, to file: URL) async throws {
        let options =
            file.pathExtension == "parquet"
            ? "format parquet" : "format csv, header, compression gzip"
        let engine = try DuckDBEngine(
            .memory, limits: EngineLimits(seconds: 600),
            access: DuckDBEngine.FileAccess(folders: [file.deletingLastPathComponent().path]))
        let events = "'viewed viewed viewed searched shared paid signed_up activated'"
        let countries = "'DE FR GB US NL AT CH ES IT PL SE CA'"
        try await engine.execute(
            Statement(
                """
                copy (
                    select i as event_id,
                        make_timestamp(cast(\(BenchmarkFolder.end) - 728 * 86400 as bigint) * 1000000
                            + cast(i * (728 * 86400 * 1000000.0 / \(rows)) as bigint)) as happened_at,
                        cast(hash(i * 31 + 1) % 500000 as bigint) as person_id,
                        string_split(\(events), ' ')[cast(1 + hash(i * 31 + 2) % 8 as bigint)] as event,
                        string_split(\(countries), ' ')[
                            cast(1 + least(hash(i * 31 + 3) % 12, hash(i * 31 + 4) % 12) as bigint)
                        ] as country,
                        ['web', 'ios', 'android'][cast(1 + hash(i * 31 + 5) % 3 as bigint)] as platform,
                        cast(100 + hash(i * 31 + 6) % 20000 as double) / 100 as amount,
                        cast(hash(i * 31 + 7) % 10000 as double) / 1000 as seconds
                    from range(\(rows)) as numbers(i)
                ) to '\(file.path)' (\(options))
                """))
        await engine.close()
    }
}
