/// Which ids are ids.
///
/// Source: the ids that PostHog's server refuses (`rust/common/types`, `nodejs/src/ingestion`,
/// read in 2026): each stands for a variable that was not set, and would make one person of all
/// people for whom that happened.
enum IdentityRule {
    /// What is refused in any letters.
    private static let junk: [StaticString] = [
        "anonymous", "guest", "distinctid", "distinct_id", "id", "not_authenticated", "email",
        "undefined", "true", "false",
    ]

    /// What is refused as it is written.
    private static let exactJunk: [StaticString] = [
        "[object Object]", "NaN", "None", "none", "null", "0",
    ]

    /// An id without the spaces around it; nil where nothing is left. Junk is refused, for the
    /// field that is named.
    static func id(_ text: JSONText, field: StaticString, charactersMax: Int) throws(Refusal)
        -> String?
    {
        if text.count == 0 { return nil }
        var id = text.string
        if isSpace(text.raw[0]) || isSpace(text.raw[text.count - 1]) { id = trimmed(id) }
        if id.isEmpty { return nil }
        if id.utf8.count <= 20, id.withUTF8({ isJunk($0) }) {
            throw Refusal(
                .eventsJunkID,
                "'\(id)' is no id for \(field): it stands for something that was not set.")
        }
        if id.utf8.count > charactersMax, id.count > charactersMax {
            throw Refusal(
                .eventsJunkID, "The id for \(field) has more than \(charactersMax) characters.")
        }
        return id
    }

    /// Whether bytes are junk, in quotation marks or not.
    static func isJunk(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var bytes = bytes
        while let first = bytes.first, first == UInt8(ascii: "\"") || first == UInt8(ascii: "'"),
            bytes.count > 1, bytes[bytes.count - 1] == first
        {
            bytes = UnsafeBufferPointer(rebasing: bytes[1..<(bytes.count - 1)])
        }
        guard let base = bytes.baseAddress, bytes.contains(where: { !isSpace($0) }) else {
            return true
        }
        return exactJunk.contains { word in
            word.utf8CodeUnitCount == bytes.count && equal(word.utf8Start, base, bytes.count)
        }
            || junk.contains { word in
                word.utf8CodeUnitCount == bytes.count
                    && bytes.indices.allSatisfy { index in
                        let byte = bytes[index]
                        let isCapital = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
                        return (isCapital ? byte | 0x20 : byte) == word.utf8Start[index]
                    }
            }
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte <= 0x20 }

    private static func trimmed(_ text: String) -> String {
        let bytes = text.utf8.drop(while: isSpace)
        let count = bytes.reversed().drop(while: isSpace).count
        return String(bytes.prefix(count)) ?? text
    }
}
