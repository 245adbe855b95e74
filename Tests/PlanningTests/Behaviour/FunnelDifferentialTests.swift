import Definitions
import Engines
import TestSupport
import Testing
import Vocabulary

@testable import Planning

/// The statement against the rules, on thousands of random histories full of ties and gaps.
@Suite("Funnels agree with their rules carried out event by event")
struct FunnelDifferentialTests {
    /// Funnels of every order, rule and count; `within` is short, so that windows close often.
    private static func funnels() -> [String] {
        let steps = ["[a, b, c]", "[a, b]", "[a, a, b]", "[a, b, a]", "[[a, b], b, c, d]"]
        let ties = ["together", "apart", "{ by: tie }"]
        let reentries = ["every_start", "after_window", "after_conversion", "never"]
        let countings = ["people", "attempts", "sessions, session: 4 seconds"]
        var funnels: [String] = []
        for step in steps {
            for tie in ties {
                for (index, reentry) in reentries.enumerated() {
                    let counting = countings[(index + funnels.count / 4) % 3]
                    for order in ["sequential", "strict"] {
                        funnels.append(
                            "{ from: events, steps: \(step), order: \(order), within: 9 seconds, "
                                + "ties: \(tie), reentry: \(reentry), counting: \(counting) }")
                    }
                }
            }
        }
        let exclusions = [
            "[x]", "[ { event: x, between: [1, 2] } ]", "[ { event: x, rule: person } ]",
            "[ { event: a, between: [1, 2] } ]",
            "[ { event: x, between: [2, 3] }, { event: d, between: [1, 2], rule: person } ]",
            "[ { event: x, between: [1, 2] }, { event: d, between: [2, 3] } ]",
        ]
        for exclusion in exclusions {
            for reentry in reentries {
                for counting in countings {
                    funnels.append(
                        "{ from: events, steps: [a, b, c], within: 9 seconds, "
                            + "exclude: \(exclusion), reentry: \(reentry), counting: \(counting) }")
                }
            }
        }
        let optional = [
            "[a, { event: b, optional: true }, c]",
            "[a, { event: b, optional: true }, { event: d, optional: true }, c, d]",
            "[a, b, { event: a, optional: true }, c]",
        ]
        for step in optional {
            for (index, tie) in ties.enumerated() {
                for reentry in reentries {
                    let exclude = index == 0 ? "" : ", exclude: [x]"
                    funnels.append(
                        "{ from: events, steps: \(step), within: 9 seconds, ties: \(tie), "
                            + "reentry: \(reentry), counting: \(countings[index])\(exclude) }")
                }
            }
        }
        for reentry in reentries {
            for (index, tolerance) in ["1 second", "2 seconds", "3 seconds"].enumerated() {
                for exclude in ["", ", exclude: [ { event: x, rule: person } ]", ", exclude: [x]"] {
                    funnels.append(
                        "{ from: events, steps: [a, b, c], within: 6 seconds, "
                            + "tolerance: \(tolerance), reentry: \(reentry), "
                            + "counting: \(countings[index])\(exclude) }")
                }
                funnels.append(
                    "{ from: events, steps: [a, b, c], within: 12 seconds, same: item, "
                        + "reentry: \(reentry), counting: \(countings[index]) }")
            }
        }
        for step in ["[a, b, c]", "[a, b]", "[d, c, b, a]"] {
            for counting in ["people", "sessions, session: 4 seconds"] {
                for same in ["", ", same: item"] {
                    funnels.append(
                        "{ from: events, steps: \(step), order: any, within: 6 seconds, "
                            + "counting: \(counting)\(same) }")
                }
            }
        }
        for step in ["[a, b, c]", "[a, b]", "[a, a, d, c]", "[[a, b], b, c]"] {
            for (index, reentry) in reentries.enumerated() {
                for (place, tie) in ties.enumerated() {
                    let rules = [
                        "", ", same: item", ", exclude: [x]",
                        ", exclude: [ { event: x, between: [1, 2], rule: person } ]",
                    ]
                    funnels.append(
                        "{ from: events, steps: \(step), order: anchored, within: 8 seconds, "
                            + "ties: \(tie), reentry: \(reentry), "
                            + "counting: \(countings[(index + place) % 3])\(rules[index]) }")
                }
            }
        }
        return funnels
    }

