import Definitions
import Engines
import TestSupport
import Testing
import Vocabulary

@testable import Planning

@Suite("Paths")
struct PathsTests {
    private static func answer(
        _ bench: Bench, _ yaml: String, over: String = "2026-01-05", by dimension: String? = nil,
        limit: Int = 8
    ) async throws -> PathsAnswer {
        let plan = try bench.plan(
            PathsDefinition.self, yaml, over: over, by: dimension, limit: limit)
        return PathsAnswer(plan.question, frame: try await bench.engine.run(plan.counts()))
    }

    /// Two sessions of p, one of q, one of r; pauses of more than half an hour between sessions.
    private static let visits = [
        "p 2026-01-05 10:00 home", "p 2026-01-05 10:05 search", "p 2026-01-05 10:06 search",
        "p 2026-01-05 10:10 item", "p 2026-01-05 10:20 pay", "p 2026-01-05 12:00 home",
        "p 2026-01-05 12:10 item", "q 2026-01-05 10:00 search", "q 2026-01-05 10:10 item",
        "r 2026-01-05 10:00 home", "r 2026-01-05 10:29 pay",
    ].map { Happening($0) }

    private static func texts(_ answer: PathsAnswer) -> [String] {
        answer.top.map { "\($0.count) \($0.events.joined(separator: " "))" }
    }

    @Test("paths begin with each session, or with the first such event in it")
    func starts() async throws {
        let bench = try await Bench(Self.visits)

        let opening = try await Self.answer(bench, "length: 3")
        let starts = try await Self.answer(bench, "starts: search, length: 3")

        #expect(opening.total == 4)
        #expect(
            Self.texts(opening) == [
                "1 home item", "1 home pay", "1 home search item", "1 search item",
            ])
        #expect(opening.ended == [0, 3, 0])
        #expect(starts.total == 2)
        #expect(Self.texts(starts) == ["1 search item", "1 search item pay"])
        #expect(
            starts.links.map { "\($0.position) \($0.from) \($0.to) \($0.count)" } == [
                "1 search item 2", "2 item pay 1",
            ])
        #expect(starts.ended == [0, 1, 1])
    }

    @Test("paths that end with an event stand at the last position, and 'ended' is what begins")
    func ends() async throws {
        let bench = try await Bench(Self.visits)

        let answer = try await Self.answer(bench, "ends: pay, length: 3")

        #expect(answer.total == 2)
        #expect(answer.nodes[2] == [PathsAnswer.Node(event: "pay", count: 2)])
        #expect(answer.nodes[1].map(\.event) == ["home", "item"])
        #expect(answer.nodes[0].map(\.event) == ["search"])
        #expect(answer.ended == [0, 1, 0])
    }

    @Test("repeats are joined or kept, events hidden or the only ones, people counted once")
    func rules() async throws {
        let bench = try await Bench(Self.visits)

        let kept = try await Self.answer(bench, "starts: search, repeats: kept")
        let hidden = try await Self.answer(bench, "hide: [search], length: 2")
        let only = try await Self.answer(bench, "events: [home, pay], length: 2")
        let people = try await Self.answer(bench, "counting: people, length: 2")

        #expect(Self.texts(kept).contains("1 search search item pay"))
        #expect(Self.texts(hidden) == ["2 home item", "1 home pay", "1 item"])
        #expect(Self.texts(only) == ["2 home pay", "1 home"])
        #expect(Self.texts(people) == ["1 home pay", "1 home search", "1 search item"])
    }

    @Test("the rarer values of a position stand together, and links still add up")
    func rest() async throws {
        let bench = try await Bench(Self.visits)

        let answer = try await Self.answer(bench, "length: 2", limit: 1)

        #expect(answer.nodes[0].map { "\($0.event) \($0.count)" } == ["home 3", "… 1"])
        #expect(answer.nodes[1].map { "\($0.event) \($0.count)" } == ["item 2", "… 2"])
        #expect(answer.links.reduce(0) { $0 + $1.count } == 4)
    }

    /// The country of a session is that of its first row; the third session begins without one.
    private static let abroad = [
        "p 2026-01-05 10:00 home DE", "p 2026-01-05 10:05 item FR", "p 2026-01-05 12:00 home FR",
        "q 2026-01-05 10:00 home", "q 2026-01-05 10:05 item FR", "r 2026-01-05 10:00 home DE",
        "r 2026-01-05 10:05 item DE", "s 2026-01-05 10:00 item US",
    ].map { Happening($0) }

    private static func parts(_ answer: PathsAnswer) -> [String] {
        answer.parts.map { part in
            let ways = part.top.map { "\($0.count) \($0.events.joined(separator: " "))" }
            return "\(part.part.isRest ? "…" : part.part.value ?? "-") \(part.total): "
                + ways.joined(separator: ", ")
        }
    }

    @Test("a path is in the part of its session's first row, also where that is hidden")
    func parts() async throws {
        let bench = try await Bench(Self.abroad)

        let all = try await Self.answer(bench, "length: 2", by: "country")
        let hidden = try await Self.answer(bench, "hide: [home], length: 2", by: "country")
        let people = try await Self.answer(
            bench, "counting: people, length: 2", by: "country", limit: 1)

        #expect(
            Self.parts(all) == [
                "DE 2: 2 home item", "FR 1: 1 home", "US 1: 1 item", "- 1: 1 home item",
            ])
        #expect(all.total == 5 && Self.texts(all) == ["3 home item", "1 home", "1 item"])
        #expect(Self.parts(hidden) == ["DE 2: 2 item", "US 1: 1 item", "- 1: 1 item"])
        #expect(Self.parts(people) == ["DE 2: 2 home item", "… 1: 1 item", "- 1: 1 home item"])
    }

    @Test("paths are compared with those of another range; what is not told is not called none")
    func compared() async throws {
        let bench = try await Bench(Self.visits + Self.abroad.dropLast(3))
        let answer = try await Self.answer(bench, "length: 2, starts: home")

        let top = answer.json(before: answer)["top"]?.items ?? []

        #expect(top.map { $0["before"] } == top.map { $0["count"] })
        #expect(top.allSatisfy { $0["change"]?["within_noise"] == true })
        #expect(answer.count(of: ["home", "nowhere"]) == 0)
        let plan = try bench.plan(
            PathsDefinition.self, "length: 2", over: "2026-01-05", limit: 8)
        let few = PathsAnswer(
            plan.question, frame: try await bench.engine.run(plan.counts(waysMax: 1)))
        #expect(few.top.count == 1)
        #expect(few.count(of: ["home", "nowhere"]) == nil)
    }

    @Test("rules that do not go together are refused with their place")
    func refusals() {
        for yaml in [
            "{ from: events, starts: a, ends: b }", "{ from: events, starts: a, hide: [a] }",
            "{ from: events, starts: a, events: [b, c] }", "{ from: events, length: 9 }",
        ] {
            let failure = #expect(throws: Failure.self) { try PathsDefinition(yaml: yaml) }
            #expect(failure?.code == .pathRules || failure?.code.rawValue == "definition/bad-value")
            #expect(failure?.place != nil)
        }
    }

    @Test("random histories agree with the rules carried out by hand", arguments: [7, 8])
    func agree(seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed)
        let happenings = Happening.random(
            2_500, people: 120, days: 2, from: Instant(seconds: 1_767_571_200), &generator)
        let bench = try await Bench(happenings)
        let hand = HappeningsByHand(happenings, bench.calendar)
        for anchor in ["", ", starts: b", ", ends: c"] {
            for counting in ["sessions", "people"] {
                for repeats in ["joined", "kept"] {
                    for more in ["", ", hide: [d]", ", events: [b, c, d]"] {
                        let yaml =
                            "length: 4, session: 40 minutes, counting: \(counting), "
                            + "repeats: \(repeats)\(anchor)\(more)"
                        let answer = try await Self.answer(
                            bench, yaml, over: "2026-01-05..2026-01-06")
                        let paths = hand.paths(answer.question.definition)
                        #expect(answer.total == paths.count, "\(yaml)")
                        let counts = Dictionary(grouping: paths, by: { $0 }).mapValues(\.count)
                        let top = answer.top.allSatisfy { counts[$0.events] == $0.count }
                        #expect(top, "\(yaml)")
                        #expect(answer.top.first?.count == counts.values.max())
                        let first = answer.definitionIsBackwards ? 3 : 0
                        #expect(answer.nodes[first].map(\.count).reduce(0, +) == answer.total)
                        for position in 1...3 {
                            let flow = answer.links.filter { $0.position == position }
                                .map(\.count).reduce(0, +)
                            let from = answer.definitionIsBackwards ? position : position - 1
                            let count = answer.nodes[from].map(\.count).reduce(0, +)
                            #expect(flow + answer.ended[from] == count, "\(yaml)")
                        }
                    }
                }
            }
        }
    }
}

