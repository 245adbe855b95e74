import Behaviour
import Engines
import Features
import Foundation
import Vocabulary

/// One set of random histories, full of ties and gaps, as everyone reads it: a file of rows, the
/// tables of a workspace, an index, and plain values.
struct DifferentialHistories {
    static let names = ["a", "b", "c", "d", "x"]
    /// 2026-06-01T00:00:00Z, a Monday.
    static let start = 1_780_272_000
    static let days = 14

    /// The rows: person, seconds since 1970, name.
    let rows: [(person: Int, second: Int, name: Int)]
    let file: URL
    let workspace: URL
    private let clock: FixedClock

    /// Makes the histories of so many people.
    ///
    /// Half of them act within forty seconds, so that most of their events share a second with
    /// another; the rest within two weeks, at few different moments of a day.
    init(_ bench: BenchmarkFolder, seed: UInt64, people: Int) throws {
        var state = seed
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(bound))
        }
        var rows: [(person: Int, second: Int, name: Int)] = []
        for person in 0..<people {
            for _ in 0..<(1 + next(14)) {
                let second =
                    person % 2 == 0
                    ? next(40) : next(Self.days) * 86_400 + next(3) * 3_600 + next(3)
                rows.append((person, Self.start + second, next(Self.names.count)))
            }
        }
        // Nobody may depend on the order in which rows come.
        for place in rows.indices.reversed() where place > 0 { rows.swapAt(place, next(place + 1)) }
        self.rows = rows
        clock = bench.clock
        workspace = try bench.emptyWorkspace("differential-\(seed)")
        file = workspace.appending(path: "imports/rows.tsv")
        let text = rows.map { "\($0.person)\t\($0.second)\t\(Self.names[$0.name])\n" }
        try Data(text.joined().utf8).write(to: file)
    }

    /// A session whose source `app` has the rows as events.
    func session() async throws -> WorkspaceSession {
        try FileManager.default.removeItem(at: workspace.appending(path: "definitions"))
        let definitions = workspace.appending(path: "definitions/app.yaml")
        try FileManager.default.createDirectory(
            at: definitions.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data("source: app\nis: What people do.\nfrom: events\n".utf8).write(to: definitions)
        let empty = try await WorkspaceSession.open(workspace, clock: clock)
        await empty.close()
        let engine = try DuckDBEngine(
            .file(workspace.appending(path: "data/facts.duckdb").path),
            access: DuckDBEngine.FileAccess(folders: [file.deletingLastPathComponent().path]))
        try await engine.execute(
            Statement(
                """
                insert into events.app (time, event, kind, actor, is_bot, properties)
                select make_timestamp(second * 1000000), name, 'track', person, false, '{}'
                from read_csv(\(quotedText(file.path)), delim = '\\t', header = false,
                    columns = {'person': 'INTEGER', 'second': 'BIGINT', 'name': 'VARCHAR'})
                """))
        await engine.close()
        return try await WorkspaceSession.open(workspace, clock: clock)
    }

    /// The same as plain values; codes are places in ``names``.
    var reference: BehaviourReference {
        let people = Dictionary(grouping: rows, by: \.person).values.map { events in
            PersonHistory(
                events: events.map {
                    PersonHistory.Event(time: Int64($0.second) * 1_000_000, code: UInt16($0.name))
                })
        }
        return BehaviourReference(people, IndexSchema(events: Self.names))
    }

    /// What ClickHouse reads.
    var table: String {
        "file('\(file.path)', 'TSV', 'person UInt32, second UInt32, name String')"
    }
}
