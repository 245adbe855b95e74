import Vocabulary

/// How a way is one number: its nodes from the first position on, whether it goes on, the value.
///
/// So the order of numbers is that of nodes, those that are missing first.
struct WayPacking: Sendable {
    let length: Int
    /// Bits of a node.
    let bits: Int
    /// Bits of a value.
    let valueBits: Int

    /// Packs ways; nil where they do not fit.
    init?(length: Int, nodes: Int, values: Int) {
        self.length = length
        bits = Int.bitWidth - max(1, nodes).leadingZeroBitCount
        valueBits = Int.bitWidth - values.leadingZeroBitCount
        guard bits * length + 1 + valueBits <= 128 else { return nil }
    }

    /// The nodes of a path, as many as fit.
    var mask: UInt128 { bits * length == 128 ? .max : (1 << UInt128(bits * length)) - 1 }

    @inline(__always)
    func key(_ path: UInt128, goesOn: Bool, value: UInt16) -> UInt128 {
        (path &<< 1 | (goesOn ? 1 : 0)) &<< UInt128(valueBits) | UInt128(value)
    }

    func way(_ key: UInt128) -> Way {
        let path = key >> UInt128(valueBits + 1)
        return Way(
            nodes: (0..<length).map { position in
                let shifted = path >> UInt128(bits * (length - 1 - position))
                return UInt32(truncatingIfNeeded: shifted & ((1 << UInt128(bits)) - 1))
            }, goesOn: key >> UInt128(valueBits) & 1 == 1,
            value: UInt16(truncatingIfNeeded: key & ((1 << UInt128(valueBits)) - 1)))
    }
}

/// A session while its events go by.
private struct WayWalk {
    private let length: Int
    private let bits: UInt128
    private let mask: UInt128
    private let joinsRepeats: Bool
    private let endsThere: Bool
    /// By node, whether a path may begin or end there; empty where it begins with the session.
    private let anchors: [Bool]

    /// The nodes of the path so far.
    private var path: UInt128 = 0
    /// How many positions the path has by now; with an end, how many the session has.
    private var places = 0
    private var last: UInt32 = 0
    private var isDone = false
    private(set) var goesOn = false

    init(_ question: WaysQuestion, _ packing: WayPacking, _ anchors: [Bool]) {
        length = question.length
        bits = UInt128(packing.bits)
        mask = packing.mask
        joinsRepeats = question.joinsRepeats
        endsThere = if case .ends = question.anchor { true } else { false }
        self.anchors = anchors
    }

    @inline(__always)
    mutating func begin() {
        path = 0
        places = 0
        last = 0
        isDone = false
        goesOn = false
    }

    /// Takes the next node; 0 is looked past.
    @inline(__always)
    mutating func take(_ node: UInt32) {
        guard node != 0, !joinsRepeats || node != last else { return }
        last = node
        guard !endsThere else {
            guard !isDone else { return }
            path = (path &<< bits | UInt128(node)) & mask
            places &+= 1
            if anchors[Int(node)] {
                isDone = true
                goesOn = places > length
            }
            return
        }
        if places == 0, !anchors.isEmpty, !anchors[Int(node)] { return }
        if places < length {
            path = path &<< bits | UInt128(node)
            places &+= 1
        } else {
            goesOn = true
        }
    }

    /// The path of the session; nil where it has none.
    @inline(__always)
    var found: UInt128? {
        if endsThere { return isDone ? path : nil }
        return places == 0 ? nil : path &<< (bits &* UInt128(length &- places))
    }
}

/// Counts ways.
struct WaysFold: HistoryFold {
    private let reader: WayReader
    private let packing: WayPacking
    private let names: [String]
    private var counts = KeyCounts()

    init?(_ question: WaysQuestion, _ schema: IndexSchema) {
        let listed = question.node.map { schema.properties[$0].values } ?? schema.events
        let values = question.property.map { schema.properties[$0] }
        guard
            let packing = WayPacking(
                length: question.length, nodes: listed.count,
                values: values.map { $0.values.count + 1 } ?? 0)
        else { return nil }
        self.packing = packing
        names = ValueRanks.order(listed).map { listed[$0] }
        reader = WayReader(question, listed, values)
    }

    var isFull: Bool { counts.count > WaysAnswer.countMax }

    var answer: WaysAnswer { WaysAnswer(names: names, counts: counts, packing: packing) }

    mutating func merge(_ other: WaysFold) {
        guard !isFull else { return }
        if other.isFull { counts = other.counts } else { counts.merge(other.counts) }
    }

    mutating func add<Clock: HistoryClock>(_ block: HistoryBlock<Clock>) {
        guard !isFull else { return }
        let (reader, packing) = (reader, packing)
        var walk = WayWalk(reader.question, packing, reader.anchors)
        for slot in 0..<block.count {
            reader.sessions(of: slot, block, &walk) { walk, value in
                guard let path = walk.found else { return false }
                counts.add(packing.key(path, goesOn: walk.goesOn, value: value))
                return true
            }
        }
    }
}

/// Reads sessions from histories.
private struct WayReader: Sendable {
    let question: WaysQuestion
    /// By node in paths, whether one may begin or end there; empty where it begins with the session.
    let anchors: [Bool]
    /// By code of a node, its place among all; the highest for none.
    private let ranks: [UInt32]
    private let table: EventTable
    /// By code of a node, its number in paths; 0 for what is looked past.
    private let nodes: [UInt32]
    /// By code of the value that is told, its place among all.
    private let values: [UInt32]

