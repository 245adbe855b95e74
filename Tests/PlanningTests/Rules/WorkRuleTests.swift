import Definitions
import Planning
import Testing
import Vocabulary

/// How long work takes between named points, and what is done about defects.
@Suite("Rules of work")
struct WorkRuleTests {
    @Test("K80: lead time has parts by name; a part that is missing leaves the others, none is cut")
    func leadTime() async throws {
        let changes = Bench.table(
            "changes",
            "change, first_commit_at, opened_at, reviewed_at, merged_at, deployed_at",
            [
                "'c1', timestamp '2026-03-02 08:00', timestamp '2026-03-02 12:00', "
                    + "timestamp '2026-03-02 14:00', timestamp '2026-03-02 20:00', "
                    + "timestamp '2026-03-02 21:00'",
                // Nobody reviewed it.
                "'c2', timestamp '2026-03-03 08:00', timestamp '2026-03-03 10:00', null, "
                    + "timestamp '2026-03-03 11:00', timestamp '2026-03-03 13:00'",
                // Rebased after it was opened: the first commit's date is later.
                "'c3', timestamp '2026-03-04 12:00', timestamp '2026-03-04 11:00', "
                    + "timestamp '2026-03-04 15:00', timestamp '2026-03-04 16:00', "
                    + "timestamp '2026-03-04 19:00'",
            ])
        let entries = [
            "coding-time-median", "pickup-time-median", "review-time-median",
            "deploy-time-median", "lead-time-for-changes-median",
        ]
        let bench = try await Bench(
            library: entries, LibraryBinding(source: "changes"),
            metrics: Bench.metrics([
                ("duration", "{ median: \"time_between(opened_at, deployed_at)\", from: changes }"),
                (
                    "duration",
                    "{ min: \"time_between(first_commit_at, opened_at)\", from: changes }"
                ),
            ]), tables: [changes],
            sources: "source: changes\nis: Changes.\ntime: deployed_at\n"
                + "complete_through: 2026-04-01")

        let metrics = try entries.map { try KPILibrary.entry(named: $0).metric } + ["m1", "m2"]
        let cells = try await bench.answer(bench.question(metrics, over: "2026-03"))
            .rows[0].cells.map(\.quantity)

        // Coding 4, 2 and −1 hours; pickup 2 and 4; review 6 and 1; deploy 1, 2 and 3; whole 13,
        // 5 and 7; since opened 9, 3 and 8.
        expectNumbers(cells.map(\.value), [2, 3, 3.5, 2, 7, 8, -1].map { $0 * 3600 })
        #expect(cells.map(\.count).prefix(5) == [3, 2, 2, 3, 3])
    }

    @Test("K81: cycle time, age, work in progress and throughput stand on named starts and ends")
    func flow() async throws {
        let items = Bench.table(
            "items", "item, created_at, started_at, finished_at",
            (1...20).map {
                "'f\($0)', timestamp '2026-02-01', timestamp '2026-03-01', "
                    + "timestamp '2026-03-01' + interval '\($0) hours'"
            } + [
                "'w1', timestamp '2026-02-01', timestamp '2026-03-21', null",
                "'w2', timestamp '2026-02-01', timestamp '2026-03-11', null",
                // It waits: no start, so that it is neither in work nor has an age.
                "'w3', timestamp '2026-02-01', null, null",
            ])
        func bench(_ ids: [String], time: String) async throws -> Bench {
            try await Bench(
                library: ids, LibraryBinding(source: "items"),
                metrics: Bench.metrics([
                    (
                        "duration",
                        "{ average: \"time_between(started_at, finished_at)\", from: items }"
                    )
                ]), tables: [items],
                sources: "source: items\nis: Items.\ntime: \(time)\ncomplete_through: 2026-05-01")
        }
        let done = try await bench(
            ["cycle-time-p50", "cycle-time-p85", "cycle-time-p95", "throughput"],
            time: "finished_at")
        let open = try await bench(["work-in-progress", "work-item-age-p85"], time: "created_at")

        let finished = try await done.numbers(
            ["cycle_time_p50", "cycle_time_p85", "cycle_time_p95", "throughput", "m1"],
            over: "2026-03")
        let inWork = try await open.numbers(
            ["work_in_progress", "work_item_age_p85"], over: "2026-03")

        // numpy 2: percentile(arange(1, 21), [50, 85, 95]) is 10.5, 17.15 and 19.05.
        expectNumbers(
            finished, [10.5 * 3600, 17.15 * 3600, 19.05 * 3600, 20, 10.5 * 3600])
        // At the end of 31 March the two are 11 and 21 days old.
        expectNumbers(inWork, [2, (11 + 0.85 * 10) * 86_400])
    }