    /// Funnels by all rules of parts.
    private static func partedFunnels() -> [String] {
        let parts = ["first", "last", "2", "3"]
        let rules = [
            "steps: [a, b, c], counting: people", "steps: [a, b, c], counting: attempts",
            "steps: [a, b, c], counting: sessions, session: 4 seconds",
            "steps: [a, a, b], counting: attempts, reentry: every_start",
            "steps: [a, { event: b, optional: true }, c]",
            "steps: [a, b, c], order: strict", "steps: [a, b, c], ties: apart, exclude: [x]",
        ]
        return rules.flatMap { rule in
            parts.map { "{ from: events, within: 9 seconds, \(rule), parts: \($0) }" }
        }
    }

    @Test("for the values by which attempts are in parts", arguments: 5...6)
    func parts(seed: Int) async throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        let history = Histories.random(people: 120, events: 14, seconds: 40, &generator)
        let bench = try await Bench(
            metrics: "entity: person\nis: Somebody.", setUp: [Histories.table(history)],
            definitions: Histories.source)
        var compared = 0
        for yaml in Self.partedFunnels() {
            let plan = try bench.plan(yaml, dimension: "shade")
            let reference = FunnelReference(funnel: plan.question.funnel, range: 0..<Self.dayEnd)
            let expected = reference.parted(history)

            let frame = try await bench.engine.run(plan.units())
            let found = Self.units(frame, plan.question.funnel.steps.count, hasParts: true).sorted()

            #expect(
                found == expected,
                "\(yaml): \(Set(found).symmetricDifference(expected).sorted().prefix(4))")
            compared += found.count { $0.part != nil }
        }
        #expect(compared > 1_000)
    }

    /// The second before which attempts may begin.
    private static let dayEnd = 86_400

    @Test("for all orders, ties, exclusions, optional steps, entries and counts", arguments: 1...4)
    func agree(seed: Int) async throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        let early = Histories.random(people: 80, events: 14, seconds: 40, &generator)
        // Half of the histories lie around the range's end, where windows reach out of it.
        let late = Histories.random(people: 40, events: 14, seconds: 30, &generator).map {
            HistoryEvent(
                person: $0.person + 1_000, second: $0.second + Self.dayEnd - 15, name: $0.name,
                item: $0.item, tie: $0.tie)
        }
        let history = early + late
        let bench = try await Bench(
            metrics: "entity: person\nis: Somebody.", setUp: [Histories.table(history)],
            definitions: Histories.source)
        var compared = 0
        let funnels = Self.funnels()
        for index in stride(from: seed - 1, to: funnels.count, by: 4) {
            let yaml = funnels[index]
            let plan = try bench.plan(yaml)
            let funnel = plan.question.funnel
            let expected = FunnelReference(
                funnel: funnel, range: 0..<Self.dayEnd
            ).units(history)

            let frame = try await bench.engine.run(plan.units())
            let found = Self.units(frame, funnel.steps.count).sorted()

            #expect(
                found == expected,
                """
                \(yaml): \(found.count) and by hand \(expected.count), for example \
                \(Set(found).symmetricDifference(expected).sorted().prefix(4))
                """)
            compared += expected.count
        }
        #expect(compared > 2_000)
    }

    private static func units(
        _ frame: Frame, _ steps: Int, hasParts: Bool = false
    ) -> [CountedUnit] {
        (0..<frame.count).map { row in
            CountedUnit(
                person: Int(frame.columns[0].text(row) ?? "") ?? -1,
                seconds: (0..<steps).map { step in
                    frame.columns[step + 1].integer(row).map {
                        ($0 - Int(Histories.beginning.microseconds)) / 1_000_000
                    }
                }, part: hasParts ? frame.columns[steps + 1].text(row) : nil)
        }
    }
}
