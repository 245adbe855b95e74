/// Reads a JSON text strictly as RFC 8259 has it, from its beginning to its end, without building
/// trees: who reads walks the members of objects, takes values as parts of the input, and skips what
/// it does not need. Everything is checked, what is skipped too.
///
/// The input's memory must outlive the scanner and what it hands out.
struct JSONScanner: ~Copyable {
    /// The input.
    let bytes: UnsafePointer<UInt8>
    /// How many bytes the input has.
    let end: Int
    /// What is not taken from a client.
    let bounds: JSONBounds
    /// The next byte to read.
    var position = 0
    /// What was found since the last time this was emptied.
    var findings: JSONFindings = []
    /// How many lists and objects lay open where the present event began.
    var depthOfEvent = 0
    /// How many lists and objects are open.
    private(set) var depth = 0
    private var marks = JSONNameMarks()

    /// A place in an object whose members are being walked.
    struct Members {
        fileprivate let firstMark: Int
        fileprivate var isFirst = true
        fileprivate var count = 0
    }

    init(_ input: UnsafeBufferPointer<UInt8>, bounds: JSONBounds = JSONBounds()) {
        bytes = input.baseAddress ?? UnsafePointer(JSONScanner.nothing)
        end = input.count
        self.bounds = bounds
    }

    nonisolated(unsafe) private static let nothing = UnsafeMutablePointer<UInt8>.allocate(
        capacity: 8)

    func fault(_ reason: JSONFault.Reason) -> JSONFault {
        JSONFault(
            reason: position >= end && reason != .notTaken ? .end : reason, offset: position)
    }

    /// What is wrong where another value, or none at all, stands in the place of the wanted one.
    private func misplaced(_ reason: JSONFault.Reason) -> JSONFault {
        guard position < end else { return fault(.end) }
        let isValue = "[{\"-0123456789tfn".utf8.contains(bytes[position])
        return fault(isValue ? reason : .badCharacter)
    }

    /// The next byte that is no space, which stays to be read; 0 at the end.
    @inline(__always)
    mutating func peek() -> UInt8 {
        while position < end {
            let byte = bytes[position]
            if byte > 0x20 { return byte }
            guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return byte }
            position &+= 1
        }
        return 0
    }

    /// Makes sure that nothing follows but space.
    mutating func finish() throws(JSONFault) {
        _ = peek()
        guard position == end else {
            throw JSONFault(reason: .trailing, offset: position)
        }
    }

    // MARK: Objects and lists

    /// Steps into an object.
    @inline(__always)
    mutating func beginObject() throws(JSONFault) -> Members {
        guard peek() == UInt8(ascii: "{") else { throw misplaced(.notObject) }
        try descend()
        return Members(firstMark: marks.count)
    }

    /// The name of the next member, whose value is read next; nil steps out of the object.
    @inline(__always)
    mutating func nextName(_ members: inout Members) throws(JSONFault) -> JSONText? {
        var byte = peek()
        if byte == UInt8(ascii: "}") {
            position &+= 1
            depth &-= 1
            marks.count = members.firstMark
            return nil
        }
        if members.isFirst {
            members.isFirst = false
        } else {
            guard byte == UInt8(ascii: ",") else { throw fault(.badCharacter) }
            position &+= 1
            byte = peek()
        }
        guard byte == UInt8(ascii: "\"") else { throw fault(.badCharacter) }
        let name = try text()
        guard peek() == UInt8(ascii: ":") else { throw fault(.badCharacter) }
        position &+= 1
        members.count &+= 1
        if members.count <= bounds.members {
            if marks.add(name, first: members.firstMark) { findings.insert(.duplicateName) }
        } else {
            findings.insert(.manyMembers)
        }
        if name.count == 0 { findings.insert(.emptyName) }
        if name.count > bounds.nameBytes { findings.insert(.longName) }
        return name
    }

    /// Steps into a list.
    @inline(__always)
    mutating func beginList() throws(JSONFault) {
        guard peek() == UInt8(ascii: "[") else { throw misplaced(.notList) }
        try descend()
    }

    /// Whether there is a next element, whose value is read next; otherwise steps out of the list.
    @inline(__always)
    mutating func nextElement(isFirst: Bool) throws(JSONFault) -> Bool {
        let byte = peek()
        if byte == UInt8(ascii: "]") {
            position &+= 1
            depth &-= 1
            return false
        }
        if isFirst { return true }
        guard byte == UInt8(ascii: ",") else { throw fault(.badCharacter) }
        position &+= 1
        guard peek() != UInt8(ascii: "]") else { throw fault(.badCharacter) }
        return true
    }

    @inline(__always)
    private mutating func descend() throws(JSONFault) {
        depth &+= 1
        if depth &- depthOfEvent > bounds.depth { findings.insert(.deep) }
        guard depth <= JSONBounds.depthOfText else { throw fault(.tooDeep) }
        position &+= 1
    }

    // MARK: Values

    /// Reads a value of any kind.
    @inline(__always)
    mutating func value() throws(JSONFault) -> JSONSlice {
        let byte = peek()
        let start = position
        if byte == UInt8(ascii: "\"") {
            let text = try text()
            if text.count > bounds.textBytes { findings.insert(.longText) }
            return JSONSlice(
                kind: .text, base: bytes + start, count: position &- start,
                hasEscapes: text.hasEscapes)
        }
        let kind = try otherValue(byte)
        return JSONSlice(
            kind: kind, base: bytes + start, count: position &- start, hasEscapes: false)
    }

    /// Reads a value of any kind of which nothing is wanted.
    @inline(__always)
    mutating func skip() throws(JSONFault) {
        let byte = peek()
        if byte == UInt8(ascii: "\"") {
            if try text().count > bounds.textBytes { findings.insert(.longText) }
        } else {
            _ = try otherValue(byte)
        }
    }

    @inline(never)
    private mutating func otherValue(_ byte: UInt8) throws(JSONFault) -> JSONSlice.Kind {
        switch byte {
        case UInt8(ascii: "{"):
            var members = try beginObject()
            while try nextName(&members) != nil { try skip() }
            return .object
        case UInt8(ascii: "["):
            try beginList()
            var isFirst = true
            while try nextElement(isFirst: isFirst) {
                isFirst = false
                try skip()
            }
            return .list
        case UInt8(ascii: "t"):
            try literal("true")
            return .yes
        case UInt8(ascii: "f"):
            try literal("false")
            return .no
        case UInt8(ascii: "n"):
            try literal("null")
            return .null
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            try number()
            return .number
        default: throw fault(.badCharacter)
        }
    }

    private mutating func literal(_ word: StaticString) throws(JSONFault) {
        for index in 0..<word.utf8CodeUnitCount {
            guard position < end, bytes[position] == word.utf8Start[index] else {
                throw fault(.badLiteral)
            }
            position &+= 1
        }
    }
}
