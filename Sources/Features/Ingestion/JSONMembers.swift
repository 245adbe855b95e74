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
        /// Whether the name, or the value of a text, has escapes.
        let isKeyEscaped: Bool
        let isValueEscaped: Bool
    }

    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
        skipSpace()
        position = current == UInt8(ascii: "{") ? position + 1 : bytes.count
    }

    /// Walks over an object that may be absent.
    init(_ bytes: UnsafeRawBufferPointer?) {
        self.init(
            bytes?.bindMemory(to: UInt8.self) ?? UnsafeBufferPointer(start: nil, count: 0))
    }

    /// The next member; nil at the end.
    mutating func next() -> Member? {
        skipSpace()
        if current == UInt8(ascii: ",") { position += 1 }
        skipSpace()
        guard current == UInt8(ascii: "\"") else { return end() }
        let begin = position
        let isKeyEscaped = skipText()
        guard position <= bytes.count, position - begin >= 2 else { return end() }
        let key = begin + 1..<position - 1
        skipSpace()
        guard current == UInt8(ascii: ":") else { return end() }
        position += 1
        skipSpace()
        let start = position
        guard let kind = kind else { return end() }
        let isValueEscaped = skipValue(kind)
        guard position > start, position <= bytes.count else { return end() }
        if kind == .text, position - start < 2 || bytes[position - 1] != UInt8(ascii: "\"") {
            return end()
        }
        return Member(
            key: key, value: start..<position, kind: kind, isKeyEscaped: isKeyEscaped,
            isValueEscaped: isValueEscaped)
    }

    /// The next member with a name; nil where there is none.
    mutating func next(named name: String) -> Member? {
        while let member = next() {
            if key(member) == name { return member }
        }
        return nil
    }

    /// A member's name without escapes.
    func key(_ member: Member) -> String { JSONMembers.unescaped(bytes[member.key]) }

    /// Which of some names a member has; nil where it has none of them.
    func place(of member: Member, in names: [[UInt8]]) -> Int? {
        guard !member.isKeyEscaped else {
            return names.firstIndex(of: Array(key(member).utf8))
        }
        let key = bytes[member.key]
        return names.firstIndex { $0.count == key.count && $0.elementsEqual(key) }
    }

    /// The text that a member's value stands for: a text without quotes, anything else as it is.
    func text(_ member: Member) -> String {
        guard member.kind == .text else {
            return String(decoding: bytes[member.value], as: UTF8.self)
        }
        return JSONMembers.unescaped(bytes[member.value].dropFirst().dropLast())
    }

    /// A member's name as it is written, with its escapes.
    func keyBytes(_ member: Member) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes[member.key]))
    }

    /// A member's value as it is written, a text without its quotes.
    func valueBytes(_ member: Member) -> UnsafeRawBufferPointer {
        let value = member.value
        let inner = member.kind == .text ? value.lowerBound + 1..<value.upperBound - 1 : value
        return UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes[inner]))
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

    /// Goes behind the quote that ends a text, or to the end where none does; whether an escape
    /// was passed.
    @discardableResult
    private mutating func skipText() -> Bool {
        var isEscaped = false
        position += 1
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if byte == UInt8(ascii: "\"") { return isEscaped }
            if byte == UInt8(ascii: "\\") {
                isEscaped = true
                position += 1
            }
        }
        position = bytes.count
        return isEscaped
    }

    /// Goes behind a value; whether it is a text with escapes.
    private mutating func skipValue(_ kind: Kind) -> Bool {
        switch kind {
        case .text: return skipText()
        case .object, .list: skipNested()
        default:
            while let byte = current, byte > 0x20, byte != UInt8(ascii: ","),
                byte != UInt8(ascii: "}")
            {
                position += 1
            }
        }
        return false
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
