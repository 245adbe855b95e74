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
        return id.withUTF8 { number(of: UnsafeRawBufferPointer($0)) }
    }

    /// The number of an id in UTF-8; nil where it has none.
    func number(of id: UnsafeRawBufferPointer) -> Int32? {
        let hash = self.hash(id)
        let mask = slots.count - 1
        var place = Int(hash) & mask
        while slots[place] >= 0 {
            let number = slots[place]
            if hashes[Int(number)] == hash, isEqual(Int(number), id) { return number }
            place = (place + 1) & mask
        }
        return nil
    }

    /// Gives the next number to an id that has none.
    @discardableResult
    mutating func add(_ id: UnsafeRawBufferPointer) -> Int32 {
        if (used + 1) * 4 > slots.count * 3 { grow() }
        let number = Int32(ends.count)
        bytes.append(contentsOf: id)
        hashes.append(hash(id))
        ends.append(bytes.count)
        put(number)
        used += 1
        return number
    }

    /// Gives the next number to nobody.
    mutating func addNobody() {
        ends.append(bytes.count)
        hashes.append(0)
    }

    /// The id of a number.
    func id(of number: Int32) -> String {
        String(decoding: bytes[range(Int(number))], as: UTF8.self)
    }

    private func range(_ number: Int) -> Range<Int> {
        (number == 0 ? 0 : ends[number - 1])..<ends[number]
    }

    private func isEqual(_ number: Int, _ utf8: UnsafeRawBufferPointer) -> Bool {
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

    private func hash(_ utf8: UnsafeRawBufferPointer) -> UInt32 {
        UInt32(truncatingIfNeeded: seeded.value(of: utf8))
    }
}
