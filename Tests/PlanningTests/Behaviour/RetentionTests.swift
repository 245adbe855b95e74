import Definitions
import Engines
import Planning
import Statistics
import TestSupport
import Testing
import Vocabulary

/// The rules K37 to K41, and random histories against the rules carried out by hand.
@Suite("Retention")
struct RetentionTests {
    /// Events as `person time name`.
    private static func bench(_ events: [(String, String, String)], zone: String = "UTC")
        async throws -> Bench
    {
        try await Bench(
            metrics: "entity: person\nis: Somebody.",
            setUp: [
                Bench.table(
                    "events", "person, moment, name, amount",
                    events.map { "'\($0.0)', timestamp '\($0.1)', '\($0.2)', 2.5" })
            ], definitions: Histories.retained, zone: zone)
    }

    private static let week = [
        ("p", "2026-01-05 10:00", "a"), ("p", "2026-01-06 10:00", "b"),
        ("p", "2026-01-08 10:00", "b"), ("q", "2026-01-05 12:00", "a"),
        ("q", "2026-01-07 12:00", "b"), ("z", "2026-01-20 00:00", "c"),
    ]

    @Test(
        "K37: on, on or after, on or before, brackets and streaks",
        arguments: [
            ("on", [0, 1, 1, 1]), ("on_or_after", [2, 2, 2, 1]), ("on_or_before", [0, 1, 2, 2]),
            ("[0, 1-2, 3]", [0, 2, 1]), ("streak", [0, 1, 0, 0]),
        ])
    func criteria(criterion: String, expected: [Int]) async throws {
        let bench = try await Self.bench(Self.week)

        let answer = try await RetentionBench.answer(
            bench, "starts: a, returns: b, over: 3 days, criterion: \(criterion)",
            over: "2026-01-05")

        #expect(answer.cohorts.map(\.counts) == [expected])
        #expect(answer.cohorts[0].isComplete.allSatisfy { $0 })
    }

    @Test("K38: Monday evening to Tuesday morning is day 1 of the calendar and hour 10 of day 0")
    func modes() async throws {
        let bench = try await Self.bench([
            ("p", "2026-01-05 20:00", "a"), ("p", "2026-01-06 06:00", "b"),
            ("z", "2026-02-20 00:00", "c"),
        ])
        let keys = "starts: a, returns: b, over: 1 day"

        let calendar = try await RetentionBench.answer(bench, keys, over: "2026-01-05")
        let rolling = try await RetentionBench.answer(
            bench, "\(keys), mode: rolling", over: "2026-01-05")

        #expect(calendar.cohorts.map(\.counts) == [[0, 1]])
        #expect(rolling.cohorts.map(\.counts) == [[1, 0]])
    }

    @Test("K37: who came back on or after a day rises while later days are still to come")
    func unbounded() async throws {
        let early = [
            ("p", "2026-01-05 10:00", "a"), ("p", "2026-01-07 10:00", "b"),
            ("q", "2026-01-05 10:00", "a"), ("z", "2026-01-10 00:00", "c"),
        ]
        let late = early + [("q", "2026-01-20 10:00", "b"), ("z", "2026-01-25 00:00", "c")]
        var shares: [[Int]] = []
        for events in [early, late] {
            for criterion in ["on", "on_or_after"] {
                let answer = try await RetentionBench.answer(
                    try await Self.bench(events),
                    "starts: a, returns: b, over: 2 days, criterion: \(criterion)",
                    over: "2026-01-05")
                #expect(answer.cohorts[0].isComplete == [true, true, true])
                #expect(answer.notes.contains { $0.contains("rises") } == (criterion != "on"))
                shares.append(answer.cohorts[0].counts)
            }
        }

        #expect(shares == [[0, 0, 1], [1, 1, 1], [0, 0, 1], [2, 2, 2]])
    }

    @Test("K38: Amplitude's 24 hours begin with the hour of the start, and its months have 30 days")
    func hours() async throws {
        let bench = try await Self.bench([
            // 23 hours and 40 minutes after the start, 24 and 25 after its hour began.
            ("p", "2026-01-05 20:45", "a"), ("p", "2026-01-06 20:25", "b"),
            ("q", "2026-01-05 20:45", "a"), ("q", "2026-01-06 19:59", "b"),
            ("z", "2026-06-20 00:00", "c"),
        ])
        let keys = "starts: a, returns: b, over: 1 day"

        for (rules, expected) in [
            ("like: amplitude", [1, 1]), ("mode: rolling", [2, 0]), ("mode: calendar", [0, 2]),
        ] {
            let answer = try await RetentionBench.answer(
                bench, "\(keys), \(rules)", over: "2026-01-05")
            #expect(answer.cohorts.map(\.counts) == [expected], "\(rules)")
        }
        let february = try await Self.bench([
            ("p", "2026-02-25 12:00", "a"), ("p", "2026-03-03 12:00", "b"),
            ("q", "2026-02-01 12:30", "a"), ("q", "2026-03-03 12:10", "b"),
            ("z", "2026-06-20 00:00", "c"),
        ])
        let months = try await RetentionBench.answer(
            february, "starts: a, returns: b, over: 1 month, like: amplitude", over: "2026-02")
        #expect(months.cohorts.map(\.counts) == [[1, 1]])
    }

