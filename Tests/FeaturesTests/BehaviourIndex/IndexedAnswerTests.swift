import Definitions
import Foundation
import Testing
import Vocabulary

@testable import Features

@Suite("Answers from histories are those from the tables")
struct IndexedAnswerTests {
    @Test("for random questions, after late events and merges too", arguments: 1...4)
    func equal(seed: UInt64) async throws {
        var bench = try IndexWorkspace(seed: seed)
        let session = try await bench.workspace.open()
        try await IndexWorkspace.accept(bench.events(600), session)
        let first = try await compare(&bench, session, 48)

        try await IndexWorkspace.accept(bench.events(150), session)
        let second = try await compare(&bench, session, 18)
        try await IndexWorkspace.accept(bench.sightings(1...25), session)
        #expect((session.intakeStatus?.merges ?? 0) > 10)
        let third = try await compare(&bench, session, 18)
        try await IndexWorkspace.accept(bench.events(80, people: 20...60), session)
        let fourth = try await compare(&bench, session, 18)

        #expect(first + second + third + fourth > 90)
        await session.close()
    }

    /// Asks the same both ways.
    ///
    /// - Returns: How many questions the index answered.
    private func compare(
        _ bench: inout IndexWorkspace, _ session: WorkspaceSession, _ count: Int
    ) async throws -> Int {
        var answered = 0
        for index in 0..<count {
            let question: (kind: BehaviourKind, words: BehaviourWords)
            switch index % 6 {
            case 0, 3: question = (.funnel, bench.funnel())
            case 1: question = (.retention, bench.retention())
            case 2, 4: question = (.paths, bench.paths())
            default: question = bench.habit()
            }
            let (kind, words) = question
            let (found, expected, path, reason) = try await session.both {
                try await $0.behaviour(kind, words)
            }
            let differences = found.differences(from: expected).prefix(3)
            #expect(differences.isEmpty, "\(kind) \(words.yaml ?? "") \(words)")
            #expect(path == "index", "\(reason) \(words)")
            answered += path == "index" ? 1 : 0
        }
        return answered
    }

    @Test("what histories cannot tell is answered from the tables, with the reason")
    func refused() async throws {
        var bench = try IndexWorkspace(seed: 9)
        let session = try await bench.workspace.open()
        try await IndexWorkspace.accept(bench.events(60), session)
        let cases = [
            ("steps: [a, { event: b, optional: true }, c], exclude: [x]", "optional"),
            ("steps: [a, b], tolerance: 2 seconds", "before earlier ones"),
            ("steps: [a, b, c], order: anchored", "after the first come in any order"),
            ("steps: [a, b], counting: sessions, session: 30 minutes", "sessions"),
            ("steps: [a, b], same: url", "does not have 'url'"),
            ("steps: [a, b], same: plan, reentry: never", "one start alone counts"),
            ("steps: [a, { event: b, where: \"url = 'x' or plan = 'y'\" }]", "does not have 'url'"),
            ("steps: [a, { event: b, where: \"url = 'x'\" }]", "does not have 'url'"),
        ]

        for (keys, reason) in cases {
            let words = BehaviourWords(yaml: "{ from: app, \(keys) }", over: "2026-06")
            let (found, expected, path, told) = try await session.both {
                try await $0.funnel(words)
            }
            #expect(found.differences(from: expected).isEmpty)
            #expect(path == "sql")
            #expect(told.contains(reason), "\(told)")
        }
        await session.close()
    }
}
