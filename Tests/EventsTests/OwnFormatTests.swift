import Events
import Foundation
import Testing
import Vocabulary

@Suite("Our own format")
struct OwnFormatTests {
    private let path = "/api/v1/events"

    @Test("an event says everything that an event can say")
    func everything() throws {
        let event = try Requests.event(
            path,
            """
            {"id": "e1", "event": "report_opened", "kind": "track", "user": "u1",
             "anonymous": "a1", "previous": "a0", "session": "s1",
             "time": "2026-11-22T11:59:00.5+01:00", "groups": {"company": "acme", "team": 7},
             "properties": {"plan": "pro", "seats": 3}, "traits": {"role": "admin"},
             "url": "https://app.example.com/reports?utm_source=news#x", "title": "Reports",
             "referrer": "https://example.com/", "language": "de-AT",
             "campaign": {"source": "s", "medium": "m", "name": "n", "term": "t", "content": "c"},
             "library": "own 1.0", "userAgent": "Mozilla/5.0", "address": "203.0.113.9"}
            """)

        var expected = Event(
            id: "e1", kind: .track, name: "report_opened", user: "u1", anonymous: "a1",
            time: Requests.instant("2026-11-22T10:59:00.5Z"), received: Requests.received)
        expected.previous = "a0"
        expected.session = "s1"
        expected.clientTime = expected.time
        expected.groups = [Event.Group(type: "company", id: "acme"), .init(type: "team", id: "7")]
        expected.properties = JSONObjectText(checked: Array(#"{"plan": "pro", "seats": 3}"#.utf8))
        expected.traits = JSONObjectText(checked: Array(#"{"role": "admin"}"#.utf8))
        expected.context.url = "https://app.example.com/reports?utm_source=news"
        expected.context.path = "/reports"
        expected.context.title = "Reports"
        expected.context.referrer = "https://example.com/"
        expected.context.language = "de-AT"
        expected.context.library = "own 1.0"
        expected.context.format = "own"
        expected.context.campaign.source = "s"
        expected.context.campaign.medium = "m"
        expected.context.campaign.name = "n"
        expected.context.campaign.term = "t"
        expected.context.campaign.content = "c"
        #expect(event == expected)
    }

    @Test(
        "an event, a list, an object with events and lines are taken",
        arguments: [
            (#"{"event":"a","user":"u"}"#, 1), (#"[{"event":"a","user":"u"}]"#, 1), ("[]", 0),
            (#"{"events":[{"event":"a","user":"u"},{"event":"b","user":"u"}]}"#, 2),
            ("{\"event\":\"a\",\"user\":\"u\"}\n{\"event\":\"b\",\"user\":\"u\"}\n", 2),
            ("\r\n{\"event\":\"a\",\"user\":\"u\"}\r\n\r\n{\"event\":\"b\",\"user\":\"u\"}", 2),
            ("{\"event\":\"a\",\"user\":\"u\"}\n", 1),
            ("{\"event\":\"a\",\n\"properties\":{\"x\":{}\n},\"user\":\"u\"\n}", 1),
            ("{\"properties\":{}\n,\"event\":\"a\",\"user\":\"u\"}", 1),
        ])
    func shapes(body: String, count: Int) throws {
        let reading = try Requests.read(path, body)
        #expect(reading.events.count == count)
        #expect(reading.refused == [])
    }

    @Test("a bad line is refused alone")
    func badLines() throws {
        let reading = try Requests.read(
            path,
            """
            {"event":"a","user":"u"}
            {"event":"b","user":
            nonsense
            {"event":"c","user":"u"} {}
            [1]
            {"event":"d","user":"u"}
            """)

        #expect(reading.events.map(\.name) == ["a", "d"])
        #expect(reading.refused.map(\.index) == [1, 2, 3, 4])
        #expect(reading.refused.allSatisfy { $0.code == .eventsBadJSON })
        #expect(reading.refused[1].raw == Array("nonsense".utf8))
    }

    @Test("a bad event of a list is refused alone, with its place, id, code and reason")
    func badEvents() throws {
        let reading = try Requests.read(
            path,
            """
            [{"event":"a","user":"u","id":"1"}, {"user":"u","id":"2"}, {"event":"c","id":"3"}, 4,
             {"event":"d","user":"u","userid":"x","id":"5"}, {"event":"e","user":{}},
             {"event":"f","user":"u","time":"soon"}, {"event":"g","user":"u","kind":"click"},
             {"event":"h","user":"u","properties":[1]}, {"event":"i","user":"u","id":"9"}]
            """)

        #expect(reading.events.map(\.name) == ["a", "i"])
        #expect(reading.refused.map(\.index) == [1, 2, 3, 4, 5, 6, 7, 8])
        #expect(
            reading.refused.map(\.code) == [
                .eventsNoName, .eventsNoPerson, .eventsBadField, .eventsBadField, .eventsBadField,
                .eventsBadTime, .eventsBadKind, .eventsBadField,
            ])
        #expect(reading.refused[0].id == "2")
        #expect(reading.refused[0].message == "The event has no name.")
        #expect(reading.refused[0].raw == Array(#"{"user":"u","id":"2"}"#.utf8))
        let answer = try Requests.json(reading.reply)
        #expect(answer["accepted"] as? Int == 2)
        #expect((answer["warnings"] as? [Any])?.isEmpty == true)
        let refused = try #require(answer["refused"] as? [[String: Any]])
        #expect(refused.count == 8)
        #expect(
            refused[0] as NSDictionary == [
                "index": 1, "id": "2", "code": "events/no-name",
                "message": "The event has no name.",
            ])
    }

    @Test("what is put right is told event by event")
    func warnings() throws {
        let reading = try Requests.read(
            path,
            """
            [{"event":"a","user":"u"},{"event":"b"},
             {"id":"f","event":"c","user":"u","time":"2099-01-01T00:00:00Z"}]
            """)
        let answer = try Requests.json(reading.reply)

        let warnings = try #require(answer["warnings"] as? [[String: Any]])
        #expect(
            warnings as NSArray == [
                [
                    "index": 2, "id": "f", "code": "events/future-time",
                    "message": "It happened on 2099-01-01T00:00:00Z, later than now; the time it "
                        + "came is taken.",
                ]
            ])
    }

    @Test("a field that is nearly one that there is, is told with that one")
    func nearFields() throws {
        let reading = try Requests.read(path, #"[{"evnt":"a","user":"u"},{"x":1,"user":"u"}]"#)

        #expect(reading.refused[0].message.hasSuffix("Did you mean 'event'?"))
        #expect(reading.refused[1].message.hasSuffix("belongs into 'properties'."))
    }

    @Test("without a kind, a name says what it is, and an address alone is a page")
    func kinds() throws {
        func kind(_ members: String) throws -> String {
            let event = try Requests.event(path, #"{"user":"u",\#(members)}"#)
            return "\(event.kind) \(event.name)"
        }

        #expect(try kind(#""event":"a""#) == "track a")
        #expect(try kind(#""url":"https://ex.com/""#) == "page page_viewed")
        #expect(try kind(#""event":"page_viewed""#) == "page page_viewed")
        #expect(try kind(#""event":"screen_viewed","title":"Home""#) == "screen screen_viewed")
        #expect(try kind(#""kind":"identify","traits":{"a":1}"#) == "identify identified")
        #expect(try kind(#""kind":"group","group":"acme""#) == "group grouped")
        #expect(try kind(#""kind":"alias","previous":"v""#) == "alias aliased")
    }

    @Test("a group has a type, or is one of those that have none")
    func groups() throws {
        let event = try Requests.event(
            path,
            #"{"kind":"group","user":"u","group":{"type":"company","id":"acme"},"traits":{"n":1}}"#)

        #expect(event.groups == [Event.Group(type: "company", id: "acme")])
        #expect(event.traitsText == #"{"n":1}"#)
        let plain = try Requests.event(path, #"{"kind":"group","user":"u","group":"acme"}"#)
        #expect(plain.groups == [Event.Group(type: "group", id: "acme")])
    }

    @Test("whoever is called what they are called already is left out")
    func selfAlias() throws {
        let reading = try Requests.read(
            path, #"[{"kind":"alias","user":"u","previous":"u"},{"event":"a","user":"u"}]"#)

        #expect(reading.events.map(\.name) == ["a"])
        #expect(reading.refused == [])
        #expect(reading.empty == 1)
        #expect(try Requests.json(reading.reply)["accepted"] as? Int == 2)
    }

    @Test("an empty id is none, and null is none")
    func emptyIDs() throws {
        let event = try Requests.event(
            path, #"{"event":"a","user":"","anonymous":"x","previous":null,"session":"","id":""}"#)

        #expect(event.user == nil)
        #expect(event.anonymous == "x")
        #expect(event.session == nil)
        #expect(event.id.count == 32)
        #expect(try Requests.refusal(path, #"{"event":"a","user":" "}"#) == .eventsNoPerson)
    }

    @Test("an event without an id is the same when it is sent again")
    func contentIDs() throws {
        let text = #"{"event":"a","user":"u","time":"2026-11-22T10:00:00Z","properties":{"x":1}}"#
        let first = try Requests.event(path, text).id

        #expect(try Requests.event(path, "[\(text)]").id == first)
        let others = [
            text.replacing("\"a\"", with: "\"b\""), text.replacing("\"u\"", with: "\"v\""),
            text.replacing("10:00:00", with: "10:00:01"), text.replacing(":1}", with: ":2}"),
        ]
        for other in others { #expect(try Requests.event(path, other).id != first) }
    }

    @Test("two events that cannot be told apart and have no time are two")
    func idsWithoutTime() throws {
        let reading = try Requests.read(
            path, #"[{"event":"a","user":"u"},{"event":"a","user":"u"}]"#)
        #expect(Set(reading.events.map(\.id)).count == 2)
    }

    @Test(
        "the key stands in the header, the body or the address",
        arguments: [
            ("Basic d2s6", "", "", "wk"), ("Bearer wk", "", "", "wk"), ("", "key=wk", "", "wk"),
            ("", "", "wk", "wk"), ("basic d2s6", "key=x", "y", "wk"), ("Bearer x", "", "wk", "wk"),
            ("", "", "", nil), ("Basic :", "", "", nil), ("Bearer", "token=wk", "", "wk"),
            ("", "writeKey=wk", "", "wk"), ("", "api_key=wk", "", "wk"),
        ] as [(String, String, String, String?)])
    func keys(header: String, query: String, body: String, key: String?) throws {
        let events = #""events":[{"event":"a","user":"u"}]"#
        let text = body.isEmpty ? "{\(events)}" : #"{"key":"\#(body)",\#(events)}"#
        let reading = try Requests.read(
            "\(path)?\(query)", text, headers: header.isEmpty ? [] : [("Authorization", header)])

        #expect(reading.key == key)
    }

    @Test("a browser that says no id gets one of the day")
    func visitors() throws {
        let browser = [(name: "User-Agent", value: "Mozilla/5.0 Firefox/150")]
        let body = #"{"url":"https://ex.com/","key":"k"}"#
        let salt = VisitorSalt(Array(0..<16))
        let known = try EventFormat.read(
            Requests.make(path, body, headers: browser, address: "203.0.113.7", salt: salt))
        let unsalted = try EventFormat.read(
            Requests.make(path, body, headers: browser, address: "203.0.113.7"))
        let server = try EventFormat.read(
            Requests.make(
                path, body, headers: [("User-Agent", "curl/8")], address: "203.0.113.7",
                salt: salt))

        #expect(known.events.first?.anonymous?.count == 32)
        #expect(unsalted.refused.map(\.code) == [.eventsNoPerson])
        #expect(server.refused.map(\.code) == [.eventsNoPerson])
    }

    @Test("a browser driven by a program is told as one")
    func drivenBrowser() throws {
        let event = try Requests.event(path, #"{"event":"a","user":"u","webdriver":true}"#)
        #expect(event.context.isBot)
        let bot = try Requests.event(
            path, #"{"event":"a","user":"u","userAgent":"Mozilla/5.0 HeadlessChrome/156"}"#)
        #expect(bot.context.isBot)
    }

    @Test("clients are told for runs of events")
    func clientRuns() throws {
        let reading = try Requests.read(
            path,
            """
            [{"event":"a","user":"u","userAgent":"A"}, {"event":"b","user":"u","userAgent":"A"},
             {"event":"c"}, {"event":"d","user":"u","userAgent":"B","address":"203.0.113.9"}]
            """)

        #expect(
            reading.clients == [
                ClientReading(userAgent: "A", address: nil, events: 0..<2),
                ClientReading(userAgent: "B", address: "203.0.113.9", events: 2..<3),
            ])
    }
}
