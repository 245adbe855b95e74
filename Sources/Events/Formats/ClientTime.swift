import Vocabulary

/// Times as clients write them.
enum ClientTime {
    /// The instant that a text or a number means; nil where it means none.
    ///
    /// A text is ISO 8601 with or without a zone (then UTC) and up to nine digits of a fraction, or
    /// a number; a number counts seconds, milliseconds, microseconds or nanoseconds since 1970,
    /// whichever lies nearest to the present.
    static func instant(_ slice: JSONSlice) -> Instant? {
        switch slice.kind {
        case .text:
            guard let text = slice.text, !text.hasEscapes else { return nil }
            return instant(text.raw)
        case .number: return slice.number.flatMap(instant)
        default: return nil
        }
    }

    /// The instant that a text means.
    static func instant(_ text: String) -> Instant? {
        var text = text
        return text.withUTF8 { instant($0) }
    }

    /// The instant that a text means.
    static func instant(_ text: UnsafeBufferPointer<UInt8>) -> Instant? {
        guard text.count >= 5, text.count <= 40 else { return nil }
        guard text[4] == UInt8(ascii: "-") else {
            return Double(String(decoding: text, as: UTF8.self)).flatMap(instant)
        }
        return calendar(text)
    }

    /// The instant that a number means.
    static func instant(_ number: Double) -> Instant? {
        let factor: Double
        switch abs(number) {
        case ..<1e11: factor = 1e6
        case ..<1e14: factor = 1e3
        case ..<1e17: factor = 1
        case ..<1e19: factor = 1e-3
        default: return nil
        }
        return Instant(microseconds: Int64((number * factor).rounded()))
    }

    private static func calendar(_ text: UnsafeBufferPointer<UInt8>) -> Instant? {
        guard text.count >= 10, text[7] == UInt8(ascii: "-"),
            let century = two(text, 0), let year = two(text, 2), let month = two(text, 5),
            let dayOfMonth = two(text, 8),
            let day = Day(year: century * 100 + year, month: month, day: dayOfMonth)
        else { return nil }
        var seconds = Int64(day.number) * 86_400
        guard text.count > 10 else { return Instant(microseconds: seconds * 1_000_000) }
        guard text.count >= 16,
            text[10] | 0x20 == UInt8(ascii: "t") || text[10] == UInt8(ascii: " "),
            text[13] == UInt8(ascii: ":"), let hour = two(text, 11), hour < 24,
            let minute = two(text, 14), minute < 60
        else { return nil }
        seconds += Int64(hour * 3_600 + minute * 60)
        var index = 16
        var micros: Int64 = 0
        if index < text.count, text[index] == UInt8(ascii: ":") {
            guard let second = two(text, 17), second <= 60 else { return nil }
            seconds += Int64(second)
            index = 19
            if index < text.count,
                text[index] == UInt8(ascii: ".") || text[index] == UInt8(ascii: ",")
            {
                guard let fraction = fraction(text, &index) else { return nil }
                micros = fraction
            }
        }
        guard let offset = zone(text, index) else { return nil }
        return Instant(microseconds: (seconds - offset) * 1_000_000 + micros)
    }

    /// The microseconds of a fraction of up to nine digits, which begins at its point.
    private static func fraction(_ text: UnsafeBufferPointer<UInt8>, _ index: inout Int) -> Int64? {
        let first = index + 1
        var (micros, unit): (Int64, Int64) = (0, 100_000)
        index = first
        while index < text.count, text[index] &- 48 < 10 {
            micros += Int64(text[index] &- 48) * unit
            unit /= 10
            index += 1
        }
        return index - first <= 9 ? micros : nil
    }

    /// How many seconds a zone's clocks are ahead of UTC.
    private static func zone(_ text: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int64? {
        guard index < text.count else { return 0 }
        let sign = text[index]
        if sign | 0x20 == UInt8(ascii: "z") { return index + 1 == text.count ? 0 : nil }
        guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"),
            let hours = two(text, index + 1), hours < 24
        else { return nil }
        var minutes = 0
        if index + 3 < text.count {
            let place = text[index + 3] == UInt8(ascii: ":") ? index + 4 : index + 3
            guard let found = two(text, place), found < 60, place + 2 == text.count else {
                return nil
            }
            minutes = found
        }
        let seconds = Int64(hours * 3_600 + minutes * 60)
        return sign == UInt8(ascii: "-") ? -seconds : seconds
    }

    @inline(__always)
    private static func two(_ text: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int? {
        guard index + 1 < text.count else { return nil }
        let (tens, ones) = (text[index] &- 48, text[index + 1] &- 48)
        guard tens < 10, ones < 10 else { return nil }
        return Int(tens) * 10 + Int(ones)
    }
}
