import Vocabulary

/// Sorts the records of one range of people by person, time and event, into columns.
///
/// The columns are kept from range to range, and only as much of them as ``count`` says is filled.
final class RangeSorter {
    /// How many events of the range each person has.
    private(set) var counts: [UInt32] = []
    /// How many events the range has.
    private(set) var count = 0
    /// Microseconds since 1970, sorted.
    private(set) var times = UnsafeMutablePointer<Int64>.allocate(capacity: 1)
    /// The codes of names.
    private(set) var events = UnsafeMutablePointer<UInt16>.allocate(capacity: 1)
    /// The codes of properties, in the bytes they have in the file.
    private(set) var properties: [UnsafeMutableRawPointer]
    /// Whether a property has had values that are not listed.
    private(set) var hasOthers: [Bool]

    /// The bytes of each property's code.
    let widths: [Int]
    private let recordBytes: Int
    private var capacity = 1
    private var next: [UInt32] = []
    private var places: [UInt32] = []
    private var keys: [Key] = []

    private struct Key {
        let time: Int64
        let event: UInt16
        let index: UInt32
    }

    init(schema: IndexSchema, recordBytes: Int) {
        widths = schema.properties.map(\.width)
        properties = widths.map { _ in .allocate(byteCount: 2, alignment: 2) }
        hasOthers = widths.map { _ in false }
        self.recordBytes = recordBytes
    }

    deinit { deallocate() }

    private func deallocate() {
        times.deallocate()
        events.deallocate()
        for property in properties { property.deallocate() }
    }

    /// Takes a range out of the spool; without a spool the range has no events.
    func sort(_ spool: EventSpool?, _ range: Int, people: Int) throws(Failure) {
        counts = Array(repeating: 0, count: people)
        count = spool?.count(of: range) ?? 0
        reserve(count)
        guard let spool else { return }
        try spool.take(range) { blocks in
            for block in blocks { countPeople(block) }
            findPlaces()
            for block in blocks { scatter(block) }
        }
        sortWithinPeople()
    }

    private func reserve(_ needed: Int) {
        guard needed > capacity else { return }
        deallocate()
        capacity = needed + needed / 4
        times = .allocate(capacity: capacity)
        events = .allocate(capacity: capacity)
        properties = widths.map { .allocate(byteCount: capacity * $0, alignment: 2) }
    }

    private func countPeople(_ block: EventSpool.Records) {
        counts.withUnsafeMutableBufferPointer { counts in
            for index in 0..<block.count {
                counts[person(block.start + index &* recordBytes)] &+= 1
            }
        }
    }

    private func findPlaces() {
        next.removeAll(keepingCapacity: true)
        var start: UInt32 = 0
        for count in counts {
            next.append(start)
            start += count
        }
    }

    @inline(__always)
    private func person(_ record: UnsafeRawPointer) -> Int {
        Int(record.loadUnaligned(as: UInt16.self))
    }

    /// Moves records to their places, one column after the other while the block is near.
    private func scatter(_ block: EventSpool.Records) {
        if places.count < block.count { places = Array(repeating: 0, count: block.count) }
        let (times, events, stride) = (times, events, recordBytes)
        places.withUnsafeMutableBufferPointer { places in
            next.withUnsafeMutableBufferPointer { next in
                for index in 0..<block.count {
                    let record = block.start + index &* stride
                    let person = person(record)
                    let place = next[person]
                    next[person] = place &+ 1
                    places[index] = place
                    times[Int(place)] = record.loadUnaligned(fromByteOffset: 4, as: Int64.self)
                    events[Int(place)] = record.loadUnaligned(fromByteOffset: 2, as: UInt16.self)
                }
            }
            var offset = 12
            for (property, width) in widths.enumerated() {
                let others = Self.scatter(
                    block.start + offset, block.count, stride, width, places,
                    into: properties[property])
                hasOthers[property] = hasOthers[property] || others
                offset += width
            }
        }
    }

    /// Moves one property, and says whether a value was not listed.
    private static func scatter(
        _ first: UnsafeRawPointer, _ count: Int, _ stride: Int, _ width: Int,
        _ places: UnsafeMutableBufferPointer<UInt32>, into column: UnsafeMutableRawPointer
    ) -> Bool {
        var others = false
        if width == 1 {
            for index in 0..<count {
                let code = first.load(fromByteOffset: index &* stride, as: UInt8.self)
                column.storeBytes(of: code, toByteOffset: Int(places[index]), as: UInt8.self)
                others = others || code == UInt8(ValueDictionary.other)
            }
        } else {
            for index in 0..<count {
                let code = first.loadUnaligned(fromByteOffset: index &* stride, as: UInt16.self)
                column.storeBytes(of: code, toByteOffset: Int(places[index]) &* 2, as: UInt16.self)
                others = others || code == ValueDictionary.other
            }
        }
        return others
    }

    /// After the counting sort a person's events are in the order in which they came.
    private func sortWithinPeople() {
        var start = 0
        for count in counts {
            let end = start + Int(count)
            if !isSorted(start, end) { sort(start..<end) }
            start = end
        }
    }

    private func isSorted(_ start: Int, _ end: Int) -> Bool {
        let (times, events) = (times, events)
        var index = start &+ 1
        while index < end {
            let (earlier, later) = (times[index &- 1], times[index])
            if earlier > later || earlier == later && events[index &- 1] > events[index] {
                return false
            }
            index &+= 1
        }
        return true
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
        for (column, width) in zip(properties, widths) {
            let bytes = UnsafeRawBufferPointer(
                start: column + range.lowerBound * width, count: range.count * width)
            let old = Array(bytes)
            for (place, key) in zip(range, keys) {
                let from = (Int(key.index) - range.lowerBound) * width
                for byte in 0..<width {
                    column.storeBytes(
                        of: old[from + byte], toByteOffset: place * width + byte, as: UInt8.self)
                }
            }
        }
    }
}
