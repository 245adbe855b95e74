import Vocabulary

/// Events on their way into an index, parted by ranges of people.
///
/// Records wait in blocks. Blocks that no longer fit into the memory allowed go to a file without
/// a name, and come back when their range is sorted.
final class EventSpool {
    /// How many people a range has.
    static let rangePeople = 4_096
    private static let blockRecords = 2_048
    private static let batch = 1_024

    /// How long a record is: two bytes of the person in its range, two of the event, eight of the
    /// time, then the properties.
    let recordBytes: Int
    /// How many events are in it.
    private(set) var count = 0
    /// How many ranges of people there are.
    private(set) var ranges = 0

    private let widths: [Int]
    private let memoryBytesMax: Int
    private let path: String
    /// Where the next record of each range goes, and where its open block ends.
    private var cursors: UnsafeMutablePointer<UnsafeMutableRawPointer?>
    private var ends: UnsafeMutablePointer<UnsafeMutableRawPointer?>
    private var capacity = 64
    private var full: [[Block]] = []
    private var free: [UnsafeMutableRawPointer] = []
    private var memoryBytes = 0
    private var file: IndexFileWriter?
    private var fileBytes = 0
    /// Full blocks that are to go to the file; not before the columns of the batch that filled them
    /// are in them.
    private var leaving: [(range: Int, place: Int)] = []

    private enum Block {
        case memory(UnsafeMutableRawPointer)
        case file(offset: Int)
    }

    /// Makes an empty spool.
    ///
    /// - Parameters:
    ///   - widths: The bytes of each property's code.
    ///   - memoryBytesMax: How much may wait in memory.
    ///   - path: Where what does not fit is written.
    init(widths: [Int], memoryBytesMax: Int, path: String) {
        self.widths = widths
        recordBytes = 12 + widths.reduce(0, +)
        self.memoryBytesMax = memoryBytesMax
        self.path = path
        cursors = .allocate(capacity: capacity)
        ends = .allocate(capacity: capacity)
    }

    deinit {
        for range in 0..<ranges {
            if let end = ends[range] { (end - blockBytes).deallocate() }
            for case .memory(let block) in full[range] { block.deallocate() }
        }
        for block in free { block.deallocate() }
        cursors.deallocate()
        ends.deallocate()
    }

    private var blockBytes: Int { EventSpool.blockRecords * recordBytes }

    /// How many events a range has.
    func count(of range: Int) -> Int {
        full[range].count * EventSpool.blockRecords + openRecords(of: range)
    }

    private func openRecords(of range: Int) -> Int {
        guard let cursor = cursors[range], let end = ends[range] else { return 0 }
        return EventSpool.blockRecords - (end - cursor) / recordBytes
    }

    /// Adds events.
    ///
    /// - Throws: `behaviour/not-written` when what waits does not fit on the disk.
    func add(_ columns: EventColumns) throws(Failure) {
        if let last = columns.persons.max() { grow(to: Int(last) / EventSpool.rangePeople + 1) }
        var start = 0
        while start < columns.count {
            let end = min(start + EventSpool.batch, columns.count)
            try add(columns, start..<end)
            start = end
        }
        count += columns.count
    }

