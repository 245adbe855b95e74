/// The checksum of a record: CRC-32C, eight bytes at a time.
///
/// Source: G. Castagnoli, S. Bräuer, M. Herrmann, "Optimization of cyclic redundancy-check codes
/// with 24 and 32 parity bits", IEEE Transactions on Communications 41 (1993); the method of eight
/// tables is that of M. E. Kounavis and F. L. Berry, "A systematic approach to building high
/// performance software-based CRC generators", ISCC 2005.
public enum CRC32C {
    /// The checksum of bytes; that of `123456789` is `E3069283`.
    ///
    /// - Parameters:
    ///   - bytes: What is checked.
    ///   - start: The checksum of what came before, to go on from there.
    /// - Returns: The checksum of what came before and of these bytes.
    public static func checksum(_ bytes: UnsafeRawBufferPointer, after start: UInt32 = 0) -> UInt32
    {
        var state = ~start
        var place = 0
        tables.withUnsafeBufferPointer { table in
            while place + 8 <= bytes.count {
                let word = UInt64(
                    littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
                let low = UInt32(truncatingIfNeeded: word) ^ state
                let high = UInt32(truncatingIfNeeded: word >> 32)
                let first = table[1792 + Int(low & 255)] ^ table[1536 + Int(low >> 8 & 255)]
                let second = table[1280 + Int(low >> 16 & 255)] ^ table[1024 + Int(low >> 24)]
                let third = table[768 + Int(high & 255)] ^ table[512 + Int(high >> 8 & 255)]
                let fourth = table[256 + Int(high >> 16 & 255)] ^ table[Int(high >> 24)]
                state = first ^ second ^ third ^ fourth
                place += 8
            }
            while place < bytes.count {
                state = table[Int((state ^ UInt32(bytes[place])) & 255)] ^ (state >> 8)
                place += 1
            }
        }
        return ~state
    }

    /// The checksum of an array of bytes.
    public static func checksum(_ bytes: [UInt8]) -> UInt32 {
        bytes.withUnsafeBytes { checksum($0) }
    }

    /// Eight tables of 256 entries, one after the other, of the reflected polynomial 1EDC6F41.
    private static let tables: [UInt32] = {
        var tables = [UInt32](repeating: 0, count: 2048)
        for byte in 0..<256 {
            var value = UInt32(byte)
            for _ in 0..<8 { value = value & 1 == 1 ? 0x82F6_3B78 ^ (value >> 1) : value >> 1 }
            tables[byte] = value
        }
        for place in 256..<2048 {
            let before = tables[place - 256]
            tables[place] = (before >> 8) ^ tables[Int(before & 255)]
        }
        return tables
    }()
}
