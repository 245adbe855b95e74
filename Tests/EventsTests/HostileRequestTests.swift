import Events
import Foundation
import Testing
import Vocabulary

@Suite("Hostile requests")
struct HostileRequestTests {
    private let path = "/api/v1/events"

    private func code(_ body: String, path: String = "/api/v1/events") -> Failure.Code? {
        do {
            _ = try Requests.read(path, body)
            return nil
        } catch {
            return (error as? Failure)?.code
        }
    }

    @Test(
        "JSON of 100,000 levels is refused, wherever it stands",
        arguments: ["/api/v1/events", "/v1/batch", "/v1/t", "/e/", "/api/event", "/api/send"])
    func deep(path: String) {
        let opening = String(repeating: "[", count: 100_000)
        #expect(code(opening, path: path) != nil)
        let members = #"{"n":"a","u":"b","event":"a","userId":"u","user":"u","distinct_id":"u","#
        #expect(code("\(members)\"properties\":{\"x\":\(opening)", path: path) != nil)
        #expect(code("{\"batch\":\(opening)", path: path) != nil)
        #expect(code(String(repeating: #"{"payload":"#, count: 100_000), path: path) != nil)
    }

    @Test("an event of eleven levels is refused alone, one of ten is taken")
    func eleven() throws {
        // The event itself and its properties are two levels.
        func event(_ depth: Int) -> String {
            let nested =
                String(repeating: "[", count: depth - 2) + String(repeating: "]", count: depth - 2)
            return #"{"event":"a","user":"u","properties":{"x":\#(nested)}}"#
        }
        let reading = try Requests.read(path, "[\(event(10)),\(event(11)),\(event(10))]")

        #expect(reading.events.count == 2)
        #expect(reading.refused.map(\.code) == [.eventsTooDeep])
        #expect(try Requests.read(path, event(10)).events.count == 1)
        #expect(try Requests.read(path, event(11)).refused.map(\.code) == [.eventsTooDeep])
    }

