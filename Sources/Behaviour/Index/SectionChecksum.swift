/// The checksum of the index's sections: XXH64 with seed zero, taken piece by piece.
///
/// It finds damage, not malice. Source: Y. Collet, "xxHash fast digest algorithm", specification
/// 0.1.1, section XXH64.
struct SectionChecksum: Sendable {
    private static let prime1: UInt64 = 0x9E37_79B1_85EB_CA87
    private static let prime2: UInt64 = 0xC2B2_AE3D_27D4_EB4F
    private static let prime3: UInt64 = 0x1656_67B1_9E37_79F9
    private static let prime4: UInt64 = 0x85EB_CA77_C2B2_AE63
    private static let prime5: UInt64 = 0x27D4_EB2F_1656_67C5

    private var lanes = SIMD4<UInt64>(prime1 &+ prime2, prime2, 0, 0 &- prime1)
    private var length: UInt64 = 0
    /// Fewer than 32 bytes that wait for the next piece.
    private var rest: [UInt8] = []

    /// The checksum of one piece.
    static func of(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        var checksum = SectionChecksum()
        checksum.add(bytes)
        return checksum.value
    }

    /// Takes the next bytes in.
    mutating func add(_ bytes: UnsafeRawBufferPointer) {
        length &+= UInt64(bytes.count)
        var at = 0
        if !rest.isEmpty {
            at = min(32 - rest.count, bytes.count)
            rest += bytes[..<at]
            guard rest.count == 32 else { return }
            rest.withUnsafeBytes { stripes($0, from: 0, to: 32) }
            rest.removeAll(keepingCapacity: true)
        }
        let end = at + (bytes.count - at) / 32 * 32
        stripes(bytes, from: at, to: end)
        rest += bytes[end...]
    }

    private mutating func stripes(_ bytes: UnsafeRawBufferPointer, from: Int, to end: Int) {
        var (first, second, third, fourth) = (lanes[0], lanes[1], lanes[2], lanes[3])
        var at = from
        while at < end {
            first = Self.round(first, bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self))
            second = Self.round(
                second, bytes.loadUnaligned(fromByteOffset: at &+ 8, as: UInt64.self))
            third = Self.round(
                third, bytes.loadUnaligned(fromByteOffset: at &+ 16, as: UInt64.self))
            fourth = Self.round(
                fourth, bytes.loadUnaligned(fromByteOffset: at &+ 24, as: UInt64.self))
            at &+= 32
        }
        lanes = SIMD4(first, second, third, fourth)
    }

    /// The checksum of everything so far.
    var value: UInt64 {
        var hash = Self.prime5
        if length >= 32 {
            hash =
                Self.rotated(lanes[0], 1) &+ Self.rotated(lanes[1], 7)
                &+ Self.rotated(lanes[2], 12) &+ Self.rotated(lanes[3], 18)
            for lane in 0..<4 {
                hash = (hash ^ Self.round(0, lanes[lane])) &* Self.prime1 &+ Self.prime4
            }
        }
        hash &+= length
        rest.withUnsafeBytes { bytes in
            var at = 0
            while at + 8 <= bytes.count {
                let word = bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self)
                hash ^= Self.round(0, word)
                hash = Self.rotated(hash, 27) &* Self.prime1 &+ Self.prime4
                at += 8
            }
            if at + 4 <= bytes.count {
                let word = bytes.loadUnaligned(fromByteOffset: at, as: UInt32.self)
                hash ^= UInt64(word) &* Self.prime1
                hash = Self.rotated(hash, 23) &* Self.prime2 &+ Self.prime3
                at += 4
            }
            for byte in bytes[at...] {
                hash ^= UInt64(byte) &* Self.prime5
                hash = Self.rotated(hash, 11) &* Self.prime1
            }
        }
        hash = (hash ^ (hash >> 33)) &* Self.prime2
        hash = (hash ^ (hash >> 29)) &* Self.prime3
        return hash ^ (hash >> 32)
    }

    @inline(__always)
    private static func round(_ lane: UInt64, _ word: UInt64) -> UInt64 {
        rotated(lane &+ word &* prime2, 31) &* prime1
    }

    @inline(__always)
    private static func rotated(_ value: UInt64, _ bits: UInt64) -> UInt64 {
        value &<< bits | value &>> (64 &- bits)
    }
}
