/// A short fingerprint of bytes that nobody can foresee without its key: SipHash-2-4 with 128 bits.
///
/// Source: J.-P. Aumasson, D. J. Bernstein, "SipHash: a fast short-input PRF", INDOCRYPT 2012, and
/// the authors' reference code for 128 bits.
struct SipHash {
    private var v0: UInt64
    private var v1: UInt64
    private var v2: UInt64
    private var v3: UInt64
    private var tail: UInt64 = 0
    private var count = 0

    init(key: (UInt64, UInt64)) {
        v0 = key.0 ^ 0x736f_6d65_7073_6575
        v1 = key.1 ^ 0x646f_7261_6e64_6f6d ^ 0xEE
        v2 = key.0 ^ 0x6c79_6765_6e65_7261
        v3 = key.1 ^ 0x7465_6462_7974_6573
    }

    private mutating func round() {
        v0 = v0 &+ v1
        v1 = (v1 << 13 | v1 >> 51) ^ v0
        v0 = v0 << 32 | v0 >> 32
        v2 = v2 &+ v3
        v3 = (v3 << 16 | v3 >> 48) ^ v2
        v0 = v0 &+ v3
        v3 = (v3 << 21 | v3 >> 43) ^ v0
        v2 = v2 &+ v1
        v1 = (v1 << 17 | v1 >> 47) ^ v2
        v2 = v2 << 32 | v2 >> 32
    }

    private mutating func add(word: UInt64) {
        v3 ^= word
        round()
        round()
        v0 ^= word
    }

    /// Adds a byte.
    @inline(__always)
    mutating func add(_ byte: UInt8) {
        tail |= UInt64(byte) << UInt64((count & 7) * 8)
        count += 1
        if count & 7 == 0 {
            add(word: tail)
            tail = 0
        }
    }

    /// Adds bytes, and how many they are, so that parts cannot run into each other.
    mutating func add(_ bytes: some Collection<UInt8>) {
        add(UInt64(bytes.count))
        for byte in bytes { add(byte) }
    }

    /// Adds a text, or that there is none.
    mutating func add(_ text: String?) {
        guard let text else { return add(UInt8(0)) }
        add(UInt8(1))
        add(text.utf8)
    }

    /// Adds a number.
    mutating func add(_ number: UInt64) {
        for shift in 0..<8 { add(UInt8(truncatingIfNeeded: number >> UInt64(shift * 8))) }
    }

    /// The fingerprint in two halves.
    func finished() -> (UInt64, UInt64) {
        var state = self
        state.add(word: tail | UInt64(count & 255) << 56)
        state.v2 ^= 0xEE
        for _ in 0..<4 { state.round() }
        let first = state.v0 ^ state.v1 ^ state.v2 ^ state.v3
        state.v1 ^= 0xDD
        for _ in 0..<4 { state.round() }
        return (first, state.v0 ^ state.v1 ^ state.v2 ^ state.v3)
    }

    /// The fingerprint as 32 hexadecimal digits.
    var text: String {
        let (first, second) = finished()
        return String(unsafeUninitializedCapacity: 32) { buffer in
            let digits: StaticString = "0123456789abcdef"
            for index in 0..<16 {
                let shift = UInt64(60 - index * 4)
                buffer[index] = digits.utf8Start[Int(first >> shift & 15)]
                buffer[16 + index] = digits.utf8Start[Int(second >> shift & 15)]
            }
            return 32
        }
    }
}
