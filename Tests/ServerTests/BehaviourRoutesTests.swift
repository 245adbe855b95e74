import Definitions
import Features
import HTTPTypes
import Testing
import Vocabulary

@testable import Server

@Suite("Behaviour over HTTP")
struct BehaviourRoutesTests {
    @Test(
        "every kind is asked by name or by definition, one of them",
        arguments: BehaviourKind.allCases.map(\.rawValue))
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

    @Test("a definition may have several lines, but no other control characters")
    func lines() async throws {
        let world = try ServerWorld()
        let viewer = try await world.person(.viewer)
        let path = "/api/v1/paths?definition="

        let lines = try await world.send(.get, path + "from:%20a%0Alength:%203", as: viewer)
        let bell = try await world.send(.get, path + "from:%07a", as: viewer)

        #expect(lines["paths"] == "from: a\nlength: 3")
        #expect(bell["code"] == "server/bad-parameter")
    }

    @Test(
        "who is behind a number is for those who may see rows",
        arguments: [
            "funnel/people?name=a&step=2&dropped=true",
            "retention/people?name=a&cohort=2026-06-01&age=2&returned=false",
            "segment/people?name=a", "people?source=product", "person?source=product&id=u1",
        ])
    func people(path: String) async throws {
        let world = try ServerWorld()
        let viewer = try await world.person(.viewer)
        let editor = try await world.person(.editor)

        let refused = try await world.send(.get, "/api/v1/" + path, as: viewer)
        let answered = try await world.send(.get, "/api/v1/" + path, as: editor)

        #expect(refused.status == 403)
        #expect(answered.status == 200)
    }
}