    @Test(
        "numbers that are none, or endless, refuse the request",
        arguments: ["NaN", "Infinity", "-Infinity", "1e400", "-1e999", "0x10", ".5", "1_000"])
    func numbers(number: String) {
        #expect(
            code(#"{"event":"a","user":"u","properties":{"x":\#(number)}}"#) == .eventsBadJSON)
        let long = "1" + String(repeating: "0", count: 400)
        #expect(code(#"{"event":"a","user":"u","properties":{"x":\#(long)}}"#) == .eventsBadJSON)
    }

    @Test("minus zero and the largest number are taken as they are written")
    func oddNumbers() throws {
        let text = #"{"a":-0,"b":1.7976931348623157e308,"c":12345678901234567890123}"#
        let event = try Requests.event(path, #"{"event":"a","user":"u","properties":\#(text)}"#)
        #expect(event.propertiesText == text)
    }

    @Test("half characters and bytes that are not UTF-8 refuse the request")
    func halfCharacters() throws {
        #expect(code(#"{"event":"\ud800","user":"u"}"#) == .eventsBadJSON)
        let bytes = Array(#"{"event":"a","user":""#.utf8) + [0xFF] + Array(#""}"#.utf8)
        let failure = #expect(throws: Failure.self) {
            try EventFormat.read(Requests.make(path, bytes: bytes))
        }
        #expect(failure?.code == .eventsBadJSON)
    }

    @Test(
        "what is JSON but not taken refuses an event alone",
        arguments: [
            (#""properties":{"a\u0000b":1}"#, Failure.Code.eventsBadText),
            (#""properties":{"a":"\u0000"}"#, .eventsBadText),
            (#""properties":{"a":1,"a":2}"#, .eventsDuplicateName),
            (#""properties":{"a":[{"b":1,"\u0062":2}]}"#, .eventsDuplicateName),
            (#""user":"v""#, .eventsDuplicateName), (#""properties":{"":1}"#, .eventsBadName),
        ])
    func alone(member: String, code: Failure.Code) throws {
        let reading = try Requests.read(
            path, #"[{"event":"a","user":"u",\#(member)},{"event":"b","user":"u"}]"#)
        #expect(reading.refused.map(\.code) == [code])
        #expect(reading.events.map(\.name) == ["b"])
    }

    @Test("10,000 properties and names of a megabyte refuse an event alone")
    func manyProperties() throws {
        var limits = EventLimits()
        limits.bodyBytes = 4 << 20
        limits.eventBytes = 4 << 20
        let many = (0..<10_000).map { "\"p\($0)\":\($0)" }.joined(separator: ",")
        let long = String(repeating: "n", count: 1 << 20)
        let reading = try Requests.read(
            path,
            """
            [{"event":"a","user":"u","properties":{\(many)}},
             {"event":"b","user":"u","properties":{"\(long)":1}},
             {"event":"\(long)","user":"u"}, {"event":"d","user":"u"}]
            """, limits: limits)

        #expect(
            reading.refused.map(\.code) == [
                .eventsTooManyProperties, .eventsBadName, .eventsBadName,
            ])
        #expect(reading.events.map(\.name) == ["d"])
    }

    @Test("an event of more than 64 KiB is refused alone, and only its beginning kept")
    func largeEvent() throws {
        let long = String(repeating: "x", count: 70_000)
        let reading = try Requests.read(
            path,
            #"[{"event":"a","user":"u","properties":{"x":"\#(long)"}},{"event":"b","user":"u"}]"#)
        #expect(reading.refused.map(\.code) == [.eventsTooLarge])
        #expect(reading.refused.first?.raw.count == 65_536)
        #expect(reading.events.map(\.name) == ["b"])
    }

    @Test("a text of more than 8 KiB is cut, and counted")
    func longText() throws {
        let long = String(repeating: "ä", count: 5_000)
        let reading = try Requests.read(
            path,
            #"{"event":"a","user":"u","title":"\#(long)","properties":{"x":"\#(long)","y":1}}"#)
        let event = try #require(reading.events.first)

        #expect(reading.warnings.map(\.code) == [.eventsCutText])
        #expect(event.context.title == String(repeating: "ä", count: 4_096))
        #expect(event.propertiesText == #"{"x":"\#(String(repeating: "ä", count: 4_096))","y":1}"#)
    }

    @Test("more than 2,000 events, or more than a mebibyte, refuse the request")
    func tooMuch() throws {
        let event = #"{"event":"a","user":"u"}"#
        let fits = Array(repeating: event, count: 2_000)
        #expect(try Requests.read(path, "[\(fits.joined(separator: ","))]").events.count == 2_000)
        let many = fits + [event]
        #expect(code("[\(many.joined(separator: ","))]") == .eventsTooMany)
        #expect(code(many.joined(separator: "\n")) == .eventsTooMany)
        #expect(code(String(repeating: " ", count: (1 << 20) + 1)) == .eventsTooLarge)
    }

    @Test(
        "odd names are names",
        arguments: [
            "__proto__", "constructor", #"\"; DROP TABLE events; --"#, "${jndi:ldap://x}",
            "\u{202E}abc", "a\u{200B}b", "'", "`", "%00", "../../etc/passwd",
        ])
    func oddNames(name: String) throws {
        let event = try Requests.event(
            path, #"{"event":"\#(name)","user":"\#(name)","properties":{"\#(name)":1}}"#)
        #expect(event.name == event.user)
        #expect(event.properties.members.map(\.name) == [event.name])
    }

    @Test(
        "bodies that are nothing, or no JSON, are refused",
        arguments: ["", " ", "x", "1", "null", "\"a\"", "{", "[{]", "{}x", "\u{FEFF}[]", "<xml/>"])
    func noJSON(body: String) {
        for path in ["/api/v1/events", "/v1/batch", "/e/", "/batch/", "/api/event", "/api/send"] {
            #expect(code(body, path: path) != nil)
        }
    }

    @Test("times at the ends of the calendar refuse an event, and harm nobody")
    func endsOfTime() throws {
        for (time, sent) in [
            ("0001-01-01", "9999-12-31T23:59:59Z"), ("9999-12-31T23:59:59Z", "0001-01-01"),
            ("1000000000000000000", "-1000000000000000000"),
            ("-99999999999999999", "1000000000000000000"),
        ] {
            let event = #"{"type":"track","event":"a","userId":"u","timestamp":"\#(time)"}"#
            let reading = try Requests.read(
                "/v1/batch", #"{"batch":[\#(event)],"sentAt":"\#(sent)"}"#)
            #expect(reading.events.count + reading.refused.count == 1)
            #expect(reading.refused.allSatisfy { $0.code == .eventsTooOld })
        }
    }

    @Test("what is said beside a list of events is not passed over")
    func besideEvents() {
        #expect(code(#"{"user":"u","events":[{"event":"a"}]}"#) == .eventsBadShape)
        #expect(code(#"{"evnets":1,"events":[{"event":"a","user":"u"}]}"#) == .eventsBadShape)
        #expect(code(#"{"events":[],"events":[]}"#) == .eventsBadShape)
        #expect(code(#"{"batch":[],"batch":[]}"#, path: "/v1/batch") == .eventsBadShape)
    }

    @Test("a document that ends anywhere is refused")
    func truncated() {
        let text = #"{"batch":[{"type":"track","event":"a","userId":"u"}],"writeKey":"k"}"#
        for count in 0..<text.utf8.count {
            #expect(code(String(text.prefix(count)), path: "/v1/batch") != nil)
        }
        #expect(code(text, path: "/v1/batch") == nil)
    }
}
