import Foundation
import HTTPTypes
import Testing
import Vocabulary

@testable import Server

@Suite("What every response carries")
struct SecurityHeadersTests {
    @Test(
        "the headers that keep a page from harm, on errors too",
        arguments: [
            "/", "/health", "/nothing", "/api/v1/scorecard", "/api/v1//x", "/assets/missing.js",
            "/api/v1/session", "/metrics", "/openapi.json",
        ])
    func headers(path: String) async throws {
        for method in [HTTPRequest.Method.get, .post, .trace] {
            let answer = try await ServerWorld().send(method, path)

            let policy = try #require(answer.headers[.contentSecurityPolicy])
            #expect(policy.hasPrefix("default-src 'none'; script-src 'self'; style-src 'self';"))
            #expect(policy.contains("frame-ancestors 'none'"))
            #expect(!policy.contains("unsafe"))
            #expect(answer.headers[.xContentTypeOptions] == "nosniff")
            #expect(answer.headers[.referrerPolicy] == "no-referrer")
            #expect(answer.headers[.cacheControl] != nil)
            #expect(answer.headers[.accessControlAllowOrigin] == nil)
        }
    }

    @Test(
        "a host that is not this server's is refused",
        arguments: [
            "evil.example", "evil.example:8080", "127.0.0.1.evil.example", "localhost.evil", "",
            "127.1", "2130706433", "localhost:80:80",
        ])
    func foreignHost(host: String) async throws {
        let answer = try await ServerWorld().send(.get, "/health", host: host)

        #expect(answer.status == 421)
        #expect(answer["code"] == "server/unknown-host")
    }

    @Test("a request without a host is refused")
    func missingHost() async throws {
        #expect(try await ServerWorld().send(.get, "/health", host: nil).status == 421)
    }

    @Test(
        "the names of the machine are accepted",
        arguments: ["localhost", "LOCALHOST:1", "127.0.0.1:8080", "127.8.9.1", "[::1]:8080"])
    func ownHost(host: String) async throws {
        #expect(try await ServerWorld().send(.get, "/health", host: host).status == 200)
    }

    @Test("the public name is accepted once it is set")
    func publicHost() async throws {
        var settings = ServerSettings()
        settings.publicAddress = URL(string: "https://kpi.example.com")

        let answer = try await ServerWorld(settings: settings)
            .send(.get, "/health", host: "KPI.example.com")

        #expect(answer.status == 200)
    }
}
