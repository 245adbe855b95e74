/// Shortens texts that are longer than a limit.
enum JSONCutting {
    /// A checked JSON value with every text in it cut to a number of bytes.
    static func cut(_ value: UnsafeBufferPointer<UInt8>, textBytes: Int) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(value.count)
        var index = 0
        while index < value.count {
            guard value[index] == UInt8(ascii: "\"") else {
                result.append(value[index])
                index += 1
                continue
            }
            let start = index + 1
            var (end, kept) = (start, start)
            while value[end] != UInt8(ascii: "\"") {
                end += length(value, at: end)
                if end - start <= textBytes { kept = end }
            }
            result.append(UInt8(ascii: "\""))
            result.append(contentsOf: value[start..<kept])
            result.append(UInt8(ascii: "\""))
            index = end + 1
        }
        return result
    }

    /// A text cut to a number of bytes, never in the middle of a character.
    static func cut(_ text: String, textBytes: Int) -> String {
        guard text.utf8.count > textBytes else { return text }
        var bytes = text.utf8.prefix(textBytes + 1)
        while let last = bytes.popLast(), last & 0xC0 == 0x80 {}
        return String(decoding: bytes, as: UTF8.self)
    }

    /// How many bytes a character, or an escape that must stay whole, has.
    private static func length(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
        switch text[index] {
        case UInt8(ascii: "\\"):
            guard text[index + 1] == UInt8(ascii: "u") else { return 2 }
            let isPair = text[index + 2] | 0x20 == UInt8(ascii: "d") && text[index + 3] > 0x37
            return isPair ? 12 : 6
        case 0xC0..<0xE0: return 2
        case 0xE0..<0xF0: return 3
        case 0xF0...: return 4
        default: return 1
        }
    }
}
