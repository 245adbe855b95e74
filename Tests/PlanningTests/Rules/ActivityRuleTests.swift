import Definitions
import Planning
import Testing
import Vocabulary

/// Who is active, who adopts, and how long they stay.
@Suite("Rules of activity")
struct ActivityRuleTests {
    private static let source = """
        source: acts
        is: What people did.
        time: moment
        entities: { person: person }
        event: event
        complete_through: 2026-04-01
        """

    private static func acts(_ rows: [(day: String, person: String, event: String)]) -> String {
        Bench.table(
            "acts", "moment, person, event",
            rows.map { "timestamp '2026-\($0.day)', '\($0.person)', '\($0.event)'" })
    }

    @Test("K21: active means the events that are named, and naming others is another version")
    func activeEvents() async throws {
        let rows = Self.acts([
            ("03-02 10:00", "ann", "paid"), ("03-03 10:00", "bob", "opened_mail"),
            ("03-04 10:00", "cat", "watched"), ("03-04 11:00", "ann", "opened_mail"),
        ])
        func bench(_ events: String) async throws -> Bench {
            try await Bench(
                metrics: Bench.metrics([
                    ("count", "{ active: person, from: acts\(events), window: 28 days }")
                ]), setUp: [rows], definitions: Self.source)
        }
        let any = try await bench("")
        let named = try await bench(", events: [paid, watched]")
        let narrower = try await bench(", events: [paid]")

        expectNumbers(try await any.numbers(["m1"], over: "2026-03-01..2026-03-20"), [3])
        expectNumbers(try await named.numbers(["m1"], over: "2026-03-01..2026-03-20"), [2])
        expectNumbers(try await narrower.numbers(["m1"], over: "2026-03-01..2026-03-20"), [1])
        let versions = [any, named, narrower].map {
            Fingerprint($0.catalog).fingerprint(of: "m1")
        }
        #expect(Set(versions).count == 3)
    }

    @Test("K24: somebody is new for one period, and the pulse is who comes for each who goes")
    func pulse() async throws {
        let bench = try await Bench(
            library: ["lifecycle-pulse", "returning-people"], LibraryBinding(source: "acts"),
            metrics: """
                metric: current
                is: Came last week too.
                unit: count
                formula: { lifecycle: current, of: person, from: acts }
                """,
            tables: [
                Self.acts([
                    ("03-02 10:00", "ann", "x"), ("03-03 10:00", "bob", "x"),
                    ("03-09 10:00", "ann", "x"), ("03-10 10:00", "cat", "x"),
                    ("03-16 10:00", "bob", "x"), ("03-17 10:00", "cat", "x"),
                    ("03-18 10:00", "dan", "x"),
                ])
            ], sources: Self.source)
        let over = "2026-03-02..2026-03-22"

        expectNumbers(try await bench.series("people_new", over: over, by: .week), [2, 1, 1])
        expectNumbers(try await bench.series("current", over: over, by: .week), [0, 1, 1])
        expectNumbers(
            try await bench.series("people_resurrected", over: over, by: .week), [0, 0, 1])
        expectNumbers(try await bench.series("people_dormant", over: over, by: .week), [0, 1, 1])
        expectNumbers(
            try await bench.series("lifecycle_pulse", over: over, by: .week), [nil, 1, 2])
    }

    @Test("K47: adoption is of those who may use it; breadth, depth and time to adopt are apart")
    func adoption() async throws {
        // Ten people are active; the plan of four of them has the feature, three of these use it.
        let opened = (1...10).map { ("03-0\($0 % 9 + 1) 08:00", "p\($0)", "opened") }
        let uses = [
            ("03-03 00:00", "p1", "feature_used"), ("03-04 00:00", "p1", "feature_used"),
            ("03-05 00:00", "p2", "feature_used"), ("03-11 00:00", "p3", "feature_used"),
        ]
        let binding = LibraryBinding(sources: ["SOURCE": "acts", "ELIGIBLE": "entitled"])
        let bench = try await Bench(
            library: [
                "feature-adoption-of-eligible", "feature-adoption-breadth", "feature-use-depth",
                "time-to-adopt-median",
            ], binding,
            tables: [
                Self.acts(opened + uses),
                Bench.table(
                    "entitled", "since, person",
                    (1...4).map { "timestamp '2026-03-01 00:00', 'p\($0)'" }),
            ],
            sources: Self.source + """

                ---
                source: entitled
                is: Who may use the feature.
                time: since
                entities: { person: person }
                complete_through: 2026-08-01
                """)

        let numbers = try await bench.numbers(
            [
                "feature_adoption_of_eligible", "feature_adoption_breadth",
                "feature_uses_per_user", "time_to_adopt_median",
            ], over: "2026-03-01..2026-03-11")

        expectNumbers(numbers, [0.75, 0.3, 4.0 / 3, 4 * 86_400])
    }

    @Test("K48: time spent ends with the last sign of life, and its median stands beside its mean")
    func timeSpent() async throws {
        let views = [
            // 39 minutes with a pause under half an hour, then a page by itself: 0 seconds.
            ("03-02 10:00", "ann"), ("03-02 10:10", "ann"), ("03-02 10:39", "ann"),
            ("03-02 11:10", "ann"),
            // Two windows at once are one visit of two minutes.
            ("03-03 10:00", "bob"), ("03-03 10:00", "bob"), ("03-03 10:02", "bob"),
        ]
        let bench = try await Bench(
            library: [
                "sessions-of-page-views", "time-spent-per-session-median", "time-spent-per-person",
            ], LibraryBinding(source: "acts"),
            metrics: """
                metric: mean_time
                is: The mean visit.
                unit: duration
                formula: { average: seconds, from: acts_sessions }
                """,
            tables: [Self.acts(views.map { ($0.0, $0.1, "page_viewed") })], sources: Self.source)

        let numbers = try await bench.numbers(
            [
                "sessions_of_page_views", "time_spent_per_session_median", "mean_time",
                "time_spent_per_person",
            ], over: "2026-03-01..2026-03-10")

        expectNumbers(numbers, [3, 120, 820, 1230])
    }

    @Test("K48: a heartbeat is a sign of life, and without one a page by itself lasts no time")
    func heartbeats() async throws {
        let beats = (0...6).map { ("03-02 1\($0 < 6 ? 0 : 1):\($0 % 6)0", "ann", "heartbeat") }
        let metrics = ["beating_sessions", "viewed_sessions"].map { source in
            "metric: \(source)_mean\nis: The mean visit.\nunit: duration\n"
                + "formula: { average: seconds, from: \(source) }"
        }
        let bench = try await Bench(
            metrics: metrics.joined(separator: "\n---\n"),
            setUp: [Self.acts([("03-02 10:00", "ann", "page_viewed")] + beats)],
            definitions: """
                \(Self.source)
                ---
                source: beating_sessions
                is: Visits by any sign of life.
                from: { sessions: acts, by: person, gap: 30 minutes }
                ---
                source: viewed_sessions
                is: Visits by the pages that were seen.
                from: { sessions: acts, by: person, gap: 30 minutes, events: [page_viewed] }
                """)

        expectNumbers(
            try await bench.numbers(
                ["beating_sessions_mean", "viewed_sessions_mean"], over: "2026-03"), [3_600, 0])
    }
}
