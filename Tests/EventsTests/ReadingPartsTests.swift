import Testing
import Vocabulary

@testable import Events

@Suite("What events are read with")
struct ReadingPartsTests {
    @Test(
        "times are read as clients write them",
        arguments: [
            ("2026-11-22T04:34:08.523+00:00", "2026-11-22T04:34:08.523000Z"),
            ("2026-11-01T12:00:00.123+02:00", "2026-11-01T10:00:00.123000Z"),
            ("2026-11-22T04:34:08.823844+00:00", "2026-11-22T04:34:08.823844Z"),
            ("2026-11-22T04:48:23.517Z", "2026-11-22T04:48:23.517000Z"),
            ("2026-11-22T04:48:23.123456789Z", "2026-11-22T04:48:23.123456Z"),
            ("2026-11-22T04:48:23.Z", "2026-11-22T04:48:23Z"),
            ("2026-11-22T04:48:23", "2026-11-22T04:48:23Z"),
            ("2026-11-22 04:48", "2026-11-22T04:48:00Z"), ("2026-11-22", "2026-11-22T00:00:00Z"),
            ("2026-11-22T04:48:23-0330", "2026-11-22T08:18:23Z"),
            ("2026-11-22T04:48:23+05", "2026-11-21T23:48:23Z"),
            ("2024-02-29T00:00:00Z", "2024-02-29T00:00:00Z"),
            ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"),
            ("1795322903", "2026-11-22T04:48:23Z"),
            ("1795322903.535", "2026-11-22T04:48:23.535000Z"),
            ("1795322903535", "2026-11-22T04:48:23.535000Z"),
            ("1795322903535123", "2026-11-22T04:48:23.535123Z"),
            ("1795322903535123000", "2026-11-22T04:48:23.535123Z"),
        ])
    func times(text: String, expected: String) {
        #expect(ClientTime.instant(text)?.description == expected)
    }

    @Test(
        "what is no time is none",
        arguments: [
            "", "yesterday", "0000-00-00", "1900-02-29", "2026-13-01", "2026-11-22T24:00:00Z",
            "2026-11-22T04:60:00Z", "2026-11-22T04:48:61Z", "2026-11-22T04:48:23Zx",
            "2026-11-22T04:48:23.1234567890Z", "2026-11-22T04:48:23+25:00", "22.11.2026",
            "2026-11-22T", "2026-1-2", "1e300", "nan", "infinity", "-inf",
            "2026-11-22T04:48:23+0", "２０２６-11-22",
        ])
    func noTimes(text: String) {
        #expect(ClientTime.instant(text) == nil)
    }

