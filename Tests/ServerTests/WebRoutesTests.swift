import HTTPTypes
import Testing
import Vocabulary

@testable import Server

@Suite("The web app's files")
struct WebRoutesTests {
    private static let assets = WebAssets([
        "index.html": .init(contentType: "text/html", content: Array("<p>app</p>".utf8)),
        "main.js": .init(contentType: "text/javascript", content: Array("app()".utf8)),
        "chunk-3VXQ7F2L.js": .init(contentType: "text/javascript", content: Array("part()".utf8)),
    ])

    @Test(
        "every page of the app is the same file, whatever its query",
        arguments: [
            "/", "/explore", "/explore/funnel?name=a", "/live", "/data/app", "/settings",
            "/kpi/churn", "/metric/revenue?grain=week", "/catalogue", "/data", "/signin",
            "/setup?token=abc",
        ])
    func pages(path: String) async throws {
        let answer = try await ServerWorld(assets: WebRoutesTests.assets).send(.get, path)

        #expect(answer.status == 200)
        #expect(answer.body == "<p>app</p>")
    }

    @Test("a file that the browser has already is not sent again")
    func notModified() async throws {
        let world = try ServerWorld(assets: WebRoutesTests.assets)
        let first = try await world.send(.get, "/assets/main.js")
        let tag = try #require(first.headers[.eTag])

        let second = try await world.send(
            .get, "/assets/main.js", headers: [.ifNoneMatch: "\"x\", \(tag)"])

        #expect(first.body == "app()")
        #expect(second.status == 304)
        #expect(second.body.isEmpty)
    }

    @Test("a file named by its content is kept for a year, all others are asked for each time")
    func caching() async throws {
        let world = try ServerWorld(assets: WebRoutesTests.assets)

        for (path, cache) in [
            ("/assets/chunk-3VXQ7F2L.js", "public, max-age=31536000, immutable"),
            ("/assets/main.js", "no-cache"), ("/", "no-cache"), ("/explore/funnel", "no-cache"),
        ] {
            let first = try await world.send(.get, path)
            let tag = try #require(first.headers[.eTag])
            let again = try await world.send(.get, path, headers: [.ifNoneMatch: tag])

            #expect(first.status == 200)
            #expect(first.headers[.cacheControl] == cache)
            #expect(again.status == 304)
            #expect(again.headers[.cacheControl] == cache)
        }
    }

    @Test(
        "only the bundler's hash at the end of a name counts as one",
        arguments: [
            ("ExplorePage-7BPF6J2K.js", true), ("chunk-AAAAAAAA.js", true), ("main.js", false),
            ("charts-engine.js", false), ("chunk-7BPF6J2.js", false), ("chunk-7bpf6j2k.js", false),
            ("-7BPF6J2K.js", false), ("chunk-7BPF6J2K.css", false), ("chunk-0BPF6J2K.js", false),
            ("7BPF6J2K.js", false), ("y.js", false),
        ])
    func hashedNames(name: String, isHashed: Bool) {
        #expect(WebAssets.isHashed(name) == isHashed)
    }

    @Test(
        "no address leads to a file that is not in the list",
        arguments: [
            "/assets/../state.sqlite", "/assets/..%2fstate.sqlite", "/assets/%2e%2e/x",
            "/assets/....//x", "/assets/main.js%00", "/assets/main.js%00.html",
            "/assets/..%5cx", "/assets/%c0%ae%c0%ae/x", "/assets/.hidden", "/assets/main.js/",
            "/assets//etc/passwd", "/assets/index.html", "/../etc/passwd", "/assets/%252e%252e/x",
            "/assets/MAIN.JS", "//evil.example/", "/kpi/../api/v1/session",
        ])
    func traversal(path: String) async throws {
        let answer = try await ServerWorld(assets: WebRoutesTests.assets).send(.get, path)

        #expect(answer.status == 400 || answer.status == 404)
    }

    @Test("without the web app a page says what to type")
    func missingApp() async throws {
        let answer = try await ServerWorld().send(.get, "/")

        #expect(answer.status == 200)
        #expect(answer.body.contains("make build"))
        #expect(!answer.body.contains("<script"))
    }

    @Test("a person who mistypes an address gets the app's own page for it")
    func unknownPage() async throws {
        let world = try ServerWorld(assets: WebRoutesTests.assets)

        let browser = try await world.send(
            .get, "/reports", headers: [.accept: "text/html,application/xhtml+xml"])
        let program = try await world.send(.get, "/reports", headers: [.accept: "*/*"])

        #expect(browser.status == 404)
        #expect(browser.body == "<p>app</p>")
        #expect(program["code"] == "server/unknown-address")
    }

    @Test("HEAD answers like GET, without the content")
    func head() async throws {
        let world = try ServerWorld(assets: WebRoutesTests.assets)

        let answer = try await world.send(.head, "/assets/main.js")

        #expect(answer.status == 200)
        #expect(answer.headers[.contentLength] == "5")
        #expect(answer.body.isEmpty)
    }
}
