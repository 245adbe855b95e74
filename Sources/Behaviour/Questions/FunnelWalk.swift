/// Takes a person's events through a funnel's steps.
struct FunnelWalk {
    /// How many steps the furthest entry reached.
    private(set) var best = 0
    /// By step: how long the furthest entry took to it, in ticks.
    private(set) var times: [Int64]
    /// Whether an excluded event takes the person out.
    private(set) var isRemoved = false
    /// Entries one after the other; their times begin at a place of ``entryTimes``.
    private(set) var entries: [(level: Int, times: Int)] = []
    private(set) var entryTimes: [Int64] = []

    private let steps: Int
    private let window: Int64
    private let from: Int64
    private let to: Int64
    private let question: FunnelQuestion
    /// By exclusion: the levels at which it matters, a bit for each number of steps reached.
    private let excludedLevels: [UInt32]
    private let stepBits: UInt32
    /// By step: when the latest entry began that has reached it.
    private var starts: [Int64]
    private static let never = Int64.min

    init<Clock: HistoryClock>(_ question: FunnelQuestion, _ clock: Clock) {
        self.question = question
        steps = question.steps.count
        window = clock.stretch(question.windowMicroseconds)
        from = question.entered.map { clock.border($0.lowerBound) } ?? Int64.min
        to = question.entered.map { clock.border($0.upperBound) } ?? Int64.max
        stepBits = 1 << UInt32(steps) - 1
        excludedLevels = question.excluded.map { excluded in
            (excluded.after..<excluded.before).reduce(0) { $0 | 1 << UInt32($1 + 1) }
        }
        starts = Array(repeating: Self.never, count: steps)
        times = Array(repeating: 0, count: steps)
    }

    /// Walks through the events of the next person.
    mutating func go(_ matches: borrowing FunnelMatches) {
        best = 0
        isRemoved = false
        switch (question.order, question.entry) {
        case (.ordered, .furthest):
            if excludedLevels.isEmpty { goFurthest(matches) } else { goFurthestExcluding(matches) }
        case (.strict, .furthest): goStrict(matches)
        case (.any, .furthest): goAnyOrder(matches)
        case (_, .first), (_, .each):
            entries.removeAll(keepingCapacity: true)
            entryTimes.removeAll(keepingCapacity: true)
            if question.order == .any { goEachAnyOrder(matches) } else { goEach(matches) }
        }
    }

    /// Of all entries that have reached a step, the latest one is at least as good as the others:
    /// its window ends last. So one start a step is enough, whatever the number of entries.
    private mutating func goFurthest(_ matches: borrowing FunnelMatches) {
        let (steps, window, from, to) = (steps, window, from, to)
        var best = 0
        starts.withUnsafeMutableBufferPointer { starts in
            times.withUnsafeMutableBufferPointer { times in
                for step in 0..<steps { starts[step] = Self.never }
                for index in 0..<matches.count {
                    let tick = matches.ticks[index]
                    var mask = matches.masks[index]
                    // From the last step down, so that an event serves one step of an entry.
                    while mask != 0 {
                        let step = 31 &- mask.leadingZeroBitCount
                        mask &= ~(1 &<< UInt32(truncatingIfNeeded: step))
                        if step == 0 {
                            guard tick >= from, tick < to else { continue }
                            starts[0] = tick
                            if best == 0 { best = 1 }
                        } else {
                            let start = starts[step &- 1]
                            guard start != Self.never, tick &- start <= window else { continue }
                            starts[step] = start
                            if best <= step {
                                best = step &+ 1
                                times[step] = tick &- start
                            }
                        }
                    }
                }
            }
        }
        self.best = best
    }

    /// The same where excluded events end entries; here a start is the place of its event, since two
    /// entries may begin in one instant and fare differently.
    private mutating func goFurthestExcluding(_ matches: borrowing FunnelMatches) {
        for step in 0..<steps { starts[step] = Self.never }
        for index in 0..<matches.count {
            let tick = matches.ticks[index]
            let mask = matches.masks[index]
            if question.exclusion == .removes, isUnderWay(mask, tick, matches) {
                isRemoved = true
                return
            }
            var moved: UInt32 = 0
            for step in (0..<steps).reversed() where mask >> UInt32(step) & 1 != 0 {
                var start = Int64(index)
                if step > 0 {
                    start = starts[step - 1]
                    guard isWithin(start, tick, matches) else { continue }
                } else {
                    guard tick >= from, tick < to else { continue }
                }
                starts[step] = start
                moved |= 1 << UInt32(step + 1)
                guard best <= step else { continue }
                best = step + 1
                times[step] = tick - matches.ticks[Int(start)]
            }
            let ended = question.exclusion == .ends ? levelsExcluded(mask) & ~moved : 0
            for step in 0..<steps where ended >> UInt32(step + 1) & 1 != 0 {
                starts[step] = Self.never
            }
        }
    }

