import Engines
import Events
import Foundation
import Testing
import Vocabulary

@testable import Features

@Suite("Storing events")
struct EventIngestionTests {
    @Test("an event becomes a row with everything it says, and a person in the view")
    func row() async throws {
        let bench = try IngestionBench()
        let ingestion = try await bench.open()
        var event = Event.made(
            "m1", "bought", user: "anna", anonymous: "dev-1", properties: #"{"plan":"team"}"#)
        event.groups = [Event.Group(type: "account", id: "acme")]
        event.session = "s1"
        event.clientTime = Instant(seconds: 5)
        event.traits = JSONObjectText(checked: Array(#"{"vip":true}"#.utf8))
        event.context.url = "https://shop.example/cart"
        event.context.referrer = "https://www.news.example:8080/x?y"
        event.context.campaign.source = "news"
        event.context.country = "AT"
        event.context.format = "segment"

        try await bench.store(ingestion, [event])

        #expect(
            try await bench.rows(
                """
                select person, actor, event, kind, user_id, anonymous_id, session_id, group_type,
                    group_id, url, referrer_host, campaign_source, country, format, client_time,
                    message_id, properties, traits, is_bot::varchar from source.app
                """) == [
                    "0|0|bought|track|anna|dev-1|s1|account|acme|https://shop.example/cart|"
                        + "news.example|news|AT|segment|1970-01-01T00:00:05Z|m1|"
                        + #"{"plan":"team"}|{"vip":true}|false"#
                ])
        await ingestion.stop()
    }

    @Test("events of programs are stored, and count only where they are asked for")
    func bots() async throws {
        let bench = try IngestionBench()
        let ingestion = try await bench.open([
            EventSource(name: "app"), EventSource(name: "all", dropsBots: false),
        ])
        var bot = Event.made("b", user: "robot")
        bot.context.isBot = true

        try await bench.store(ingestion, [bot, .made("h", user: "human")])
        try await bench.store(ingestion, source: "all", [bot, .made("h", user: "human")])

        #expect(try await bench.rows("select count(*) from events.app") == ["2"])
        #expect(try await bench.rows("select count(*) from source.app") == ["1"])
        #expect(try await bench.rows("select count(*) from source.all") == ["2"])
        await ingestion.stop()
    }

    @Test("declared properties have columns in their types, one declared later is filled")
    func properties() async throws {
        let bench = try IngestionBench()
        let typed: [EventSource.Property] = [
            .init(name: "seats", type: .integer), .init(name: "plan", type: .text),
            .init(name: "paid", type: .boolean), .init(name: "due", type: .instant),
            .init(name: "price", type: .number), .init(name: "born", type: .day),
        ]
        let events = [
            Event.made(
                "1", user: "a",
                properties:
                    #"{"seats":5,"plan":"te\u00e4m","paid":true,"due":"2026-01-01T02:00:00+02:00","price":1.5,"born":"2000-02-29"}"#
            ),
            Event.made(
                "2", user: "a",
                properties:
                    #"{"seats":"many","plan":7,"paid":1,"due":"soon","price":null,"born":[]}"#),
            Event.made("3", user: "a"),
        ]
        let expected = [
            "5|teäm|true|2026-01-01T00:00:00Z|1.5|2000-02-29", "–|7|–|–|–|–", "–|–|–|–|–|–",
        ]
        let select = """
            select seats, plan, paid::varchar, due, price::varchar, born::varchar
            from source.app order by message_id
            """

        var ingestion = try await bench.open([EventSource(name: "app", properties: typed)])
        try await bench.store(ingestion, events)
        #expect(try await bench.rows(select) == expected)
        await ingestion.stop()

        ingestion = try await bench.open([EventSource(name: "app")])
        #expect(
            try await bench.rows(
                "select count(*) from duckdb_columns() where table_name = 'app' and schema_name = 'events'"
            )
                == ["34"])
        try await ingestion.setSources([EventSource(name: "app", properties: typed.reversed())])
        #expect(try await bench.rows(select) == expected)
        try await bench.store(ingestion, [.made("4", user: "b", properties: #"{"seats":9}"#)])
        #expect(
            try await bench.rows("select seats from source.app where message_id = '4'") == ["9"])
        await ingestion.stop()
    }

    @Test("a message counts once, whether it comes again at once, later, or after a restart")
    func duplicates() async throws {
        let bench = try IngestionBench()
        var ingestion = try await bench.open()
        let first = Event.made("m", user: "a", properties: #"{"n":1}"#)
        var later = first
        later.received = IngestionBench.now.adding(seconds: 3_000)

        try await bench.store(ingestion, [first, first, .made("n", user: "a")])
        try await bench.store(ingestion, [later, .made("m", "other", user: "a")])
        #expect(ingestion.status.duplicates == 2 && ingestion.status.conflicts == 1)
        await ingestion.stop()
        try await bench.reopenEngine()
        ingestion = try await bench.open()
        try await bench.store(ingestion, [later, .made("o", user: "a")])

        #expect(ingestion.status.duplicates == 1 && ingestion.status.rows == 1)
        #expect(
            try await bench.rows("select message_id, event from source.app order by 1") == [
                "m|clicked", "n|clicked", "o|clicked",
            ])
        await ingestion.stop()
    }

    @Test("the same id in another source, or after the window, is another message")
    func notDuplicates() async throws {
        let bench = try IngestionBench()
        let ingestion = try await bench.open([EventSource(name: "app"), EventSource(name: "web")]) {
            $0.windowSeconds = 3_600
        }
        let late = IngestionBench.now.adding(seconds: 3_601)

        try await bench.store(ingestion, [.made("m", user: "a")])
        try await bench.store(ingestion, source: "web", [.made("m", user: "a")])
        try await bench.store(ingestion, [.made("m", user: "a", received: late)])

        #expect(try await bench.rows("select count(*) from source.app") == ["2"])
        #expect(try await bench.rows("select count(*) from source.web") == ["1"])
        await ingestion.stop()
    }

    @Test("what was accepted before the program stopped is applied at the next start")
    func appliedAtStart() async throws {
        let bench = try IngestionBench()
        let inbox = try EventInbox(folder: bench.folder.appending(path: "events"))
        for number in 0..<50 {
            _ = try await inbox.append(
                .events(
                    EventBatch(
                        source: "app", received: IngestionBench.now,
                        events: [.made("\(number)", user: "a")])))
        }
        await inbox.close()

        let ingestion = try await bench.open()
        await ingestion.stop()

        #expect(try await bench.rows("select count(*) from source.app") == ["50"])
        #expect(ingestion.status.lagBytes == 0)
    }

    @Test("events of a source that is not defined any more are stored all the same")
    func undefinedSource() async throws {
        let bench = try IngestionBench()
        let inbox = try EventInbox(folder: bench.folder.appending(path: "events"))
        let batch = EventBatch(
            source: "gone", received: IngestionBench.now, events: [.made("1", user: "a")])
        _ = try await inbox.append(.events(batch))
        await inbox.close()

        let ingestion = try await bench.open()
        let failure = await #expect(throws: Failure.self) { try await ingestion.accept(batch) }
        await ingestion.stop()

        #expect(failure?.code == .ingestUnknownSource)
        #expect(try await bench.rows("select count(*) from events.gone") == ["1"])
    }

    @Test("properties that are not allowed and events without consent are not stored anywhere")
    func privacy() async throws {
        let bench = try IngestionBench()
        let privacy = EventPrivacy(
            allowedProperties: ["plan", "agreed"], consentProperty: "agreed")
        let ingestion = try await bench.open([EventSource(name: "app", privacy: privacy)])
        let events = [
            Event.made("1", user: "a", properties: #"{"agreed":true,"mail":"a@b.c","plan":"x"}"#),
            Event.made("2", user: "a", properties: #"{"agreed":false,"mail":"secret"}"#),
            Event.made("3", user: "a"),
        ]

        try await bench.store(ingestion, events)
        _ = try await ingestion.accept(
            EventBatch(source: "app", received: IngestionBench.now, events: []),
            refused: RefusedBatch(
                source: "app", format: "own", received: IngestionBench.now,
                items: [.init(id: nil, code: "events/bad-time", message: "", raw: [0x7B])]))
        await ingestion.stop()

        #expect(ingestion.status.withoutConsent == 2)
        #expect(
            try await bench.rows("select properties from source.app") == [
                #"{"agreed":true,"plan":"x"}"#
            ])
        #expect(try await ingestion.quarantined().isEmpty)
    }

    @Test("what was refused is kept with its reason until it is removed")
    func quarantine() async throws {
        let bench = try IngestionBench()
        let ingestion = try await bench.open()
        let items = (0..<5).map {
            RefusedBatch.Item(
                id: "\($0)", code: "events/too-old", message: "Too old.", raw: Array("{}".utf8))
        }

        _ = try await ingestion.accept(
            EventBatch(source: "app", received: IngestionBench.now, events: []),
            refused: RefusedBatch(
                key: 3, source: "app", format: "segment", received: IngestionBench.now,
                items: items))
        try await ingestion.applied(to: ingestion.status.acceptedOffset)
        let kept = try await ingestion.quarantined(of: "app", limit: 2)
        try await ingestion.removeQuarantined(kept.map(\.number))

        #expect(kept.map(\.id) == ["4", "3"] && kept[0].raw == "{}" && kept[0].format == "segment")
        #expect(try await ingestion.quarantined().map(\.id) == ["2", "1", "0"])
        await ingestion.stop()
    }

    @Test("names, types and examples of what came are counted")
    func seenNames() async throws {
        let bench = try IngestionBench()
        let ingestion = try await bench.open()

        try await bench.store(
            ingestion,
            [
                .made("1", "bought", user: "a", properties: #"{"n":1,"on":"2026-01-01"}"#),
                .made("2", "bought", user: "a", properties: #"{"n":2.5,"x":{"y":[1,"}"]}}"#),
            ])
        try await bench.store(ingestion, [.made("3", "bought", user: "a", properties: #"{"n":3}"#)])

        #expect(
            try await bench.rows(
                """
                select event, property, type, count from events.seen_names
                order by property nulls first, type
                """) == [
                    "bought|–|event|3", "bought|n|integer|2", "bought|n|number|1",
                    "bought|on|date|1", "bought|x|object|1",
                ])
        await ingestion.stop()
    }

    @Test("a source cannot take the name of imported rows or of a table of ours")
    func names() async throws {
        let bench = try IngestionBench()
        try await bench.engine.execute(Statement("create schema source"))
        try await bench.engine.execute(Statement("create table source.orders (a integer)"))

        for name in ["orders", "merges"] {
            let failure = await #expect(throws: Failure.self) {
                try await bench.open([EventSource(name: name)])
            }
            #expect(failure?.code == .ingestSourceName)
        }
    }
}
