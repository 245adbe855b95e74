import Definitions
import Engines
import Planning
import Testing
import Vocabulary

/// What other tools publish of their funnels, under their names.
///
/// Sources: Mixpanel documentation, "Funnels: advanced concepts" and "Funnels FAQ"; PostHog
/// documentation, "Funnels".
@Suite("Published examples of funnels")
struct FunnelDialectTests {
    @Test(
        "K26: Mixpanel's four streams of events through A to E in their order",
        arguments: [("ABCDE", 5), ("ABFCDE", 5), ("ABDCDE", 5), ("ABCE", 3)])
    func specificOrder(stream: String, reached: Int) async throws {
        let bench = try await FunnelBench.bench(
            stream.enumerated().map { "p \($0.offset) \($0.element)" })

        let counts = try await FunnelBench.counts(
            bench, "steps: [A, B, C, D, E], like: mixpanel")

        #expect(counts == (0..<5).map { $0 < reached ? 1 : 0 })
    }

    @Test("K26: a first step that must come first, and the others after it in any order")
    func anchored() async throws {
        let bench = try await FunnelBench.bench([
            "p 1 A", "p 2 X", "p 3 C", "p 10 B", "q 1 B", "q 2 A", "q 3 C", "r 1 C", "r 2 B",
        ])
        let steps = "steps: [A, B, C]"

        let answer = try await FunnelBench.answer(bench, "\(steps), order: anchored")

        // q has B before A alone; r never begins.
        #expect(answer.total.counts == [2, 1, 1])
        #expect(answer.json["rules"]?["order"] == .text("anchored"))
        // B and C are both taken nine minutes after A.
        #expect(answer.total.fromFirst[2][2] == 540)
        #expect(try await FunnelBench.counts(bench, steps) == [2, 1, 0])
        #expect(try await FunnelBench.counts(bench, "\(steps), order: any") == [2, 2, 2])
    }

    @Test("K26, K27: the window of steps in any order begins with the one that comes first")
    func anchoredWindow() async throws {
        let bench = try await FunnelBench.bench([
            "p 0 A", "p 50 C", "p 70 B", "p 80 A", "p 90 B", "p 100 C", "p 101 X",
        ])
        let rules = "steps: [A, B, C], order: anchored, within: 1 hour"

        #expect(try await FunnelBench.counts(bench, "\(rules), like: mixpanel") == [1, 0, 0])
        #expect(try await FunnelBench.counts(bench, rules) == [1, 1, 1])
        #expect(try await FunnelBench.counts(bench, "\(rules), counting: attempts") == [2, 1, 1])
    }

    @Test("K26, K29: an exclusion ends what is taken in any order, and spares what is taken before")
    func anchoredExclusion() async throws {
        let bench = try await FunnelBench.bench(["p 0 A", "p 5 C", "p 6 X", "p 7 B"])
        let rules = "order: anchored, exclude: [X]"

        #expect(try await FunnelBench.counts(bench, "steps: [A, C, B], \(rules)") == [1, 1, 0])
        #expect(try await FunnelBench.counts(bench, "steps: [A, B, C], \(rules)") == [1, 0, 0])
    }

    @Test("K28: Mixpanel's first scenario, where the second entry alone can convert")
    func lateEntry() async throws {
        let bench = try await FunnelBench.bench(["p 0 A", "p 70 A", "p 80 B"])
        let steps = "steps: [A, B], within: 1 hour, like: mixpanel"

        #expect(try await FunnelBench.counts(bench, steps) == [1, 0])
        #expect(try await FunnelBench.counts(bench, "\(steps), reentry: every_start") == [1, 1])
        #expect(try await FunnelBench.counts(bench, "\(steps), counting: attempts") == [2, 1])
    }

    @Test("K28: Mixpanel's second scenario, 0 % as usual and 50 % of its optimised entries")
    func openEntry() async throws {
        let bench = try await FunnelBench.bench(["p 0 A", "p 30 A", "p 70 B"])
        let steps = "steps: [A, B], within: 1 hour, like: mixpanel"
        let optimised = "\(steps), reentry: every_start"

        #expect(try await FunnelBench.counts(bench, steps) == [1, 0])
        #expect(try await FunnelBench.counts(bench, "\(steps), counting: attempts") == [1, 0])
        #expect(try await FunnelBench.counts(bench, "\(optimised), counting: attempts") == [2, 1])
        #expect(try await FunnelBench.counts(bench, optimised) == [1, 1])
    }

