import Definitions
import Events
import Foundation
import Planning
import Testing
import Vocabulary

@testable import Features

@Suite("What sources of events hold")
struct EventDataTests {
    private static let source = """
        source: app
        is: What people do in the app.
        from: events
        columns: { plan: text, seats: integer }
        """
    private static let plan = """
        event: ordered
        is: Somebody bought seats.
        from: app
        name: Seats Ordered
        properties:
          plan: { type: text, is: The plan., values: [free, pro], required: true }
          seats: integer
        ---
        event: left
        is: Somebody closed the account.
        from: app
        """

    private static let key = WriteKey(
        id: 1, label: "app", source: "app", origins: [], site: nil, hint: "yw_0000",
        made: Instant(seconds: 0), revoked: nil)

    private func workspace(_ files: [String: String] = [:]) throws -> TemporaryWorkspace {
        try TemporaryWorkspace(
            ["yardstick.yaml": "workspace: Shop\nzone: UTC\n", "definitions/app.yaml": Self.source]
                .merging(files) { _, new in new })
    }

    private static let now = TemporaryWorkspace.clock.now

    private static func event(
        _ name: String, id: String, user: String = "anna", before seconds: Int = 60,
        properties: String = "{}"
    ) -> Event {
        var event = Event(
            id: id, kind: name == "page_viewed" ? .page : .track, name: name, user: user,
            time: now.adding(seconds: -seconds), received: now.adding(seconds: -seconds))
        event.properties = JSONObjectText(checked: Array(properties.utf8))
        if event.kind == .page { event.context.path = "/pricing" }
        event.context.country = "DE"
        return event
    }

