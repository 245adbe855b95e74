import Engines
import Features
import Foundation
import Planning
import Vocabulary

/// The benchmark questions against SQL by hand, in the same library on the same rows; and what a
/// question costs beside its SQL.
struct QuestionBenchmark {
    private let bench: BenchmarkFolder
    private let rounds = 5

    init(_ bench: BenchmarkFolder) { self.bench = bench }

    func run() async throws {
        let questions = try BenchmarkQuestion.all()
        try await againstHand(questions)
        try await ownCost(questions)
    }

    private func againstHand(_ questions: [BenchmarkQuestion]) async throws {
        let workspace = try await bench.workspace(rows: bench.rows)
        // The peer has a copy of the file, since a file can be open once; so both take turns.
        let copy = bench.url.appending(path: "peer-facts.duckdb")
        try FileManager.default.copyItem(
            at: workspace.appending(path: "data/facts.duckdb"), to: copy)
        let session = try await WorkspaceSession.open(workspace, clock: bench.clock)
        let engine = try DuckDBEngine(.file(copy.path), limits: EngineLimits(seconds: 120))
        var ratios: [Double] = []
        var total = (ours: 0.0, peer: 0.0)
        for question in questions {
            var ours: [Double] = []
            var peer: [Double] = []
            for round in 0...rounds {
                let (peerSeconds, frame) = try await timed {
                    try await engine.run(Statement(question.sql))
                }
                let (ourSeconds, answer) = try await timed { () -> Answer in
                    let answer = try await ask(question, session, round: round)
                    _ = answer.json.bytes
                    return answer
                }
                if round == 0 {
                    try compare(answer, frame, question)
                } else {
                    peer.append(peerSeconds)
                    ours.append(ourSeconds)
                }
            }
            Report.ratio("question-\(question.name)", peer: median(peer), ours: median(ours))
            ratios.append(median(peer) / median(ours))
            total = (total.ours + median(ours), total.peer + median(peer))
        }
        Report.ratio("questions-median", median(ratios))
        Report.ratio("questions-together", peer: total.peer, ours: total.ours)
        await session.close()
        await engine.close()
        try? FileManager.default.removeItem(at: copy)
    }

    /// The time of a question less the time of its own statements, on a table so small that the
    /// difference is not lost in the noise of the scan.
    private func ownCost(_ questions: [BenchmarkQuestion]) async throws {
        let workspace = try await bench.workspace(rows: min(bench.rows, 20_000))
        let copy = bench.url.appending(path: "peer-small.duckdb")
        try FileManager.default.copyItem(
            at: workspace.appending(path: "data/facts.duckdb"), to: copy)
        let session = try await WorkspaceSession.open(workspace, clock: bench.clock)
        let engine = try DuckDBEngine(.file(copy.path), limits: EngineLimits(seconds: 120))
        var costs: [Double] = []
        for question in questions {
            var all: [Double] = []
            var statements: [Double] = []
            for round in 0...20 {
                let (seconds, answer) = try await timed { () -> Answer in
                    let answer = try await ask(question, session, round: round)
                    _ = answer.json.bytes
                    return answer
                }
                var own: [Statement] = []
                for statement in answer.receipts.flatMap(\.statements)
                where !own.contains(statement) { own.append(statement) }
                let (sqlSeconds, _) = try await timed {
                    for statement in own { _ = try await engine.run(statement) }
                }
                if round > 0 {
                    all.append(seconds)
                    statements.append(sqlSeconds)
                }
            }
            costs.append((median(all) - median(statements)) * 1000)
            Report.note(
                String(
                    format: "      %@: %.2f ms in all, %.2f ms of it its own",
                    question.name, median(all) * 1000, costs[costs.count - 1]))
        }
        Report.measure("question-own-cost-ms", median(costs))
        await session.close()
        await engine.close()
        try? FileManager.default.removeItem(at: copy)
    }

    /// Asks so that no answer is known from before: a limit of parts that is never reached is part of
    /// the question, and so of what answers are remembered by.
    private func ask(
        _ question: BenchmarkQuestion, _ session: WorkspaceSession, round: Int
    ) async throws -> Answer {
        var words = question.words
        words.limit = 20 + round
        return try await session.answer(session.question(words))
    }

    /// Both must say the same, or their times mean nothing.
    private func compare(
        _ answer: Answer, _ frame: Frame, _ question: BenchmarkQuestion
    ) throws {
        let ours = answer.rows.compactMap { $0.cells.first?.quantity.value }.reduce(0, +)
        guard let column = frame["value"] else {
            throw Failure("benchmark/question", "\(question.name) has no column 'value'.")
        }
        let peer = (0..<frame.count).compactMap { column.number($0) }.reduce(0, +)
        guard abs(ours - peer) <= 1e-9 * max(abs(ours), abs(peer)) else {
            throw Failure(
                "benchmark/differs",
                "\(question.name): our values add up to \(ours), those by hand to \(peer).")
        }
    }
}
