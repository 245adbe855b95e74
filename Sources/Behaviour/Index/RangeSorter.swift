import Vocabulary

/// Sorts the records of one range of people by person, time and event, into columns.
final class RangeSorter {
    /// How many events of the range each person has.
    private(set) var counts: [UInt32] = []
    /// Microseconds since 1970, sorted.
    private(set) var times: [Int64] = []
    /// The codes of names.
    private(set) var events: [UInt16] = []
    /// The codes of properties, in the bytes they have in the file.
    private(set) var properties: [[UInt8]]
    /// Whether a property has had values that are not listed.
    private(set) var hasOthers: [Bool]

    private let widths: [Int]
    private let recordBytes: Int
    private var next: [UInt32] = []
    private var keys: [Key] = []

    private struct Key {
        let time: Int64
        let event: UInt16
        let index: UInt32
    }

    init(schema: IndexSchema, recordBytes: Int) {
        widths = schema.properties.map(\.width)
        properties = widths.map { _ in [] }
        hasOthers = widths.map { _ in false }
        self.recordBytes = recordBytes
    }

    /// Takes a range out of the spool; without a spool the range has no events.
    func sort(_ spool: EventSpool?, _ range: Int, people: Int) throws(Failure) {
        counts = Array(repeating: 0, count: people)
        let count = spool?.count(of: range) ?? 0
        let records = UnsafeMutableRawPointer.allocate(
            byteCount: max(1, count * recordBytes), alignment: 16)
        defer { records.deallocate() }
        var filled = 0
        try spool?.take(range) { block, blockCount in
            (records + filled * recordBytes).copyMemory(
                from: block, byteCount: blockCount * recordBytes)
            filled += blockCount
        }
        resize(count)
        countPeople(UnsafeRawPointer(records), count)
        scatter(UnsafeRawPointer(records), count)
        sortWithinPeople()
    }

    private func resize(_ count: Int) {
        times = Array(repeating: 0, count: count)
        events = Array(repeating: 0, count: count)
        for (index, width) in widths.enumerated() {
            properties[index] = Array(repeating: 0, count: count * width)
        }
    }

    private func countPeople(_ records: UnsafeRawPointer, _ count: Int) {
        counts.withUnsafeMutableBufferPointer { counts in
            for index in 0..<count {
                let person = records.load(fromByteOffset: index &* recordBytes)
                counts[person] &+= 1
            }
        }
        next = []
        next.reserveCapacity(counts.count)
        var start: UInt32 = 0
        for count in counts {
            next.append(start)
            start += count
        }
    }

    private func scatter(_ records: UnsafeRawPointer, _ count: Int) {
        let places = UnsafeMutablePointer<UInt32>.allocate(capacity: max(1, count))
        defer { places.deallocate() }
        next.withUnsafeMutableBufferPointer { next in
            times.withUnsafeMutableBufferPointer { times in
                events.withUnsafeMutableBufferPointer { events in
                    for index in 0..<count {
                        let record = records + index &* recordBytes
                        let person = record.load(fromByteOffset: 0)
                        let place = next[person]
                        next[person] = place &+ 1
                        places[index] = place
                        times[Int(place)] = record.loadUnaligned(
                            fromByteOffset: 4, as: Int64.self)
                        events[Int(place)] = record.loadUnaligned(
                            fromByteOffset: 2, as: UInt16.self)
                    }
                }
            }
        }
        var offset = 12
        for (property, width) in widths.enumerated() {
            hasOthers[property] =
                scatter(records + offset, count, width, places, into: property)
                || hasOthers[property]
            offset += width
        }
    }

    /// Moves one property to its places, and says whether a value was not listed.
    private func scatter(
        _ first: UnsafeRawPointer, _ count: Int, _ width: Int, _ places: UnsafePointer<UInt32>,
        into property: Int
    ) -> Bool {
        properties[property].withUnsafeMutableBytes { column in
            var others = false
            for index in 0..<count {
                let record = first + index &* recordBytes
                let place = Int(places[index])
                if width == 1 {
                    let code = record.load(as: UInt8.self)
                    column[place] = code
                    others = others || code == UInt8(ValueDictionary.other)
                } else {
                    let code = record.loadUnaligned(as: UInt16.self)
                    column.storeBytes(of: code, toByteOffset: place &* 2, as: UInt16.self)
                    others = others || code == ValueDictionary.other
                }
            }
            return others
        }
    }

    /// After the counting sort a person's events are in the order in which they came.
    private func sortWithinPeople() {
        var start = 0
        for count in counts {
            let end = start + Int(count)
            if !isSorted(start..<end) { sort(start..<end) }
            start = end
        }
    }

    private func isSorted(_ range: Range<Int>) -> Bool {
        times.withUnsafeBufferPointer { times in
            events.withUnsafeBufferPointer { events in
                for index in range.dropFirst() {
                    let (earlier, later) = (times[index &- 1], times[index])
                    if earlier > later || earlier == later && events[index &- 1] > events[index] {
                        return false
                    }
                }
                return true
            }
        }
    }

    private func sort(_ range: Range<Int>) {
        keys.removeAll(keepingCapacity: true)
        for index in range {
            keys.append(Key(time: times[index], event: events[index], index: UInt32(index)))
        }
        keys.sort { left, right in
            left.time != right.time
                ? left.time < right.time
                : left.event != right.event
                    ? left.event < right.event : left.index < right.index
        }
        for (place, key) in zip(range, keys) {
            times[place] = key.time
            events[place] = key.event
        }
        for (property, width) in widths.enumerated() {
            let old = Array(
                properties[property][range.lowerBound * width..<range.upperBound * width])
            for (place, key) in zip(range, keys) {
                let from = (Int(key.index) - range.lowerBound) * width
                for byte in 0..<width {
                    properties[property][place * width + byte] = old[from + byte]
                }
            }
        }
    }
}

extension UnsafeRawPointer {
    /// Two bytes as a number, for the place of a person in its range.
    @inline(__always)
    fileprivate func load(fromByteOffset offset: Int) -> Int {
        Int(loadUnaligned(fromByteOffset: offset, as: UInt16.self))
    }
}
