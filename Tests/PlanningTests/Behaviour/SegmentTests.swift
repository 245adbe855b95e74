import Definitions
import Engines
import TestSupport
import Testing
import Vocabulary

@testable import Planning

/// The rules of a segment, for definitions and for a walk over histories.
private struct SegmentRules: Sendable {
    let events: [String]
    let country: String?
    let times: Int
    let within: (text: String, seconds: Int)?
    let over: (text: String, days: ClosedRange<Int>)?

    static func random(_ generator: inout SeededGenerator) -> SegmentRules {
        let withins = [("10 minutes", 600), ("1 hour", 3_600), ("3 hours", 10_800)]
        let first = Int.random(in: 0...2, using: &generator)
        let last = Int.random(in: first...2, using: &generator)
        let times = [1, 2, 2, 3, 3, 4][Int.random(in: 0..<6, using: &generator)]
        let hasWithin = times > 1 && Int.random(in: 0...2, using: &generator) > 0
        return SegmentRules(
            events: [[], ["a"], ["b"], ["a", "c"]][Int.random(in: 0..<4, using: &generator)],
            country: [nil, nil, "DE", "FR"][Int.random(in: 0..<4, using: &generator)],
            times: times,
            within: hasWithin ? withins[Int.random(in: 0..<3, using: &generator)] : nil,
            over: Int.random(in: 0...2, using: &generator) == 0
                ? ("2026-01-0\(5 + first)..2026-01-0\(5 + last)", first...last) : nil)
    }

    func definition(_ name: String) -> String {
        var did = ["where: \"country != 'US'\""]
        if !events.isEmpty { did.append("event: [\(events.joined(separator: ", "))]") }
        var keys = [
            "segment: \(name)", "is: Somebody.", "from: events",
            "did: { \(did.joined(separator: ", ")) }", "times: \(times)",
        ]
        if let country { keys.append("where: country = '\(country)'") }
        if let within { keys.append("within: \(within.text)") }
        if let over { keys.append("over: \(over.text)") }
        return keys.joined(separator: "\n")
    }

    /// Whether somebody with these happenings is in it, looked at as the rules read.
    func holds(_ history: [Happening], start: Instant) -> Bool {
        let moments = history.filter { event in
            let day = (event.time.seconds - start.seconds) / 86_400
            return (events.isEmpty || events.contains(event.name)) && event.country != "US"
                && (country == nil || event.country == country)
                && (over.map { $0.days.contains(day) } ?? true)
        }.map(\.time.seconds).sorted()
        guard let within else { return moments.count >= times }
        return moments.contains { first in
            moments.filter { $0 >= first && $0 <= first + within.seconds }.count >= times
        }
    }
}

@Suite("Segments")
struct SegmentTests {
    private static let start = Instant(iso: "2026-01-05T00:00:00Z") ?? Instant(seconds: 0)

    private static let metrics = """
        ---
        metric: rows
        is: All that happened.
        unit: count
        better: up
        formula: { count: rows, from: events }
        ---
        metric: people
        is: Who did anything.
        unit: count
        better: up
        formula: { distinct: person, from: events }
        """

    /// Happenings every ten minutes of three days, so that many are at once and many windows end
    /// with one.
    private static func happenings(_ generator: inout SeededGenerator) -> [Happening] {
        (0..<260).map { _ in
            Happening(
                person: "p\(Int.random(in: 0..<30, using: &generator))",
                time: start.adding(seconds: 600 * Int.random(in: 0..<432, using: &generator)),
                name: ["a", "b", "c", "d"].randomElement(using: &generator) ?? "a",
                country: ["DE", "FR", "US", nil].randomElement(using: &generator) ?? nil)
        }
    }

    @Test("random ones have those whose histories, walked over, have enough", arguments: 1...8)
    func random(seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed)
        let happenings = Self.happenings(&generator)
        let rules = (0..<10).map { _ in SegmentRules.random(&generator) }
        let texts = rules.enumerated().map { "---\n" + $1.definition("s\($0)") + "\n" }
        let bench = try await Bench(happenings, more: texts.joined() + Self.metrics)
        let histories = Dictionary(grouping: happenings, by: \.person)

        for (index, rule) in rules.enumerated() {
            let members = histories.filter { rule.holds($0.value, start: Self.start) }
            let definition = try #require(
                bench.catalog.behaviours(SegmentDefinition.self)["s\(index)"])
            let plan = try bench.plan(definition)
            let answer = SegmentAnswer(
                plan.question, frame: try await bench.engine.run(plan.counts()))
            let listed = try await bench.engine.run(plan.people(limit: 1_000, offset: 0))
            let names = (0..<listed.count).compactMap { listed.columns[0].text($0) }

