import Testing

@testable import Behaviour

@Suite("The checksum of sections")
struct SectionChecksumTests {
    /// From the test vectors of the xxHash project: XXH64 with seed 0.
    @Test(
        "known texts have their known checksum",
        arguments: [
            ("", 0xEF46_DB37_51D8_E999), ("a", 0xD24E_C4F1_A98C_6E5B),
            ("abc", 0x44BC_2CF5_AD77_0999),
            (
                "Call me Ishmael. Some years ago--never mind how long precisely-",
                0x02A2_E854_70D6_FD96
            ),
        ] as [(String, UInt64)])
    func known(text: String, value: UInt64) {
        var whole = SectionChecksum()
        Array(text.utf8).withUnsafeBytes { whole.add($0) }
        var pieces = SectionChecksum()
        for byte in text.utf8 { [byte].withUnsafeBytes { pieces.add($0) } }

        #expect(whole.value == value)
        #expect(pieces.value == value)
    }
}
