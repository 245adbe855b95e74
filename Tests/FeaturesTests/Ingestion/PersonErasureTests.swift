import Events
import Foundation
import Testing
import Vocabulary

@testable import Features

@Suite("One person's events")
struct PersonErasureTests {
    private static let events = [
        Event.made("1", anonymous: "dev-anna"),
        Event.made("2", user: "anna", anonymous: "dev-anna"),
        Event.made("3", user: "ben", properties: #"{"mail":"ben@example.org"}"#),
        Event.made("4", "left", user: "anna", properties: #"{"mail":"anna@example.org"}"#),
    ]

    private func filled(_ bench: IngestionBench) async throws -> EventIngestion {
        let ingestion = try await bench.open()
        try await bench.store(ingestion, Self.events)
        let raw = ["{\"userId\":\"anna\"}", "{\"userId\":\"annabel\"}"]
        _ = try await ingestion.accept(
            EventBatch(source: "app", received: IngestionBench.now, events: []),
            refused: RefusedBatch(
                source: "app", format: "own", received: IngestionBench.now,
                items: raw.map {
                    .init(id: nil, code: "events/bad-time", message: "", raw: Array($0.utf8))
                }))
        return ingestion
    }

    @Test("an export has everything of all ids of the person, and nothing of others")
    func export() async throws {
        let bench = try IngestionBench()
        let ingestion = try await filled(bench)

        let export = try await ingestion.export(person: "dev-anna")
        let nobody = try await ingestion.export(person: "carl")

        #expect(Set(export.ids) == ["anna", "dev-anna"])
        #expect(export.events["app"]?.count == 3 && export.refused.count == 1)
        #expect(export.events["app"]?.last?.contains("anna@example.org") == true)
        #expect(nobody.ids.isEmpty && nobody.events.isEmpty)
        await ingestion.stop()
    }

    @Test("a person who is forgotten is in no table and in no file of the inbox")
    func forget() async throws {
        let bench = try IngestionBench()
        let ingestion = try await filled(bench)

        let erasure = try await ingestion.forget(person: "anna")

        #expect(erasure.ids == 2 && erasure.events == ["app": 3] && erasure.refused == 1)
        #expect(try await bench.rows("select user_id from source.app") == ["ben"])
        #expect(try await bench.rows("select id from events.actors") == ["ben"])
        #expect(try await bench.rows("select count(*) from events.merges") == ["0"])
        #expect(
            try await bench.rows("select count(*) from events.seen_names where example is not null")
                == ["0"])
        #expect(try await ingestion.quarantined().map(\.raw) == ["{\"userId\":\"annabel\"}"])
        let files = try FileManager.default.contentsOfDirectory(
            at: bench.folder.appending(path: "events"), includingPropertiesForKeys: nil)
        for file in files {
            #expect(try Data(contentsOf: file).range(of: Data("anna".utf8)) == nil)
        }
        await ingestion.stop()
    }

    @Test("messages of somebody who was forgotten do not come back, new ones are somebody new")
    func doesNotComeBack() async throws {
        let bench = try IngestionBench()
        var ingestion = try await filled(bench)
        _ = try await ingestion.forget(person: "anna")

        try await bench.store(ingestion, Self.events)
        await ingestion.stop()
        try await bench.reopenEngine()
        ingestion = try await bench.open()
        try await bench.store(ingestion, Self.events + [.made("9", user: "anna")])

        #expect(
            try await bench.rows("select message_id, person from source.app order by 1") == [
                "3|2", "9|3",
            ])
        await ingestion.stop()
    }
}
