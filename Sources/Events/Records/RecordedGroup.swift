/// A group of an event as it stands in a record's bytes.
public struct RecordedGroup: Sendable {
    private let typePlace: RecordedPlace
    private let idPlace: RecordedPlace

    init(type: RecordedPlace, id: RecordedPlace) {
        (typePlace, idPlace) = (type, id)
    }

    /// What kind of group it is, in UTF-8.
    public func type(of bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: bytes[typePlace.range])
    }

    /// Which one, in UTF-8.
    public func id(of bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: bytes[idPlace.range])
    }
}

extension JSONObjectText {
    /// The ids of groups by their types; of several of a type it has the first.
    ///
    /// - Parameters:
    ///   - groups: The groups.
    ///   - bytes: Those in which they stand.
    public init(_ groups: ArraySlice<RecordedGroup>, of bytes: UnsafeRawBufferPointer) {
        var text: [UInt8] = [UInt8(ascii: "{")]
        for place in groups.indices {
            let type = groups[place].type(of: bytes)
            let isRepeated = groups[..<place].contains { $0.type(of: bytes).elementsEqual(type) }
            guard !isRepeated else { continue }
            if text.count > 1 { text.append(UInt8(ascii: ",")) }
            Self.append(type, to: &text)
            text.append(UInt8(ascii: ":"))
            Self.append(groups[place].id(of: bytes), to: &text)
        }
        self.init(checked: text + [UInt8(ascii: "}")])
    }

    /// Appends a text with its quotes; what JSON does not take as it is gets an escape.
    private static func append(_ bytes: UnsafeRawBufferPointer, to text: inout [UInt8]) {
        text.append(UInt8(ascii: "\""))
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): text += [UInt8(ascii: "\\"), byte]
            case 0..<0x20:
                let digits = Array("0123456789abcdef".utf8)
                text += Array("\\u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            default: text.append(byte)
            }
        }
        text.append(UInt8(ascii: "\""))
    }
}
