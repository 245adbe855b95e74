import Definitions
import Engines
import Features
import Foundation
import Planning
import Vocabulary

/// Movements of recurring revenue of a million subscriptions over 24 months: asked of a ledger, and
/// the making of the ledger, each against the SQL that a person would write for the movements.
struct LedgerBenchmark {
    private let bench: BenchmarkFolder
    private let rounds = 5
    private let subscriptions = 1_000_000

    init(_ bench: BenchmarkFolder) { self.bench = bench }

    func run() async throws {
        let folder = BenchmarkFolder.project.appending(path: "Benchmarks/subscriptions")
        let workspace = bench.url.appending(path: "subscriptions")
        try FileManager.default.copyItem(at: folder, to: workspace)
        let imports = workspace.appending(path: "imports")
        try FileManager.default.createDirectory(at: imports, withIntermediateDirectories: true)
        try await write(to: imports.appending(path: "subscriptions.parquet"))

        let importing = try await WorkspaceSession.open(workspace, clock: bench.clock)
        let (seconds, _) = try await timed {
            try await importing.importFiles(source: "subscriptions")
        }
        // Closed, the file holds everything and can be copied.
        await importing.close()
        Report.note("      imported, and two ledgers made, in \(String(format: "%.1f", seconds)) s")
        // The peer has a copy of the file, since a file can be open once; so both take turns.
        let copy = bench.url.appending(path: "peer-subscriptions.duckdb")
        try FileManager.default.copyItem(
            at: workspace.appending(path: "data/facts.duckdb"), to: copy)
        let peer = try DuckDBEngine(.file(copy.path), limits: EngineLimits(seconds: 600))
        let sql = try String(contentsOf: folder.appending(path: "movements.sql"), encoding: .utf8)
        let session = try await WorkspaceSession.open(workspace, clock: bench.clock)
        try await compare(session, peer, Statement(sql))
        await session.close()
        await peer.close()
    }

    private func compare(
        _ session: WorkspaceSession, _ peer: DuckDBEngine, _ hand: Statement
    ) async throws {
        var times: [String: [Double]] = [:]
        for round in 0...rounds {
            let (byHand, frame) = try await timed { try await peer.run(hand) }
            let (asked, answer) = try await timed { try await ask(session, round: round) }
            if round == 0 { try check(answer, frame) }
            guard round > 0 else { continue }
            times["hand", default: []].append(byHand)
            times["ask", default: []].append(asked)
            for source in ["monthly_ledger", "full_ledger"] {
                times[source, default: []].append(try await make(source, session, peer))
            }
        }
        let hand = median(times["hand"] ?? [])
        Report.ratio("ledger-ask", peer: hand, ours: median(times["ask"] ?? []))
        for source in ["monthly_ledger", "full_ledger"] {
            let name = source.replacing("_", with: "-")
            Report.ratio("\(name)-make", peer: hand, ours: median(times[source] ?? []))
            Report.measure("\(name)-make-s", median(times[source] ?? []))
        }
    }

    /// A limit of parts that is never reached makes each round's question another one.
    private func ask(_ session: WorkspaceSession, round: Int) async throws -> Answer {
        var words = QuestionWords(metrics: ["moved", "movements"])
        words.over = "2024-01-01..2025-12-31"
        words.grain = "month"
        words.by = ["movement"]
        words.limit = 20 + round
        let answer = try await session.answer(session.question(words))
        _ = answer.json.bytes
        return answer
    }

    private func make(
        _ source: String, _ session: WorkspaceSession, _ peer: DuckDBEngine
    ) async throws -> Double {
        guard let definition = session.catalog.sources[source] else {
            throw Failure("benchmark/ledger", "There is no source \(source).")
        }
        let writer = RecipeWriter(
            catalog: session.catalog, facts: session.facts, calendar: session.calendar)
        let draft = try writer.draft(of: definition)
        return try await timed {
            for refusal in draft.refusals { _ = try await peer.run(refusal.statement) }
            try await peer.execute(
                Statement(
                    "create or replace table made as " + draft.statement.sql,
                    draft.statement.values))
        }.seconds
    }

    /// Both must say the same, month by month and movement by movement.
    private func check(_ answer: Answer, _ frame: Frame) throws {
        var ours: [String: [Double]] = [:]
        for row in answer.rows {
            let values = row.cells.map { $0.quantity.value ?? 0 }
            guard let movement = row.part.values.first?.text, values != [0, 0] else { continue }
            ours["\(row.period.key) \(movement)"] = values
        }
        var theirs: [String: [Double]] = [:]
        for row in 0..<frame.count {
            let columns = frame.columns
            let month = Day(number: 19_723).adding(months: (columns[0].integer(row) ?? 0) - 1)
            theirs["\(month) \(columns[1].text(row) ?? "")"] = [
                columns[3].number(row) ?? 0, columns[2].number(row) ?? 0,
            ]
        }
        guard ours == theirs else {
            let wrong = Set(ours.keys).union(theirs.keys).sorted().first { ours[$0] != theirs[$0] }
            let key = wrong ?? ""
            throw Failure(
                "benchmark/differs",
                "\(key): ours \(ours[key] ?? []), by hand \(theirs[key] ?? []).")
        }
    }

    /// Half as many customers as subscriptions, which follow each other mostly without a pause.
    private func write(to file: URL) async throws {
        let engine = try DuckDBEngine(
            .memory, limits: EngineLimits(seconds: 600),
            access: DuckDBEngine.FileAccess(folders: [file.deletingLastPathComponent().path]))
        try await engine.execute(
            Statement(
                """
                copy (
                  with stretches as (
                    select customer_id, number,
                      case when number = 0 then hash(customer_id * 5) % 500
                        when hash(customer_id * 7 + number) % 100 < 85 then 0
                        else 20 + hash(customer_id * 11 + number) % 100 end::int as pause,
                      (25 + hash(customer_id * 13 + number) % 375)::int as length,
                      hash(customer_id * 17 + number) % 6 as price
                    from range(530000) customers(customer_id), range(4) numbers(number)
                    where number < 1 + hash(customer_id * 3) % 4
                  ), placed as (
                    select *, date '2024-01-01' + (sum(pause + length) over (
                      partition by customer_id order by number))::int as stop
                    from stretches
                  )
                  select row_number() over (order by customer_id, number) as subscription_id,
                    customer_id, ['basic', 'team', 'pro'][cast(1 + price // 2 as int)] as plan,
                    (stop - length) as started,
                    case when stop <= date '2025-12-31' then stop end as ended,
                    [900, 2900, 4900, 9900, 19900, 49900][cast(1 + price as int)] as cents
                  from placed
                  where stop - length <= date '2025-12-31'
                  order by customer_id, number
                  limit \(subscriptions)
                ) to '\(file.path)' (format parquet)
                """))
        await engine.close()
    }
}
