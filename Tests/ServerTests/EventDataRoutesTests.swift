import Features
import HTTPTypes
import Testing
import Vocabulary

@testable import Server

@Suite("Sources of events over HTTP")
struct EventDataRoutesTests {
    @Test("an editor tries refused events again and removes them; it is audited")
    func quarantine() async throws {
        let world = try ServerWorld()
        let editor = try await world.person(.editor)
        let path = "/api/v1/sources/orders/quarantine"

        let page = try await world.send(.get, path + "?limit=7", as: editor)
        let some = try await world.send(
            .post, path + "/replay", as: editor, json: #"{"ids":[3,1]}"#)
        let all = try await world.send(.post, path + "/remove", as: editor, json: "{}")
        let wrong = try await world.send(
            .post, path + "/remove", as: editor, json: #"{"ids":["1"]}"#)
        let other = try await world.send(
            .post, path + "/remove", as: editor, json: #"{"id":1}"#)

        #expect(page["total"] == 7)
        #expect(some["accepted"] == 2)
        #expect(all["removed"] == 0)
        #expect(wrong.status == 400 && other.status == 400)
        #expect(wrong["code"] == "server/bad-body")
    }

    @Test("a viewer sees what came and how it goes, and changes nothing")
    func viewer() async throws {
        let world = try ServerWorld()
        let viewer = try await world.person(.viewer)
        let paths = ["events", "intake", "values?property=plan"]
        var statuses: [Int] = []
        for path in paths {
            statuses.append(
                try await world.send(.get, "/api/v1/sources/orders/\(path)", as: viewer).status)
        }
        let quarantine = try await world.send(
            .get, "/api/v1/sources/orders/quarantine", as: viewer)
        let unknown = try await world.send(.get, "/api/v1/sources/nothing/events", as: viewer)

        #expect(statuses == [200, 200, 200])
        #expect(quarantine.status == 403)
        #expect(unknown.status == 404)
    }

    @Test("definitions are written by editors, and checked before")
    func definitions() async throws {
        let world = try ServerWorld()
        let editor = try await world.person(.editor)
        let viewer = try await world.person(.viewer)
        let yaml = #"{"yaml":"funnel: checkout\n"}"#

        let written = try await world.send(.post, "/api/v1/definitions", as: editor, json: yaml)
        let checked = try await world.send(
            .post, "/api/v1/definitions/check", as: editor, json: yaml)
        let refused = try await world.send(.post, "/api/v1/definitions", as: viewer, json: yaml)

        #expect(written.status == 201)
        #expect(written["file"] == "definitions/funnels/checkout.yaml")
        #expect(checked["findings"] == [])
        #expect(refused.status == 403)
    }

    @Test("what happens now is asked for once, however many pages look")
    func live() async throws {
        let world = try ServerWorld()
        let desk = world.parts.live

        let first = try await desk.state(of: "orders")
        let second = try await desk.state(of: "orders")
        let failure = await #expect(throws: Failure.self) { try await desk.state(of: "nothing") }

        #expect(first["active_5"] == 3 && second == first)
        #expect(try world.workspace.livesAsked == 2)
        #expect(failure?.code == "definition/unknown-metric")
    }

    @Test("the snippet may be loaded by pages of any site")
    func snippet() async throws {
        let assets = WebAssets([
            "y.js": .init(contentType: "text/javascript", content: Array("y()".utf8))
        ])
        let answer = try await ServerWorld(assets: assets).send(.get, "/y.js")
        let missing = try await ServerWorld().send(.get, "/y.js")

        #expect(answer.body == "y()")
        #expect(answer.headers[.crossOriginResourcePolicy] == "cross-origin")
        #expect(answer.headers[.accessControlAllowOrigin] == "*")
        #expect(missing.status == 404)
    }
}
