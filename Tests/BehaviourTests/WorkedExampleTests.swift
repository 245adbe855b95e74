import Testing
import Vocabulary

@testable import Behaviour

/// Examples that vendors publish, and what they say comes out of them.
@Suite("Worked examples of funnels")
struct WorkedExampleTests {
    private static let minute: Int64 = 60_000_000

    /// Events of one person: a letter and the minute.
    private func answer(
        _ events: [(String, Int64)], steps: String, _ change: (inout AttemptsQuestion) -> Void
    ) async throws -> AttemptsAnswer {
        let folder = try IndexFolder()
        let names = ["A", "B", "C", "D", "E", "F"]
        let builder = BehaviourIndexBuilder(path: folder.path, schema: IndexSchema(events: names))
        try builder.add(
            EventColumns(
                persons: events.map { _ in 0 }, times: events.map { $0.1 * Self.minute },
                events: events.map { UInt16(names.firstIndex(of: $0.0) ?? 0) }))
        let snapshot = BehaviourSnapshot(try builder.finish(watermark: noWatermark))
        var question = AttemptsQuestion(
            steps: steps.map { EventSelection(events: snapshot.codes(ofEvents: [String($0)])) },
            windowMicroseconds: 60 * Self.minute,
            entered: Instant(seconds: 0)..<Instant(seconds: 86_400))
        change(&question)
        return try await snapshot.answer(question)
    }

    @Test("other events may lie between ordered steps, and not between strict ones (K26)")
    func betweenIsFine() async throws {
        let events = zip("ABCDCDE", Int64(0)...).map { (String($0), $1) }

        let ordered = try await answer(events, steps: "ABDE") { _ in }
        let strict = try await answer(events, steps: "ABDE") { $0.order = .strict }

        #expect(ordered.reached == [1, 1, 1, 1])
        #expect(strict.reached == [1, 1, 0, 0])
    }

    @Test("the window begins with the first step, and a later one does not move it (K27)")
    func windowBegins() async throws {
        // Mixpanel: A 1:00, A 1:30, B 1:45, C 2:15 with an hour reaches B, not C.
        let events: [(String, Int64)] = [("A", 60), ("A", 90), ("B", 105), ("C", 135)]

        let first = try await answer(events, steps: "ABC") { $0.reentry = .never }
        let furthest = try await answer(events, steps: "ABC") { _ in }

        #expect(first.reached == [1, 1, 0])
        // ClickHouse's windowFunnel takes the entry that comes furthest: the one of 1:30.
        #expect(furthest.reached == [1, 1, 1])
    }

    @Test("an entry within the window of another does not count (K28)")
    func reentry() async throws {
        // Mixpanel's second scenario: A, A', the window of A ends, B.
        let events: [(String, Int64)] = [("A", 0), ("A", 30), ("B", 70)]

        let each = try await answer(events, steps: "AB") {
            ($0.onlyBest, $0.reentry) = (false, .afterWindow)
        }

        #expect(each.reached == [1, 0])
    }

    @Test("A A A B with A excluded is two entries and one conversion (K29)")
    func excludedStep() async throws {
        let events: [(String, Int64)] = [("A", 0), ("A", 1), ("A", 2), ("B", 3)]

        let each = try await answer(events, steps: "AB") {
            ($0.onlyBest, $0.reentry) = (false, .afterWindow)
            $0.excluded = [.init($0.steps[0], after: 0, before: 1, removes: false)]
        }

        #expect(each.reached == [2, 1])
    }

    @Test("an exclusion may take the person out of the funnel altogether (K29)")
    func excludedPerson() async throws {
        let events: [(String, Int64)] = [("A", 0), ("X", 1), ("B", 2)].map {
            ($0.0 == "X" ? "F" : $0.0, $0.1)
        }

        let removed = try await answer(events, steps: "AB") {
            $0.excluded = [
                .init(EventSelection(events: [5]), after: 0, before: 1, removes: true)
            ]
        }

        #expect(removed.reached == [0, 0])
    }

    @Test("two equal steps need two events (K30)")
    func repeatedStep() async throws {
        let once = try await answer([("A", 0)], steps: "AA") { _ in }
        let twice = try await answer([("A", 0), ("A", 0)], steps: "AA") { _ in }

        #expect(once.reached == [1, 0])
        #expect(twice.reached == [1, 1])
    }

    @Test("events of one instant are taken in the order of the steps (K31)")
    func ties() async throws {
        let events: [(String, Int64)] = [("C", 5), ("B", 5), ("A", 5)]

        let answer = try await answer(events, steps: "CBA") { $0.windowMicroseconds = 0 }

        #expect(answer.reached == [1, 1, 1])
    }

    @Test("the last instant of the window belongs to it")
    func windowEnd() async throws {
        let inside = try await answer([("A", 0), ("B", 60)], steps: "AB") { _ in }
        let outside = try await answer([("A", 0), ("B", 61)], steps: "AB") { _ in }

        #expect(inside.reached == [1, 1])
        #expect(outside.reached == [1, 0])
    }

    @Test("time to convert is that of the entry")
    func times() async throws {
        let events: [(String, Int64)] = [("A", 0), ("A", 10), ("B", 25), ("C", 40)]

        let furthest = try await answer(events, steps: "ABC") { _ in }
        let first = try await answer(events, steps: "ABC") { $0.reentry = .never }

        // Both come through; the earlier one counts.
        #expect(furthest.times == [0, 25, 40].map { $0 * Self.minute })
        #expect(first.times == furthest.times)
    }

    @Test("a question without a meaning is refused")
    func shape() async throws {
        let failure = await #expect(throws: Failure.self) {
            try await answer([("A", 0)], steps: "AA") { $0.windowMicroseconds = -1 }
        }

        #expect(failure?.code == .funnelShape)
    }
}

extension AttemptsAnswer {
    /// How many attempts came to each step.
    fileprivate var reached: [Int] {
        (0..<steps).map { step in
            (0..<count).count { times[$0 * steps + step] != AttemptsAnswer.never }
        }
    }
}
