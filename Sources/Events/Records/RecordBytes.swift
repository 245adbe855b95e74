import Vocabulary

/// Writes a record's parts one after the other.
struct RecordWriter {
    private(set) var bytes: [UInt8] = []

    mutating func byte(_ value: UInt8) { bytes.append(value) }

    /// A whole number in groups of seven bits, the lowest first.
    mutating func count(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    /// A number with a sign, small ones in few bytes.
    mutating func signed(_ value: Int64) {
        count(UInt64(bitPattern: (value << 1) ^ (value >> 63)))
    }

    mutating func text(_ value: String) {
        var value = value
        value.withUTF8 { utf8 in
            count(UInt64(utf8.count))
            bytes.append(contentsOf: utf8)
        }
    }

    mutating func block(_ value: [UInt8]) {
        count(UInt64(value.count))
        bytes.append(contentsOf: value)
    }
}

/// Reads a record's parts; whatever the bytes are, it throws rather than reads beyond them.
struct RecordReader {
    private let bytes: UnsafeRawBufferPointer
    private var position = 0

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    var isAtEnd: Bool { position == bytes.count }

    /// How many things can still come, if each takes so many bytes at least.
    func room(forEach bytesMin: Int) -> Int { (bytes.count - position) / bytesMin }

    mutating func byte() throws(Failure) -> UInt8 {
        guard position < bytes.count else { throw .damagedRecord("it ends too early") }
        defer { position += 1 }
        return bytes[position]
    }

    mutating func count() throws(Failure) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            let next = try byte()
            guard shift < 63 || next <= 1 else { throw .damagedRecord("a number is too large") }
            value |= UInt64(next & 0x7F) << shift
            if next < 0x80 { return value }
            shift += 7
        }
    }

    mutating func signed() throws(Failure) -> Int64 {
        let value = try count()
        return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
    }

    private mutating func slice() throws(Failure) -> UnsafeRawBufferPointer {
        let length = try count()
        guard length <= UInt64(bytes.count - position) else {
            throw .damagedRecord("a text is longer than the record")
        }
        defer { position += Int(length) }
        return UnsafeRawBufferPointer(rebasing: bytes[position..<position + Int(length)])
    }

    mutating func text() throws(Failure) -> String {
        let slice = try slice().bindMemory(to: UInt8.self)
        // `String(validating:as:)` looks up generic metadata and takes three times as long.
        guard let text = try? UTF8Span(validating: slice.span) else {
            throw .damagedRecord("a text is not UTF-8")
        }
        return String(copying: text)
    }

    mutating func block() throws(Failure) -> [UInt8] { Array(try slice()) }
}

extension Failure {
    static func damagedRecord(_ reason: String) -> Failure {
        Failure(.damagedRecord, "A record of events cannot be read: \(reason).")
    }
}

extension Failure.Code {
    /// The bytes of a record are not those that were written.
    public static let damagedRecord: Self = "events/damaged-record"
    /// A record was written by a newer program.
    public static let newerRecord: Self = "events/newer-record"
}
