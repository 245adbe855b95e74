import Definitions
import Events
import Foundation
import Planning
import Testing
import Vocabulary

@testable import Features

@Suite("What is made of sources of events, and their rows")
struct EventRecipeTests {
    private static let definitions = [
        "yardstick.yaml": "workspace: Shop\nzone: UTC\n",
        "definitions/app.yaml": """
        \(AppEvents.source)
        ---
        source: visits
        is: Events without a pause of half an hour.
        from:
          sessions: app
          by: person
          gap: 30 minutes
          keep: { first_event: { first: event } }
        ---
        source: steps
        is: Events with the one before.
        from:
          rows: app
          previous: { by: [person], take: { event_before: event } }
        ---
        source: days
        is: Days on which people come back.
        from: { returns: app, by: person, since: first }
        ---
        metric: visits
        is: Visits.
        unit: count
        better: up
        formula: { count: rows, from: visits, where: "first_event = 'opened'" }
        ---
        metric: orders_at_once
        is: Orders right after opening.
        unit: count
        better: up
        formula: { count: rows, from: steps, where: "event = 'ordered' and event_before = 'opened'" }
        ---
        metric: days_back
        is: Days on which people were there, the first one among them.
        unit: count
        better: up
        formula: { count: rows, from: days }
        ---
        metric: conversion
        is: Who orders within a day after opening.
        unit: share
        better: up
        formula: { conversion: { from: opened, to: ordered, by: person, within: 1 day, per: person }, in: app }
        ---
        metric: opens
        is: How often the app is opened.
        unit: count
        better: up
        formula: { count: rows, from: app, events: [opened] }
        """,
    ]

    /// So many minutes after noon of 2026-06-10 in UTC.
    private static func event(_ name: String, _ user: String, minute: Int) -> Event {
        AppEvents.event(name, id: "\(user)-\(name)-\(minute)", user: user, minute: minute)
    }

    /// Anna opens and orders, opens again an hour later and the next day; Bert opens, and orders two
    /// days later. What happens in one moment is in the order in which it came.
    private static let events = [
        event("opened", "anna", minute: 0), event("ordered", "anna", minute: 0),
        event("opened", "anna", minute: 60), event("opened", "anna", minute: 1_440),
        event("opened", "bert", minute: 5), event("ordered", "bert", minute: 2_885),
    ]

    private func session(
        _ workspace: borrowing TemporaryWorkspace
    ) async throws -> WorkspaceSession {
        let session = try await WorkspaceSession.open(
            workspace.folder, clock: TemporaryWorkspace.clock)
        try await session.take(Self.events)
        return session
    }

    @Test("sessions, rows with their neighbours, returns and conversions are made of events")
    func recipes() async throws {
        let workspace = try TemporaryWorkspace(Self.definitions)
        let session = try await session(workspace)

        #expect(session.findings.filter { $0.severity == .error }.isEmpty)
        #expect(try await session.june("visits") == 4)
        #expect(try await session.june("orders_at_once") == 2)
        #expect(try await session.june("days_back") == 4)
        #expect(try await session.june("conversion") == 0.5)
        await session.close()
    }

    @Test("the rows behind a number are shown, the latest first, without the number of the row")
    func rows() async throws {
        let workspace = try TemporaryWorkspace(Self.definitions)
        let session = try await session(workspace)

        let rows = try await session.rows(
            RowsWords(
                metric: "opens", question: QuestionWords(metrics: [], over: "2026-06")))
        guard case .list(let columns)? = rows["columns"], case .list(let shown)? = rows["rows"]
        else {
            Issue.record("The answer has no rows.")
            return
        }
        let names = columns.compactMap { $0["name"] }

        #expect(shown.count == 4)
        #expect(names.contains("user_id") && !names.contains("rowid"))
        #expect(session.facts["app"]?.columns.contains { $0.name == "rowid" } == false)
        await session.close()
    }

    @Test("a property is not named as the number of rows is")
    func reservedName() async throws {
        let workspace = try TemporaryWorkspace([
            "yardstick.yaml": "workspace: Shop\nzone: UTC\n",
            "definitions/app.yaml": """
            source: app
            is: What people do in the app.
            from: events
            columns: { RowID: text }
            """,
        ])
        let session = try await WorkspaceSession.open(
            workspace.folder, clock: TemporaryWorkspace.clock)
        #expect(session.findings.map(\.failure.code).contains(.eventColumn))
        await session.close()
    }
}
