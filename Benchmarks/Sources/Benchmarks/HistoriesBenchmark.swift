import Definitions
import Engines
import Features
import Foundation
import Vocabulary

/// Questions through a session, from words to an answer with its receipt: once answered from
/// histories, once by the statement over the tables, with the same limits.
struct HistoriesBenchmark {
    private let bench: BenchmarkFolder
    private let rows: Int

    init(_ bench: BenchmarkFolder, rows: Int) {
        self.bench = bench
        self.rows = rows
    }

    private static let definitions = """
        source: app
        is: What people do in the app.
        from: events
        columns: { plan: text, seats: integer, paid: boolean }
        """

    private static let questions: [(name: String, kind: BehaviourKind, words: BehaviourWords)] = [
        (
            "funnel", .funnel,
            BehaviourWords(
                yaml: "{ from: app, steps: [searched, shared, paid], within: 7 days }",
                over: "last 26 weeks", grain: "week")
        ),
        (
            "funnel-filtered-split", .funnel,
            BehaviourWords(
                yaml: "{ from: app, within: 7 days, steps: [searched, "
                    + "{ event: shared, where: \"seats > 3\" }, paid], where: \"plan = 'pro'\" }",
                over: "last 26 weeks", by: "country")
        ),
        (
            "retention", .retention,
            BehaviourWords(
                yaml: "{ from: app, starts: signed_up, over: 12 weeks }", over: "last 26 weeks")
        ),
        (
            "retention-split", .retention,
            BehaviourWords(
                yaml: "{ from: app, starts: signed_up, over: 12 weeks }", over: "last 26 weeks",
                by: "country")
        ),
        (
            "lifecycle-split", .lifecycle,
            BehaviourWords(yaml: "{ from: app }", over: "last 26 weeks", grain: "week", by: "plan")
        ),
        (
            "retention-joint", .retention,
            BehaviourWords(
                yaml: "{ from: app, starts: signed_up, over: 12 weeks, "
                    + "where: \"plan = 'pro' or seats > 5\" }", over: "last 26 weeks")
        ),
        (
            "paths", .paths,
            BehaviourWords(
                yaml: "{ from: app, starts: searched, length: 4, session: 7 days }",
                over: "last 26 weeks")
        ),
        (
            "paths-split", .paths,
            BehaviourWords(
                yaml: "{ from: app, ends: paid, length: 4, session: 7 days, counting: people }",
                over: "last 26 weeks", by: "country")
        ),
    ]

    func run() async throws {
        let workspace = try await filled()
        let session = try await WorkspaceSession.open(workspace, clock: bench.clock)
        let (seconds, _) = await timed {
            await session.prepareHistories()
            await session.settleHistories()
        }
        guard let status = await session.historiesStatus(of: "app"), status.state == .ready else {
            throw Failure("benchmark/index", "The histories were not made.")
        }
        Report.measure("histories-built-s", seconds)
        Report.measure(
            "histories-bytes-per-event", Double(status.sizeBytes) / Double(status.events))
        for (name, kind, words) in Self.questions {
            let (ours, own) = try await best(session, name, kind, words, "index")
            session.useHistories(false)
            let (peer, other) = try await best(session, name, kind, words, "sql")
            session.useHistories(true)
            guard Self.counts(own) == Self.counts(other) else {
                throw Failure("benchmark/differs", "The answers to '\(name)' differ.")
            }
            Report.ratio("session-\(name)", peer: peer, ours: ours)
            Report.measure("session-\(name)-ms", ours * 1_000)
        }
        await session.close()
        let second = try await WorkspaceSession.open(workspace, clock: bench.clock)
        let (opened, _) = await timed {
            await second.prepareHistories()
            await second.settleHistories()
        }
        Report.measure("histories-opened-ms", opened * 1_000)
        await second.close()
    }

    private func best(
        _ session: WorkspaceSession, _ name: String, _ kind: BehaviourKind,
        _ words: BehaviourWords, _ path: String
    ) async throws -> (Double, JSON) {
        var best = Double.infinity
        var answer = JSON.null
        for _ in 0..<4 {
            let (seconds, found) = try await timed {
                try await session.behaviour(kind, words)
            }
            guard found["receipt"]?["path"] == .text(path) else {
                throw Failure(
                    "benchmark/path",
                    "'\(name)' was not answered by \(path): "
                        + "\(found["receipt"]?["path_reason"]?.line ?? "")")
            }
            best = min(best, seconds)
            answer = found
        }
        return (best, answer)
    }

    /// The answer without times, of which the last bit may differ, and without its receipt.
    private static func counts(_ answer: JSON) -> JSON {
        switch answer {
        case .object(let members):
            .object(
                members.filter { $0.name != "receipt" && !$0.name.contains("seconds") }
                    .map { ($0.name, counts($0.value)) })
        case .list(let values): .list(values.map(counts))
        default: answer
        }
    }

    /// A workspace whose events lie in the tables as if they had been applied: the same people,
    /// names and times as those of ``BenchmarkFolder``.
    private func filled() async throws -> URL {
        let workspace = try bench.emptyWorkspace("histories")
        try FileManager.default.removeItem(at: workspace.appending(path: "definitions"))
        let definitions = workspace.appending(path: "definitions/app.yaml")
        try FileManager.default.createDirectory(
            at: definitions.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(Self.definitions.utf8).write(to: definitions)
        let first = try await WorkspaceSession.open(workspace, clock: bench.clock)
        await first.close()
        let engine = try DuckDBEngine(
            .file(workspace.appending(path: "data/facts.duckdb").path),
            limits: EngineLimits(seconds: 1_200))
        let people = max(1, rows / 42)
        let names = "'viewed viewed viewed searched shared paid signed_up activated'"
        let countries = "'DE FR GB US NL AT CH ES IT PL SE CA'"
        let start = bench.clock.now.adding(seconds: -182 * 86_400).microseconds
        try await engine.execute(
            Statement(
                """
                insert into events.app
                    (time, event, kind, actor, country, device, is_bot, format, received, message_id,
                     properties, plan, seats, paid)
                select make_timestamp(\(start) + cast(i * (182 * 86400.0 / \(rows)) as bigint) * 1000000),
                    string_split(\(names), ' ')[cast(1 + hash(i * 31 + 2) % 8 as bigint)], 'track',
                    cast(hash(i * 31 + 1) % \(people) as integer),
                    string_split(\(countries), ' ')[
                        cast(1 + least(hash(i * 31 + 3) % 12, hash(i * 31 + 4) % 12) as bigint)],
                    ['web', 'ios', 'android'][cast(1 + hash(i * 31 + 5) % 3 as bigint)], false,
                    'own', make_timestamp(\(start)), i::varchar, '{}',
                    ['free', 'pro', 'team'][cast(1 + hash(i * 31 + 8) % 3 as bigint)],
                    cast(hash(i * 31 + 9) % 10 as bigint), hash(i * 31 + 10) % 2 = 0
                from range(\(rows)) as numbers(i)
                """))
        try await engine.execute(
            Statement("update events.progress set next_actor = \(people)"))
        try await engine.execute(Statement("checkpoint"))
        await engine.close()
        return workspace
    }
}
