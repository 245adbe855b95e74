import Definitions
import Events
import Foundation
import Planning
import Testing
import Vocabulary

@testable import Features

@Suite("Sources of events")
struct EventSourceTests {
    private static let definitions = [
        "yardstick.yaml": "workspace: Shop\nzone: Europe/Berlin\n",
        "definitions/app.yaml": """
        source: app
        is: What people do in the app.
        from: events
        columns: { plan: text, seats: integer }
        ---
        metric: actors
        is: Who did anything.
        unit: count
        better: up
        formula: { distinct: person, from: app }
        ---
        metric: seats
        is: Seats that were ordered.
        unit: count
        better: up
        formula: { sum: seats, from: app, events: [ordered] }
        """,
    ]

    private static let key = WriteKey(
        id: 1, label: "app", source: "app", origins: [], site: nil, hint: "yw_0000",
        made: Instant(seconds: 0), revoked: nil)

    /// 2026-06-10 and the days after, noon in UTC.
    private static func event(
        _ name: String, id: String, user: String? = nil, anonymous: String? = nil, day: Int = 0,
        properties: String = "{}"
    ) -> Event {
        let time = Instant(iso: "2026-06-10T12:00:00Z")?.adding(seconds: day * 86_400)
        var event = Event(
            id: id, kind: .track, name: name, user: user, anonymous: anonymous,
            time: time ?? Instant(seconds: 0), received: TemporaryWorkspace.clock.now)
        event.properties = JSONObjectText(checked: Array(properties.utf8))
        return event
    }

    private func value(
        _ metric: String, _ session: WorkspaceSession, filters: [String] = []
    ) async throws -> Double? {
        let words = QuestionWords(metrics: [metric], over: "2026-06", filters: filters)
        return try await session.answer(session.question(words)).rows[0].cells[0].quantity.value
    }