    /// A batch: first the places of all its records, then one column after the other.
    private func add(_ columns: EventColumns, _ rows: Range<Int>) throws(Failure) {
        let places = UnsafeMutablePointer<UnsafeMutableRawPointer>.allocate(
            capacity: EventSpool.batch)
        defer { places.deallocate() }
        let (stride, cursors, ends) = (recordBytes, cursors, ends)
        let (persons, times, events) = (columns.persons, columns.times, columns.events)
        for row in rows {
            let person = Int(persons[row])
            let range = person / EventSpool.rangePeople
            if cursors[range] == ends[range] { openBlock(of: range) }
            let record = cursors[range].unsafelyUnwrapped
            cursors[range] = record + stride
            places[row &- rows.lowerBound] = record
            record.storeBytes(of: UInt16(truncatingIfNeeded: person & 4_095), as: UInt16.self)
            record.storeBytes(of: events[row], toByteOffset: 2, as: UInt16.self)
            record.storeBytes(of: times[row], toByteOffset: 4, as: Int64.self)
        }
        var offset = 12
        for (column, width) in zip(columns.properties, widths) {
            for row in rows {
                let place = places[row &- rows.lowerBound]
                if width == 1 {
                    place.storeBytes(
                        of: UInt8(truncatingIfNeeded: column[row]), toByteOffset: offset,
                        as: UInt8.self)
                } else {
                    place.storeBytes(of: column[row], toByteOffset: offset, as: UInt16.self)
                }
            }
            offset += width
        }
        try moveLeaving()
    }

    private func grow(to count: Int) {
        guard count > ranges else { return }
        if count > capacity {
            let wider = max(count, capacity * 2)
            let newCursors = UnsafeMutablePointer<UnsafeMutableRawPointer?>.allocate(
                capacity: wider)
            let newEnds = UnsafeMutablePointer<UnsafeMutableRawPointer?>.allocate(capacity: wider)
            newCursors.update(from: cursors, count: ranges)
            newEnds.update(from: ends, count: ranges)
            cursors.deallocate()
            ends.deallocate()
            (cursors, ends, capacity) = (newCursors, newEnds, wider)
        }
        for range in ranges..<count {
            cursors[range] = nil
            ends[range] = nil
            full.append([])
        }
        ranges = count
    }

    @inline(never)
    private func openBlock(of range: Int) {
        if let end = ends[range] {
            full[range].append(.memory(end - blockBytes))
            if memoryBytes >= memoryBytesMax { leaving.append((range, full[range].count - 1)) }
        }
        let block: UnsafeMutableRawPointer
        if let last = free.popLast() {
            block = last
        } else {
            block = .allocate(byteCount: blockBytes, alignment: 64)
            memoryBytes += blockBytes
        }
        cursors[range] = block
        ends[range] = block + blockBytes
    }

    /// Moves full blocks to the file; their memory is used again.
    private func moveLeaving() throws(Failure) {
        guard !leaving.isEmpty else { return }
        let output: IndexFileWriter
        if let file {
            output = file
        } else {
            output = try IndexFileWriter(path: path)
            output.forget()
            file = output
        }
        for (range, place) in leaving {
            guard case .memory(let block) = full[range][place] else { continue }
            try output.write(
                UnsafeRawBufferPointer(start: block, count: blockBytes), at: fileBytes)
            full[range][place] = .file(offset: fileBytes)
            fileBytes += blockBytes
            free.append(block)
        }
        leaving.removeAll(keepingCapacity: true)
    }

    /// Some records one after the other.
    struct Records {
        let start: UnsafeRawPointer
        let count: Int
    }

    /// Hands over the records of a range, in the order in which they came, and forgets them.
    func take(_ range: Int, _ body: ([Records]) -> Void) throws(Failure) {
        var blocks: [UnsafeMutableRawPointer] = []
        defer {
            for block in blocks { block.deallocate() }
        }
        for block in full[range] {
            switch block {
            case .memory(let memory): blocks.append(memory)
            case .file(let offset):
                let memory = UnsafeMutableRawPointer.allocate(byteCount: blockBytes, alignment: 64)
                blocks.append(memory)
                let bytes = UnsafeMutableRawBufferPointer(start: memory, count: blockBytes)
                if let file { try file.read(into: bytes, at: offset) }
            }
        }
        full[range] = []
        var records = blocks.map { Records(start: $0, count: EventSpool.blockRecords) }
        if let end = ends[range] {
            records.append(Records(start: end - blockBytes, count: openRecords(of: range)))
            blocks.append(end - blockBytes)
        }
        cursors[range] = nil
        ends[range] = nil
        body(records)
    }
}