    init(_ question: WaysQuestion, _ listed: [String], _ values: ValueDictionary?) {
        self.question = question
        table = EventTable([question.events])
        let ranks = ValueRanks.ranks(listed, firstCode: question.node == nil ? 0 : 2)
        self.ranks = ranks
        nodes = ranks.enumerated().map { code, rank in
            let isShown = question.shown?.contains(UInt16(code)) ?? true
            return rank == .max || !isShown ? 0 : rank + 1
        }
        self.values = values.map { ValueRanks.ranks($0) } ?? []
        switch question.anchor {
        case .opening: anchors = []
        case .starts(let codes), .ends(let codes):
            var anchors = [Bool](repeating: false, count: 65_537)
            for code in codes where ranks[Int(code)] != .max {
                anchors[Int(ranks[Int(code)]) + 1] = true
            }
            self.anchors = anchors
        }
    }

    /// Calls at the end of each session, until it was the only one that is wanted.
    @inline(__always)
    func sessions<Clock: HistoryClock>(
        of slot: Int, _ block: HistoryBlock<Clock>, _ walk: inout WayWalk,
        _ body: (WayWalk, UInt16) -> Bool
    ) {
        let to = block.clock.border(question.during.upperBound)
        let pause = block.clock.stretch(question.pauseMicrosecondsMax)
        let column = question.property.map { block.properties[$0] }
        let end = Int(block.starts[slot &+ 1])
        var index = first(block, Int(block.starts[slot])..<end)
        var last = Int64.min / 2
        var isOpen = false
        var value: UInt16 = 0
        var time = index < end ? block.clock.ticks(index) : to
        while time < to {
            var next = index &+ 1
            var nextTime = next < end ? block.clock.ticks(next) : to
            guard isChosen(index, block) else {
                (index, time) = (next, nextTime)
                continue
            }
            if time &- last > pause {
                if isOpen, body(walk, value), question.onlyFirst { return }
                walk.begin()
                isOpen = true
                if let column {
                    value =
                        nextTime == time
                        ? opening(index..<end, block, column) : UInt16(column[index])
                }
            }
            last = time
            if nextTime == time {
                next = takeTied(index..<end, block, &walk)
                nextTime = next < end ? block.clock.ticks(next) : to
            } else {
                walk.take(nodes[code(index, block)])
            }
            (index, time) = (next, nextTime)
        }
        if isOpen { _ = body(walk, value) }
    }

    @inline(__always)
    private func code<Clock: HistoryClock>(_ index: Int, _ block: HistoryBlock<Clock>) -> Int {
        guard let node = question.node else { return Int(block.events[index]) }
        return block.properties[node][index]
    }

    @inline(__always)
    private func isChosen<Clock: HistoryClock>(
        _ index: Int, _ block: HistoryBlock<Clock>
    ) -> Bool {
        table.isAll
            || table.checked(table.masks[Int(block.events[index])], index, block) != 0
    }

    /// The first event in time.
    @inline(__always)
    private func first<Clock: HistoryClock>(
        _ block: HistoryBlock<Clock>, _ events: Range<Int>
    ) -> Int {
        let from = block.clock.border(question.during.lowerBound)
        var (low, high) = (events.lowerBound, events.upperBound)
        if low < high, block.clock.ticks(low) >= from { return low }
        while low < high {
            let middle = (low + high) / 2
            if block.clock.ticks(middle) < from { low = middle + 1 } else { high = middle }
        }
        return low
    }

    // MARK: Several events of one instant

    /// Takes the chosen events of the instant of the first one, in the order of their nodes.
    ///
    /// - Returns: The first event of a later instant.
    private func takeTied<Clock: HistoryClock>(
        _ events: Range<Int>, _ block: HistoryBlock<Clock>, _ walk: inout WayWalk
    ) -> Int {
        let time = block.clock.ticks(events.lowerBound)
        var end = events.lowerBound + 1
        while end < events.upperBound, block.clock.ticks(end) == time { end += 1 }
        guard end - events.lowerBound > 2 else {
            let first = nodes[code(events.lowerBound, block)]
            let second =
                isChosen(events.lowerBound + 1, block)
                ? nodes[code(events.lowerBound + 1, block)] : 0
            walk.take(min(first, second))
            walk.take(max(first, second))
            return end
        }
        let chosen = (events.lowerBound..<end).filter { isChosen($0, block) }
        for node in chosen.map({ nodes[code($0, block)] }).sorted() { walk.take(node) }
        return end
    }

    /// The value that is told of a session which begins with several events.
    private func opening<Clock: HistoryClock>(
        _ events: Range<Int>, _ block: HistoryBlock<Clock>, _ column: CodeColumn
    ) -> UInt16 {
        let time = block.clock.ticks(events.lowerBound)
        var best = events.lowerBound
        var index = best + 1
        while index < events.upperBound, block.clock.ticks(index) == time {
            let own = (ranks[code(index, block)], values[column[index]])
            let known = (ranks[code(best, block)], values[column[best]])
            if isChosen(index, block), own < known { best = index }
            index += 1
        }
        return UInt16(column[best])
    }
}
