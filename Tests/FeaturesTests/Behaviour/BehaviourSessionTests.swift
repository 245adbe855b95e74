import Definitions
import Events
import Foundation
import Planning
import Testing
import Vocabulary

@testable import Features

@Suite("Behaviour in a session")
struct BehaviourSessionTests {
    private static let definitions = [
        "yardstick.yaml": "workspace: Shop\nzone: Europe/Berlin\n",
        "definitions/app.yaml": """
        \(AppEvents.source)
        ---
        \(AppEvents.buying)
        ---
        lifecycle: people
        is: Who comes and goes.
        from: app
        ---
        activity: use
        is: Who is active.
        from: app
        ---
        adoption: orders
        is: Who orders.
        from: app
        feature: ordered
        ---
        paths: ways
        is: What people do.
        from: app
        ---
        campaigns: marketing
        is: What visits lead to.
        from: app
        converts: ordered
        ---
        metric: buyers_share
        is: Who orders after opening.
        unit: share
        better: up
        formula: { funnel: buying }
        """,
    ]

    /// Anna opens as a device, signs in and orders; Bert opens twice.
    private static let events = [
        AppEvents.event("opened", id: "1", anonymous: "device-1"),
        AppEvents.event("opened", id: "2", user: "anna", anonymous: "device-1", minute: 1),
        AppEvents.event(
            "ordered", id: "3", user: "anna", minute: 5,
            properties: #"{"plan":"pro","seats":3,"tags":["a"],"more":{"deep":true}}"#),
        AppEvents.event(
            "opened", id: "4", user: "bert", minute: 2, properties: #"{"plan":"free"}"#),
        AppEvents.event("opened", id: "5", user: "bert", day: 1),
    ]

    private func with(
        _ body: (WorkspaceSession) async throws -> Void
    ) async throws {
        let workspace = try TemporaryWorkspace(Self.definitions)
        let session = try await workspace.open()
        try await session.take(Self.events)
        try await body(session)
        await session.close()
    }

    private static let names: [(BehaviourKind, String)] = [
        (.funnel, "buying"), (.retention, "again"), (.lifecycle, "people"), (.activity, "use"),
        (.adoption, "orders"), (.paths, "ways"), (.campaigns, "marketing"),
    ]

    @Test("every kind is answered by its name, with a receipt that has the statement")
    func kinds() async throws {
        try await with { session in
            for (kind, name) in Self.names {
                let json = try await session.behaviour(
                    kind, BehaviourWords(name: name, over: "2026-06"))
                #expect(json[kind.rawValue] == .text(name))
                #expect(json["receipt"]?["metric"] == .text(name))
                #expect(json["receipt"]?["sql"] != nil)
                let definition = session.catalog.behaviours[kind]?[name]
                #expect(json["yaml"] == definition.map { .text($0.origin.yaml) })
            }
        }
    }

    @Test("what a kind does not look at is refused, and so is a name that there is not")
    func refusals() async throws {
        try await with { session in
            let split = await #expect(throws: Failure.self) {
                try await session.behaviour(
                    .paths, BehaviourWords(name: "ways", over: "2026-06", grain: "week"))
            }
            let unknown = await #expect(throws: Failure.self) {
                try await session.behaviour(
                    .paths, BehaviourWords(name: "wayz", over: "2026-06"))
            }
            #expect(split?.code == .unusedWord)
            #expect(unknown?.code == .unknownBehaviour)
            #expect(unknown?.hint == "did you mean 'ways'?")
        }
    }

    @Test("a question that names nothing is told what there is to name")
    func unnamed() async throws {
        try await with { session in
            let unnamed = await #expect(throws: Failure.self) {
                try await session.behaviour(.paths, BehaviourWords())
            }
            let far = await #expect(throws: Failure.self) {
                try await session.behaviour(.funnel, BehaviourWords(name: "something"))
            }

