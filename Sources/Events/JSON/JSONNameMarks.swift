/// The names of the objects that are open while a JSON text is read, so that one that stands twice
/// is noticed.
///
/// A name is known by a mark of 32 bits; only where marks agree are the names compared.
struct JSONNameMarks: ~Copyable {
    private var marks: UnsafeMutablePointer<UInt32>
    private var names: UnsafeMutablePointer<JSONText>
    private var capacity = 256
    /// How many names the open objects have.
    var count = 0

    init() {
        marks = .allocate(capacity: capacity)
        names = .allocate(capacity: capacity)
    }

    deinit {
        marks.deallocate()
        names.deallocate()
    }

    /// Adds a name of the innermost object, whose first name it gives; says whether it stood there
    /// before.
    @inline(__always)
    mutating func add(_ name: JSONText, first: Int) -> Bool {
        let mark = JSONNameMarks.mark(of: name)
        let known = UnsafePointer(marks)
        var isKnown = false
        for index in first..<count where known[index] == mark {
            if JSONNameMarks.areEqual(names[index], name) { isKnown = true }
        }
        if count == capacity { grow() }
        marks[count] = mark
        names[count] = name
        count += 1
        return isKnown
    }

    private mutating func grow() {
        let moreMarks = UnsafeMutablePointer<UInt32>.allocate(capacity: capacity * 2)
        let moreNames = UnsafeMutablePointer<JSONText>.allocate(capacity: capacity * 2)
        moreMarks.update(from: marks, count: count)
        moreNames.update(from: names, count: count)
        marks.deallocate()
        names.deallocate()
        marks = moreMarks
        names = moreNames
        capacity *= 2
    }

    private static func areEqual(_ left: JSONText, _ right: JSONText) -> Bool {
        if left.hasEscapes || right.hasEscapes { return left.decoded == right.decoded }
        return left.count == right.count && equal(left.base, right.base, left.count)
    }

    @inline(__always)
    private static func mark(of name: JSONText) -> UInt32 {
        if name.hasEscapes {
            let bytes = name.decoded
            return bytes.withUnsafeBufferPointer { buffer in
                guard let base = buffer.baseAddress else { return mark(0, 0, 0) }
                return mark(base, buffer.count)
            }
        }
        return mark(name.base, name.count)
    }

    @inline(__always)
    private static func mark(_ base: UnsafePointer<UInt8>, _ count: Int) -> UInt32 {
        let raw = UnsafeRawPointer(base)
        if count >= 8 {
            return mark(
                raw.loadUnaligned(as: UInt64.self),
                raw.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self), count)
        }
        if count >= 4 {
            return mark(
                UInt64(raw.loadUnaligned(as: UInt32.self)),
                UInt64(raw.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self)), count)
        }
        guard count > 0 else { return mark(0, 0, 0) }
        let bytes = UInt64(base[0]) | UInt64(base[count / 2]) << 8 | UInt64(base[count - 1]) << 16
        return mark(bytes, 0, count)
    }

    @inline(__always)
    private static func mark(_ head: UInt64, _ tail: UInt64, _ count: Int) -> UInt32 {
        let mixed =
            (head ^ (tail << 29 | tail >> 35) ^ UInt64(truncatingIfNeeded: count))
            &* 0x9E37_79B9_7F4A_7C15
        return UInt32(truncatingIfNeeded: mixed >> 32)
    }
}
