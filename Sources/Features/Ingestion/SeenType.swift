/// What the value of a property is, as far as its text shows; or that an event is meant itself.
enum SeenType: UInt8, CaseIterable {
    case event, boolean, null, object, list, integer, number, text, date, instant

    /// The type in the words of the definitions.
    var word: String {
        switch self {
        case .event: "event"
        case .boolean: "boolean"
        case .null: "null"
        case .object: "object"
        case .list: "list"
        case .integer: "integer"
        case .number: "number"
        case .text: "text"
        case .date: "date"
        case .instant: "instant"
        }
    }
}

/// A source whose names are counted.
struct SeenSource {
    let name: String
    /// What tells its names from those of other sources.
    let mark: UInt64
}

extension JSONMembers {
    /// What a member's value is; a text that reads like a time is one.
    func seenType(of member: Member) -> SeenType {
        switch member.kind {
        case .true, .false: return .boolean
        case .null: return .null
        case .object: return .object
        case .list: return .list
        case .number, .text:
            let bytes = valueBytes(member)
            return member.kind == .text ? Self.textType(bytes) : Self.numberType(bytes)
        }
    }

    private static func numberType(_ bytes: UnsafeRawBufferPointer) -> SeenType {
        for byte in bytes {
            guard byte == UInt8(ascii: "-") || (byte >= 0x30 && byte <= 0x39) else {
                return .number
            }
        }
        return .integer
    }

    /// What a text is: a day, a time or neither.
    private static func textType(_ bytes: UnsafeRawBufferPointer) -> SeenType {
        guard bytes.count >= 10 else { return .text }
        for place in 0..<10 {
            let byte = bytes[place]
            let isMark = place == 4 || place == 7
            guard isMark ? byte == UInt8(ascii: "-") : byte >= 0x30 && byte <= 0x39 else {
                return .text
            }
        }
        if bytes.count == 10 { return .date }
        return bytes[10] == UInt8(ascii: "T") ? .instant : .text
    }
}
