import Foundation
import Testing

@testable import Events

@Suite("The JSON scanner")
struct JSONScannerTests {
    @Test(
        "what RFC 8259 allows is read",
        arguments: [
            "{}", "[]", " [ ] ", "0", "-0", "1.5e10", "1E-2", #""""#, #""ä\u00e4𝄞\ud834\udd1e""#,
            #"{"a":[1,{"b":null}],"c":"\"\\\/\b\f\n\r\t"}"#, "true", "[false,null]",
            "123456789012345678901234567890", "1e-400", "\"\u{7f}\"",
        ])
    func allowed(text: String) throws {
        #expect(JSONScannerTests.fault(text) == nil)
        _ = try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
    }

    @Test(
        "what RFC 8259 does not allow is refused, and said why",
        arguments: [
            ("", "end"), ("{", "end"), ("[1,2", "end"), (#""abc"#, "end"), ("[1,]", "badCharacter"),
            (#"{"a":1,}"#, "badCharacter"), ("{a:1}", "badCharacter"), ("[1 2]", "badCharacter"),
            ("nul", "end"), ("nulL", "badLiteral"), ("NaN", "badCharacter"),
            ("-Infinity", "badNumber"), ("01", "trailing"), ("1.", "end"), ("-", "end"),
            ("[1.e3]", "badNumber"), ("+1", "badCharacter"), ("1e400", "endlessNumber"),
            ("-1e400", "endlessNumber"), (#""\x""#, "badEscape"), (#""\u12g4""#, "badEscape"),
            (#""\ud800""#, "loneSurrogate"), (#""\udc00""#, "loneSurrogate"),
            (#""\ud800\u0041""#, "loneSurrogate"), ("\"\u{1}\"", "controlCharacter"),
            ("\"\n\"", "controlCharacter"), ("[] []", "trailing"), ("{}x", "trailing"),
            ("\u{FEFF}{}", "badCharacter"), ("'a'", "badCharacter"), ("/**/1", "badCharacter"),
        ])
    func refused(text: String, reason: String) {
        #expect(JSONScannerTests.fault(text).map { "\($0.reason)" } == reason)
    }

    @Test(
        "bytes that are not UTF-8 are refused",
        arguments: [
            [0x80], [0xC0, 0x80], [0xC3], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80],
            [0xF0, 0x80, 0x80, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xFF], [0xE2, 0x82],
        ] as [[UInt8]])
    func badUTF8(bytes: [UInt8]) {
        // Once near the end, and once where eight bytes are looked at together.
        for padding in [0, 20] {
            let text = [0x22] + bytes + [UInt8](repeating: 0x61, count: padding) + [0x22]
            #expect(JSONScannerTests.fault(bytes: text) != nil)
        }
    }

    @Test("a text is the same however it lies to the eight bytes that are looked at together")
    func alignment() {
        for length in 0..<40 {
            for tail in ["", "\\n", "ä", "\\ud834\\udd1e", "\u{1}"] {
                let text = #"[""# + String(repeating: "x", count: length) + tail + #"",7]"#
                let isFine = (try? JSONSerialization.jsonObject(with: Data(text.utf8))) != nil
                #expect((JSONScannerTests.fault(text) == nil) == isFine)
            }
        }
    }

    @Test("texts are decoded as Foundation decodes them")
    func decoding() throws {
        let text = #"{"k":"a\"\\\/\b\f\n\r\t\u00e4\u20ac\ud834\udd1eä€𝄞z"}"#
        let expected = try JSONDecoder().decode([String: String].self, from: Data(text.utf8))["k"]

        let members = JSONObjectText(checked: Array(text.utf8)).members

        #expect(members.map(\.name) == ["k"])
        #expect(members[0].value == .text(expected ?? ""))
    }

    @Test("members keep their order and kinds")
    func members() {
        let object = JSONObjectText(
            checked: Array(#"{"a": null, "b": true, "c": 1.50, "d": {"e": []}, "f": [1, 2]}"#.utf8))

        #expect(object.members.map(\.name) == ["a", "b", "c", "d", "f"])
        #expect(
            object.members.map(\.value) == [
                .null, .boolean(true), .number("1.50"), .object(Array(#"{"e": []}"#.utf8)),
                .list(Array("[1, 2]".utf8)),
            ])
    }

    @Test(
        "a name that stands twice in an object is found, however it is written",
        arguments: [
            (#"{"a":1,"a":2}"#, true), (#"{"a":1,"\u0061":2}"#, true),
            (#"{"abcdefgh12":1,"abcdefgh12":2}"#, true), (#"{"":1,"":2}"#, true),
            (#"{"abcdefgh12abcdefgh":1,"abcdefgh34abcdefgh":2}"#, false),
            (#"{"a":{"a":1},"b":{"a":1}}"#, false), (#"{"x":[{"k":1,"k":1}]}"#, true),
            (#"{"ab":1,"ba":2,"abc":3,"a":4}"#, false),
        ])
    func duplicates(text: String, isTwice: Bool) {
        #expect(JSONScannerTests.findings(text).contains(.duplicateName) == isTwice)
    }

    @Test("a thousand names of one object are told apart")
    func manyNames() {
        let names = (0..<1_000).map { "\"name of number \($0) in a row\":\($0)" }
        let once = "{" + names.joined(separator: ",") + "}"
        let twice = "{" + (names + [names[500]]).joined(separator: ",") + "}"

        #expect(JSONScannerTests.findings(once).isEmpty)
        #expect(JSONScannerTests.findings(twice) == .duplicateName)
    }

    @Test("100,000 lists in each other end the reading, not the program")
    func deep() {
        for opening in ["[", #"{"a":"#] {
            let text = String(repeating: opening, count: 100_000)
            #expect(JSONScannerTests.fault(text)?.reason == .tooDeep)
        }
    }

    @Test("a number of 400 digits is endless, one of 300 is not")
    func longNumbers() {
        #expect(JSONScannerTests.fault("1" + String(repeating: "0", count: 300)) == nil)
        #expect(
            JSONScannerTests.fault("1" + String(repeating: "0", count: 400))?.reason
                == .endlessNumber)
    }

    @Test("long texts are cut between characters, and the rest stays as it is")
    func cutting() {
        let text = #"{"a":"äääää","b":"x\ud834\udd1ey","c":"short","d":["0123456789"]}"#
        let cut = Array(text.utf8).withUnsafeBufferPointer {
            JSONCutting.cut($0, textBytes: 7)
        }

        #expect(
            String(decoding: cut, as: UTF8.self)
                == #"{"a":"äää","b":"x","c":"short","d":["0123456"]}"#)
        #expect(JSONCutting.cut("ääää", textBytes: 5) == "ää")
        #expect(JSONCutting.cut("abcd", textBytes: 4) == "abcd")
    }

    static func fault(_ text: String) -> JSONFault? { fault(bytes: Array(text.utf8)) }

    static func fault(bytes: [UInt8]) -> JSONFault? {
        bytes.withUnsafeBufferPointer { buffer in
            var scanner = JSONScanner(buffer)
            do throws(JSONFault) {
                try scanner.skip()
                try scanner.finish()
                return nil
            } catch {
                return error
            }
        }
    }

    static func findings(_ text: String) -> JSONFindings {
        Array(text.utf8).withUnsafeBufferPointer { buffer in
            var scanner = JSONScanner(buffer)
            try? scanner.skip()
            return scanner.findings
        }
    }
}
