/// Walks over the members of a JSON object whose text a scanner has checked before.
///
/// It looks only as deep as it must to find where a value ends. Text that is no object after all
/// has no members.
struct JSONMembers {
    /// What a value is, by its first character.
    enum Kind { case text, number, `true`, `false`, null, object, list }

    /// A member by its places in the text.
    struct Member {
        /// The name, without its quotes and with its escapes.
        let key: Range<Int>
        /// The value.
        let value: Range<Int>
        let kind: Kind
    }

    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
        skipSpace()
        position = current == UInt8(ascii: "{") ? position + 1 : bytes.count
    }

    /// The next member; nil at the end.
    mutating func next() -> Member? {
        skipSpace()
        if current == UInt8(ascii: ",") { position += 1 }
        skipSpace()
        guard current == UInt8(ascii: "\"") else { return end() }
        let begin = position
        skipText()
        guard position <= bytes.count, position - begin >= 2 else { return end() }
        let key = begin + 1..<position - 1
        skipSpace()
        guard current == UInt8(ascii: ":") else { return end() }
        position += 1
        skipSpace()
        let start = position
        guard let kind = kind else { return end() }
        skipValue(kind)
        guard position > start, position <= bytes.count else { return end() }
        if kind == .text, position - start < 2 || bytes[position - 1] != UInt8(ascii: "\"") {
            return end()
        }
        return Member(key: key, value: start..<position, kind: kind)
    }

    /// A member's name without escapes.
    func key(_ member: Member) -> String { JSONMembers.unescaped(bytes[member.key]) }

    /// Which of some names a member has; nil where it has none of them.
    func place(of member: Member, in names: [[UInt8]]) -> Int? {
        let key = bytes[member.key]
        guard key.contains(UInt8(ascii: "\\")) else {
            return names.firstIndex { $0.count == key.count && $0.elementsEqual(key) }
        }
        let name = Array(self.key(member).utf8)
        return names.firstIndex(of: name)
    }

    /// The text that a member's value stands for: a text without quotes, anything else as it is.
    func text(_ member: Member) -> String {
        guard member.kind == .text else {
            return String(decoding: bytes[member.value], as: UTF8.self)
        }
        return JSONMembers.unescaped(bytes[member.value].dropFirst().dropLast())
    }

    private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func end() -> Member? {
        position = bytes.count
        return nil
    }

    private var kind: Kind? {
        switch current {
        case UInt8(ascii: "\""): .text
        case UInt8(ascii: "{"): .object
        case UInt8(ascii: "["): .list
        case UInt8(ascii: "t"): .true
        case UInt8(ascii: "f"): .false
        case UInt8(ascii: "n"): .null
        case UInt8(ascii: "-"): .number
        case let digit? where (0x30...0x39).contains(digit): .number
        default: nil
        }
    }

    private mutating func skipSpace() {
        while let byte = current, byte == 0x20 || (0x09...0x0D).contains(byte) { position += 1 }
    }

    /// Goes behind the quote that ends a text, or to the end where none does.
    private mutating func skipText() {
        position += 1
        while let byte = current {
            position += 1
            if byte == UInt8(ascii: "\"") { return }
            if byte == UInt8(ascii: "\\") { position += 1 }
        }
        position = bytes.count
    }

    private mutating func skipValue(_ kind: Kind) {
        switch kind {
        case .text: skipText()
        case .object, .list: skipNested()
        default:
            while let byte = current, byte > 0x20, byte != UInt8(ascii: ","),
                byte != UInt8(ascii: "}")
            {
                position += 1
            }
        }
    }

    private mutating func skipNested() {
        var depth = 0
        while let byte = current {
            switch byte {
            case UInt8(ascii: "\""):
                skipText()
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            default: break
            }
            position += 1
            if depth == 0 { return }
        }
    }

    private static func unescaped(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> String {
        guard bytes.contains(UInt8(ascii: "\\")) else {
            return String(decoding: bytes, as: UTF8.self)
        }
        var units: [UInt16] = []
        var rest = String(decoding: bytes, as: UTF8.self).utf16[...]
        while let unit = rest.popFirst() {
            guard unit == 0x5C, let mark = rest.popFirst() else {
                units.append(unit)
                continue
            }
            switch UInt8(truncatingIfNeeded: mark) {
            case UInt8(ascii: "n"): units.append(0x0A)
            case UInt8(ascii: "t"): units.append(0x09)
            case UInt8(ascii: "r"): units.append(0x0D)
            case UInt8(ascii: "b"): units.append(0x08)
            case UInt8(ascii: "f"): units.append(0x0C)
            case UInt8(ascii: "u"):
                units.append(UInt16(String(rest.prefix(4)) ?? "", radix: 16) ?? 0xFFFD)
                rest = rest.dropFirst(4)
            default: units.append(mark)
            }
        }
        return String(decoding: units, as: UTF16.self)
    }
}
