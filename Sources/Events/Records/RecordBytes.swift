import Vocabulary

/// Writes a record's parts one after the other.
struct RecordWriter {
    private(set) var bytes: [UInt8] = []

    /// Writes nothing before.
    init() {}

    /// Goes on where bytes end, which it takes over, after so many that are left free.
    init(after room: Int, in bytes: inout [UInt8], expecting count: Int) {
        swap(&self.bytes, &bytes)
        self.bytes.reserveCapacity(self.bytes.count + room + count)
        self.bytes.append(contentsOf: repeatElement(0, count: room))
    }

    /// Makes room for so many bytes more.
    mutating func reserve(_ count: Int) { bytes.reserveCapacity(bytes.count + count) }

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

    mutating func block(_ value: UnsafeBufferPointer<UInt8>) {
        count(UInt64(value.count))
        bytes.append(contentsOf: value)
    }

    /// What was written elsewhere.
    mutating func written(_ value: [UInt8]) { bytes.append(contentsOf: value) }
}

/// Reads a record's parts; whatever the bytes are, it throws rather than reads beyond them.
struct RecordReader {
    /// The bytes in which the record stands; places are places in them.
    let bytes: UnsafeRawBufferPointer
    private var position: Int
    private let end: Int

    init(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) {
        precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count)
        self.bytes = bytes
        position = range.lowerBound
        end = range.upperBound
    }

    var isAtEnd: Bool { position == end }

    /// How many things can still come, if each takes so many bytes at least.
    func room(forEach bytesMin: Int) -> Int { (end - position) / bytesMin }

    mutating func byte() throws(Failure) -> UInt8 {
        guard position < end else { throw .damagedRecord("it ends too early") }
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

    private mutating func range() throws(Failure) -> Range<Int> {
        let length = try count()
        guard length <= UInt64(end - position) else {
            throw .damagedRecord("a text is longer than the record")
        }
        defer { position += Int(length) }
        return position..<position + Int(length)
    }

    /// Where a text stands, which is UTF-8.
    mutating func textPlace() throws(Failure) -> RecordedPlace {
        let range = try range()
        guard isText(range) else { throw .damagedRecord("a text is not UTF-8") }
        return RecordedPlace(range)
    }

    mutating func text() throws(Failure) -> String {
        String(decoding: bytes[try textPlace().range], as: UTF8.self)
    }

    mutating func block() throws(Failure) -> [UInt8] { Array(bytes[try range()]) }

    /// Whether bytes are UTF-8; nearly all are ASCII, which eight at a time tell.
    private func isText(_ range: Range<Int>) -> Bool {
        var place = range.lowerBound
        var marks: UInt64 = 0
        while place + 8 <= range.upperBound {
            marks |= bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)
            place += 8
        }
        while place < range.upperBound {
            marks |= UInt64(bytes[place])
            place += 1
        }
        if marks & 0x8080_8080_8080_8080 == 0 { return true }
        let slice = UnsafeRawBufferPointer(rebasing: bytes[range]).bindMemory(to: UInt8.self)
        // `String(validating:as:)` looks up generic metadata and takes three times as long.
        return (try? UTF8Span(validating: slice.span)) != nil
    }
}

extension Failure {
    static func damagedRecord(_ reason: String) -> Failure {
        Failure(.damagedRecord, "A record of events cannot be read: \(reason).")
    }

    static var longRecord: Failure { damagedRecord("it is longer than what it holds") }
}

extension Failure.Code {
    /// The bytes of a record are not those that were written.
    public static let damagedRecord: Self = "events/damaged-record"
    /// A record was written by a newer program.
    public static let newerRecord: Self = "events/newer-record"
}
