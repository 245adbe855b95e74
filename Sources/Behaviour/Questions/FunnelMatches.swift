/// The events of a person that matter to a funnel, in the order in which they are taken.
struct FunnelMatches: ~Copyable {
    /// How many there are.
    private(set) var count = 0
    /// Their times in ticks.
    private(set) var ticks: UnsafeMutablePointer<Int64>
    /// Where they are in the block.
    private(set) var places: UnsafeMutablePointer<UInt32>
    /// The steps they belong to, a bit each, and above them the exclusions.
    private(set) var masks: UnsafeMutablePointer<UInt32>

    private var capacity = 1_024
    private let steps: Int
    private let keepsOthers: Bool

    init(steps: Int, keepsOthers: Bool) {
        self.steps = steps
        self.keepsOthers = keepsOthers
        ticks = .allocate(capacity: capacity)
        masks = .allocate(capacity: capacity)
        places = .allocate(capacity: capacity)
    }

    deinit {
        ticks.deallocate()
        masks.deallocate()
        places.deallocate()
    }

    /// Finds the events by their names, and says whether something can come of them; nothing can
    /// without the first step, where that is needed.
    mutating func find<Clock: HistoryClock>(
        _ block: HistoryBlock<Clock>, _ events: Range<Int>, _ table: UnsafeBufferPointer<UInt32>,
        _ needsFirst: Bool
    ) -> Bool {
        if events.count > capacity { grow(events.count) }
        let (names, masksOfNames, places) = (
            block.events, table.baseAddress.unsafelyUnwrapped, places
        )
        let keep: UInt32 = keepsOthers ? 1 &<< 31 : 0
        var found = 0
        var all: UInt32 = 0
        var index = events.lowerBound
        while index < events.upperBound {
            let mask = masksOfNames[Int(names[index])]
            // No branch on the name, which nobody can predict: written always, kept if it matters.
            places[found] = UInt32(truncatingIfNeeded: index)
            all |= mask
            found &+= Int(truncatingIfNeeded: (mask | (0 &- mask) | keep) &>> 31)
            index &+= 1
        }
        count = found
        guard needsFirst ? all & 1 != 0 : all != 0 else { return false }
        for match in 0..<found { masks[match] = table[Int(block.events[Int(places[match])])] }
        return true
    }

    /// Takes over some events of another one, in their order.
    mutating func take(_ other: borrowing FunnelMatches, _ wanted: [Int32]) {
        if wanted.count > capacity { grow(wanted.count) }
        count = wanted.count
        for (index, place) in wanted.enumerated() {
            ticks[index] = other.ticks[Int(place)]
            places[index] = other.places[Int(place)]
            masks[index] = other.masks[Int(place)]
        }
    }

    /// Leaves only the selections whose property is as asked for.
    mutating func check<Clock: HistoryClock>(_ block: HistoryBlock<Clock>, _ table: EventTable) {
        guard table.hasConditions else { return }
        var kept = 0
        for index in 0..<count {
            let mask = table.checked(masks[index], Int(places[index]), block)
            places[kept] = places[index]
            masks[kept] = mask
            kept &+= mask != 0 || keepsOthers ? 1 : 0
        }
        count = kept
    }

    /// Reads the times, and puts the events of one instant in an order: those of the first step
    /// first, of these those of the second, and so on; equal ones by a rank.
    mutating func orderBySteps<Clock: HistoryClock>(_ clock: Clock, _ rank: (UInt32) -> UInt32) {
        let bits: UInt32 = 1 &<< UInt32(truncatingIfNeeded: steps) &- 1
        var last = Int64.min
        for index in 0..<count {
            let tick = clock.ticks(Int(places[index]))
            ticks[index] = tick
            guard tick == last else {
                last = tick
                continue
            }
            let (mask, place) = (masks[index], places[index])
            var to = index
            while to > 0, ticks[to - 1] == tick {
                let difference = (mask ^ masks[to - 1]) & bits
                let isEarlier =
                    difference == 0
                    ? rank(place) < rank(places[to - 1])
                    : mask & difference & (0 &- difference) != 0
                guard isEarlier else { break }
                masks[to] = masks[to - 1]
                places[to] = places[to - 1]
                to -= 1
            }
            masks[to] = mask
            places[to] = place
        }
    }

    private mutating func grow(_ needed: Int) {
        ticks.deallocate()
        masks.deallocate()
        places.deallocate()
        capacity = max(needed, capacity * 2)
        ticks = .allocate(capacity: capacity)
        masks = .allocate(capacity: capacity)
        places = .allocate(capacity: capacity)
    }
}
