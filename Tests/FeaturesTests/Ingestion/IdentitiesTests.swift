import Events
import TestSupport
import Testing
import Vocabulary

@testable import Features

@Suite("Who is who")
struct IdentitiesTests {
    /// Which ids are one person after some events, each person a list of ids.
    private func people(_ events: [Event], _ ids: [String]) -> Set<Set<String>> {
        var identities = Identities()
        for event in events { _ = identities.resolve(event) }
        return Set(
            ids.map { id in
                Set(
                    ids.filter {
                        identities.actors(with: id).contains(identities.actor(of: $0) ?? -1)
                    })
            })
    }

    @Test("K25: an anonymous id becomes the known person, and its earlier events follow")
    func identify() {
        var identities = Identities()

        let before = identities.resolve(.made("1", anonymous: "dev"))
        let after = identities.resolve(
            .made("2", kind: .identify, user: "anna", anonymous: "dev"))

        #expect(identities.person(of: before) == identities.person(of: after) && before != after)
        #expect(identities.person(of: before) == after)
        #expect(identities.newMerges.map(\.restated) == [1])
    }

    @Test("a shared device does not make two known people one")
    func sharedDevice() {
        let events = [
            Event.made("1", user: "anna", anonymous: "tablet"),
            Event.made("2", user: "ben", anonymous: "tablet"),
        ]

        #expect(people(events, ["anna", "ben", "tablet"]) == [["anna", "tablet"], ["ben"]])
    }

    @Test("an earlier id of an identification joins as an anonymous one does")
    func previousOfIdentification() {
        let events = [
            Event.made("1", user: "dev"), Event.made("2", anonymous: "web"),
            Event.made("3", kind: .identify, user: "anna", previous: "web"),
            Event.made("4", kind: .identify, user: "anna", previous: "dev"),
        ]

        #expect(people(events, ["anna", "web", "dev"]) == [["anna", "web"], ["dev"]])
    }

    @Test("an alias of oneself, and one that comes again, change nothing")
    func idempotentAlias() {
        var identities = Identities()
        for id in ["1", "2"] {
            _ = identities.resolve(.made(id, kind: .alias, user: "u", previous: "u"))
            _ = identities.resolve(.made(id, kind: .alias, user: "u", previous: "old"))
        }

        #expect(identities.newMerges.count == 1 && identities.guarded == 0)
    }

    @Test("an alias does not take an id from another known person")
    func guardedAlias() {
        let events = [
            Event.made("1", user: "anna", anonymous: "dev"),
            Event.made("2", kind: .alias, user: "ben", previous: "dev"),
        ]

        #expect(people(events, ["anna", "ben", "dev"]) == [["anna", "dev"], ["ben"]])
    }

    @Test("the order of aliases, identifications and events does not matter", arguments: 0..<200)
    func orderDoesNotMatter(seed: Int) {
        let events = [
            Event.made("1", anonymous: "dev"), Event.made("2", user: "anna", anonymous: "dev"),
            Event.made("3", kind: .alias, user: "anna", previous: "old-anna"),
            Event.made("4", user: "old-anna"),
            Event.made("5", user: "old-anna", anonymous: "phone"),
            Event.made("6", anonymous: "phone"),
            Event.made("7", kind: .alias, user: "anna", previous: "cookie"),
            Event.made("8", anonymous: "cookie"), Event.made("9", user: "ben", anonymous: "tv"),
        ]
        var generator = SeededGenerator(seed: UInt64(seed))
        let ids = ["anna", "old-anna", "dev", "phone", "cookie", "ben", "tv"]

        let found = people(events.shuffled(using: &generator), ids)

        #expect(found == [["anna", "old-anna", "dev", "phone", "cookie"], ["ben", "tv"]])
    }

    @Test("people are the same after a restart, and later merges move all that are one")
    func restart() async throws {
        let bench = try IngestionBench()
        var ingestion = try await bench.open()
        try await bench.store(
            ingestion,
            [
                .made("1", anonymous: "a"), .made("2", anonymous: "b"),
                .made("3", kind: .alias, anonymous: "a", previous: "b"), .made("4", anonymous: "b"),
            ])
        #expect(ingestion.status.merges == 1 && ingestion.status.restated == 1)
        await ingestion.stop()
        try await bench.reopenEngine()
        ingestion = try await bench.open()
        #expect(
            try await bench.rows("select distinct person from source.app") == ["0"])

        try await bench.store(
            ingestion,
            [.made("5", user: "u", anonymous: "b"), .made("6", user: "x", anonymous: "a")])

        #expect(ingestion.status.restated == 4 && ingestion.status.guarded == 1)
        #expect(
            try await bench.rows(
                "select message_id, actor, person from source.app order by 1") == [
                    "1|0|2", "2|1|2", "3|0|2", "4|1|2", "5|2|2", "6|3|3",
                ])
        #expect(
            try await bench.rows("select id, is_user::varchar from events.actors order by actor")
                == ["a|false", "b|false", "u|true", "x|true"])
        await ingestion.stop()
    }
}