            #expect(answer.members == members.count, "\(definition)")
            #expect(answer.everybody == histories.count)
            #expect(names.sorted() == members.keys.sorted(), "\(definition)")
            for (filter, isIn) in [("", true), ("not ", false)] {
                let chosen = histories.filter { (members[$0.key] != nil) == isIn }
                let question = try bench.question(
                    ["rows", "people"], over: "2026-01",
                    filters: ["\(filter)in_segment('s\(index)')"])
                let cells = try await bench.answer(question).rows[0].cells

                #expect(
                    cells[0].quantity.value ?? 0
                        == Double(chosen.values.map(\.count).reduce(0, +)), "\(definition)")
                #expect(cells[1].quantity.value ?? 0 == Double(chosen.count))
            }
        }
    }

    @Test("a window's last second belongs to it, and so often is from one row on")
    func window() async throws {
        let happenings = [
            "p 2026-01-05 10:00 a", "p 2026-01-05 11:00 a",
            "q 2026-01-05 10:00 a", "q 2026-01-05 11:01 a",
            "r 2026-01-05 10:00 a", "r 2026-01-05 10:00 a", "s 2026-01-05 10:00 a",
        ].map(Happening.init)
        let bench = try await Bench(happenings)

        let within = try await members(bench, "did: a, times: 2, within: 1 hour")
        let ever = try await members(bench, "did: a, times: 2")

        #expect(within == ["p 2", "r 2"])
        #expect(ever == ["p 2", "q 2", "r 2"])
    }

    private func members(
        _ bench: Bench, _ yaml: String, filters: [String] = []
    ) async throws -> [String] {
        let plan = try bench.plan(
            SegmentDefinition.self, yaml, over: "2026-01", filters: filters)
        let frame = try await bench.engine.run(plan.people(limit: 100, offset: 0))
        return (0..<frame.count).map {
            "\(frame.columns[0].text($0) ?? "-") \(frame.columns[3].integer($0) ?? 0)"
        }.sorted()
    }

    @Test("a question's filter chooses people, and does not change what makes them one")
    func filtered() async throws {
        let happenings = [
            "p 2026-01-05 10:00 a DE", "p 2026-01-06 10:00 a FR", "q 2026-01-05 10:00 a FR",
            "q 2026-01-06 10:00 a FR",
        ].map(Happening.init)
        let bench = try await Bench(happenings)

        #expect(
            try await members(bench, "did: a, times: 2", filters: ["country = 'DE'"]) == ["p 2"])
    }

    /// Days without a time, people and values that are not known.
    private static let days = [
        "'p', date '2026-01-05', 'a', 'DE'", "'p', date '2026-01-07', 'a', null",
        "'q', date '2026-01-05', 'a', 'DE'", "'q', date '2026-01-08', 'a', 'DE'",
        "null, date '2026-01-05', 'a', 'DE'", "null, date '2026-01-05', 'a', 'DE'",
        "'r', null, 'a', 'DE'", "'r', date '2026-01-05', 'a', 'FR'",
    ]

    @Test("who is not known is in none, rows without a time are in no window, and days are days")
    func absent() async throws {
        let bench = try await Bench(
            metrics: """
                segment: near
                is: Twice in two days.
                from: events
                did: a
                times: 2
                within: 2 days
                ---
                segment: twice
                is: Twice.
                from: events
                did: a
                times: 2
                ---
                segment: abroad
                is: Somewhere else.
                from: events
                did: { where: country != 'DE' }
                ---
                segment: early
                is: On a day.
                from: events
                did: a
                over: 2026-01-07..2026-01-08
                """ + "\n" + Self.metrics,
            setUp: [Bench.table("events", "person, moment, name, country", Self.days)],
            definitions: Happening.source)

        let value = { (filter: String) async throws in
            try await bench.answer(
                try bench.question(["rows"], over: "2026-01", filters: [filter])
            ).rows[0].cells[0].quantity.value
        }
        // Seven rows have a day; `!=` keeps a country that is not known, here as everywhere.
        #expect(try await value("in_segment('near')") == 2)
        #expect(try await value("not in_segment('near')") == 5)
        #expect(try await value("in_segment('twice')") == 5)
        #expect(try await value("in_segment('abroad')") == 3)
        #expect(try await value("in_segment('early') or person is null") == 6)
        #expect(try await value("in_segment('near') = false and person is null") == 2)
    }

    @Test("rows that are made from others know their segments, where they have the same people")
    func made() async throws {
        let happenings = [
            "p 2026-01-05 10:00 a DE", "p 2026-01-06 10:00 b FR", "q 2026-01-05 10:00 a FR",
            "q 2026-01-06 10:00 a DE", "r 2026-01-06 10:00 b DE",
        ].map(Happening.init)
        let bench = try await Bench(
            happenings,
            more: """
                ---
                segment: twice
                is: Who does a twice.
                from: events
                did: a
                times: 2
                ---
                source: germans
                is: What happens in Germany.
                from: { rows: events, where: country = 'DE' }
                ---
                source: others
                is: What others do.
                from: { rows: germans, where: "not in_segment('twice')" }
                ---
                source: countries
                is: What happens where.
                from: { each: country, of: events, keep: { n: { count: rows } } }
                ---
                metric: german
                is: Rows of Germany.
                unit: count
                better: up
                formula: { count: rows, from: germans }
                """)
        let count = { (filters: [String]) async throws in
            try await bench.answer(
                try bench.question(["german"], over: "2026-01", filters: filters)
            )
            .rows[0].cells[0].quantity.value
        }

        #expect(try await bench.rows("others", "person") == ["p", "r"])
        #expect(try await count([]) == 3)
        // One row of q in Germany: the segment is of all that happened, not of these rows.
        #expect(try await count(["in_segment('twice')"]) == 1)
        #expect(try await count(["not in_segment('twice')"]) == 2)
        let names = bench.catalog.sources["countries"].map { source in
            ExpressionScope(source: source, facts: bench.facts["countries"] ?? .empty)
        }
        let scope = try #require(names)
        let failure = #expect(throws: Failure.self) {
            try ExpressionTyper().typed(Expression(parsing: "in_segment('twice')"), in: scope)
        }
        #expect(failure?.code == .expressionUnknownSegment)
    }

    @Test("funnels, paths and lifecycles of a segment are those of the people whom it names")
    func everywhere() async throws {
        var generator = SeededGenerator(seed: 12)
        let happenings = Self.happenings(&generator)
        let keen = """
            ---
            segment: keen
            is: Who does a twice.
            from: events
            did: a
            times: 2
            within: 3 hours
            """
        let rules = SegmentRules(
            events: ["a"], country: nil, times: 2, within: ("3 hours", 10_800), over: nil)
        let histories = Dictionary(grouping: happenings, by: \.person)
        let names = histories.filter { entry in
            // The reference's rules leave the United States out; these do not.
            rules.holds(
                entry.value.map {
                    Happening(person: $0.person, time: $0.time, name: $0.name, country: "DE")
                }, start: Self.start)
        }.keys.sorted()
        let list = names.map { "'\($0)'" }.joined(separator: ", ")
        let bench = try await Bench(happenings, more: keen)
        let questions: [(String, String, (String) async throws -> JSON)] = [
            (
                "funnel", "steps: [a, b]",
                { yaml in
                    let plan = try bench.plan(funnel: yaml)
                    let frame = try await bench.engine.run(plan.counts())
                    return FunnelAnswer(plan.question, frame: frame, known: nil).json
                }
            ),
            (
                "paths", "starts: a",
                { yaml in
                    let plan = try bench.plan(PathsDefinition.self, yaml, over: "2026-01")
                    let frame = try await bench.engine.run(plan.counts())
                    return PathsAnswer(plan.question, frame: frame).json
                }
            ),
            (
                "lifecycle", "",
                { yaml in
                    let plan = try bench.plan(LifecycleDefinition.self, yaml, over: "2026-01")
                    let frame = try await bench.engine.run(plan.counts())
                    return LifecycleAnswer(plan.question, frame: frame, known: nil).json
                }
            ),
        ]

        #expect(names.count > 5 && names.count < 25)
        for (kind, keys, ask) in questions {
            for (filter, list) in [
                ("in_segment('keen')", "person in (\(list))"),
                ("not in_segment('keen')", "person not in (\(list))"),
            ] {
                let start = keys.isEmpty ? "" : keys + ", "
                let asked = try await ask("\(start)where: \"\(filter)\"")
                let named = try await ask("\(start)where: \"\(list)\"")

                #expect(
                    asked.without(["definition", "rules"])
                        == named.without(["definition", "rules"]),
                    "\(kind) \(filter)")
            }
        }
    }
}

extension Bench {
    fileprivate func plan(
        _ definition: SegmentDefinition
    ) throws -> BehaviourPlan<SegmentDefinition> {
        let range = try RangeText(calendar: calendar, today: Day(number: 20_500), covered: nil)
            .range("2026-01")
        return try BehaviourPlan(
            BehaviourQuestion(definition, range: range, calendar: calendar), catalog: catalog,
            facts: facts)
    }

    fileprivate func plan(funnel yaml: String) throws -> FunnelPlan {
        let range = try RangeText(calendar: calendar, today: Day(number: 20_500), covered: nil)
            .range("2026-01")
        return try FunnelPlan(
            FunnelQuestion(
                funnel: try FunnelDefinition(yaml: "{ from: events, \(yaml) }"), range: range,
                calendar: calendar), catalog: catalog, facts: facts)
    }
}

extension JSON {
    fileprivate func without(_ names: [String]) -> JSON {
        guard case .object(let members) = self else { return self }
        return .object(members.filter { !names.contains($0.name) })
    }
}
