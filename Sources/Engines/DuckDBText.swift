import CDuckDB

/// A text that lies elsewhere, in the form in which DuckDB's vectors have texts.
///
/// Up to 12 bytes are held by this; of longer texts it holds the address, so their bytes must stay
/// where they are for as long as whoever takes this says.
public struct DuckDBText: Sendable {
    /// How many bytes, and the first four of them.
    private let head: UInt64
    /// The address, or what follows the first four bytes of a short text.
    private let tail: UInt64

    private static let inlineMax = 12

    /// Names bytes, which must be UTF-8.
    public init(_ bytes: UnsafeRawBufferPointer) {
        let count = bytes.count
        precondition(count <= UInt32.max, "A text of DuckDB has less than 4 GiB.")
        guard let start = bytes.baseAddress, count > 0 else {
            (head, tail) = (0, 0)
            return
        }
        var first: UInt64 = 0
        if count > Self.inlineMax {
            first = UInt64(UInt32(littleEndian: start.loadUnaligned(as: UInt32.self)))
            tail = UInt64(UInt(bitPattern: start)).littleEndian
        } else if count >= 8 {
            // Two words that overlap, rather than a loop over bytes.
            let word = UInt64(littleEndian: start.loadUnaligned(as: UInt64.self))
            let last = UInt64(
                littleEndian: (start + count - 8).loadUnaligned(as: UInt64.self))
            first = word & 0xFFFF_FFFF
            // From byte 4 on: the higher half of the first word, then the end of the last.
            let rest = count == 8 ? 0 : last >> UInt64((16 - count) * 8)
            tail = (word >> 32 | rest << 32).littleEndian
        } else if count >= 4 {
            first = UInt64(UInt32(littleEndian: start.loadUnaligned(as: UInt32.self)))
            let last = UInt64(
                UInt32(littleEndian: (start + count - 4).loadUnaligned(as: UInt32.self)))
            tail = (count == 4 ? 0 : last >> UInt64((8 - count) * 8)).littleEndian
        } else {
            for place in 0..<count { first |= UInt64(bytes[place]) << UInt64(place * 8) }
            tail = 0
        }
        head = (UInt64(count) | first << 32).littleEndian
    }

    /// Names a text of the program itself, which stays where it is.
    public init(_ text: StaticString) {
        self.init(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Writes this into the vector of a column of texts.
    func write(to data: UnsafeMutableRawPointer, row: Int) {
        let place = data.advanced(by: row * MemoryLayout<duckdb_string_t>.stride)
        place.storeBytes(of: head, as: UInt64.self)
        place.storeBytes(of: tail, toByteOffset: 8, as: UInt64.self)
    }
}
