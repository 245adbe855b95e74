import Features
import HTTPTypes
import HummingbirdCore
import Testing
import Vocabulary

@testable import Server

@Suite("Answers")
struct AnswerTests {
    @Test("an answer that the browser has already is not sent again")
    func notModified() async throws {
        let world = try ServerWorld()
        let viewer = try await world.person(.viewer)
        let first = try await world.send(.get, "/api/v1/scorecard", as: viewer)
        let tag = try #require(first.headers[.eTag])

        let second = try await world.send(
            .get, "/api/v1/scorecard", as: viewer, headers: [.ifNoneMatch: tag])
        let stranger = try await world.send(
            .get, "/api/v1/scorecard", headers: [.ifNoneMatch: tag])

        #expect(first.headers[.cacheControl] == "private, no-cache")
        #expect(second.status == 304)
        #expect(second.body.isEmpty)
        #expect(stranger.status == 401)
    }

    @Test("what a path names and is not there gets 404, in the query 400")
    func unknownNames() async throws {
        let failure = Failure("definition/unknown-metric", "There is none.")
        let named = try #require(Endpoints.all.first { $0.path == "/api/v1/metrics/{id}" })
        let asked = try #require(Endpoints.all.first { $0.path == "/api/v1/ask" })

        #expect(FailureStatus.response(failure, endpoint: named).status == .notFound)
        #expect(FailureStatus.response(failure, endpoint: asked).status == .badRequest)
    }

    @Test("requests are counted by the pattern of their path")
    func counters() async throws {
        let world = try ServerWorld()
        let viewer = try await world.person(.viewer)
        _ = try await world.send(.get, "/api/v1/metrics/orders", as: viewer)
        _ = try await world.send(.get, "/api/v1/ask?metric=a", as: viewer)
        _ = try await world.send(.get, "/no/such/thing\"{}", as: viewer)

        let text = try await world.send(.get, "/metrics").body

        #expect(
            text.contains(
                #"requests_total{path="/api/v1/metrics/{id}",method="GET",status="200"} 1"#))
        #expect(text.contains(#"requests_total{path="other",method="GET",status="404"} 1"#))
        #expect(text.contains("yardstick_questions_total 1\n"))
        #expect(text.contains("yardstick_http_request_seconds_count 3\n"))
        #expect(text.contains("yardstick_findings 3.0\n"))
    }

    @Test("who does not keep up with events loses the oldest, and holds nobody up")
    func slowListener() async {
        let hub = EventHub(streamsMax: 2)
        let slow = hub.listen()
        for number in 0..<1_000 { hub.send("data", ["version": .integer(number)]) }
        hub.close()

        var received: [String] = []
        for await event in slow { received.append(event) }

        #expect(received.count == 64)
        #expect(received.last == "event: data\ndata: {\"version\":999}\n\n")
    }

    @Test("more event streams than allowed are refused")
    func tooManyStreams() async throws {
        var settings = ServerSettings()
        settings.eventStreamsMax = 1
        let world = try ServerWorld(settings: settings)
        let viewer = try await world.person(.viewer)
        let first = world.parts.events.listen()

        let answer = try await world.send(.get, "/api/v1/events", as: viewer)

        #expect(answer.status == 503)
        withExtendedLifetime(first) {}
    }
}