    @Test("K38: 25 February to 3 March is month 1 only by the calendar")
    func months() async throws {
        let bench = try await Self.bench([
            ("p", "2026-02-25 12:00", "a"), ("p", "2026-03-03 12:00", "b"),
            ("z", "2026-06-20 00:00", "c"),
        ])
        let keys = "starts: a, returns: b, over: 1 month"

        let calendar = try await RetentionBench.answer(bench, keys, over: "2026-02")
        let rolling = try await RetentionBench.answer(
            bench, "\(keys), mode: rolling", over: "2026-02")

        #expect(calendar.cohorts.map(\.counts) == [[0, 1]])
        #expect(rolling.cohorts.map(\.counts) == [[1, 0]])
    }

    @Test("K39: 40 of 50 and 50 of 100 are 60 % pooled, 65 % simple and 56 % at Mixpanel")
    func averages() {
        let cohorts = [(count: 40, size: 50), (count: 50, size: 100)]

        #expect(RetentionAnswer.average(.pooled, cohorts) == 0.6)
        #expect(RetentionAnswer.average(.simple, cohorts) == 0.65)
        #expect(RetentionAnswer.average(.mixpanel, cohorts) == 0.56)
    }

    @Test("K39: as at Mixpanel, sizes weigh once more, and the other averages stand by")
    func dialect() async throws {
        // Its example a hundredth as large: 10 of which 5 return, 5 of which 4 do.
        let cohorts = [("2026-01-05", "2026-01-06", 10, 5), ("2026-01-07", "2026-01-08", 5, 4)]
        let events = cohorts.flatMap { day, next, size, returned in
            (0..<size).map { ("\(day) \($0)", "\(day) 10:00", "a") }
                + (0..<returned).map { ("\(day) \($0)", "\(next) 10:00", "b") }
        }
        let bench = try await Self.bench(events + [("z", "2026-02-20 00:00", "c")])

        let answer = try await RetentionBench.answer(
            bench, "starts: a, returns: b, over: 1 day, like: mixpanel",
            over: "2026-01-05..2026-01-07")

        #expect(answer.json["average"] == .text("mixpanel"))
        let averages = answer.json["averages"]?.items.last
        #expect(averages?["pooled"] == .number(0.6))
        #expect(averages?["simple"] == .number(0.65))
        #expect(averages?["mixpanel"] == .number(0.56))
    }

    @Test("K40: cells whose time has not passed are marked and in no average")
    func incomplete() async throws {
        let bench = try await Self.bench([
            ("p", "2026-01-05 10:00", "a"), ("p", "2026-01-06 10:00", "b"),
            ("q", "2026-01-06 10:00", "a"), ("q", "2026-01-07 09:00", "b"),
        ])

        let answer = try await RetentionBench.answer(
            bench, "starts: a, returns: b, over: 1 day", over: "2026-01-05..2026-01-06")

        #expect(answer.cohorts.map(\.isComplete) == [[true, true], [true, false]])
        #expect(answer.pooled(cell: 1)?.denominator == 1)
        #expect(answer.average(.simple, cell: 1) == 1)
    }

    @Test("K41: somebody is in one first-time cohort and in many recurring ones")
    func cohorts() async throws {
        let bench = try await Self.bench([
            ("p", "2026-01-05 10:00", "a"), ("p", "2026-01-06 10:00", "a"),
            ("p", "2026-01-07 10:00", "a"), ("z", "2026-02-20 00:00", "c"),
        ])
        let keys = "starts: a, returns: a, over: 1 day"

        let first = try await RetentionBench.answer(bench, keys, over: "2026-01-06..2026-01-07")
        let recurring = try await RetentionBench.answer(
            bench, "\(keys), cohorts: recurring", over: "2026-01-05..2026-01-07")

        #expect(first.cohorts.isEmpty)
        #expect(recurring.cohorts.map(\.size) == [1, 1, 1])
        #expect(recurring.cohorts.map(\.counts) == [[0, 1], [0, 1], [0, 0]])
    }

    @Test("what returns are worth is added up cell by cell")
    func amounts() async throws {
        let bench = try await Self.bench(Self.week)

        let answer = try await RetentionBench.answer(
            bench, "starts: a, returns: b, over: 3 days, sum: amount", over: "2026-01-05")

        #expect(answer.cohorts[0].amounts == [0, 2.5, 2.5, 2.5])
    }

