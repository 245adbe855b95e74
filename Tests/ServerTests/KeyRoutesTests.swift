import Features
import HTTPTypes
import Testing
import Vocabulary

@testable import Server

@Suite("Write keys over HTTP")
struct KeyRoutesTests {
    @Test("an administrator makes a key, sees it in the list without its text, and revokes it")
    func lifetime() async throws {
        let world = try ServerWorld()
        let admin = try await world.person(.admin)

        let made = try await world.send(
            .post, "/api/v1/keys", as: admin,
            json: #"{"source":"orders","origins":"https://a.example https://b.example"}"#)
        let text = try #require(made["key"]?.string)
        let list = try await world.send(.get, "/api/v1/keys", as: admin)
        let revoked = try await world.send(.delete, "/api/v1/keys/1", as: admin)

        #expect(made.status == 201)
        #expect(made["about"]?["origins"] == ["https://a.example", "https://b.example"])
        #expect(list["keys"]?.count == 1)
        #expect(!list.body.contains(text))
        #expect(revoked["revoked"]?.string != nil)
        #expect(try await world.parts.keys.find(text) == nil)
    }

    @Test("a wrong wish says what is wrong and makes nothing")
    func wrong() async throws {
        let world = try ServerWorld()
        let admin = try await world.person(.admin)

        let origin = try await world.send(
            .post, "/api/v1/keys", as: admin, json: #"{"source":"orders","origins":"a.example"}"#)
        let source = try await world.send(
            .post, "/api/v1/keys", as: admin, json: #"{"source":"nothing"}"#)
        let number = try await world.send(.delete, "/api/v1/keys/seven", as: admin)

        #expect(origin["code"] == "keys/bad-origin")
        #expect(source.status == 400 || source.status == 404)
        #expect(number["code"] == "keys/unknown-key")
        #expect(try await world.parts.keys.list() == [])
    }
}