extension PathsAnswer {
    fileprivate var definitionIsBackwards: Bool {
        if case .ends = question.definition.anchor { true } else { false }
    }
}

extension HappeningsByHand {
    /// Each path that counts, as the rules read.
    fileprivate func paths(_ definition: PathsDefinition) -> [[String]] {
        guard case .pause(let pause) = definition.session else { return [] }
        return people.flatMap { person -> [[String]] in
            var sessions: [[Happening]] = []
            for event in person.sorted(by: { ($0.time, $0.name) < ($1.time, $1.name) }) {
                if let last = sessions.last?.last, event.time.seconds - last.time.seconds <= pause {
                    sessions[sessions.count - 1].append(event)
                } else {
                    sessions.append([event])
                }
            }
            let paths = sessions.compactMap { path($0.map(\.name), definition) }
            return definition.counting == .people ? Array(paths.prefix(1)) : paths
        }
    }

    private func path(_ session: [String], _ definition: PathsDefinition) -> [String]? {
        var names: [String] = []
        for name in session
        where (definition.only.isEmpty || definition.only.contains(name))
            && !definition.hidden.contains(name)
        {
            if definition.joinsRepeats, names.last == name { continue }
            names.append(name)
        }
        switch definition.anchor {
        case .opening: return names.isEmpty ? nil : Array(names.prefix(definition.length))
        case .starts(let event):
            return names.firstIndex(of: event).map {
                Array(names[$0...].prefix(definition.length))
            }
        case .ends(let event):
            return names.firstIndex(of: event).map {
                Array(names[...$0].suffix(definition.length))
            }
        }
    }
}
