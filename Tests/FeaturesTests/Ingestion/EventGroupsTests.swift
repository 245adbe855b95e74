import Engines
import Events
import Testing
import Vocabulary

@testable import Features

@Suite("Groups of events")
struct EventGroupsTests {
    private static func event(_ id: String, _ groups: (String, String)...) -> Event {
        var event = Event.made(id, user: "anna")
        event.groups = groups.map { Event.Group(type: $0.0, id: $0.1) }
        return event
    }

    private static let events = [
        event("1", ("team", "t\"1\\\n"), ("company", "acme"), ("team", "t2")),
        event("2", ("company", "blue ä")), event("3"),
    ]

    @Test("all groups of an event are kept, and the first has columns of its own")
    func all() async throws {
        let bench = try IngestionBench()
        let ingestion = try await bench.open()

        try await bench.store(ingestion, Self.events)

        #expect(
            try await bench.rows(
                "select group_type, group_id, groups from source.app order by message_id") == [
                    #"team|t"1\#u{5C}\#n|{"team":"t\"1\\\u000a","company":"acme"}"#,
                    #"company|blue ä|{"company":"blue ä"}"#, "–|–|–",
                ])
        await ingestion.stop()
    }

    @Test("a column named after a type of groups has their ids, also of what was stored before")
    func column() async throws {
        let bench = try IngestionBench()
        let company = EventSource.Property(name: "group_company", type: .text)
        let select = "select group_company from source.app order by message_id"
        var own = Event.made("5", user: "anna", properties: #"{"group_company":"its own"}"#)
        own.groups = [Event.Group(type: "company", id: "acme")]
        let ingestion = try await bench.open()
        try await bench.store(ingestion, Self.events + [own])

        try await ingestion.setSources([EventSource(name: "app", properties: [company])])

        #expect(try await bench.rows(select) == ["acme", "blue ä", "–", "its own"])
        var later = own
        later.id = "6"
        try await bench.store(ingestion, [Self.event("4", ("company", "cyan")), later])
        #expect(
            try await bench.rows(select) == [
                "acme", "blue ä", "–", "cyan", "its own", "its own",
            ])
        await ingestion.stop()
    }

    @Test("a table of an earlier program gets the column behind those of its properties")
    func earlierTable() async throws {
        let bench = try IngestionBench()
        let properties = ["plan", "seats"].map { EventSource.Property(name: $0, type: .text) }
        var ingestion = try await bench.open([EventSource(name: "app", properties: properties)])
        try await bench.store(ingestion, [.made("0", user: "a", properties: #"{"plan":"pro"}"#)])
        await ingestion.stop()
        try await bench.engine.execute(Statement("drop view source.app"))
        try await bench.engine.execute(Statement("alter table events.app drop column groups"))

        ingestion = try await bench.open([EventSource(name: "app", properties: properties)])
        var event = Self.event("1", ("company", "acme"))
        event.properties = JSONObjectText(checked: Array(#"{"plan":"free","seats":"5"}"#.utf8))
        try await bench.store(ingestion, [event])

        #expect(
            try await bench.rows(
                "select plan, seats, groups from source.app order by message_id") == [
                    "pro|–|–", #"free|5|{"company":"acme"}"#,
                ])
        await ingestion.stop()
    }
}
