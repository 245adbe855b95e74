import Definitions
import Events
import Foundation
import Planning
import Synchronization
import Testing
import Vocabulary

@testable import Features

@Suite("Segments in a session")
struct SegmentSessionTests {
    private static let definitions = [
        "yardstick.yaml": "workspace: Shop\nzone: Europe/Berlin\n",
        "definitions/app.yaml": """
        \(AppEvents.source)
        dimensions:
          keenness: case when in_segment('keen') then 'keen' else 'others' end
          recency: in_segment('lately')
        ---
        \(AppEvents.buying)
        where: "not in_segment('keen')"
        ---
        metric: opens
        is: How often the app is opened.
        unit: count
        better: up
        formula: { count: rows, from: app, events: [opened] }
        ---
        metric: keen_opens
        is: How often keen people open the app.
        unit: count
        better: up
        formula: { count: rows, from: app, events: [opened], where: "in_segment('keen')" }
        ---
        metric: buyers_share
        is: Who orders after opening.
        unit: share
        better: up
        formula: { funnel: buying }
        ---
        metric: again_share
        is: Who of the others opens again the next day.
        unit: share
        better: up
        formula: { retention: again, age: 1 }
        """, "definitions/segments.yaml": segments(),
    ]

    private static func segments(times: Int = 2) -> String {
        """
        segment: keen
        is: Who opens twice within an hour.
        from: app
        did: opened
        times: \(times)
        within: 1 hour
        ---
        segment: lately
        is: Who came in the last weeks.
        from: app
        over: last 30 days
        """
    }

    /// A device opens the app and so does Anna; Bert opens it on two days; a robot opens it twice.
    private static let events = [
        AppEvents.event("opened", id: "1", anonymous: "device-1"),
        AppEvents.event("opened", id: "2", user: "anna", minute: 60),
        AppEvents.event("ordered", id: "3", user: "anna", minute: 65),
        AppEvents.event("opened", id: "4", user: "bert", minute: 2),
        AppEvents.event("opened", id: "5", user: "bert", day: 1),
        AppEvents.event("opened", id: "6", user: "robot", isBot: true),
        AppEvents.event("opened", id: "7", user: "robot", minute: 1, isBot: true),
    ]

    /// By which the device turns out to be Anna's.
    private static let sighting = AppEvents.event(
        "seen", id: "8", user: "anna", anonymous: "device-1", day: 2)

    private func session(
        _ workspace: borrowing TemporaryWorkspace, clock: any WallClock = TemporaryWorkspace.clock,
        merged: Bool = true
    ) async throws -> WorkspaceSession {
        let session = try await WorkspaceSession.open(workspace.folder, clock: clock)
        try await session.accept(Self.events, refused: [], with: AppEvents.key)
        if merged { try await session.accept([Self.sighting], refused: [], with: AppEvents.key) }
        try await session.settleEvents()
        return session
    }

    @Test("a segment of recent days is asked without saving it, as of today or another day")
    func askedOfRecentDays() async throws {
        // No file has a segment that changes with the clock.
        let workspace = try TemporaryWorkspace([
            "yardstick.yaml": "workspace: Shop\nzone: Europe/Berlin\n",
            "definitions/app.yaml": AppEvents.source,
        ])
        let session = try await session(workspace)
        let yaml = "{ from: app, did: opened, over: last 30 days }"

        let now = try await session.behaviour(.segment, BehaviourWords(yaml: yaml))
        let people = try await session.segmentPeople(BehaviourWords(yaml: yaml))
        let later = try await session.behaviour(
            .segment, BehaviourWords(yaml: yaml, asOf: "2026-08-15"))

        // The clock stands on 1 July: Anna and Bert opened the app in June.
        #expect(now["members"] == 2)
        #expect(people["total"] == 2)
        #expect(later["members"] == 0)
        await session.close()
    }

