/// How often keys came: a table with open addresses, for many keys and quick counting.
struct KeyCounts: Sendable {
    private var keys: [UInt128]
    /// Zero where there is no key.
    private var counts: [UInt32]
    /// How many keys there are.
    private(set) var count = 0

    init() {
        keys = Array(repeating: 0, count: 1_024)
        counts = Array(repeating: 0, count: 1_024)
    }

    /// Counts a key so many times.
    @inline(__always)
    mutating func add(_ key: UInt128, _ times: UInt32 = 1) {
        let mask = keys.count &- 1
        var slot = Self.slot(key) & mask
        while counts[slot] != 0, keys[slot] != key { slot = (slot &+ 1) & mask }
        if counts[slot] == 0 {
            keys[slot] = key
            count &+= 1
            counts[slot] = times
            if count &* 2 > keys.count { grow() }
        } else {
            counts[slot] &+= times
        }
    }

    /// Multiplies with odd numbers without a pattern, and takes the upper half, to which all bits
    /// of the key contribute.
    @inline(__always)
    private static func slot(_ key: UInt128) -> Int {
        let low = UInt64(truncatingIfNeeded: key)
        let high = UInt64(truncatingIfNeeded: key &>> 64)
        var mixed = low &* 0x9E37_79B9_7F4A_7C15 ^ high &* 0xC2B2_AE3D_27D4_EB4F
        mixed ^= mixed &>> 32
        mixed &*= 0xD6E8_FEB8_6659_FD93
        return Int(truncatingIfNeeded: mixed &>> 32)
    }

    private mutating func grow() {
        var larger = KeyCounts()
        larger.keys = Array(repeating: 0, count: keys.count * 2)
        larger.counts = Array(repeating: 0, count: keys.count * 2)
        forEach { larger.add($0, UInt32($1)) }
        self = larger
    }

    /// Calls with each key and how often it came.
    func forEach(_ body: (UInt128, Int) -> Void) {
        for (slot, times) in counts.enumerated() where times != 0 { body(keys[slot], Int(times)) }
    }

    mutating func merge(_ other: KeyCounts) {
        other.forEach { add($0, UInt32($1)) }
    }
}