            #expect(unnamed?.code == .unnamedBehaviour)
            #expect(unnamed?.message == "The question does not say which paths it is about.")
            #expect(unnamed?.hint == "name one of ways, or give a definition (--definition FILE)")
            #expect(far?.hint == "name one of buying")
        }
    }

    @Test("paths and campaigns are split, and compared with the range before")
    func splitAndCompared() async throws {
        try await with { session in
            let words = BehaviourWords(
                name: "ways", over: "2026-06-11", by: "plan", compare: "previous")
            let paths = try await session.behaviour(.paths, words)
            var campaignWords = words
            campaignWords.name = "marketing"
            let campaigns = try await session.behaviour(.campaigns, campaignWords)

            // On the 11th only Bert opens; on the 10th he does too, and Anna opens and orders.
            #expect(paths["total"] == 1 && paths["dimension"] == "plan")
            #expect(paths["previous"]?["range"] == "2026-06-10..2026-06-10")
            #expect(paths["previous"]?["total"] == 2)
            guard case .list(let top)? = paths["top"], case .list(let parts)? = paths["parts"],
                case .list(let rows)? = campaigns["rows"]
            else { throw Failure("test/shape", "The answer has another shape.") }
            #expect(top.map { $0["before"] } == [1])
            #expect(top[0]["change"]?["value"] == .number(0.5))
            #expect(parts.map { $0["kind"] } == ["none"])
            #expect(campaigns["by"] == "plan" && campaigns["previous"]?["total"]?["visits"] == 2)
            #expect(rows.map { $0["visits"] } == [1] && rows.map { $0["part"] } == [.null])
            #expect(rows[0]["before"]?["visits"] == 1)
        }
    }

    @Test("data that begins after the range is told, with how to ask for it")
    func outsideRange() async throws {
        try await with { session in
            let begins =
                "The data of 'app' begins on 2026-06-10, after the range 2025-05-01..2026-04-30"
            for (kind, name) in Self.names {
                let json = try await session.behaviour(
                    kind, BehaviourWords(name: name, asOf: "2026-05-02"))
                let all = try await session.behaviour(
                    kind, BehaviourWords(name: name, over: "all"))

                #expect(json.notes.first?.hasPrefix(begins) == true)
                #expect(json.notes.first?.contains("ask over all (--over all)") == true)
                #expect(!all.notes.contains { $0.contains("--over all") })
            }
            let ended = try await session.behaviour(
                .paths, BehaviourWords(name: "ways", over: "2026-07"))
            #expect(ended.notes[0].hasPrefix("The data of 'app' ends on 2026-06-11, before"))
        }
    }

    @Test("a metric whose data begins after the range says so as well")
    func metricOutsideRange() async throws {
        try await with { session in
            let words = QuestionWords(metrics: ["buyers_share"], asOf: "2026-05-02")
            let notes = try await session.answer(session.question(words)).notes

            #expect(notes.first?.code == "answer/outside-range")
            #expect(
                notes.first?.message.hasPrefix("The data of Buyers share begins on 2026-06-10")
                    == true)
        }
    }

    @Test("a source that is not there is not guessed to be one that a metric made")
    func implicitSources() async throws {
        try await with { session in
            let failure = #expect(throws: Failure.self) { try session.source(named: "buying") }
            let asked = await #expect(throws: Failure.self) {
                try await session.behaviour(
                    .paths, BehaviourWords(yaml: "{ from: buying.funne }"))
            }

            #expect(failure?.hint == "the sources are app")
            #expect(asked?.hint?.contains("buying.funnel") != true)
        }
    }

    @Test("who is behind a step or a cohort is named by an id that the application sent")
    func behind() async throws {
        try await with { session in
            let words = BehaviourWords(name: "buying", over: "2026-06")
            let dropped = try await session.funnelPeople(words, step: 1, dropped: true)
            let retained = try await session.retentionPeople(
                BehaviourWords(name: "again", over: "2026-06"), cohort: "2026-06-10", age: "1")
            let lost = try await session.retentionPeople(
                BehaviourWords(name: "again", over: "2026-06"), cohort: "2026-06-10", age: "1",
                returned: false)

            #expect(Self.ids(dropped) == ["bert"])
            #expect(Self.ids(retained) == ["bert"])
            #expect(Self.ids(lost) == ["anna"])
            let failure = await #expect(throws: Failure.self) {
                try await session.retentionPeople(
                    BehaviourWords(name: "again", over: "2026-06"), cohort: "2026-06-10", age: "9")
            }
            #expect(failure?.code == .unknownCell)
        }
    }

    @Test("people are found by any of their ids, and a timeline goes back page by page")
    func timeline() async throws {
        try await with { session in
            let found = try await session.people(source: "app", search: "DEVICE")
            let person = try await session.person(source: "app", id: "device-1", limit: 2)
            let rest = try await session.person(
                source: "app", id: "anna", before: "2026-06-10T12:01:00Z")

            #expect(Self.ids(found) == ["anna"])
            #expect(person["ids"] == ["anna", "device-1"])
            #expect(person["events"] == 3)
            guard case .list(let timeline)? = person["timeline"] else {
                Issue.record("There is no timeline.")
                return
            }
            #expect(timeline.map { $0["event"] } == ["ordered", "opened"])
            #expect(timeline[0]["properties"]?["seats"] == .number(3))
            #expect(timeline[0]["properties"]?["more"]?["deep"] == true)
            #expect(person["next"] == "2026-06-10T12:01:00Z")
            guard case .list(let older)? = rest["timeline"] else {
                Issue.record("There is no timeline.")
                return
            }
            #expect(older.count == 1)
            #expect(rest["next"] == .null)
        }
    }

    @Test("a share of a funnel is a metric with the funnel's own number")
    func metric() async throws {
        try await with { session in
            let words = QuestionWords(metrics: ["buyers_share"], over: "2026-06")
            let value = try await session.answer(session.question(words)).rows[0].cells[0]
                .quantity.value
            let funnel = try await session.funnel(
                BehaviourWords(name: "buying", over: "2026-06"))

            #expect(value == 0.5)
            #expect(funnel["conversion"]?["value"] == .number(0.5))
        }
    }

    private static func ids(_ json: JSON) -> [String] {
        json["people"].items.compactMap { $0["id"]?.text }
    }
}