    @Test(
        "K28, K30: two conversions are one of people, the first, and a repeated start is no entry")
    func firstConversion() async throws {
        let bench = try await FunnelBench.bench([
            "p 0 A", "p 10 B", "p 1440 A", "p 1470 B", "q 0 A", "q 5 A", "q 20 B", "q 2000 X",
        ])
        let steps = "steps: [A, B], within: 1 hour, like: mixpanel"

        let people = try await FunnelBench.answer(
            bench, steps, over: "2026-01-05..2026-01-06", grain: .day)
        let attempts = try await FunnelBench.answer(
            bench, "\(steps), counting: attempts", over: "2026-01-05..2026-01-06", grain: .day)

        #expect(people.trend.map(\.group.counts) == [[2, 2], [0, 0]])
        #expect(attempts.trend.map(\.group.counts) == [[2, 2], [1, 1]])
        // From the start that begins the attempt: 10 and 20 minutes, not 15 for q.
        #expect(people.total.fromFirst[1][2] == 900)
    }

    @Test("K29: steps before an exclusion stay reached, and the one after it does not count")
    func exclusionBetween() async throws {
        let bench = try await FunnelBench.bench([
            "p 1 A", "p 2 B", "p 3 X", "p 4 C", "q 1 A", "q 2 X", "q 3 B", "q 4 C",
        ])
        let steps = "steps: [A, B, C], exclude: [ { event: X, between: [2, 3] } ], like: mixpanel"

        #expect(try await FunnelBench.counts(bench, steps) == [2, 2, 1])
    }

    @Test(
        "K30: at PostHog two steps of one event are two clicks, also where the second is filtered")
    func duplicateSteps() async throws {
        let bench = try await FunnelBench.bench([
            "p 1 clicked sign_up", "q 1 clicked menu", "q 2 clicked sign_up",
        ])
        let steps = "steps: [clicked, { event: clicked, where: \"item = 'sign_up'\" }]"

        #expect(try await FunnelBench.counts(bench, "\(steps), like: posthog") == [2, 1])
    }

    @Test(
        "K31: the tolerance that is meant is in the answer; two seconds are written like Mixpanel's"
    )
    func tolerance() async throws {
        let bench = try await FunnelBench.bench(["p 10:00:00 B", "p 10:00:02 A"])
        let steps = "steps: [A, B], like: mixpanel"

        let plain = try await FunnelBench.answer(bench, steps)
        let graceful = try await FunnelBench.answer(bench, "\(steps), tolerance: 2 seconds")

        #expect(plain.total.counts == [1, 0] && graceful.total.counts == [1, 1])
        #expect(plain.json["rules"]?["tolerance_seconds"] == .integer(0))
        #expect(graceful.json["rules"]?["tolerance_seconds"] == .integer(2))
    }

    @Test("K36: of twenty entries without a conversion the share is 0 to 16.11 %")
    func nothingOfTwenty() async throws {
        let bench = try await FunnelBench.bench((0..<20).map { "p\($0) 1 A" })

        let conversion = try await FunnelBench.answer(bench, "steps: [A, B]").json["conversion"]

        #expect(conversion?["value"] == .number(0) && conversion?["low"] == .number(0))
        guard case .number(let high)? = conversion?["high"] else {
            Issue.record("The share has no interval.")
            return
        }
        #expect(abs(high - 0.1611) < 0.00005)
    }

    @Test("K34: a held value is that of the first start at Mixpanel, and any start's by attempts")
    func held() async throws {
        let bench = try await FunnelBench.bench([
            "p 1 browsed shirt", "p 2 browsed jeans", "p 3 added jeans",
        ])
        let steps = "steps: [browsed, added], same: item"

        #expect(try await FunnelBench.counts(bench, "\(steps), like: mixpanel") == [1, 0])
        #expect(
            try await FunnelBench.counts(bench, "\(steps), counting: attempts, like: mixpanel")
                == [2, 1])
        #expect(try await FunnelBench.counts(bench, steps) == [1, 1])
    }
}
