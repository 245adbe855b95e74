import Behaviour
import Features
import Foundation
import Vocabulary

/// Four answers to one question over one set of random histories: the naive reference, the portable
/// statement, the index, and ClickHouse's `windowFunnel` and `retention`.
///
/// The first three must always be equal. Where ClickHouse follows another rule, the difference must
/// be what that rule, which is named, makes of the same histories.
struct DifferentialBenchmark {
    private let bench: BenchmarkFolder
    private static let windows = [1, 3, 10, 40, 7_200, 86_400, 259_200]

    init(_ bench: BenchmarkFolder) { self.bench = bench }

    func run() async throws {
        let folder = bench.url.appending(path: "differential")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let peer = try BehaviourPeer.python.map { try BehaviourPeer(python: $0, folder: folder) }
        if peer == nil {
            Report.note(
                "      skipped: ClickHouse, since the package chdb-core is not here: "
                    + "Scripts/setup bench installs it; the other three are compared")
        }
        defer { peer?.close() }
        var questions = 0
        for seed in 1...5 {
            let histories = try DifferentialHistories(bench, seed: UInt64(seed), people: 2_000)
            let session = try await histories.session()
            await session.prepareHistories()
            await session.settleHistories()
            for window in Self.windows {
                for (place, steps) in [[0, 1], [0, 1, 2], [0, 1, 2, 3]].enumerated() {
                    let funnel = DifferentialFunnel(
                        steps: steps, window: window, isApart: (window + place) % 2 == 1)
                    try await funnel.compare(histories, session, peer)
                    questions += 1
                }
                try await DifferentialFunnel(steps: [0, 0, 1], window: window, isApart: false)
                    .compare(histories, session, peer)
                questions += 1
            }
            try await DifferentialRetention().compare(histories, session, peer)
            questions += 1
            await session.close()
        }
        Report.measure("differential-questions", Double(questions))
        Report.note("      \(questions) questions over \(5 * 2_000) people: all answers agree")
    }

    /// - Throws: `benchmark/differs` where two answers are not equal.
    static func require(
        _ what: String, _ own: [Int], equals other: [Int], of whom: String
    ) throws(Failure) {
        guard own != other else { return }
        throw Failure("benchmark/differs", "\(what): \(own), and by \(whom) \(other).")
    }
}

/// A funnel asked of everyone.
private struct DifferentialFunnel {
    let steps: [Int]
    let window: Int
    /// Whether a step must be later than the one before.
    let isApart: Bool

    private var name: String {
        "\(steps.map { DifferentialHistories.names[$0] }) within \(window) s"
            + (isApart ? ", ties apart" : "")
    }

    /// The window as definitions write it; a day of a funnel has 24 hours.
    private var length: String {
        window % 86_400 == 0 ? "\(window / 86_400) days" : "\(window) seconds"
    }

    func compare(
        _ histories: DifferentialHistories, _ session: WorkspaceSession, _ peer: BehaviourPeer?
    ) async throws {
        let expected = reference(histories)
        for (path, allowed) in [("index", true), ("sql", false)] {
            session.useHistories(allowed)
            let found = try await asked(session, path)
            try DifferentialBenchmark.require(name, expected, equals: found, of: path)
        }
        session.useHistories(true)
        guard let peer else { return }
        let found = try clickHouse(histories, peer)
        let explained = explained(histories, expected)
        try DifferentialBenchmark.require(name, explained, equals: found, of: "ClickHouse")
    }

    /// How many people reached each step, by the naive reference.
    private func reference(_ histories: DifferentialHistories) -> [Int] {
        counts(of: steps, histories)
    }

    private func counts(of steps: [Int], _ histories: DifferentialHistories) -> [Int] {
        let start = Instant(seconds: DifferentialHistories.start)
        let answer = histories.reference.answer(
            AttemptsQuestion(
                steps: steps.map { EventSelection(events: [UInt16($0)]) },
                ties: isApart ? .apart : .together, windowMicroseconds: Int64(window) * 1_000_000,
                entered: start..<start.adding(seconds: DifferentialHistories.days * 86_400)))
        return steps.indices.map { step in
            (0..<answer.count).filter {
                answer.times[$0 * steps.count + step] != AttemptsAnswer.never
            }.count
        }
    }

    private func asked(_ session: WorkspaceSession, _ path: String) async throws -> [Int] {
        let names = steps.map { DifferentialHistories.names[$0] }.joined(separator: ", ")
        let answer = try await session.funnel(
            BehaviourWords(
                yaml: "{ from: app, steps: [\(names)], within: \(length), "
                    + "ties: \(isApart ? "apart" : "together") }",
                over: "2026-06-01..2026-06-14", zone: "UTC"))
        guard answer["receipt"]?["path"] == .text(path), case .list(let steps) = answer["steps"]
        else { throw Failure("benchmark/path", "\(name) was not answered by \(path).") }
        return steps.map { step in
            if case .integer(let count) = step["count"] { count } else { -1 }
        }
    }

    private func clickHouse(
        _ histories: DifferentialHistories, _ peer: BehaviourPeer
    ) throws -> [Int] {
        let conditions = steps.map { "name = '\(DifferentialHistories.names[$0])'" }
        let levels = steps.indices.map { "countIf(l > \($0))" }.joined(separator: ", ")
        let mode = isApart ? ", 'strict_increase'" : ""
        let rows = try peer.ask(
            "sql select \(levels) from (select person, windowFunnel(\(window)\(mode))"
                + "(toDateTime(second), \(conditions.joined(separator: ", "))) l "
                + "from \(histories.table) group by person)"
        ).rows
        return rows.first?.compactMap(Int.init) ?? []
    }

