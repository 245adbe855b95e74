/// A text of a JSON document that was checked: a part of the input, decoded when asked for.
///
/// It is valid as long as the input's memory is.
struct JSONText {
    /// The first byte after the opening quotation mark.
    let base: UnsafePointer<UInt8>
    /// How many bytes lie between the quotation marks.
    let count: Int
    /// Whether there is a backslash among them.
    let hasEscapes: Bool

    /// Whether the text is the literal; never for a text that is written with escapes.
    @inline(__always)
    func `is`(_ literal: StaticString) -> Bool {
        count == literal.utf8CodeUnitCount && !hasEscapes
            && equal(base, literal.utf8Start, count)
    }

    /// The bytes as they are written.
    var raw: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: base, count: count) }

    /// The text.
    var string: String {
        guard hasEscapes else { return String(decoding: raw, as: UTF8.self) }
        return String(decoding: decoded, as: UTF8.self)
    }

    /// The text's bytes, escapes replaced by what they stand for.
    var decoded: [UInt8] {
        guard hasEscapes else { return Array(raw) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count)
        var index = 0
        while index < count {
            let byte = base[index]
            guard byte == UInt8(ascii: "\\") else {
                bytes.append(byte)
                index += 1
                continue
            }
            let kind = base[index + 1]
            index += 2
            switch kind {
            case UInt8(ascii: "b"): bytes.append(8)
            case UInt8(ascii: "f"): bytes.append(12)
            case UInt8(ascii: "n"): bytes.append(10)
            case UInt8(ascii: "r"): bytes.append(13)
            case UInt8(ascii: "t"): bytes.append(9)
            case UInt8(ascii: "u"):
                var unit = hexadecimal(index)
                index += 4
                if (0xD800...0xDBFF).contains(unit) {
                    let low = hexadecimal(index + 2)
                    unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00)
                    index += 6
                }
                guard let scalar = Unicode.Scalar(unit) else { continue }
                bytes.append(contentsOf: Unicode.UTF8.encode(scalar) ?? .init())
            default: bytes.append(kind)
            }
        }
        return bytes
    }

    private func hexadecimal(_ index: Int) -> UInt32 {
        var value: UInt32 = 0
        for offset in 0..<4 {
            let byte = UInt32(base[index + offset])
            value = value << 4 | (byte <= 0x39 ? byte - 0x30 : (byte | 0x20) - 0x57)
        }
        return value
    }
}

/// A value of a JSON document that was checked: a part of the input.
struct JSONSlice {
    /// What a value is.
    enum Kind { case null, no, yes, number, text, object, list }

    /// What it is.
    let kind: Kind
    /// Its first byte.
    let base: UnsafePointer<UInt8>
    /// How many bytes it has.
    let count: Int
    /// Whether it is a text with escapes.
    let hasEscapes: Bool

    /// The bytes as they are written.
    var raw: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: base, count: count) }

    /// The text that it is; nil for anything else.
    var text: JSONText? {
        guard kind == .text else { return nil }
        return JSONText(base: base + 1, count: count - 2, hasEscapes: hasEscapes)
    }

    /// A text, or a number as it is written; nil for anything else.
    var textOrNumber: JSONText? {
        guard kind == .number else { return text }
        return JSONText(base: base, count: count, hasEscapes: false)
    }

    /// The number that it is; nil for anything else.
    var number: Double? {
        guard kind == .number else { return nil }
        // A whole number of so few digits is exact.
        if count <= 15, raw.allSatisfy({ $0 &- 48 < 10 }) {
            return Double(raw.reduce(0) { $0 &* 10 &+ Int($1 &- 48) })
        }
        return Double(String(decoding: raw, as: UTF8.self))
    }

    /// Whether it is an object without members, or nothing.
    var isVoid: Bool { kind == .null || (kind == .object && count == 2) }
}
