extension JSONScanner {
    /// Reads a text, the next byte being its opening quotation mark.
    ///
    /// Eight bytes at a time are looked at as long as they are plain ASCII.
    @inline(__always)
    mutating func text() throws(JSONFault) -> JSONText {
        let start = position &+ 1
        var index = start
        while index &+ 8 <= end {
            let special = JSONScanner.special(eightBytes(at: index))
            if special == 0 {
                index &+= 8
                continue
            }
            index &+= special.trailingZeroBitCount >> 3
            guard bytes[index] == UInt8(ascii: "\"") else { break }
            position = index &+ 1
            return JSONText(base: bytes + start, count: index &- start, hasEscapes: false)
        }
        return try unplainText(from: start, readTo: index)
    }

    /// The highest bit of each byte that ends plain text: a quotation mark, a backslash, a control
    /// character, or one that is not ASCII. Bits above the lowest that is set mean nothing.
    @inline(__always)
    private static func special(_ word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let quote = word ^ (ones &* 0x22)
        let backslash = word ^ (ones &* 0x5C)
        let found =
            ((quote &- ones) & ~quote) | ((backslash &- ones) & ~backslash)
            | ((word &- ones &* 0x20) & ~word) | word
        return found & (ones &* 0x80)
    }

    @inline(__always)
    private func eightBytes(at index: Int) -> UInt64 {
        UInt64(
            littleEndian: UnsafeRawPointer(bytes).loadUnaligned(
                fromByteOffset: index, as: UInt64.self))
    }

    @inline(never)
    private mutating func unplainText(from start: Int, readTo index: Int) throws(JSONFault)
        -> JSONText
    {
        position = index
        var hasEscapes = false
        while position < end {
            let byte = bytes[position]
            switch byte {
            case UInt8(ascii: "\""):
                let count = position &- start
                position &+= 1
                return JSONText(base: bytes + start, count: count, hasEscapes: hasEscapes)
            case UInt8(ascii: "\\"):
                hasEscapes = true
                try escape()
            case 0..<0x20: throw fault(.controlCharacter)
            case 0x20..<0x80:
                position &+= 1
                while position &+ 8 <= end,
                    JSONScanner.special(eightBytes(at: position)) == 0
                {
                    position &+= 8
                }
            default: try character(byte)
            }
        }
        throw fault(.end)
    }

    private mutating func escape() throws(JSONFault) {
        position &+= 1
        guard position < end else { throw fault(.end) }
        let kind = bytes[position]
        position &+= 1
        switch kind {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
            UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            return
        case UInt8(ascii: "u"):
            let unit = try fourDigits()
            switch unit {
            case 0: findings.insert(.nul)
            case 0xD800...0xDBFF:
                guard position &+ 6 <= end, bytes[position] == UInt8(ascii: "\\"),
                    bytes[position &+ 1] == UInt8(ascii: "u")
                else { throw fault(.loneSurrogate) }
                position &+= 2
                guard (0xDC00...0xDFFF).contains(try fourDigits()) else {
                    throw fault(.loneSurrogate)
                }
            case 0xDC00...0xDFFF: throw fault(.loneSurrogate)
            default: return
            }
        default: throw fault(.badEscape)
        }
    }

    private mutating func fourDigits() throws(JSONFault) -> UInt32 {
        guard position &+ 4 <= end else { throw fault(.badEscape) }
        var value: UInt32 = 0
        for _ in 0..<4 {
            let byte = bytes[position]
            switch byte {
            case 0x30...0x39: value = value << 4 | UInt32(byte &- 0x30)
            case 0x41...0x46: value = value << 4 | UInt32(byte &- 0x37)
            case 0x61...0x66: value = value << 4 | UInt32(byte &- 0x57)
            default: throw fault(.badEscape)
            }
            position &+= 1
        }
        return value
    }

    /// Reads a character beyond ASCII: the well-formed sequences of Unicode 15, table 3-7.
    private mutating func character(_ first: UInt8) throws(JSONFault) {
        let second: ClosedRange<UInt8>
        let length: Int
        switch first {
        case 0xC2...0xDF: (second, length) = (0x80...0xBF, 2)
        case 0xE0: (second, length) = (0xA0...0xBF, 3)
        case 0xED: (second, length) = (0x80...0x9F, 3)
        case 0xE1...0xEF: (second, length) = (0x80...0xBF, 3)
        case 0xF0: (second, length) = (0x90...0xBF, 4)
        case 0xF1...0xF3: (second, length) = (0x80...0xBF, 4)
        case 0xF4: (second, length) = (0x80...0x8F, 4)
        default: throw fault(.badUTF8)
        }
        guard position &+ length <= end, second.contains(bytes[position &+ 1]) else {
            throw fault(.badUTF8)
        }
        for offset in 2..<max(2, length) where bytes[position &+ offset] & 0xC0 != 0x80 {
            throw fault(.badUTF8)
        }
        position &+= length
    }
}

extension JSONScanner {
    /// What was read since a position.
    func read(since start: Int) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: bytes + start, count: position - start)
    }
}
