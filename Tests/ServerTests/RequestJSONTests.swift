import Testing
import Vocabulary

@testable import Server

@Suite("JSON in requests")
struct RequestJSONTests {
    @Test("values are read as they are")
    func values() throws {
        let text = #" {"a":[1,-2.5e1,true,null,"é\n\u00e9\ud83d\ude00"],"b":{}} "#

        let json = try RequestJSON.read(Array(text.utf8))

        #expect(
            json == [
                "a": [.integer(1), .number(-25), true, .null, "é\né😀"], "b": [:],
            ])
    }

    @Test(
        "what other readers let pass is refused",
        arguments: [
            "", " ", "{", "[1", #"{"a":1,"a":2}"#, #"{"a" 1}"#, "{a:1}", "[1,]", #"{"a":1,}"#,
            "01", "1.", ".5", "+1", "NaN", "Infinity", "1e999", "--1", "1 2", "tru", "'a'",
            #""\x""#, #""\u12""#, #""\ud800""#, #""\udc00""#, #""\u0000""#, "\"a\nb\"", "\"a",
            "\u{FEFF}{}", "// x\n1",
        ])
    func refused(text: String) {
        #expect(throws: Failure.self) { try RequestJSON.read(Array(text.utf8)) }
    }

    @Test("bytes that are not UTF-8 are refused")
    func notUTF8() {
        for bytes: [UInt8] in [[0x22, 0xFF, 0x22], [0x22, 0xC0, 0xAF, 0x22], [0x7B, 0, 0x7D, 0]] {
            #expect(throws: Failure.self) { try RequestJSON.read(bytes) }
        }
    }

    @Test("a value 100,000 deep is refused, not followed")
    func deep() {
        for opening in ["[", #"{"a":"#] {
            let text = String(repeating: opening, count: 100_000)
            let failure = #expect(throws: Failure.self) { try RequestJSON.read(Array(text.utf8)) }
            #expect(failure?.code == .badJSON)
        }
    }
}