    @Test("parts are by the row that starts, add up to the whole, and are compared with the rest")
    func parts() async throws {
        let happenings = (0..<120).flatMap { person -> [Happening] in
            let country = ["DE", "FR"][person % 2]
            let start = Happening("p\(person) 2026-01-05 10:00 a \(country)")
            // Who starts in Germany comes back far more often, and says another country then.
            let returns = person % 2 == 0 ? person % 10 < 8 : person % 10 == 1
            return returns ? [start, Happening("p\(person) 2026-01-06 10:00 a US")] : [start]
        }
        let bench = try await Bench(happenings + [Happening("z 2026-02-01 10:00 d")])
        let range = try RangeText(
            calendar: bench.calendar, today: Day(number: 20_500), covered: nil
        ).range("2026-01-05")
        let plan = try RetentionPlan(
            RetentionQuestion(
                retention: try RetentionDefinition(
                    yaml: "{ from: events, starts: a, returns: a, over: 1 day }"),
                range: range, dimension: "country", calendar: bench.calendar),
            catalog: bench.catalog, facts: bench.facts)

        let answer = RetentionAnswer(
            plan.question, frame: try await bench.engine.run(plan.counts()), known: bench.known)
        let lost = try await bench.engine.run(
            plan.people(cohort: 0, cell: 1, returned: false, limit: 200, offset: 0))

        #expect(answer.cohorts.map(\.counts) == [[0, 60]])
        #expect(answer.parts.map { $0.part.value } == ["DE", "FR"])
        #expect(answer.parts.map { $0.cohorts[0].counts } == [[0, 48], [0, 12]])
        #expect(answer.parts[0].differences[1]?.isBeyondNoise == true)
        #expect(answer.parts[0].differences[0]?.isBeyondNoise == false)
        #expect(lost.count == 60)
    }

    @Test("random histories agree with the rules carried out by hand, in a zone with summer time")
    func agree() async throws {
        var generator = SeededGenerator(seed: 7)
        let events = (0..<2_500).map { _ in
            (
                person: Int.random(in: 0..<300, using: &generator),
                hour: Int.random(in: 0..<(60 * 24), using: &generator),
                name: ["a", "b", "c"].randomElement(using: &generator) ?? "a"
            )
        }
        let start = Instant(seconds: 1_772_323_200)  // 2026-03-01, around the change of the clock
        let bench = try await Self.bench(
            events.map {
                (
                    "p\($0.person)",
                    "\(start.adding(seconds: $0.hour * 3_600))".replacing("T", with: " ")
                        .replacing("Z", with: ""), $0.name
                )
            }, zone: "Europe/Berlin")
        for unit in ["6 days", "3 weeks"] {
            for cohorts in ["first", "recurring"] {
                for criterion in ["on", "on_or_after", "on_or_before", "[0, 1-2, 3]", "streak"] {
                    for mode in ["calendar", "rolling"] {
                        let yaml =
                            "starts: a, returns: [b, a], over: \(unit), cohorts: \(cohorts), "
                            + "criterion: \(criterion), mode: \(mode)"
                        let answer = try await RetentionBench.answer(
                            bench, yaml, over: "2026-03-09..2026-04-05")
                        let expected = RetentionReference(
                            question: answer.question, start: start
                        ).rows(events.map { ($0.person, $0.hour * 3_600, $0.name) })
                        let found = answer.cohorts.map { [$0.size] + $0.counts }
                        #expect(found == expected, "\(yaml)")
                        #expect(!found.isEmpty)
                    }
                }
            }
        }
    }
}

/// Retention as its rules read, person by person.
private struct RetentionReference {
    let question: RetentionQuestion
    let start: Instant

    func rows(_ events: [(person: Int, second: Int, name: String)]) -> [[Int]] {
        let retention = question.retention
        let cells = retention.cells
        return question.cohorts.compactMap { cohort in
            var row = [0] + cells.map { _ in 0 }
            for (_, own) in Dictionary(grouping: events, by: \.person) {
                let starts = own.filter { retention.starts.events.contains($0.name) }
                    .map { start.adding(seconds: $0.second) }
                let within = starts.filter { cohort.range.contains(day($0)) }
                let begun = retention.cohorts == .first ? starts.min() : within.min()
                guard let begun, cohort.range.contains(day(begun)) else { continue }
                let ages = own.filter { retention.returns.events.contains($0.name) }
                    .map { start.adding(seconds: $0.second) }.filter { $0 > begun }
                    .map { age(of: $0, since: begun) }
                row[0] += 1
                for (index, cell) in cells.enumerated() {
                    let isRetained =
                        switch retention.criterion {
                        case .on, .brackets: ages.contains { cell.contains($0) }
                        case .onOrAfter: ages.contains { $0 >= cell.lowerBound }
                        case .onOrBefore: ages.contains { $0 <= cell.lowerBound }
                        case .streak:
                            (min(1, cell.lowerBound)...cell.lowerBound).allSatisfy(ages.contains)
                        }
                    if isRetained { row[index + 1] += 1 }
                }
            }
            return row[0] > 0 ? row : nil
        }
    }

    private func day(_ moment: Instant) -> Day { question.calendar.zone.day(at: moment) }

    private func age(of moment: Instant, since begun: Instant) -> Int {
        let days = question.retention.age == .day ? 1 : 7
        guard question.retention.mode == .calendar else {
            return (moment.seconds - begun.seconds) / (86_400 * days)
        }
        let calendar = question.calendar
        let first = calendar.start(of: question.retention.age, containing: day(begun))
        let last = calendar.start(of: question.retention.age, containing: day(moment))
        return (last.number - first.number) / days
    }
}
