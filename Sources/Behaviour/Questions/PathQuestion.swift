import Vocabulary

/// Which events most often follow each other within a session.
public struct PathQuestion: Hashable, Sendable {
    /// How many events a path has: two to four.
    public var length: Int
    /// The longest pause within a session, in microseconds.
    public var pauseMicrosecondsMax: Int64
    /// How many paths to name.
    public var limit: Int
    /// The events that paths are made of; others are looked past.
    public var events: EventSelection
    /// Who is counted.
    public var people: PeopleSelection
    /// Only paths whose first event is at or after the first instant and before the second.
    public var begun: Range<Instant>?

    /// Asks for paths; by default of three events with pauses of at most thirty minutes.
    public init(
        length: Int = 3, pauseMicrosecondsMax: Int64 = 1_800_000_000, limit: Int = 20,
        events: EventSelection = .all, people: PeopleSelection = .everyone,
        begun: Range<Instant>? = nil
    ) {
        precondition((2...4).contains(length), "A path has two to four events.")
        self.length = length
        self.pauseMicrosecondsMax = pauseMicrosecondsMax
        self.limit = limit
        self.events = events
        self.people = people
        self.begun = begun
    }
}

/// A path and how often it was taken.
public struct PathCount: Hashable, Sendable {
    /// The codes of its events.
    public let events: [UInt16]
    /// How often it was taken; a person may take it many times.
    public let count: Int

    /// Makes a count.
    public init(events: [UInt16], count: Int) {
        self.events = events
        self.count = count
    }
}

/// Paths by group.
public struct PathAnswer: Hashable, Sendable {
    /// By group, the commonest paths first; of equally common ones those with lower codes.
    public let paths: [[PathCount]]
}

extension BehaviourSnapshot {
    /// Counts paths: every run of so many events of a person, one after the other, without a longer
    /// pause between two of them. Runs overlap: four events in a row are two paths of three.
    ///
    /// - Throws: `behaviour/cancelled`.
    public func answer(
        _ question: PathQuestion, threads: Int = 2
    ) async throws(Failure) -> PathAnswer {
        let fold = try await fold(PathFold(question, schema), threads: threads)
        return fold.answer(question.limit)
    }
}

private struct PathFold: HistoryFold {
    private let table: EventTable
    private let people: PeopleTable
    private let length: Int
    private let pause: Int64
    private let begun: Range<Instant>?
    /// Bits of a code in a key.
    private let bits: Int
    /// By group and key while there are few enough keys for that.
    private var dense: [UInt32]
    /// By group; used where there is no table.
    private var sparse: [[UInt64: Int]]

    init(_ question: PathQuestion, _ schema: IndexSchema) {
        table = EventTable([question.events])
        people = PeopleTable(question.people, schema)
        length = question.length
        pause = question.pauseMicrosecondsMax
        begun = question.begun
        bits = max(1, Int.bitWidth - max(1, schema.events.count - 1).leadingZeroBitCount)
        let keys = bits * length <= 18 ? 1 << (bits * length) : 0
        dense = Array(
            repeating: 0, count: keys * people.groups <= 1 << 22 ? keys * people.groups : 0)
        sparse = Array(repeating: [:], count: people.groups)
    }

    mutating func add<Clock: HistoryClock>(_ block: HistoryBlock<Clock>) {
        if dense.isEmpty {
            scan(block) { fold, key, group in fold.sparse[group][key, default: 0] += 1 }
        } else if table.isAll, begun == nil {
            addAll(block)
        } else {
            let keys = dense.count / people.groups
            scan(block) { fold, key, group in
                fold.dense[group &* keys &+ Int(key)] &+= 1
            }
        }
    }

    /// Every event, into the table.
    private mutating func addAll<Clock: HistoryClock>(_ block: HistoryBlock<Clock>) {
        let pause = block.clock.stretch(pause)
        let (people, bits, needed) = (people, bits, length)
        let keys = dense.count / people.groups
        let mask = keys &- 1
        dense.withUnsafeMutableBufferPointer { dense in
            for slot in 0..<block.count {
                guard let group = people.group(slot, block.attributes) else { continue }
                let counts = dense.baseAddress.unsafelyUnwrapped + group &* keys
                var key = 0
                var run = 0
                var last = Int64.min / 2
                for index in Int(block.starts[slot])..<Int(block.starts[slot &+ 1]) {
                    let time = block.clock.ticks(index)
                    key = (key &<< bits | Int(block.events[index])) & mask
                    run = time &- last <= pause ? run &+ 1 : 1
                    last = time
                    if run >= needed { counts[key] &+= 1 }
                }
            }
        }
    }

    /// Calls with the key and the group of each path.
    private mutating func scan<Clock: HistoryClock>(
        _ block: HistoryBlock<Clock>, _ body: (inout PathFold, UInt64, Int) -> Void
    ) {
        let pause = block.clock.stretch(pause)
        let from = begun.map { block.clock.border($0.lowerBound) } ?? Int64.min
        let to = begun.map { block.clock.border($0.upperBound) } ?? Int64.max
        let mask: UInt64 = bits * length == 64 ? .max : 1 << UInt64(bits * length) - 1
        var times = [Int64](repeating: 0, count: length)
        for slot in 0..<block.count {
            guard let group = people.group(slot, block.attributes) else { continue }
            var key: UInt64 = 0
            var run = 0
            var last = Int64.min / 2
            for index in Int(block.starts[slot])..<Int(block.starts[slot &+ 1]) {
                let event = block.events[index]
                guard
                    table.isAll
                        || table.checked(table.masks[Int(event)], index, block) != 0
                else { continue }
                let time = block.clock.ticks(index)
                key = (key &<< UInt64(bits) | UInt64(event)) & mask
                run = time &- last <= pause ? run &+ 1 : 1
                last = time
                times.removeFirst()
                times.append(time)
                guard run >= length, times[0] >= from, times[0] < to else { continue }
                body(&self, key, group)
            }
        }
    }

    mutating func merge(_ other: PathFold) {
        for index in dense.indices { dense[index] += other.dense[index] }
        for group in sparse.indices { sparse[group].merge(other.sparse[group]) { $0 + $1 } }
    }

    func answer(_ limit: Int) -> PathAnswer {
        let keys = dense.count / people.groups
        var found = [[(key: UInt64, count: Int)]](repeating: [], count: people.groups)
        for (index, count) in dense.enumerated() where count > 0 {
            found[index / keys].append((UInt64(index % keys), Int(count)))
        }
        for (group, counts) in sparse.enumerated() {
            for (key, count) in counts { found[group].append((key, count)) }
        }
        return PathAnswer(
            paths: found.map { group in
                group.sorted { $0.count != $1.count ? $0.count > $1.count : $0.key < $1.key }
                    .prefix(limit).map { PathCount(events: events($0.key), count: $0.count) }
            })
    }

    private func events(_ key: UInt64) -> [UInt16] {
        (0..<length).reversed().map { place in
            UInt16(key >> UInt64(place * bits) & (1 << UInt64(bits) - 1))
        }
    }
}
