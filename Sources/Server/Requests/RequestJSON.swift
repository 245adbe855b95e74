import Vocabulary

/// Reads the JSON of a request's body, strictly: UTF-8 without a mark at the start, no duplicate
/// names, nothing after the value, no deeper than a few levels.
///
/// Foundation's reader is not used, since it also takes UTF-16, duplicate names and 500 levels.
struct RequestJSON {
    private static let depthMax = 16
    private var rest: ArraySlice<UInt8>

    /// Reads a value.
    ///
    /// - Throws: `server/bad-json`.
    static func read(_ bytes: [UInt8]) throws(Failure) -> JSON {
        guard String(validating: bytes, as: UTF8.self) != nil else { throw bad("is not UTF-8") }
        var reader = RequestJSON(rest: bytes[...])
        let value = try reader.value(depth: 0)
        reader.skipSpace()
        guard reader.rest.isEmpty else { throw bad("goes on after its end") }
        return value
    }

    private mutating func value(depth: Int) throws(Failure) -> JSON {
        guard depth < RequestJSON.depthMax else { throw RequestJSON.bad("is nested too deeply") }
        skipSpace()
        switch rest.first {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try list(depth: depth)
        case UInt8(ascii: "\""): return .text(try text())
        case UInt8(ascii: "t"): return try word("true", .boolean(true))
        case UInt8(ascii: "f"): return try word("false", .boolean(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func object(depth: Int) throws(Failure) -> JSON {
        var members: [(name: String, value: JSON)] = []
        var names: Set<String> = []
        rest.removeFirst()
        skipSpace()
        if take("}") { return .object([]) }
        repeat {
            skipSpace()
            let name = try text()
            guard names.insert(name).inserted else {
                throw RequestJSON.bad("has the name '\(name.prefix(40))' twice")
            }
            skipSpace()
            guard take(":") else { throw RequestJSON.bad("lacks a colon") }
            members.append((name, try value(depth: depth + 1)))
            skipSpace()
        } while take(",")
        guard take("}") else { throw RequestJSON.bad("does not end an object") }
        return .object(members)
    }

    private mutating func list(depth: Int) throws(Failure) -> JSON {
        var values: [JSON] = []
        rest.removeFirst()
        skipSpace()
        if take("]") { return .list([]) }
        repeat {
            values.append(try value(depth: depth + 1))
            skipSpace()
        } while take(",")
        guard take("]") else { throw RequestJSON.bad("does not end a list") }
        return .list(values)
    }

    private mutating func text() throws(Failure) -> String {
        guard take("\"") else { throw RequestJSON.bad("lacks a quotation mark") }
        var bytes: [UInt8] = []
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: bytes, as: UTF8.self)
            case UInt8(ascii: "\\"): bytes.append(contentsOf: try escape())
            case 0..<0x20: throw RequestJSON.bad("has a control character in a text")
            default: bytes.append(byte)
            }
        }
        throw RequestJSON.bad("does not end a text")
    }

    private mutating func escape() throws(Failure) -> [UInt8] {
        switch rest.popFirst() {
        case UInt8(ascii: "\""): return [0x22]
        case UInt8(ascii: "\\"): return [0x5C]
        case UInt8(ascii: "/"): return [0x2F]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "u"): return try codePoint()
        default: throw RequestJSON.bad("has an unknown escape")
        }
    }

    private mutating func codePoint() throws(Failure) -> [UInt8] {
        var value = try unit()
        if (0xD800..<0xDC00).contains(value) {
            guard take("\\"), take("u") else { throw RequestJSON.bad("has half a character") }
            let low = try unit()
            guard (0xDC00..<0xE000).contains(low) else {
                throw RequestJSON.bad("has half a character")
            }
            value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
        }
        guard value != 0, let scalar = Unicode.Scalar(value) else {
            throw RequestJSON.bad("has half a character")
        }
        return Array(Character(scalar).utf8)
    }

    private mutating func unit() throws(Failure) -> UInt32 {
        let digits = rest.prefix(4)
        rest = rest.dropFirst(4)
        guard digits.count == 4, digits.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != 45 }),
            let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw RequestJSON.bad("has an unknown escape") }
        return value
    }

    private mutating func number() throws(Failure) -> JSON {
        let digits = rest.prefix { byte in
            (48...57).contains(byte) || [43, 45, 46, 69, 101].contains(byte)
        }
        rest = rest.dropFirst(digits.count)
        let text = String(decoding: digits, as: UTF8.self)
        guard text.wholeMatch(of: /-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/) != nil,
            let value = Double(text), value.isFinite
        else { throw RequestJSON.bad("has something that is no value") }
        return Int(text).map(JSON.integer) ?? .number(value)
    }

    private mutating func word(_ word: String, _ value: JSON) throws(Failure) -> JSON {
        guard rest.starts(with: word.utf8) else {
            throw RequestJSON.bad("has something that is no value")
        }
        rest = rest.dropFirst(word.utf8.count)
        return value
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: character) else { return false }
        rest.removeFirst()
        return true
    }

    private mutating func skipSpace() {
        rest = rest.drop { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
    }

    private static func bad(_ what: String) -> Failure {
        Failure(
            .badJSON, "The body of the request \(what).",
            hint: "Send one JSON object in UTF-8, as /openapi.json describes it.")
    }
}

extension Failure.Code {
    /// The body of a request is not the JSON that is expected.
    public static let badJSON: Self = "server/bad-json"
}