    @Test("K82: time to market names its start and its end, which change it")
    func timeToMarket() async throws {
        let starts = ["idea_at", "approved_at", "staffed_at"]
        let ends = ["first_shipped_at", "released_at"]
        let bench = try await Bench(
            library: ["time-to-market-median"],
            LibraryBinding(sources: ["SOURCE": "products"], names: [:]),
            metrics: Bench.metrics(
                starts.flatMap { start in
                    ends.map {
                        (
                            "duration",
                            "{ median: \"time_between(\(start), \($0))\", from: products }"
                        )
                    }
                }),
            tables: [
                Bench.table(
                    "products", (starts + ends).joined(separator: ", "),
                    [
                        "timestamp '2026-01-01', timestamp '2026-01-31', timestamp '2026-03-02', "
                            + "timestamp '2026-04-01', timestamp '2026-05-01'"
                    ])
            ],
            sources: "source: products\nis: Products.\ntime: released_at\n"
                + "complete_through: 2026-06-01")

        let days = try await bench.numbers(
            ["m1", "m2", "m3", "m4", "m5", "m6", "time_to_market_median"], over: "2026-05"
        ).map { $0.map { $0 / 86_400 } }

        expectNumbers(days, [90, 120, 60, 90, 30, 60, 120])
        let entry = try KPILibrary.entry(named: "time-to-market-median")
        #expect(entry.variant.contains("approved idea to all customers"))
    }

    @Test("K83: resolved of reported is a share by the cohort, and by the period more than all")
    func defects() async throws {
        let defects = Bench.table(
            "defects", "reported_at, resolved_at, was_reopened, found_in",
            [
                "timestamp '2026-02-10', timestamp '2026-03-05', false, 'test'",
                "timestamp '2026-02-11', timestamp '2026-03-06', true, 'production'",
                "timestamp '2026-02-12', timestamp '2026-03-07', false, 'test'",
                "timestamp '2026-03-02', timestamp '2026-03-09', false, 'production'",
                "timestamp '2026-03-03', null, false, 'test'",
            ])
        let events = """
            create table source.steps as
            select reported_at as moment, 'reported' as event from source.defects
            union all select resolved_at, 'resolved' from source.defects
              where resolved_at is not null
            """
        let byCohort = try await Bench(
            library: ["defects-resolved-of-cohort", "defect-reopen-rate", "defect-escape-rate"],
            LibraryBinding(source: "defects"), tables: [defects],
            sources: "source: defects\nis: Defects.\ntime: reported_at\n"
                + "complete_through: 2026-04-01")
        let byPeriod = try await Bench(
            library: ["defects-resolved-per-reported"], LibraryBinding(source: "steps"),
            tables: [defects, events],
            sources: "source: steps\nis: Steps.\ntime: moment\nevent: event\n"
                + "complete_through: 2026-04-01")

        expectNumbers(
            try await byCohort.series(
                "defects_resolved_of_cohort", over: "2026-02..2026-03", by: .month), [1, 0.5])
        expectNumbers(
            try await byPeriod.numbers(["defects_resolved_per_reported"], over: "2026-03"), [2])
        expectNumbers(
            try await byCohort.numbers(
                ["defect_reopen_rate", "defect_escape_rate"], over: "2026-02..2026-03"),
            [0.25, 0.4])
        #expect(byPeriod.catalog.metrics["defects_resolved_per_reported"]?.unit == .ratio)
    }

    @Test("K84: an index of agile work is that of its instrument; two of these are not one")
    func agile() async throws {
        let bench = try await Bench(
            library: ["agile-adoption-index", "teams-meeting-checklist"],
            LibraryBinding(source: "answers"),
            tables: [
                Bench.table(
                    "answers", "answered_at, team, instrument, agile_score, meets_checklist",
                    [
                        "timestamp '2026-03-10', 'red', '2025', 80, true",
                        "timestamp '2026-03-11', 'green', '2025', 60, false",
                        "timestamp '2026-03-12', 'blue', '2026', 40, false",
                    ])
            ],
            sources: """
                source: answers
                is: Answers of teams.
                time: answered_at
                entities: { team: team }
                dimensions: { instrument: instrument }
                complete_through: 2026-04-01
                """)

        let index = try await bench.values(
            bench.question(["agile_index"], over: "2026-03", by: ["instrument"]))
        let share = try await bench.numbers(["teams_meeting_checklist"], over: "2026-03")

        #expect(index == ["|2025": 70, "|2026": 40])
        expectNumbers(share, [1.0 / 3])
        let entries = try ["agile-adoption-index", "teams-meeting-checklist", "work-in-iterations"]
            .map { try KPILibrary.entry(named: $0) }
        #expect(Set(entries.map(\.metric)).count == 3)
        #expect(entries[0].misleads.contains("another questionnaire is another KPI"))
    }
}