    @Test("what applications send is in the answers, each message once, by person and property")
    func answers() async throws {
        let workspace = try TemporaryWorkspace(Self.definitions)
        let session = try await workspace.open()

        try await session.accept(
            [
                Self.event("opened", id: "1", anonymous: "device-1"),
                Self.event("opened", id: "1", anonymous: "device-1"),
                Self.event(
                    "ordered", id: "2", user: "anna", properties: #"{"plan":"pro","seats":3}"#),
                Self.event(
                    "ordered", id: "3", user: "bert", properties: #"{"plan":"free","seats":1}"#),
            ], refused: [], with: Self.key)
        try await session.settleEvents()

        #expect(try await value("actors", session) == 3)
        #expect(try await value("seats", session) == 4)
        #expect(try await value("seats", session, filters: ["plan = 'pro'"]) == 3)
        #expect(session.facts["app"]?.rows == 3)
        await session.close()
    }

    @Test("who turns out to be known counts as one person in the past too")
    func identity() async throws {
        let workspace = try TemporaryWorkspace(Self.definitions)
        let session = try await workspace.open()
        try await session.accept(
            [
                Self.event("opened", id: "1", anonymous: "device-1"),
                Self.event("opened", id: "2", user: "anna", day: 1),
            ], refused: [], with: Self.key)
        try await session.settleEvents()
        #expect(try await value("actors", session) == 2)

        try await session.accept(
            [Self.event("signed_in", id: "3", user: "anna", anonymous: "device-1", day: 2)],
            refused: [], with: Self.key)
        try await session.settleEvents()

        #expect(try await value("actors", session) == 1)
        #expect(session.intakeStatus?.merges == 1)
        await session.close()
    }

    @Test("events are there again when the workspace is opened again, and not twice")
    func reopened() async throws {
        let workspace = try TemporaryWorkspace(Self.definitions)
        let first = try await workspace.open()
        let events = [Self.event("opened", id: "1", user: "anna")]
        try await first.accept(events, refused: [], with: Self.key)
        await first.close()

        let second = try await workspace.open()
        try await second.accept(events, refused: [], with: Self.key)
        try await second.settleEvents()

        #expect(second.facts["app"]?.rows == 1)
        await second.close()
    }

    @Test("a source that is defined later takes events from then on, with its new columns")
    func definedLater() async throws {
        let workspace = try TemporaryWorkspace(["yardstick.yaml": "workspace: Shop\n"])
        let session = try await workspace.open()
        let event = Self.event(
            "ordered", id: "1", user: "anna", properties: #"{"plan":"pro","seats":3}"#)
        let failure = await #expect(throws: Failure.self) {
            try await session.accept([event], refused: [], with: Self.key)
        }
        #expect(failure?.code == "ingest/unknown-source")

        let text = Self.definitions["definitions/app.yaml"] ?? ""
        try workspace.write(
            text.replacing("columns: { plan: text, seats: integer }\n", with: "")
                .replacing("sum: seats", with: "count: rows"), to: "definitions/app.yaml")
        #expect(await session.reloadDefinitions())
        try await session.accept([event], refused: [], with: Self.key)
        try await session.settleEvents()
        #expect(try await value("seats", session) == 1)

        try workspace.write(text, to: "definitions/app.yaml")
        #expect(await session.reloadDefinitions())
        #expect(try await value("seats", session) == 3)
        await session.close()
    }

    @Test("a person is given out and forgotten, in answers that were known already as well")
    func forgotten() async throws {
        let workspace = try TemporaryWorkspace(Self.definitions)
        let session = try await workspace.open()
        try await session.accept(
            [
                Self.event("opened", id: "1", user: "anna", anonymous: "device-1"),
                Self.event("opened", id: "2", user: "bert"),
            ], refused: [], with: Self.key)
        try await session.settleEvents()
        #expect(try await value("actors", session) == 2)

        let export = try await session.export(person: "device-1", by: nil, from: nil)
        let erasure = try await session.forget(person: "anna", by: nil, from: nil)

        #expect(export.events["app"]?.count == 1)
        #expect(erasure.events == ["app": 1])
        #expect(try await value("actors", session) == 1)
        let failure = await #expect(throws: Failure.self) {
            try await session.forget(person: "anna", by: nil, from: nil)
        }
        #expect(failure?.code == .ingestUnknownPerson)
        await session.close()
    }

    @Test("a source that changes from files to events is told apart, and the others serve on")
    func fromFiles() async throws {
        let files = "source: app\nis: A.\nfrom: { csv: imports/app.csv }\ntime: t\n"
        let workspace = try TemporaryWorkspace([
            "yardstick.yaml": "workspace: Shop\nzone: UTC\n", "definitions/app.yaml": files,
            "imports/app.csv": "t\n2026-06-10\n",
        ])
        let session = try await workspace.open()
        _ = try await session.importFiles(source: "app")
        await session.close()

        try workspace.write(
            (Self.definitions["definitions/app.yaml"] ?? "") + "\n---\n"
                + files.replacing("source: app", with: "source: table"),
            to: "definitions/app.yaml")
        let changed = try await workspace.open()
        #expect(changed.findings.contains { $0.failure.code == .ingestSourceName })
        #expect(try await changed.importFiles(source: "table").rows == 1)
        await #expect(throws: Failure.self) { try await value("actors", changed) }
        await changed.close()
    }

    @Test("a source that changes from events to files takes files")
    func toFiles() async throws {
        let workspace = try TemporaryWorkspace(Self.definitions)
        let session = try await workspace.open()
        try workspace.write("t\n2026-06-10\n", to: "imports/app.csv")
        try workspace.write(
            "source: app\nis: A.\nfrom: { csv: imports/app.csv }\ntime: t\n",
            to: "definitions/app.yaml")
        #expect(await session.reloadDefinitions())
        #expect(try await session.importFiles(source: "app").rows == 1)
        await session.close()
    }

    @Test("files cannot be imported into a source of events")
    func imports() async throws {
        let workspace = try TemporaryWorkspace(Self.definitions)
        let session = try await workspace.open()
        let failure = await #expect(throws: Failure.self) {
            try await session.importFiles(source: "app")
        }
        #expect(failure?.code == .importEvents)
        await session.close()
    }
}
