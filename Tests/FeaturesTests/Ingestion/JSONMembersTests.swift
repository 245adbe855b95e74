import Events
import Testing

@testable import Features

@Suite("Members of a JSON object")
struct JSONMembersTests {
    private func members(_ text: String) -> [String] {
        Array(text.utf8).withUnsafeBufferPointer { bytes in
            var members = JSONMembers(bytes)
            var found: [String] = []
            while let member = members.next() {
                found.append("\(members.key(member)) \(member.kind) \(members.text(member))")
            }
            return found
        }
    }

    @Test("names and values are found, whatever is inside the values")
    func found() {
        let text = #"""
            { "a" : 1 , "b":"x\"}y" ,"c":{"d":["}",{"e":"]"}]},"f":[1,[2]], "g":null,
              "h\u00e4\n":true,"":false,"z":-1.5e3}
            """#

        #expect(
            members(text) == [
                "a number 1", "b text x\"}y", #"c object {"d":["}",{"e":"]"}]}"#,
                "f list [1,[2]]", "g null null", "hä\n true true", " false false",
                "z number -1.5e3",
            ])
    }

    @Test("a pair of surrogates is one character")
    func surrogates() {
        #expect(members(#"{"a":"\ud83d\ude00"}"#) == ["a text 😀"])
    }

    @Test("text that is no object has no members, and is left without harm")
    func noObject() {
        for text in [
            "", "[]", "{", "{\"", "{\"a", "{\"a\"", "{\"a\":", "{\"a\":\"", "{\"a\":\"\\", "7",
        ] {
            #expect(members(text).isEmpty)
        }
    }

    @Test("only the members that are named are kept")
    func keeping() {
        let object = JSONObjectText(checked: Array(#"{"a":1,"b":{"a":2},"c\u0064":"x"}"#.utf8))

        #expect(object.keeping(["a", "cd"]).bytes == Array(#"{"a":1,"c\u0064":"x"}"#.utf8))
        #expect(object.keeping([]) == .empty)
    }
}