    @Test("people are those after merges, bots are none, and somebody is named by an id")
    func identity() async throws {
        let workspace = try TemporaryWorkspace(Self.definitions)
        let session = try await session(workspace, merged: false)
        let words = BehaviourWords(name: "keen")
        let before = try await session.behaviour(.segment, words)
        try await session.take([Self.sighting])

        let after = try await session.behaviour(.segment, words)
        let people = try await session.segmentPeople(words)

        #expect(before["members"] == 0)
        #expect(before["of"] == 3)
        #expect(after["members"] == 1)
        #expect(after["of"] == 2)
        #expect(after["share"]?["value"] == .number(0.5))
        #expect(after["entity"] == "person")
        #expect(after["receipt"]?["sql"] != nil)
        #expect(after["receipt"]?["definition"] == before["receipt"]?["definition"])
        #expect(
            people == [
                "entity": "person",
                "people": [
                    [
                        "id": "anna", "times": 2, "first": "2026-06-10T12:00:00Z",
                        "last": "2026-06-10T13:00:00Z",
                    ]
                ], "total": 1, "notes": [],
            ])
        await session.close()
    }

    @Test("metrics, funnels, retentions and dimensions use it, and so does a question's filter")
    func uses() async throws {
        let workspace = try TemporaryWorkspace(Self.definitions)
        let session = try await session(workspace)
        let funnel = { (filter: String) async throws in
            try await session.funnel(
                BehaviourWords(name: "buying", over: "2026-06", filters: [filter]))
        }

        #expect(try await session.june("opens") == 4)
        #expect(try await session.june("keen_opens") == 2)
        #expect(try await session.june("opens", filters: ["not in_segment('keen')"]) == 2)
        #expect(try await session.june("opens", filters: ["keenness = 'keen'"]) == 2)
        #expect(try await session.june("buyers_share", filters: ["keenness = 'keen'"]) == 1)
        #expect(try await session.june("again_share") == 1)
        #expect(try await funnel("in_segment('keen')")["conversion"]?["value"] == .number(1))
        #expect(try await funnel("not in_segment('keen')")["conversion"]?["value"] == .number(0))
        let retention = try await session.retention(
            BehaviourWords(name: "again", over: "2026-06-10"))
        #expect(retention["cohorts"]?.items.first?["size"] == 1)
        let split = try await session.funnel(
            BehaviourWords(name: "buying", over: "2026-06", by: "keenness"))
        #expect(split["parts"]?.items.compactMap { $0["value"]?.text } == ["keen", "others"])
        #expect(session.findings.filter { $0.severity == .error }.isEmpty)
        await session.close()
    }

    @Test("a changed segment changes every number that rests on it")
    func changed() async throws {
        let workspace = try TemporaryWorkspace(Self.definitions)
        let session = try await session(workspace)
        let words = QuestionWords(metrics: ["keen_opens"], over: "2026-06")
        let first = try await session.answer(session.question(words))
        _ = try await session.answer(session.question(words))
        let hits = session.cacheCounts.hits
        let asked = QuestionWords(
            metrics: ["opens"], over: "2026-06", filters: ["in_segment('keen')"])
        let filtered = try await session.answer(session.question(asked))

        try workspace.write(Self.segments(times: 3), to: "definitions/segments.yaml")
        #expect(await session.reloadDefinitions())
        let second = try await session.answer(session.question(words))

        #expect(hits == 1)
        #expect(filtered.rows[0].cells[0].quantity.value == 2)
        #expect(first.rows[0].cells[0].quantity.value == 2)
        #expect(second.rows[0].cells[0].quantity.value == 0)
        #expect(first.receipts[0].definition != second.receipts[0].definition)
        let again = try await session.answer(session.question(asked))
        #expect(again.rows[0].cells[0].quantity.value == 0)
        #expect(again.receipts[0].id != filtered.receipts[0].id)
        await session.close()
    }

    /// A clock that a test sets.
    private final class SetClock: WallClock {
        private let time: Mutex<Instant>
        init(_ now: Instant) { time = Mutex(now) }
        var now: Instant { time.withLock { $0 } }
        func set(_ now: Instant) { time.withLock { $0 = now } }
    }

    @Test("the last thirty days are those before today, or before the day that a question names")
    func moving() async throws {
        let workspace = try TemporaryWorkspace(Self.definitions)
        let clock = SetClock(TemporaryWorkspace.clock.now)
        let session = try await session(workspace, clock: clock)
        let words = BehaviourWords(name: "lately")
        let filter = ["in_segment('lately')"]
        let august = BehaviourWords(name: "lately", asOf: "2026-08-15")

        let now = try await session.behaviour(.segment, words)
        #expect(now["members"] == 2)
        #expect(now["range"] == "2026-06-01..2026-06-30")
        #expect(try await session.behaviour(.segment, august)["members"] == 0)
        #expect(try await session.june("opens", filters: filter) == 4)
        #expect(try await session.june("opens", filters: filter, asOf: "2026-08-15") == 0)
        clock.set(clock.now.adding(seconds: 10 * 86_400))
        #expect(try await session.behaviour(.segment, words)["members"] == 2)
        clock.set(clock.now.adding(seconds: 35 * 86_400))
        #expect(try await session.behaviour(.segment, words)["members"] == 0)
        #expect(try await session.june("opens", filters: filter) == 0)
        await session.close()
    }

    @Test("what is made once is not made of a segment that changes with the clock")
    func derived() async throws {
        var definitions = Self.definitions
        definitions["definitions/made.yaml"] = """
            funnel: keen_buying
            is: From opening to ordering, for keen people.
            from: app
            where: "in_segment('keen')"
            steps: [opened, ordered]
            ---
            funnel: late_buying
            is: From opening to ordering, for people of these days.
            from: app
            where: "in_segment('lately')"
            steps: [opened, ordered]
            ---
            metric: keen_share
            is: Who of the keen orders.
            owner: shop
            unit: share
            better: up
            formula: { funnel: keen_buying }
            ---
            metric: late_share
            is: Who of these days orders.
            owner: shop
            unit: share
            better: up
            formula: { funnel: late_buying }
            ---
            retention: late_again
            is: Who of these days opens again.
            from: app
            starts: opened
            returns: opened
            over: 3 days
            where: "in_segment('lately')"
            ---
            metric: late_again_share
            is: Who of these days opens again the next day.
            owner: shop
            unit: share
            better: up
            formula: { retention: late_again, age: 1 }
            """
        let workspace = try TemporaryWorkspace(definitions)
        let session = try await session(workspace)

        #expect(try await session.june("keen_share") == 1)
        let errors = session.findings.filter { $0.severity == .error }.map(\.failure)
        #expect(errors.map(\.code) == [.expressionMovingSegment, .expressionMovingSegment])
        let funnel = try await session.funnel(
            BehaviourWords(name: "late_buying", over: "2026-06"))
        #expect(funnel["conversion"]?["value"] == .number(0.5))
        await session.close()
    }

    @Test("a metric of a funnel is asked for the segments of the funnel's people, moving ones too")
    func made() async throws {
        let workspace = try TemporaryWorkspace(Self.definitions)
        let session = try await session(workspace)

        let share = { (filter: String, asOf: String?) async throws in
            try await session.june("buyers_share", filters: [filter], asOf: asOf)
        }
        #expect(try await share("person is not null", nil) == 0.5)
        #expect(try await share("in_segment('keen')", nil) == 1)
        #expect(try await share("not in_segment('keen')", nil) == 0)
        #expect(try await share("in_segment('lately')", nil) == 0.5)
        #expect(try await share("not in_segment('lately')", "2026-08-15") == 0.5)
        await session.close()
    }

    @Test("what a segment does not look at is refused, and so is one that there is not")
    func refusals() async throws {
        let workspace = try TemporaryWorkspace(Self.definitions)
        let session = try await session(workspace)
        let over = await #expect(throws: Failure.self) {
            try await session.behaviour(.segment, BehaviourWords(name: "keen", over: "2026-06"))
        }
        let unknown = await #expect(throws: Failure.self) {
            try await session.behaviour(.segment, BehaviourWords(name: "ken"))
        }
        let filter = await #expect(throws: Failure.self) {
            try await session.june("opens", filters: ["in_segment('kean')"])
        }
        let nested = await #expect(throws: Failure.self) {
            try await session.behaviour(
                .segment,
                BehaviourWords(yaml: "{ from: app, did: { where: \"in_segment('keen')\" } }"))
        }

        #expect(over?.code == .unusedWord)
        #expect(unknown?.hint == "did you mean 'keen'?")
        #expect(filter?.code == .expressionUnknownSegment)
        #expect(filter?.hint == "did you mean 'keen'?")
        #expect(nested?.code == .expressionNestedSegment)
        await session.close()
    }
}

