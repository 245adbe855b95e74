import Events
import Features
import Foundation
import Testing
import Vocabulary

@testable import Server

@Suite("Events on the event loop")
struct EventDoorTests {
    private static func key(_ live: LiveServer) async throws -> String {
        let wish = try WriteKeyWish(source: "app")
        return try await live.world.parts.keys.make(wish, by: nil, from: nil).secret.text
    }

    private static func post(_ id: String, key: String, headers: [String] = []) -> String {
        let body = #"[{"id":"\#(id)","event":"signed_up","user":"anna"}]"#
        let lines =
            [
                "POST /api/v1/events HTTP/1.1", "Host: localhost", "Authorization: Bearer \(key)",
                "Content-Length: \(body.utf8.count)",
            ] + headers
        return lines.joined(separator: "\r\n") + "\r\n\r\n" + body
    }

    private static let close = ["Connection: close"]

    /// Makes sure that the key and the day's salt are known, as they are after any request.
    private static func warm(_ live: LiveServer, _ key: String) async throws {
        _ = try await live.world.parts.keys.find(key)
        _ = try await live.world.parts.salts.salt(at: live.world.clock.now)
    }

    @Test("requests that follow each other are taken there and answered in their order")
    func pipelined() async throws {
        try await LiveServer.run { live in
            let key = try await Self.key(live)
            // A key is known for a second only, which a busy machine may take.
            for number in 0..<100 where try live.world.workspace.eventsSubmitted == 0 {
                try await Self.warm(live, key)
                let requests =
                    Self.post("\(number)-a", key: key) + Self.post("\(number)-b", key: key)
                    + "GET /nowhere HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n\r\n"
                    + Self.post("\(number)-c", key: key)
                    + Self.post("\(number)-d", key: key, headers: Self.close)
                let answers = try await RawClient.exchange(requests, port: live.port)

                let statuses = answers.split(separator: "HTTP/1.1 ").map { $0.prefix(3) }
                #expect(statuses == ["200", "200", "404", "200", "200"])
                #expect(
                    try live.world.workspace.events.suffix(4).map(\.id)
                        == ["a", "b", "c", "d"].map { "\(number)-\($0)" })
            }
            #expect(try live.world.workspace.eventsSubmitted > 0)
        }
    }

    @Test("an answer is the same whichever way its request went")
    func sameAnswers() async throws {
        try await LiveServer.run { live in
            let key = try await Self.key(live)
            for number in 0..<100 where try live.world.workspace.eventsSubmitted == 0 {
                try await Self.warm(live, key)
                let origin = ["Origin: https://a.example"]
                let fast = Self.post("\(number)-a", key: key, headers: origin)
                let slow = Self.post(
                    "\(number)-b", key: key, headers: origin + Self.close)
                let answers = try await RawClient.exchange(fast + slow, port: live.port)

                let lines = answers.split(separator: "HTTP/1.1 ").map { answer in
                    answer.split(separator: "\r\n").filter {
                        !$0.lowercased().hasPrefix("date: ")
                            && !$0.lowercased().hasPrefix("connection: ")
                    }.sorted()
                }
                #expect(lines.count == 2)
                #expect(lines.first == lines.last)
                #expect(answers.lowercased().components(separatedBy: "\r\ndate: ").count == 3)
            }
            #expect(try live.world.workspace.eventsSubmitted > 0)
        }
    }

    @Test("what the inbox cannot take is refused, and what is wrong goes the long way")
    func refusals() async throws {
        try await LiveServer.run { live in
            let key = try await Self.key(live)
            try live.world.workspace.refuseEvents(Failure(.ingestBusy, "Too much."))
            try await Self.warm(live, key)
            let busy = try await RawClient.exchange(
                Self.post("1", key: key) + Self.post("2", key: key, headers: Self.close),
                port: live.port)
            let wrong = try await RawClient.exchange(
                Self.post("1", key: "yw_wrong") + Self.post("2\"", key: key, headers: Self.close),
                port: live.port)

            #expect(busy.components(separatedBy: "HTTP/1.1 429 ").count == 3)
            #expect(busy.components(separatedBy: "\r\nRetry-After: 1\r\n").count == 3)
            #expect(wrong.hasPrefix("HTTP/1.1 401 "))
            #expect(wrong.contains("HTTP/1.1 400 "))
            #expect(try live.world.workspace.events == [])
        }
    }

    @Test("the time of an answer is written as the standard has it")
    func date() {
        // The example of RFC 9110, 5.6.7.
        #expect(AnswerDate.text(of: 784_111_777) == "Sun, 06 Nov 1994 08:49:37 GMT")
    }
}
