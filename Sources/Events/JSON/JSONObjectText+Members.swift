extension JSONObjectText {
    /// A member's value.
    public enum Value: Hashable, Sendable {
        /// Nothing.
        case null
        /// A truth value.
        case boolean(Bool)
        /// A number, as it is written.
        case number(String)
        /// A text.
        case text(String)
        /// An object, as it is written.
        case object([UInt8])
        /// A list, as it is written.
        case list([UInt8])
    }

    /// The members in the order in which they are written.
    public var members: [(name: String, value: Value)] {
        var members: [(name: String, value: Value)] = []
        forEachMember { name, value in members.append((name, value)) }
        return members
    }

    /// Gives each member to a function, in the order in which they are written.
    public func forEachMember(_ body: (String, Value) -> Void) {
        bytes.withUnsafeBufferPointer { buffer in
            var scanner = JSONScanner(buffer)
            do throws(JSONFault) {
                var place = try scanner.beginObject()
                while let name = try scanner.nextName(&place) {
                    body(name.string, Value(try scanner.value()))
                }
            } catch {
                preconditionFailure("A checked object is none: \(error)")
            }
        }
    }
}

extension JSONObjectText.Value {
    init(_ slice: JSONSlice) {
        switch slice.kind {
        case .null: self = .null
        case .no: self = .boolean(false)
        case .yes: self = .boolean(true)
        case .number: self = .number(String(decoding: slice.raw, as: UTF8.self))
        case .text: self = .text(slice.text?.string ?? "")
        case .object: self = .object(Array(slice.raw))
        case .list: self = .list(Array(slice.raw))
        }
    }
}
