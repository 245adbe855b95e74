import Definitions
import Events
import Planning
import Testing
import Vocabulary

@testable import Features

@Suite("Names of a question that never came")
struct NamesThatCameTests {
    private static let app = """
        source: app
        is: What people do in the app.
        from: events
        columns: { plan: text, seats: integer, colour: text }
        dimensions: { tier: plan }
        ---
        segment: keen
        is: Who opens twice.
        from: app
        did: opend
        times: 2
        ---
        source: orders
        is: One row per order.
        from: { csv: "imports/orders.csv" }
        time: ordered
        event: state
        entities: { customer: customer }
        """
    private static let plan = """
        event: cancelled
        is: Somebody cancelled.
        from: app
        """

    private func with(
        _ files: [String: String] = [:], taking events: [Event]? = nil,
        _ body: (WorkspaceSession) async throws -> Void
    ) async throws {
        let workspace = try TemporaryWorkspace(
            ["yardstick.yaml": "workspace: Shop\nzone: UTC\n", "definitions/app.yaml": Self.app]
                .merging(files) { $1 })
        let session = try await workspace.open()
        if (events ?? Self.events).isEmpty == false {
            try await session.take(events ?? Self.events)
        }
        try await body(session)
        await session.close()
    }

    private static let events = [
        AppEvents.event("opened", id: "1", user: "anna", properties: #"{"colour":"red"}"#),
        AppEvents.event(
            "ordered", id: "2", user: "anna", minute: 5, properties: #"{"plan":"pro","seats":3}"#),
        AppEvents.event("opened", id: "3", user: "bert"),
    ]

    private static func words(_ yaml: String, by: String? = nil) -> BehaviourWords {
        BehaviourWords(yaml: "{ from: app, \(yaml) }", over: "2026-06", by: by)
    }

    /// A question of each kind that names an event in another way than it came.
    private static let misspelt: [(BehaviourKind, String)] = [
        (.funnel, "steps: [opened, orderd]"),
        (.funnel, "steps: [opened, ordered], exclude: [orderd]"),
        (.retention, "starts: opened, returns: orderd, over: 3 days"),
        (.lifecycle, "events: [orderd]"),
        (.activity, "events: [orderd, opened]"), (.adoption, "feature: orderd"),
        (.adoption, "feature: opened, eligible: orderd"), (.paths, "starts: orderd"),
        (.paths, "hide: [orderd]"), (.campaigns, "converts: orderd"), (.segment, "did: orderd"),
        (.lifecycle, "where: \"event = 'orderd'\""),
        (.lifecycle, "where: \"event in ('opened', 'orderd')\""),
        (.funnel, "counting: sessions, session: 1 hour, steps: [opened, orderd]"),
    ]

    @Test(
        "an event that never came is told by every kind, with the name that did",
        arguments: misspelt)
    func events(kind: BehaviourKind, yaml: String) async throws {
        try await with { session in
            var words = Self.words(yaml)
            if kind == .segment { words.over = nil }
            let notes = (try await session.behaviour(kind, words)).notes

            #expect(
                notes.first == "No event 'orderd' came to 'app' so far; did you mean 'ordered'?")
            #expect(notes.filter { $0.contains("never came") || $0.contains("so far") }.count == 1)
        }
    }

    @Test("who is listed has the same notes, and a question whose names all came has none")
    func lists() async throws {
        try await with { session in
            let funnel = try await session.funnelPeople(
                Self.words("steps: [opend, ordered]"), step: 1)
            let retention = try await session.retentionPeople(
                Self.words("starts: opened, returns: opend, over: 3 days"), cohort: "2026-06-10",
                age: "1")
            let segment = try await session.segmentPeople(
                BehaviourWords(yaml: "{ from: app, did: opend }"))
            let sound = try await session.funnelPeople(
                Self.words("steps: [opened, ordered]"), step: 1)

            let note = "No event 'opend' came to 'app' so far; did you mean 'opened'?"
            for json in [funnel, retention, segment] { #expect(json.notes == [note]) }
            #expect(sound["notes"] == .list([]))
        }
    }

    @Test("a segment that a filter uses, or that is saved, is looked into as well")
    func segments() async throws {
        try await with { session in
            let note = "No event 'opend' came to 'app' so far; did you mean 'opened'?"
            let funnel = try await session.behaviour(
                .funnel, Self.words("steps: [opened, ordered], where: \"in_segment('keen')\""))
            let saved = try await session.behaviour(.segment, BehaviourWords(name: "keen"))

            #expect(funnel.notes.first == note)
            #expect(saved.notes == [note, "Filters use it as in_segment('keen')."])
        }
    }

    @Test("only a saved segment is said to be a word of filters")
    func askedSegment() async throws {
        try await with { session in
            let asked = try await session.behaviour(
                .segment, BehaviourWords(yaml: "{ segment: often, from: app, did: opened }"))

            #expect(asked["segment"] == "often")
            #expect(asked.notes.isEmpty)
        }
    }

    @Test("a property that never came with its event is told, and where it did")
    func properties() async throws {
        try await with { session in
            func notes(_ yaml: String, by: String? = nil) async throws -> [String] {
                (try await session.behaviour(.funnel, Self.words(yaml, by: by))).notes
                    .filter { $0.contains("came with") }
            }
            let other = try await notes(
                "steps: [opened, { event: ordered, where: \"colour = 'red'\" }]")
            let unknown = try await notes("steps: [opened, orderd], where: \"plan = 'pro'\"")
            let sound = try await notes(
                "steps: [opened, { event: ordered, where: \"seats > 1 and tier = 'pro'\" }]",
                by: "colour")

            #expect(
                other == [
                    "No 'ordered' came with a property 'colour' so far; it came with 'opened'."
                ])
            #expect(unknown.isEmpty && sound.isEmpty)
        }
        try await with(taking: Array(Self.events.prefix(1))) { session in
            let split = try await session.behaviour(
                .lifecycle, Self.words("events: opened", by: "tier"))

            #expect(
                split.notes.first
                    == "No event of 'app' came with a property 'plan' so far.")
        }
    }

