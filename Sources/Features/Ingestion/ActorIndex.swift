import Foundation

/// Numbers ids from 0 on, and finds an id's number: the bytes of all ids one after the other, and a
/// table with open addressing of their numbers.
struct ActorIndex {
    private let seeded = SeededHash()
    private var bytes: [UInt8] = []
    private var ends: [Int] = []
    private var hashes: [UInt32] = []
    private var slots = [Int32](repeating: -1, count: 1 << 10)
    private var used = 0

    /// How many numbers were given.
    var count: Int { ends.count }

    /// The number of an id; nil where it has none.
    func number(of id: String) -> Int32? {
        var id = id
        return id.withUTF8 { utf8 in
            let hash = self.hash(utf8)
            let mask = slots.count - 1
            var place = Int(hash) & mask
            while slots[place] >= 0 {
                let number = slots[place]
                if hashes[Int(number)] == hash, isEqual(Int(number), utf8) { return number }
                place = (place + 1) & mask
            }
            return nil
        }
    }

    /// Gives the next number to an id that has none, or to nobody.
    @discardableResult
    mutating func add(_ id: String?) -> Int32 {
        let number = Int32(ends.count)
        guard var id else {
            ends.append(bytes.count)
            hashes.append(0)
            return number
        }
        if (used + 1) * 4 > slots.count * 3 { grow() }
        id.withUTF8 { utf8 in
            bytes.append(contentsOf: utf8)
            hashes.append(self.hash(utf8))
        }
        ends.append(bytes.count)
        put(number)
        used += 1
        return number
    }

    /// The id of a number.
    func id(of number: Int32) -> String {
        String(decoding: bytes[range(Int(number))], as: UTF8.self)
    }

    private func range(_ number: Int) -> Range<Int> {
        (number == 0 ? 0 : ends[number - 1])..<ends[number]
    }

    private func isEqual(_ number: Int, _ utf8: UnsafeBufferPointer<UInt8>) -> Bool {
        let range = range(number)
        guard range.count == utf8.count, let other = utf8.baseAddress else {
            return range.isEmpty && utf8.isEmpty
        }
        return bytes.withUnsafeBufferPointer { bytes in
            bytes.baseAddress.map { memcmp($0 + range.lowerBound, other, utf8.count) == 0 } ?? false
        }
    }

    private mutating func put(_ number: Int32) {
        let mask = slots.count - 1
        var place = Int(hashes[Int(number)]) & mask
        while slots[place] >= 0 { place = (place + 1) & mask }
        slots[place] = number
    }

    private mutating func grow() {
        let old = slots
        slots = [Int32](repeating: -1, count: old.count * 2)
        for number in old where number >= 0 { put(number) }
    }

    private func hash(_ utf8: UnsafeBufferPointer<UInt8>) -> UInt32 {
        UInt32(truncatingIfNeeded: seeded.value(of: UnsafeRawBufferPointer(utf8)))
    }
}
