import Definitions
import Engines
import Planning
import Testing
import Vocabulary

/// By which of its events an entry is in a part.
///
/// Sources: PostHog documentation, "Funnels: attribution types"; Mixpanel documentation, "Funnels:
/// advanced concepts", "Property attribution" and "User count in breakdown".
@Suite("Parts of funnels")
struct FunnelPartTests {
    /// The values of the parts with their counts.
    private static func parts(_ bench: Bench, _ yaml: String) async throws -> [String: [Int]] {
        let answer = try await FunnelBench.answer(bench, yaml, dimension: "item")
        return Dictionary(
            uniqueKeysWithValues: answer.parts.map { ($0.value ?? "none", $0.group.counts) })
    }

    @Test(
        "K34: PostHog's first and last touchpoint and specific step of Chrome, then Firefox",
        arguments: [("first", "Chrome"), ("last", "Firefox"), ("1", "Chrome"), ("2", "Firefox")])
    func touchpoints(rule: String, browser: String) async throws {
        let bench = try await FunnelBench.bench([
            "p 1 pageview Chrome", "p 2 signed_up Firefox",
        ])
        let keys = "steps: [pageview, signed_up], like: posthog"

        #expect(try await Self.parts(bench, "\(keys), parts: \(rule)") == [browser: [1, 1]])
        #expect(try await Self.parts(bench, keys) == ["Chrome": [1, 1]])
    }

    @Test("K34: a specific step leaves out who lacks it; at PostHog also who has no value there")
    func specificStep() async throws {
        let bench = try await FunnelBench.bench([
            "p 1 pageview Chrome", "p 2 signed_up Firefox", "q 1 pageview Chrome",
            "r 1 pageview Safari", "r 2 signed_up none",
        ])
        let keys =
            "steps: [pageview, { event: signed_up, label: In }], parts: In"

        let answer = try await FunnelBench.answer(bench, keys, dimension: "known")
        let posthog = try await FunnelBench.answer(
            bench, "\(keys), like: posthog", dimension: "known")

        #expect(answer.total.counts == [3, 2])
        #expect(answer.parts.map(\.value) == ["Firefox", nil])
        #expect(answer.parts.map(\.group.counts) == [[1, 1], [1, 1]])
        #expect(answer.json["rules"]?["parts"] == .text("2"))
        #expect(answer.notes.contains { $0.contains("who did not take that step is in none") })
        #expect(posthog.total.counts == [3, 2])
        #expect(posthog.parts.map(\.value) == ["Firefox"])
        #expect(posthog.notes.contains { $0.contains("who has no value there is in none") })
    }

    @Test(
        "K34: Mixpanel's first and last step defined of nothing, red, blue, nothing",
        arguments: [("first", "red"), ("last", "blue"), ("1", nil), ("3", "blue"), ("4", nil)]
            as [(String, String?)])
    func defined(rule: String, color: String?) async throws {
        let bench = try await FunnelBench.bench([
            "p 1 viewed_page none", "p 2 viewed_item red", "p 3 added blue",
            "p 4 checked_out none", "q 1 viewed_page green",
        ])
        let answer = try await FunnelBench.answer(
            bench,
            "steps: [viewed_page, viewed_item, added, checked_out], like: mixpanel, "
                + "parts: \(rule)", dimension: "known")

        let converted = answer.parts.filter { $0.group.counts[3] > 0 }
        #expect(converted.map(\.value) == [color])
        #expect(answer.total.counts == [2, 1, 1, 1])
    }

    @Test("K34: Mixpanel's shirt, jeans and shoes are two entries and one conversion")
    func userCount() async throws {
        let bench = try await FunnelBench.bench([
            "p 1 browsed shirt", "p 2 browsed jeans", "p 3 added", "p 4 browsed shoes",
        ])
        let keys = "steps: [browsed, added], like: mixpanel, counting: attempts"

        #expect(try await Self.parts(bench, keys) == ["shirt": [1, 1], "shoes": [1, 0]])
        #expect(try await FunnelBench.counts(bench, keys) == [2, 1])
    }

    @Test("K34: one value through all steps is that of a held column, and a person is counted once")
    func allSteps() async throws {
        let bench = try await FunnelBench.bench([
            "p 1 pageview Chrome", "p 2 pageview Firefox", "p 3 signed_up Chrome",
            "p 4 posted Chrome", "p 5 posted Firefox",
        ])
        let keys = "steps: [pageview, signed_up, posted], same: item"

        #expect(try await Self.parts(bench, keys) == ["Chrome": [1, 1, 1]])
        // PostHog counts the person in Firefox as well: each value is an attempt of its own.
        #expect(
            try await Self.parts(bench, "\(keys), counting: attempts")
                == ["Chrome": [1, 1, 1], "Firefox": [1, 0, 0]])
    }

    @Test("K34: parts by a later step are compared among those who took it")
    func compared() async throws {
        var events: [String] = []
        for person in 0..<120 {
            events += ["p\(person) 1 A", "p\(person) 2 B \(person % 2 == 0 ? "x" : "y")"]
            if person % 2 == 0 || person % 8 == 1 { events.append("p\(person) 3 C") }
        }
        let bench = try await FunnelBench.bench(events + (0..<50).map { "q\($0) 1 A" })

        let answer = try await FunnelBench.answer(
            bench, "steps: [A, B, C], parts: 2", dimension: "item")

        #expect(answer.total.counts == [170, 120, 75])
        #expect(answer.parts.map(\.group.counts) == [[60, 60, 60], [60, 60, 15]])
        #expect(answer.parts[0].difference?.value == 0.75)
        #expect(answer.parts[1].difference?.value == -0.75)
    }

    @Test("a wrong rule of parts is refused with what it could be")
    func refusals() {
        for rule in ["middle", "3", "0"] {
            let failure = #expect(throws: Failure.self) {
                try FunnelDefinition(yaml: "{ from: events, steps: [A, B], parts: \(rule) }")
            }
            #expect(failure?.message.contains("'parts'") == true)
        }
    }
}
