/// Texts of addresses and forms.
enum FormText {
    /// The parameters of a query or of a form (`application/x-www-form-urlencoded`), decoded.
    static func parameters(_ bytes: [UInt8]) -> [(name: String, value: String)] {
        var found: [(name: String, value: String)] = []
        forEachPair(bytes[...]) { name, value in found.append((text(name), text(value))) }
        return found
    }

    /// Gives the parameters as they are written, in the order in which they stand.
    static func forEachPair(
        _ bytes: ArraySlice<UInt8>, _ body: (ArraySlice<UInt8>, ArraySlice<UInt8>) -> Void
    ) {
        var rest = bytes
        while !rest.isEmpty {
            let end = rest.firstIndex(of: UInt8(ascii: "&")) ?? rest.endIndex
            let pair = rest[..<end]
            rest = rest[end...].dropFirst()
            guard !pair.isEmpty else { continue }
            let mark = pair.firstIndex(of: UInt8(ascii: "=")) ?? end
            body(pair[..<mark], pair[mark...].dropFirst())
        }
    }

    /// What an encoded text says: `%C3%A4` is ä, `+` a space. What is no encoding stays as it is.
    static func text(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: decoded(bytes), as: UTF8.self)
    }

    /// The bytes that an encoded text stands for.
    static func decoded(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            if byte == UInt8(ascii: "%"), index + 2 < bytes.endIndex,
                let high = digit(bytes[index + 1]), let low = digit(bytes[index + 2])
            {
                result.append(high << 4 | low)
                index += 3
                continue
            }
            result.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            index += 1
        }
        return result
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x37
        case 0x61...0x66: byte - 0x57
        default: nil
        }
    }

    /// What base64 text stands for (RFC 4648, both alphabets, padded or not); nil for other text.
    static func base64(_ text: some Sequence<UInt8>) -> [UInt8]? {
        var result: [UInt8] = []
        var (buffer, bits): (UInt32, Int) = (0, 0)
        var isPadded = false
        for byte in text {
            let value: UInt8
            switch byte {
            case 0x41...0x5A: value = byte - 0x41
            case 0x61...0x7A: value = byte - 0x47
            case 0x30...0x39: value = byte + 4
            case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: " "): value = 62
            case UInt8(ascii: "/"), UInt8(ascii: "_"): value = 63
            case UInt8(ascii: "="):
                isPadded = true
                continue
            case 0x0A, 0x0D: continue
            default: return nil
            }
            guard !isPadded else { return nil }
            buffer = buffer << 6 | UInt32(value)
            bits += 6
            if bits >= 8 {
                bits -= 8
                result.append(UInt8(truncatingIfNeeded: buffer >> UInt32(bits)))
            }
        }
        return bits == 6 ? nil : result
    }
}
