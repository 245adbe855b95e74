/// Objects of properties and traits, put together from what a client wrote.
enum PropertyText {
    /// A member that is added.
    struct Extra {
        let name: String
        /// The value as JSON.
        let value: [UInt8]

        init(_ name: String, _ value: JSONSlice) {
            self.name = name
            self.value = Array(value.raw)
        }
    }

    /// An object as it was written, texts cut that have more bytes; nil cuts none.
    static func object(_ slice: JSONSlice, textBytes: Int?) -> JSONObjectText {
        guard slice.count > 2 else { return .empty }
        if let textBytes {
            return JSONObjectText(checked: JSONCutting.cut(slice.raw, textBytes: textBytes))
        }
        if slice.raw[1] <= 0x20, isVoid(slice) { return .empty }
        return JSONObjectText(checked: Array(slice.raw))
    }

    /// An object with members added that it does not have.
    static func object(_ slice: JSONSlice?, adding extras: [Extra], textBytes: Int?)
        -> JSONObjectText
    {
        let own = slice.map { object($0, textBytes: textBytes) } ?? .empty
        guard !extras.isEmpty else { return own }
        var names: Set<String> = []
        own.forEachMember { name, _ in names.insert(name) }
        var bytes: [UInt8] = [UInt8(ascii: "{")]
        for extra in extras where names.insert(extra.name).inserted {
            if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
            bytes.append(UInt8(ascii: "\""))
            bytes.append(contentsOf: extra.name.utf8)
            bytes.append(contentsOf: "\":".utf8)
            bytes.append(contentsOf: extra.value)
        }
        if own.isEmpty {
            bytes.append(UInt8(ascii: "}"))
        } else {
            if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
            bytes.append(contentsOf: own.bytes.dropFirst())
        }
        return JSONObjectText(checked: bytes)
    }

    /// An object without one of its members.
    static func object(_ object: JSONObjectText, without name: StaticString) -> JSONObjectText {
        var bytes: [UInt8] = [UInt8(ascii: "{")]
        object.bytes.withUnsafeBufferPointer { buffer in
            var scanner = JSONScanner(buffer)
            do throws(JSONFault) {
                var members = try scanner.beginObject()
                while let member = try scanner.nextName(&members) {
                    let value = try scanner.value()
                    if member.is(name) { continue }
                    if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
                    let quoted = UnsafeBufferPointer(
                        start: member.base - 1, count: member.count + 2)
                    bytes.append(contentsOf: quoted)
                    bytes.append(UInt8(ascii: ":"))
                    bytes.append(contentsOf: value.raw)
                }
            } catch {
                preconditionFailure("A checked object is none: \(error)")
            }
        }
        bytes.append(UInt8(ascii: "}"))
        return JSONObjectText(checked: bytes)
    }

    /// Whether an object or a list has no member.
    static func isVoid(_ slice: JSONSlice) -> Bool {
        slice.raw.dropFirst().dropLast().allSatisfy { $0 <= 0x20 }
    }
}
