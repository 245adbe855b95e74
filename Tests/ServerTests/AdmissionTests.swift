import Events
import Features
import HTTPTypes
import Testing
import Vocabulary

@testable import Server

@Suite("Who may call what")
struct AdmissionTests {
    static let guarded = Endpoints.all.filter { $0.access.role != nil }
    static let forEditors = Endpoints.all.filter { $0.access == .editor || $0.access == .admin }
    static let changing = Endpoints.all.filter { $0.changesState && $0.access.role != nil }

    @Test("who is signed out gets 401", arguments: guarded)
    func signedOut(endpoint: Endpoint) async throws {
        let answer = try await ServerWorld().send(endpoint.method, endpoint.samplePath)

        #expect(answer.status == 401)
        #expect(answer["code"] == "server/signed-out")
    }

    @Test("a viewer may not do what an editor may", arguments: forEditors)
    func wrongRole(endpoint: Endpoint) async throws {
        let world = try ServerWorld()
        let viewer = try await world.person(.viewer)

        let answer = try await world.send(endpoint.method, endpoint.samplePath, as: viewer)

        #expect(answer.status == 403)
        #expect(answer["code"] == "server/forbidden")
    }

    @Test("a method that the address does not take gets 405 and is told which it takes")
    func wrongMethod() async throws {
        let world = try ServerWorld()
        for endpoint in Endpoints.all {
            for method in [HTTPRequest.Method.patch, .options, .trace, .connect] {
                // Where events are handed in, a browser may ask first.
                let asks = EventRoute(method: method.rawValue, path: endpoint.samplePath) != nil
                guard !asks else { continue }
                let answer = try await world.send(method, endpoint.samplePath)
                #expect(answer.status == 405)
                let allowed = answer.headers[.allow] ?? ""
                #expect(allowed.contains(endpoint.method.rawValue), "\(endpoint.path)")
            }
        }
    }

    @Test("a change without the forgery guard is refused", arguments: changing)
    func missingGuard(endpoint: Endpoint) async throws {
        let world = try ServerWorld()
        let admin = try await world.person(.admin)
        let cookie: HTTPFields = [.cookie: admin.headers[.cookie] ?? ""]

        let answer = try await world.send(endpoint.method, endpoint.samplePath, headers: cookie)

        #expect(answer.status == 403)
        #expect(answer["code"] == "server/cross-site")
    }

    @Test(
        "a change that another site asks for is refused, whatever it brings",
        arguments: [
            [HTTPField.Name.fetchSite: "cross-site"], [.fetchSite: "same-site"],
            [.origin: "https://evil.example"], [.origin: "null"],
            [.origin: "http://localhost:9999"],
        ] as [HTTPFields])
    func crossSite(headers: HTTPFields) async throws {
        let world = try ServerWorld()
        let admin = try await world.person(.admin)

        let added = try await world.send(
            .post, "/api/v1/library/churn", as: admin, headers: headers, json: "{}")
        let signIn = try await world.send(
            .post, "/api/v1/session", headers: headers,
            json: #"{"email":"admin@example.com","password":"four unlikely words together"}"#)

        #expect(added.status == 403)
        #expect(signIn.status == 403)
    }

    @Test("a change that the own page asks for is done")
    func ownPage() async throws {
        let world = try ServerWorld()
        let editor = try await world.person(.editor)
        let headers: HTTPFields = [.fetchSite: "same-origin", .origin: "http://localhost:8080"]

        let answer = try await world.send(
            .post, "/api/v1/library/churn", as: editor, headers: headers,
            json: #"{"source":"orders"}"#)

        #expect(answer.status == 201)
        #expect(answer["file"] == "definitions/churn.yaml")
        #expect(try await world.parts.audit.latest(1).first?.action == "library.add")
    }

    @Test("an unknown parameter of the address gets 400 and the known ones", arguments: guarded)
    func unknownParameter(endpoint: Endpoint) async throws {
        let world = try ServerWorld()
        let admin = try await world.person(.admin)

        let answer = try await world.send(
            endpoint.method, endpoint.samplePath + "?metrik=1", as: admin)

        #expect(answer.status == 400)
        #expect(answer["code"] == "server/bad-parameter")
        #expect(answer["hint"] != .null)
    }

    @Test(
        "values out of range get 400",
        arguments: [
            "/api/v1/ask", "/api/v1/ask?metric=a&limit=0", "/api/v1/ask?metric=a&limit=many",
            "/api/v1/ask?metric=a&limit=99999999999999999999", "/api/v1/ask?metric=a&grain=minute",
            "/api/v1/ask?metric=a&over=2026&over=2027", "/api/v1/ask?metric=a%00b",
            "/api/v1/trend", "/api/v1/trend?kpi=a&metric=b", "/api/v1/ask?metric=a&compare=x",
            "/api/v1/ask?metric=%FF", "/api/v1/ask?metric=%2", "/api/v1//ask?metric=a",
        ])
    func badValues(path: String) async throws {
        let world = try ServerWorld()
        let viewer = try await world.person(.viewer)

        let answer = try await world.send(.get, path, as: viewer)

        #expect(answer.status == 400)
        #expect(answer["hint"] != .null)
    }

    @Test("the texts of a question arrive as they were sent")
    func questionArrives() async throws {
        let world = try ServerWorld()
        let viewer = try await world.person(.viewer)

        _ = try await world.send(
            .get,
            "/api/v1/ask?metric=a&metric=b&by=country&where=country+%3D+%27DE%27&limit=10&over=",
            as: viewer)

        let words = try #require(try world.workspace.questions.first)
        #expect(words.metrics == ["a", "b"])
        #expect(words.filters == ["country = 'DE'"])
        #expect(words.limit == 10)
        #expect(words.over == nil)
    }

    @Test("counters are told on the machine itself and to who is signed in")
    func counters() async throws {
        let world = try ServerWorld()

        let near = try await world.send(.get, "/metrics")
        let far = try await world.send(.get, "/metrics", from: "192.0.2.7")
        let proxied = try await world.send(
            .get, "/metrics", headers: [.forwardedFor: "192.0.2.7"])

        #expect(near.status == 200)
        #expect(near.body.contains("yardstick_resident_bytes"))
        #expect(far.status == 401)
        #expect(proxied.status == 401)
    }
}