extension JSON {
    /// The elements of a list; none for anything else.
    fileprivate var items: [JSON] { if case .list(let items) = self { items } else { [] } }
}

@Suite("Segments beside histories")
struct SegmentIndexTests {
    @Test("a question whose filter asks for a segment is answered from the tables, and says why")
    func path() async throws {
        var bench = try IndexWorkspace(
            seed: 3,
            source: IndexWorkspace.source + "\n---\n" + """
                segment: twice
                is: Who does a twice.
                from: app
                did: a
                times: 2
                """)
        let session = try await bench.workspace.open()
        try await IndexWorkspace.accept(bench.events(200), session)

        for (kind, keys) in [
            (BehaviourKind.funnel, "steps: [a, b]"), (.retention, "over: 3 days"),
            (.lifecycle, "events: [a]"), (.activity, "events: [a]"), (.adoption, "feature: b"),
        ] {
            let words = BehaviourWords(
                yaml: "{ from: app, \(keys), where: \"in_segment('twice')\" }", over: "2026-06")
            let (found, expected, path, reason) = try await session.both {
                try await $0.behaviour(kind, words)
            }
            #expect(found.differences(from: expected).isEmpty)
            #expect(path == "sql")
            #expect(reason.contains("a condition asks who is in a segment"), "\(reason)")
        }
        await session.close()
    }
}
