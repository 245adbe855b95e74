extension JSONScanner {
    /// Reads a number, the next byte being its first.
    mutating func number() throws(JSONFault) {
        let start = position
        if bytes[position] == UInt8(ascii: "-") { position &+= 1 }
        guard position < end else { throw fault(.end) }
        if bytes[position] == UInt8(ascii: "0") {
            position &+= 1
        } else {
            try digits()
        }
        var mustMeasure = position &- start > 300
        if position < end, bytes[position] == UInt8(ascii: ".") {
            position &+= 1
            try digits()
        }
        if position < end, bytes[position] | 0x20 == UInt8(ascii: "e") {
            mustMeasure = true
            position &+= 1
            if position < end,
                bytes[position] == UInt8(ascii: "+") || bytes[position] == UInt8(ascii: "-")
            {
                position &+= 1
            }
            try digits()
        }
        guard mustMeasure else { return }
        let text = UnsafeBufferPointer(start: bytes + start, count: position &- start)
        guard let number = Double(String(decoding: text, as: UTF8.self)), number.isFinite else {
            position = start
            throw fault(.endlessNumber)
        }
    }

    @inline(__always)
    private mutating func digits() throws(JSONFault) {
        let start = position
        while position < end, bytes[position] &- UInt8(ascii: "0") < 10 { position &+= 1 }
        guard position > start else { throw fault(.badNumber) }
    }
}
