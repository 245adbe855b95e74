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

    @Test("what applications send is in the answers, each message once, by person and property")
    func answers() async throws {
        let workspace = try TemporaryWorkspace(Self.definitions)
        let session = try await workspace.open()

        try await session.take([
            AppEvents.event("opened", id: "1", anonymous: "device-1"),
            AppEvents.event("opened", id: "1", anonymous: "device-1"),
            AppEvents.event(
                "ordered", id: "2", user: "anna", properties: #"{"plan":"pro","seats":3}"#),
            AppEvents.event(
                "ordered", id: "3", user: "bert", properties: #"{"plan":"free","seats":1}"#),
        ])

        #expect(try await session.june("actors") == 3)
        #expect(try await session.june("seats") == 4)
        #expect(try await session.june("seats", filters: ["plan = 'pro'"]) == 3)
        #expect(session.facts["app"]?.rows == 3)
        await session.close()
    }

    @Test("who turns out to be known counts as one person in the past too")
    func identity() async throws {
        let workspace = try TemporaryWorkspace(Self.definitions)
        let session = try await workspace.open()
        try await session.take([
            AppEvents.event("opened", id: "1", anonymous: "device-1"),
            AppEvents.event("opened", id: "2", user: "anna", day: 1),
        ])
        #expect(try await session.june("actors") == 2)

        try await session.take([
            AppEvents.event("signed_in", id: "3", user: "anna", anonymous: "device-1", day: 2)
        ])

        #expect(try await session.june("actors") == 1)
        #expect(session.intakeStatus?.merges == 1)
        await session.close()
    }

    @Test("events are there again when the workspace is opened again, and not twice")
    func reopened() async throws {
        let workspace = try TemporaryWorkspace(Self.definitions)
        let first = try await workspace.open()
        let events = [AppEvents.event("opened", id: "1", user: "anna")]
        try await first.accept(events, refused: [], with: AppEvents.key)
        await first.close()

        let second = try await workspace.open()
        try await second.take(events)

        #expect(second.facts["app"]?.rows == 1)
        await second.close()
    }

    @Test("a source that is defined later takes events from then on, with its new columns")
    func definedLater() async throws {
        let workspace = try TemporaryWorkspace(["yardstick.yaml": "workspace: Shop\n"])
        let session = try await workspace.open()
        let event = AppEvents.event(
            "ordered", id: "1", user: "anna", properties: #"{"plan":"pro","seats":3}"#)
        let failure = await #expect(throws: Failure.self) {
            try await session.accept([event], refused: [], with: AppEvents.key)
        }
        #expect(failure?.code == "ingest/unknown-source")

        let text = Self.definitions["definitions/app.yaml"] ?? ""
        try workspace.write(
            text.replacing("columns: { plan: text, seats: integer }\n", with: "")
                .replacing("sum: seats", with: "count: rows"), to: "definitions/app.yaml")
        #expect(await session.reloadDefinitions())
        try await session.take([event])
        #expect(try await session.june("seats") == 1)

        try workspace.write(text, to: "definitions/app.yaml")
        #expect(await session.reloadDefinitions())
        #expect(try await session.june("seats") == 3)
        await session.close()
    }

    @Test("a person is given out and forgotten, in answers that were known already as well")
    func forgotten() async throws {
        let workspace = try TemporaryWorkspace(Self.definitions)
        let session = try await workspace.open()
        try await session.take([
            AppEvents.event("opened", id: "1", user: "anna", anonymous: "device-1"),
            AppEvents.event("opened", id: "2", user: "bert"),
        ])
        #expect(try await session.june("actors") == 2)

        let export = try await session.export(person: "device-1", by: nil, from: nil)
        let erasure = try await session.forget(person: "anna", by: nil, from: nil)

        #expect(export.events["app"]?.count == 1)
        #expect(erasure.events == ["app": 1])
        #expect(try await session.june("actors") == 1)
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
        await #expect(throws: Failure.self) { try await changed.june("actors") }
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