    /// What ClickHouse answers by its own rules.
    ///
    /// The rule *one event, several steps*: `windowFunnel` lets an event take every step that it
    /// fits, so whoever took the first of two equal steps has taken both. An event serves one step
    /// of an attempt here.
    ///
    /// The rule *latest start*: `windowFunnel` follows only the latest event of each step. With
    /// `strict_increase` a start in the second of the next step hides an earlier one from which that
    /// step would count. Every start counts here.
    private func explained(_ histories: DifferentialHistories, _ own: [Int]) -> [Int] {
        if isApart { return latestStarts(histories) }
        guard Set(steps).count < steps.count else { return own }
        var different: [Int] = []
        for step in steps where different.last != step { different.append(step) }
        let counts = counts(of: different, histories)
        var place = -1
        return steps.indices.map { step in
            if step == 0 || steps[step] != steps[step - 1] { place += 1 }
            return counts[place]
        }
    }

    /// How far people come where only the latest event of each step is followed, and each must be
    /// later than the one before.
    private func latestStarts(_ histories: DifferentialHistories) -> [Int] {
        var reached = steps.map { _ in 0 }
        for events in Dictionary(grouping: histories.rows, by: \.person).values {
            let looked = events.compactMap { event in
                steps.firstIndex(of: event.name).map { (second: event.second, step: $0) }
            }.sorted { ($0.second, $0.step) < ($1.second, $1.step) }
            var latest: [(first: Int, last: Int)?] = steps.map { _ in nil }
            for (second, step) in looked {
                if step == 0 {
                    latest[0] = (second, second)
                } else if let before = latest[step - 1], second <= before.first + window,
                    before.last < second
                {
                    latest[step] = (before.first, second)
                }
            }
            for step in steps.indices where latest[step] != nil { reached[step] += 1 }
        }
        return reached
    }
}

/// Who is active again so many days later, asked of everyone.
private struct DifferentialRetention {
    private static let days = 7

    func compare(
        _ histories: DifferentialHistories, _ session: WorkspaceSession, _ peer: BehaviourPeer?
    ) async throws {
        let expected = reference(histories)
        for (path, allowed) in [("index", true), ("sql", false)] {
            session.useHistories(allowed)
            let found = try await asked(session, path)
            for (own, other) in zip(expected, found) {
                try DifferentialBenchmark.require("retention", own, equals: other, of: path)
            }
            guard expected.count == found.count else {
                throw Failure("benchmark/differs", "\(path) has other cohorts.")
            }
        }
        session.useHistories(true)
        guard let peer else { return }
        for (cohort, own) in expected.enumerated() {
            let found = try clickHouse(cohort, histories, peer)
            // The rule *later than the start*: the first event of a day is no return to it, so at
            // age 0 `retention` counts everybody and these answers those who came twice.
            let explained = [own[0], own[0]] + own.dropFirst(2)
            try DifferentialBenchmark.require(
                "retention of day \(cohort)", explained, equals: found, of: "ClickHouse")
        }
    }

    /// By cohort: its size, then who is retained at each age.
    private func reference(_ histories: DifferentialHistories) -> [[Int]] {
        let borders = (0...(Self.days * 2)).map {
            Instant(seconds: DifferentialHistories.start + $0 * 86_400)
        }
        let answer = histories.reference.answer(
            ReturnsQuestion(
                start: .all, comeback: .all, onlyFirst: false,
                cells: (0..<Self.days).map { ReturnsQuestion.AgeRange(first: $0, last: $0) },
                borders: borders, cohorts: Self.days))
        return zip(answer.sizes[0], answer.returned[0]).map { [$0] + $1 }
    }

    private func asked(_ session: WorkspaceSession, _ path: String) async throws -> [[Int]] {
        let answer = try await session.retention(
            BehaviourWords(
                yaml: "{ from: app, cohorts: recurring, over: \(Self.days - 1) days }",
                over: "2026-06-01..2026-06-0\(Self.days)", zone: "UTC"))
        guard answer["receipt"]?["path"] == .text(path), case .list(let rows) = answer["cohorts"]
        else { throw Failure("benchmark/path", "The retention was not answered by \(path).") }
        return rows.map { row in
            guard case .integer(let size) = row["size"], case .list(let cells) = row["cells"]
            else { return [] }
            return [size]
                + cells.map { cell in
                    if case .integer(let count) = cell["count"] { count } else { -1 }
                }
        }
    }

    private func clickHouse(
        _ cohort: Int, _ histories: DifferentialHistories, _ peer: BehaviourPeer
    ) throws -> [Int] {
        let day = "intDiv(second - \(DifferentialHistories.start), 86400)"
        let conditions = (0..<Self.days).map { "\(day) = \(cohort + $0)" }
        let sums = (1...Self.days).map { "sum(r[\($0)])" }.joined(separator: ", ")
        let rows = try peer.ask(
            "sql select sum(r[1]), \(sums) from (select person, "
                + "retention(\(conditions.joined(separator: ", "))) r "
                + "from \(histories.table) group by person)"
        ).rows
        return rows.first?.compactMap(Int.init) ?? []
    }
}
