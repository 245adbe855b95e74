import Features
import HTTPTypes
import Testing
import Vocabulary

@testable import Server

@Suite("Behaviour over HTTP")
struct BehaviourRoutesTests {
    @Test(
        "a funnel and a retention are asked by name or by definition, one of them",
        arguments: ["funnel", "retention"])
    func asked(kind: String) async throws {
        let world = try ServerWorld()
        let viewer = try await world.person(.viewer)
        let path = "/api/v1/\(kind)"

        let named = try await world.send(.get, path + "?name=sign_up", as: viewer)
        let both = try await world.send(.get, path + "?name=a&definition=b", as: viewer)
        let neither = try await world.send(.get, path, as: viewer)

        #expect(named[kind] == "sign_up")
        #expect(both["code"] == "server/bad-parameter")
        #expect(neither["code"] == "server/bad-parameter")
    }
}