    private func isWithin(
        _ start: Int64, _ tick: Int64, _ matches: borrowing FunnelMatches
    ) -> Bool { start != Self.never && tick - matches.ticks[Int(start)] <= window }

    /// Takes the best entry one step further; whether there is one.
    private mutating func move(to step: Int, _ tick: Int64, _ before: [Int64]) -> Bool {
        guard step > 0 else {
            guard tick >= from, tick < to else { return false }
            starts[0] = tick
            if best == 0 { best = 1 }
            return true
        }
        let start = before[step - 1]
        guard start != Self.never, tick - start <= window else { return false }
        starts[step] = start
        if best <= step {
            best = step + 1
            times[step] = tick - start
        }
        return true
    }

    private func levelsExcluded(_ mask: UInt32) -> UInt32 {
        var excluded: UInt32 = 0
        for (index, levels) in excludedLevels.enumerated()
        where mask >> UInt32(steps + index) & 1 != 0 { excluded |= levels }
        return excluded
    }

    /// Whether an excluded event finds an entry within its window between the two steps.
    private func isUnderWay(
        _ mask: UInt32, _ tick: Int64, _ matches: borrowing FunnelMatches
    ) -> Bool {
        for (index, exclusion) in question.excluded.enumerated()
        where mask >> UInt32(steps + index) & 1 != 0 {
            for step in exclusion.after..<exclusion.before
            where isWithin(starts[step], tick, matches) && starts[exclusion.before] != starts[step]
            {
                return true
            }
        }
        return false
    }

    private mutating func goStrict(_ matches: borrowing FunnelMatches) {
        for step in 0..<steps { starts[step] = Self.never }
        for index in 0..<matches.count {
            let before = starts
            for step in 0..<steps { starts[step] = Self.never }
            for step in 0..<steps where matches.masks[index] >> UInt32(step) & 1 != 0 {
                _ = move(to: step, matches.ticks[index], before)
            }
        }
    }

    /// The steps seen within the window up to each event; steps do not share events.
    private mutating func goAnyOrder(_ matches: borrowing FunnelMatches) {
        for step in 0..<steps { starts[step] = Self.never }
        var entered = Self.never
        for index in 0..<matches.count {
            let tick = matches.ticks[index]
            let mask = matches.masks[index] & stepBits
            guard mask != 0, tick >= from else { continue }
            if tick < to { entered = tick }
            starts[mask.trailingZeroBitCount] = tick
            guard entered != Self.never, tick - entered <= window else { continue }
            let seen = starts.filter { $0 != Self.never && tick - $0 <= window }
            if seen.count > best {
                for step in best..<seen.count { times[step] = tick - (seen.min() ?? tick) }
                best = seen.count
            }
        }
    }

    /// One entry at a time.
    private mutating func goEach(_ matches: borrowing FunnelMatches) {
        var start = Int64.min
        var level = 0
        for index in 0..<matches.count {
            let tick = matches.ticks[index]
            let mask = matches.masks[index]
            if level > 0, tick - start > window { end(&level) }
            if level > 0 {
                if mask >> UInt32(level) & 1 != 0 {
                    entryTimes[entryTimes.count - steps + level] = tick - start
                    level += 1
                    if level == steps { end(&level) }
                    continue
                }
                if levelsExcluded(mask) >> UInt32(level) & 1 != 0 {
                    guard question.exclusion == .ends else {
                        isRemoved = true
                        return
                    }
                    end(&level)
                    continue
                }
                guard question.order == .strict else { continue }
                end(&level)
            }
            guard mask & 1 != 0, tick >= from, tick < to else { continue }
            guard question.entry == .each || entries.isEmpty else { return }
            begin(&start, tick)
            level = 1
            if level == steps { end(&level) }
        }
        end(&level)
    }

    private mutating func goEachAnyOrder(_ matches: borrowing FunnelMatches) {
        var start = Int64.min
        var seen: UInt32 = 0
        var level = 0
        for index in 0..<matches.count {
            let tick = matches.ticks[index]
            let mask = matches.masks[index] & stepBits
            guard mask != 0 else { continue }
            if level > 0, tick - start > window { end(&level) }
            if level == 0 {
                guard tick >= from, tick < to else { continue }
                guard question.entry == .each || entries.isEmpty else { return }
                begin(&start, tick)
                seen = 0
            }
            guard seen & mask == 0 else { continue }
            seen |= mask
            entryTimes[entryTimes.count - steps + level] = tick - start
            level += 1
            if level == steps { end(&level) }
        }
        end(&level)
    }

    private mutating func begin(_ start: inout Int64, _ tick: Int64) {
        start = tick
        entryTimes += repeatElement(0, count: steps)
    }

    private mutating func end(_ level: inout Int) {
        guard level > 0 else { return }
        entries.append((level, entryTimes.count - steps))
        level = 0
    }
}