    @Test("a tracking plan flags what it does not foresee, and nothing is lost")
    func deviations() async throws {
        let workspace = try workspace(["definitions/plan.yaml": Self.plan])
        let session = try await workspace.open()
        let found = try await session.accept(
            [
                Self.event(
                    "Seats Ordered", id: "1", properties: #"{"plan":"pro","seats":3,"$lib":"x"}"#),
                Self.event(
                    "Seats Ordered", id: "2", properties: #"{"plan":"gold","seats":"3","x":1}"#),
                Self.event("Seats Ordered", id: "3"), Self.event("danced", id: "4"),
                Self.event("page_viewed", id: "5"),
            ], refused: [], with: Self.key)
        try await session.settleEvents()

        #expect(
            found.map { "\($0.id) \($0.property ?? "-") \($0.code.rawValue)" } == [
                "2 plan events/wrong-value", "2 seats events/wrong-type", "2 x events/unplanned",
                "3 plan events/missing-property", "4 - events/unplanned",
            ])
        #expect(session.facts["app"]?.rows == 5)
        await session.close()
    }

    @Test("the inventory says what came, what is planned, and what differs")
    func inventory() async throws {
        let workspace = try workspace(["definitions/plan.yaml": Self.plan])
        let session = try await workspace.open()
        try await session.accept(
            [
                Self.event("Seats Ordered", id: "1", properties: #"{"plan":"pro","seats":"3"}"#),
                Self.event("Seats Ordered", id: "2", before: 30, properties: #"{"x":1}"#),
                Self.event("danced", id: "3"),
            ], refused: [], with: Self.key)
        try await session.settleEvents()
        let inventory = try await session.eventInventory(of: "app")
        await session.close()

        #expect(inventory.isPlanned)
        #expect(
            inventory.events.map { "\($0.name) \($0.count) \($0.status.rawValue)" } == [
                "Seats Ordered 2 planned", "danced 1 unplanned", "left 0 unseen",
            ])
        let ordered = try #require(inventory.events.first)
        #expect(ordered.meaning == "Somebody bought seats.")
        #expect(ordered.last == Self.now.adding(seconds: -30))
        #expect(
            ordered.properties.map { "\($0.name) \($0.count) \($0.status.rawValue)" } == [
                "plan 1 missing", "seats 1 wrong_type", "x 1 unplanned",
            ])
        #expect(ordered.properties.map(\.isColumn) == [true, true, false])
    }

    @Test("definitions that are suggested for what came can be taken over as they are")
    func draft() async throws {
        let workspace = try workspace()
        let session = try await workspace.open()
        try await session.accept(
            [
                Self.event(
                    "Report: opened", id: "1",
                    properties: #"{"plan":"pro","seats":3,"tags":["a"],"odd name":1.5}"#),
                Self.event("Report: opened", id: "2", properties: #"{"plan":"pro","seats":1.5}"#),
            ], refused: [], with: Self.key)
        try await session.settleEvents()
        let draft = try await session.eventInventory(of: "app").draft()

        #expect(
            draft == """
                event: report_opened
                is: "Report: opened happened."  # say when
                name: "Report: opened"
                from: app
                properties:
                  "odd name": number
                  plan: { type: text, required: true }
                  seats: { type: integer, required: true }
                  # tags: list, which has no type in a definition

                """)
        #expect(session.findings(in: draft).filter { $0.severity == .error }.isEmpty)
        _ = try await session.addDefinitions(draft)
        #expect(session.catalog.events["report_opened"]?.event == "Report: opened")
        let adopted = try await session.eventInventory(of: "app")
        let seats = adopted.events.first?.properties.first { $0.name == "seats" }
        #expect(seats?.status == .wrongType)
        await session.close()
    }

    @Test("a plan that changes holds for the next request, and the sources keep their own")
    func plans() async throws {
        let workspace = try workspace(["definitions/plan.yaml": Self.plan])
        let session = try await workspace.open()
        let before = try await session.accept(
            [Self.event("danced", id: "1")], refused: [], with: Self.key)
        _ = try await session.addDefinitions("event: danced\nis: Somebody danced.\nfrom: app\n")
        let after = try await session.accept(
            [Self.event("danced", id: "2")], refused: [], with: Self.key)
        await session.close()

        #expect(before.map(\.code) == [.eventsUnplanned] && after.isEmpty)
        #expect(session.trackingPlan(of: "app").names == ["Seats Ordered", "danced", "left"])
        #expect(session.trackingPlan(of: "orders").isEmpty)
    }

    @Test("numbers that no refused event has are named before anything is done")
    func unknownNumbers() async throws {
        let workspace = try workspace()
        let session = try await workspace.open()
        let time = Self.now.adding(seconds: -60).description
        let raw = #"{"id":"1","event":"ordered","user":"anna","time":"\#(time)"}"#
        try await session.accept(
            [],
            refused: [
                RefusedEvent(
                    index: 0, id: "1", code: .eventsTooOld, message: "Too old.",
                    raw: Array(raw.utf8))
            ], format: .own, with: Self.key)
        try await session.settleEvents()
        let number = try #require(try await session.quarantine(of: "app").first?.number)

        let replayed = await #expect(throws: Failure.self) {
            try await session.replayQuarantine(of: "app", numbers: [number, 98, 99])
        }
        let removed = await #expect(throws: Failure.self) {
            try await session.removeQuarantined(of: "app", numbers: [99])
        }
        let left = try await session.quarantine(of: "app")
        await session.close()

        #expect(replayed?.code == .ingestUnknownRefused)
        #expect(replayed?.message == "No refused event of 'app' has the number 98, 99.")
        #expect(removed?.code == .ingestUnknownRefused)
        #expect(left.count == 1)
    }

