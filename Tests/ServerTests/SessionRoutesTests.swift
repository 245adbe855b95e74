import Features
import Foundation
import HTTPTypes
import Testing
import Vocabulary

@testable import Server

@Suite("Signing in")
struct SessionRoutesTests {
    private static let credentials =
        #"{"email":"admin@example.com","password":"four unlikely words together"}"#

    @Test("before there is an account, the session says that set-up comes first")
    func setUpComesFirst() async throws {
        let world = try ServerWorld()

        let before = try await world.send(.get, "/api/v1/session")
        _ = try await world.person(.admin)
        let after = try await world.send(.get, "/api/v1/session")

        #expect(before.status == 401)
        #expect(before["setup"] == true)
        #expect(after["setup"] == nil)
    }

    @Test("the set-up link makes an account once")
    func setUp() async throws {
        let world = try ServerWorld()
        let link = try await world.parts.accounts.makeSetUpLink()
        let body = """
            {"token":"\(link.text)","email":"anna@example.com","name":"Anna",
            "password":"four unlikely words together"}
            """

        let first = try await world.send(.post, "/api/v1/setup", json: body)
        let second = try await world.send(.post, "/api/v1/setup", json: body)

        #expect(first.status == 200)
        #expect(first["account"]?["role"] == "admin")
        #expect(first.headers[.setCookie] != nil)
        #expect(second.status == 403)
        #expect(second["code"] == "accounts/link-invalid")
    }

    @Test("the cookie is out of the reach of scripts and other sites")
    func cookie() async throws {
        let world = try ServerWorld()
        _ = try await world.person(.admin)

        let answer = try await world.send(
            .post, "/api/v1/session", json: SessionRoutesTests.credentials)

        let cookie = try #require(answer.headers[.setCookie])
        #expect(cookie.hasPrefix("yardstick="))
        #expect(cookie.hasSuffix("; Path=/; HttpOnly; SameSite=Lax"))
    }

    @Test("over https the cookie is bound to the host, and browsers are told to stay with https")
    func secureCookie() async throws {
        var settings = ServerSettings()
        settings.publicAddress = URL(string: "https://kpi.example.com")
        let world = try ServerWorld(settings: settings)
        _ = try await world.person(.admin)

        let answer = try await world.send(
            .post, "/api/v1/session", json: SessionRoutesTests.credentials,
            host: "kpi.example.com")

        let cookie = try #require(answer.headers[.setCookie])
        #expect(cookie.hasPrefix("__Host-yardstick="))
        #expect(cookie.hasSuffix("; Path=/; HttpOnly; SameSite=Lax; Secure"))
        #expect(answer.headers[.strictTransportSecurity] != nil)
    }

    @Test("signing in again ends the session that the browser had")
    func rotation() async throws {
        let world = try ServerWorld()
        let admin = try await world.person(.admin)

        let answer = try await world.send(
            .post, "/api/v1/session", as: admin, json: SessionRoutesTests.credentials)
        let old = try await world.send(.get, "/api/v1/session", as: admin)

        #expect(answer.status == 200)
        #expect(old.status == 401)
    }

    @Test("the session tells the forgery guard and the workspace")
    func current() async throws {
        let world = try ServerWorld()
        let viewer = try await world.person(.viewer)

        let answer = try await world.send(.get, "/api/v1/session", as: viewer)

        #expect(answer["csrf"] == .text(viewer.token.forgeryGuard))
        #expect(answer["workspace"]?["title"] == "Acme")
        #expect(answer["account"]?["role"] == "viewer")
        #expect(answer.headers[.cacheControl] == "no-store")
    }

    @Test("anybody learns without a failure whether there is an account and who is signed in")
    func door() async throws {
        let world = try ServerWorld()

        let before = try await world.send(.get, "/api/v1/door")
        let viewer = try await world.person(.viewer)
        let inside = try await world.send(.get, "/api/v1/door", as: viewer)
        let outside = try await world.send(.get, "/api/v1/door")

        #expect(before.status == 200)
        #expect(before["setUp"] == false)
        #expect(inside["signedIn"] == true)
        #expect(outside["signedIn"] == false)
        #expect(outside["setUp"] == true)
    }

    @Test("signing out ends the session and makes the browser forget it")
    func signOut() async throws {
        let world = try ServerWorld()
        let viewer = try await world.person(.viewer)

        let answer = try await world.send(.delete, "/api/v1/session", as: viewer)

        #expect(answer.status == 204)
        #expect(answer.headers[.setCookie]?.contains("Max-Age=0") == true)
        #expect(try await world.send(.get, "/api/v1/session", as: viewer).status == 401)
    }

    @Test("a wrong password and an unknown account get the same answer")
    func sameAnswer() async throws {
        let world = try ServerWorld()
        _ = try await world.person(.admin)

        let wrong = try await world.send(
            .post, "/api/v1/session", json: #"{"email":"admin@example.com","password":"x"}"#)
        let unknown = try await world.send(
            .post, "/api/v1/session", json: #"{"email":"nobody@example.com","password":"x"}"#)

        #expect(wrong.status == 401)
        #expect(wrong.body == unknown.body)
    }

    @Test("guessing is slowed down")
    func throttled() async throws {
        let world = try ServerWorld()
        let body = #"{"email":"admin@example.com","password":"guess"}"#
        for _ in 1...5 { _ = try await world.send(.post, "/api/v1/session", json: body) }

        let answer = try await world.send(.post, "/api/v1/session", json: body)

        #expect(answer.status == 429)
        #expect(answer.headers[.retryAfter] != nil)
    }

    @Test("the address behind a proxy counts only where the proxy is trusted")
    func forwardedAddress() async throws {
        var settings = ServerSettings()
        settings.trustsProxy = true
        let forwarded: HTTPFields = [.forwardedFor: "6.6.6.6, 192.0.2.7"]
        let body = #"{"email":"nobody@example.com","password":"x"}"#
        let trusting = try ServerWorld(settings: settings)
        let wary = try ServerWorld()

        _ = try await trusting.send(.post, "/api/v1/session", headers: forwarded, json: body)
        _ = try await wary.send(.post, "/api/v1/session", headers: forwarded, json: body)

        #expect(try await trusting.parts.audit.latest(1).first?.address == "192.0.2.7")
        #expect(try await wary.parts.audit.latest(1).first?.address == "127.0.0.1")
    }

    @Test(
        "what is no object of texts gets 400",
        arguments: [
            "", "{", "[]", "null", #"{"email":1,"password":"x"}"#, #"{"email":"a"}"#,
            #"{"email":"a","password":"b","role":"admin"}"#, #"{"email":"a","email":"b"}"#,
            #"{"email":"a","password":"b"} x"#,
        ])
    func badBodies(body: String) async throws {
        let answer = try await ServerWorld().send(.post, "/api/v1/session", json: body)

        #expect(answer.status == 400)
    }

    @Test("a body that is not declared as JSON gets 415, as forms of other sites would")
    func wrongType() async throws {
        let answer = try await ServerWorld().send(
            .post, "/api/v1/session", headers: [.contentType: "text/plain"],
            body: Array(SessionRoutesTests.credentials.utf8))

        #expect(answer.status == 415)
    }

    @Test("a body over the limit gets 413")
    func tooLarge() async throws {
        let body = [UInt8](repeating: 0x20, count: (64 << 10) + 1)

        let answer = try await ServerWorld().send(
            .post, "/api/v1/session", headers: [.contentType: "application/json"], body: body)

        #expect(answer.status == 413)
    }
}