    @Test("a value that no event has is told once the index lists the values")
    func values() async throws {
        try await with { session in
            func notes(_ filter: String) async throws -> [String] {
                (try await session.behaviour(
                    .funnel, Self.words("steps: [opened, ordered], where: \"\(filter)\""))).notes
            }
            _ = try await notes("plan = 'pro'")
            await session.settleHistories()

            let near = try await notes("plan = 'proo'")
            let far = try await notes("tier in ('pro', 'enterprise')")
            let sound = try await notes("plan = 'pro' and not (colour != 'red')")

            #expect(near.first == "No event of 'app' has 'proo' as 'plan'; did you mean 'pro'?")
            #expect(far.first == "No event of 'app' has 'enterprise' as 'plan'; there are 'pro'.")
            #expect(!sound.contains { $0.contains("No event") })
        }
    }

    @Test("a name that is far from all is told where to look, and a planned one that it is planned")
    func far() async throws {
        try await with(["definitions/plan.yaml": Self.plan]) { session in
            let far = try await session.behaviour(.activity, Self.words("events: [signed_up]"))
            let planned = try await session.behaviour(.activity, Self.words("events: [cancelled]"))
            let likePlanned = try await session.behaviour(
                .activity, Self.words("events: [canceled]"))
            let many = try await session.behaviour(
                .activity, Self.words("events: [q1, q2, q3, q4, q5, q6, q7, q8]"))

            let start = "No event '"
            #expect(
                far.notes.first == start
                    + "signed_up' came to 'app' so far; 'yardstick events list app' shows those "
                    + "that did.")
            #expect(
                planned.notes.first
                    == start + "cancelled' came to 'app' so far; the tracking plan has it.")
            #expect(
                likePlanned.notes.first
                    == start + "canceled' came to 'app' so far; did you mean 'cancelled'?")
            #expect(many.notes[6] == "2 more names of the question never came.")
        }
    }

    @Test("a source to which nothing came says just that; a name that comes later is no note then")
    func later() async throws {
        try await with(taking: []) { session in
            let words = Self.words("steps: [opened, ordered]")
            let before = try await session.behaviour(.funnel, words)
            try await session.take(Array(Self.events.prefix(1)))
            let between = try await session.behaviour(.funnel, words)
            try await session.take(Array(Self.events.dropFirst()))
            let after = try await session.behaviour(.funnel, words)

            #expect(before.notes.first == "No event came to 'app' so far.")
            #expect(
                between.notes.first?.hasPrefix("No event 'ordered' came to 'app' so far")
                    == true)
            #expect(!after.notes.contains { $0.contains("so far") })
        }
    }

    @Test("rows of files name the events that they have")
    func files() async throws {
        try await with { session in
            _ = try await session.importFiles(source: "orders")
            func first(_ event: String) async throws -> String? {
                let words = BehaviourWords(
                    yaml: "{ from: orders, steps: [\(event), shipped] }", over: "all")
                return (try await session.behaviour(.funnel, words)).notes.first
            }

            #expect(
                try await first("canceled")
                    == "No row of 'orders' has the event 'canceled'; did you mean 'cancelled'?")
            #expect(
                try await first("paid")
                    == "No row of 'orders' has the event 'paid'; there are 'cancelled', 'shipped'.")
            #expect(try await first("cancelled")?.contains("has the event") != true)
        }
    }

    @Test("the only source of events needs no name, one of several does")
    func onlySource() async throws {
        try await with { session in
            let (only, named) = (
                try session.sourceOfEvents(nil), try session.sourceOfEvents("orders")
            )
            #expect(only == "app" && named == "orders")
        }
        let second = "source: site\nis: What people do on the site.\nfrom: events\n"
        try await with(["definitions/site.yaml": second]) { session in
            let failure = #expect(throws: Failure.self) { try session.sourceOfEvents(nil) }
            #expect(failure?.code == .unnamedSource)
            #expect(failure?.hint == "name one of app, site")
        }
        try await with(
            [
                "definitions/app.yaml": TemporaryWorkspace.definitions["definitions/orders.yaml"]
                    ?? ""
            ], taking: []
        ) { session in
            let failure = #expect(throws: Failure.self) { try session.sourceOfEvents(nil) }
            #expect(failure?.code == .keyWithoutEvents)
        }
    }
}