    @Test("what was refused is read again by the rules of now, and stored once")
    func replay() async throws {
        let workspace = try workspace()
        let session = try await workspace.open()
        func refused(_ id: String, _ raw: String) -> RefusedEvent {
            RefusedEvent(
                index: 0, id: id, code: .eventsTooOld, message: "Too old.", raw: Array(raw.utf8))
        }
        let time = Self.now.adding(seconds: -60).description
        try await session.accept(
            [],
            refused: [
                refused("1", #"{"id":"1","event":"ordered","user":"anna","time":"\#(time)"}"#),
                refused("2", #"{"id":"2","event":"ordered"}"#),
            ], format: .own, with: Self.key)
        try await session.accept(
            [],
            refused: [
                refused(
                    "3",
                    #"{"type":"track","messageId":"3","event":"ordered","userId":"bert","timestamp":"\#(time)"}"#
                )
            ], format: .segment, with: Self.key)
        try await session.settleEvents()
        let reasons = try await session.quarantineReasons(of: "app")

        let replay = try await session.replayQuarantine(of: "app")
        try await session.settleEvents()
        let left = try await session.quarantine(of: "app")
        let removed = try await session.removeQuarantined(of: "app", numbers: left.map(\.number))

        #expect(reasons == [QuarantineReason(code: "events/too-old", count: 3)])
        #expect(replay.accepted == 2 && replay.refused == 1)
        #expect(session.facts["app"]?.rows == 2)
        #expect(left.map(\.id) == ["2"] && removed == 1)
        await session.close()
    }

    @Test("the last half hour shows who is active, on which pages, from where")
    func live() async throws {
        let workspace = try workspace()
        let session = try await workspace.open()
        try await session.accept(
            [
                Self.event("page_viewed", id: "1", user: "anna"),
                Self.event("page_viewed", id: "2", user: "bert", before: 600),
                Self.event("ordered", id: "3", user: "bert", before: 660),
                Self.event("ordered", id: "4", user: "cleo", before: 3_600),
            ], refused: [], with: Self.key)
        try await session.settleEvents()
        let live = try await session.live("app")
        let intake = try await session.intake(of: "app")
        await session.close()

        #expect(live["active_5"] == 1 && live["active_30"] == 2)
        #expect(live["pages"] == [["name": "/pricing", "count": 2]])
        #expect(live["countries"] == [["name": "DE", "count": 3]])
        guard case .list(let minutes) = live["minutes"], case .list(let latest) = live["latest"]
        else { throw Failure("test/shape", "The answer has another shape.") }
        #expect(minutes.count == 30)
        #expect(minutes.filter { $0 != 0 }.count == 3)
        #expect(latest.map { $0["person"] } == ["anna", "bert", "bert"])
        guard case .list(let volume) = intake["volume"] else {
            throw Failure("test/shape", "The answer has another shape.")
        }
        #expect(volume.count == 48)
        #expect(intake["rows"] == 4 && intake["quarantined"] == 0)
    }

    @Test("values of a column are counted, of one event or of all")
    func values() async throws {
        let workspace = try workspace()
        let session = try await workspace.open()
        try await session.accept(
            [
                Self.event("ordered", id: "1", properties: #"{"plan":"pro"}"#),
                Self.event("ordered", id: "2", properties: #"{"plan":"pro"}"#),
                Self.event("left", id: "3", properties: #"{"plan":"free"}"#),
            ], refused: [], with: Self.key)
        try await session.settleEvents()

        let ordered = try await session.eventValues(of: "app", event: "ordered", property: "plan")
        let all = try await session.eventValues(of: "app", event: nil, property: "plan")
        let failure = await #expect(throws: Failure.self) {
            try await session.eventValues(of: "app", event: nil, property: "colour")
        }
        await session.close()

        #expect(ordered["values"] == [["value": "pro", "count": 2]])
        #expect(
            all["values"] == [["value": "pro", "count": 2], ["value": "free", "count": 1]])
        #expect(failure?.code == .unknownColumn)
    }

    @Test("definitions written on a page are checked with all the others before they hold")
    func definitions() async throws {
        let workspace = try workspace()
        let session = try await workspace.open()
        let good = """
            metric: people
            is: Who did anything.
            unit: count
            better: up
            formula: { distinct: person, from: app }
            """
        let written = try await session.addDefinitions(good)
        let again = await #expect(throws: Failure.self) { try await session.addDefinitions(good) }
        let broken = await #expect(throws: Failure.self) {
            try await session.addDefinitions(
                good.replacing("from: app", with: "from: apps")
                    .replacing("metric: people", with: "metric: folk"))
        }
        let path = await #expect(throws: Failure.self) {
            try await session.addDefinitions("metric: ../../etc\nis: A.\n")
        }

        #expect(written.file == "definitions/metrics/people.yaml" && written.kind == "metric")
        #expect(session.catalog.metrics["people"] != nil)
        #expect(again?.code == .definitionExists)
        #expect(broken?.code == .unknownSource)
        #expect(path?.code == .unknownKind)
        #expect(session.findings(in: "metric: a\n").contains { $0.failure.code == .missingKey })
        #expect(session.catalog.metrics.count == 1)
        await session.close()
    }
}