    @Test(
        "ids that stand for nothing are refused",
        arguments: [
            "anonymous", "Guest", "DISTINCTID", "distinct_id", "id", "not_authenticated", "email",
            "undefined", "TRUE", "false", "[object Object]", "NaN", "None", "none", "null", "0",
            #"\"undefined\""#, "'null'", #" \"\" "#, "' '",
        ])
    func junk(text: String) throws {
        let code = try Requests.refusal("/api/v1/events", #"{"event":"a","user":"\#(text)"}"#)
        #expect(code == .eventsJunkID)
    }

    @Test(
        "ids that look like them are ids",
        arguments: [
            "1", "00", "Null", "NULL", "anonymous1", "emailx", "none@x.org", "O'Neil", "nan",
        ])
    func ids(text: String) throws {
        let event = try Requests.event("/api/v1/events", #"{"event":"a","user":" \#(text) "}"#)
        #expect(event.user == text)
    }

    @Test("an id of more than 200 characters is refused")
    func longIDs() throws {
        let fine = String(repeating: "ä", count: 200)
        #expect(
            try Requests.event("/api/v1/events", #"{"event":"a","user":"\#(fine)"}"#).user == fine)
        let code = try Requests.refusal("/api/v1/events", #"{"event":"a","user":"\#(fine)x"}"#)
        #expect(code == .eventsJunkID)
    }

    @Test("an address tells its path and its campaign")
    func addresses() {
        let page = PageAddress(
            "https://ex.com/a/b?utm_source=news&utm_medium=e+mail&utm_campaign=sp%C3%A4t&"
                + "utm_term=t&utm_content=c&fbclid=F1&gclid=G1&x=1#top")

        #expect(page.path == "/a/b")
        #expect(page.url.hasSuffix("&x=1"))
        var expected = EventCampaign()
        expected.source = "news"
        expected.medium = "e mail"
        expected.name = "spät"
        expected.term = "t"
        expected.content = "c"
        expected.click = "fbclid=F1"
        #expect(page.campaign == expected)
        #expect(PageAddress("https://ex.com").path == "/")
        #expect(PageAddress("/p?utm_source=").path == "/p")
        #expect(PageAddress("/p?utm_source=").campaign.isEmpty)
        #expect(PageAddress("about").path == nil)
        #expect(PageAddress("https://ex.com/?ref=hn").campaign.isEmpty)
        #expect(PageAddress("https://ex.com/?ref=hn", hasShortNames: true).campaign.source == "hn")
    }

    @Test(
        "programs are told from people by their user agent",
        arguments: [
            ("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", true),
            ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/156.0.0.0", true),
            ("curl/8.5.0", true), ("python-requests/2.32", true), ("facebookexternalhit/1.1", true),
            ("Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0.0.0 Safari/537.36", false),
            ("Mozilla/5.0 (Linux; Android 9; CUBOT X19) Chrome/120.0 Mobile Safari/537.36", false),
            ("Mozilla/5.0 (Linux; Android 9; CUBOT X19; bingbot/2.0)", true), ("", false),
        ])
    func bots(userAgent: String, isBot: Bool) {
        #expect(BotRule.isBot(userAgent) == isBot)
    }

    @Test("SipHash gives what its authors' program gives")
    func sipHash() {
        // vectors.h of github.com/veorq/SipHash, vectors_sip128: the first two of those
        // for the key 00…0f and the inputs 00, 01, 02, …
        let key: (UInt64, UInt64) = (0x0706_0504_0302_0100, 0x0F0E_0D0C_0B0A_0908)

        let empty = SipHash(key: key).finished()
        var one = SipHash(key: key)
        one.add(UInt8(0))

        #expect(empty == (0xE6A8_25BA_047F_81A3, 0x9302_55C7_1472_F66D))
        #expect(one.finished() == (0x44AF_996B_D8C1_87DA, 0x45FC_229B_1159_7634))
    }

    @Test("base64 is read in both alphabets, with and without padding")
    func base64() {
        #expect(FormText.base64("aGk_".utf8) == Array("hi?".utf8))
        #expect(FormText.base64("aGk/".utf8) == Array("hi?".utf8))
        #expect(FormText.base64("aA==".utf8) == Array("h".utf8))
        #expect(FormText.base64("aA".utf8) == Array("h".utf8))
        #expect(FormText.base64("a".utf8) == nil)
        #expect(FormText.base64("a*b".utf8) == nil)
        #expect(FormText.base64("aA==aA".utf8) == nil)
    }

    @Test("parameters are decoded, and what is no encoding stays")
    func parameters() {
        let parameters = FormText.parameters(Array("a=1%202&b=c+d&e&%zz=%C3%A4%".utf8))
        #expect(parameters.map(\.name) == ["a", "b", "e", "%zz"])
        #expect(parameters.map(\.value) == ["1 2", "c d", "", "ä%"])
    }

    @Test("a visitor is the same all day, and another with another salt, site or browser")
    func visitors() throws {
        let salt = try #require(VisitorSalt(Array(0..<16)))
        let other = try #require(VisitorSalt(Array(1..<17)))
        let visitor = salt.visitor(site: "a", address: "1.2.3.4", userAgent: "x")

        #expect(visitor == salt.visitor(site: "a", address: "1.2.3.4", userAgent: "x"))
        #expect(visitor.count == 32)
        #expect(visitor != other.visitor(site: "a", address: "1.2.3.4", userAgent: "x"))
        #expect(visitor != salt.visitor(site: "a1", address: ".2.3.4", userAgent: "x"))
        #expect(VisitorSalt([1]) == nil)
    }
}
