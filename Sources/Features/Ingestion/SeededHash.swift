/// Hashes of ids that clients choose. They differ from one start of the program to the next, so that
/// nobody can make ids that collide; they are kept nowhere.
struct SeededHash {
    private let seed = UInt64.random(in: .min ... .max)

    /// The hash of some bytes; `number` tells equal bytes of different kinds apart.
    func value(of bytes: UnsafeRawBufferPointer, number: Int = 0) -> UInt64 {
        let mark = UInt64(truncatingIfNeeded: number) &* 0x9E37_79B9_7F4A_7C15
        var state = seed ^ mark ^ UInt64(bytes.count)
        var place = 0
        while place + 8 <= bytes.count {
            state = mixed(state ^ bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
            place += 8
        }
        var rest: UInt64 = 0
        while place < bytes.count {
            rest = rest << 8 | UInt64(bytes[place])
            place += 1
        }
        return mixed(state ^ rest)
    }

    /// The mixing of SplitMix64: G. L. Steele, D. Lea, C. H. Flood, OOPSLA 2014.
    private func mixed(_ value: UInt64) -> UInt64 {
        var mixed = value &+ 0x9E37_79B9_7F4A_7C15
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
