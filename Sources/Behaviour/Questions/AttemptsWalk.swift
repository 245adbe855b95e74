/// Finds the attempts of a person among the events that matter.
///
/// Each event knows the first later one that may take the next step, so that an attempt is followed
/// from its start in as many moves as there are steps, however many events and starts there are.
struct AttemptsWalk {
    /// An attempt that counts.
    struct Attempt {
        /// The event that began it.
        let start: Int
        /// How many of the steps that must be taken were reached.
        var reached: Int
        /// How many of the others were.
        var extra = 0
        /// Its steps, as many as there are, begin here in the list of all.
        let chain: Int
        /// When it was ended or ran out of time, in ticks.
        var stopped: Int64
    }

    /// The attempts of the last person that count.
    private(set) var taken: [Attempt] = []
    /// Whether an excluded event takes the person out.
    private(set) var isOut = false

    private let question: AttemptsQuestion
    private let steps: Int
    /// The steps that must be taken.
    private let required: [Int]
    /// By step: the last one that may follow it, which is the next that must be taken; those in
    /// between need not be. Itself where none follows.
    private let reach: [Int]
    private let window: Int64
    private let from: Int64
    private let to: Int64
    private let stepBits: UInt32
    /// By step, by event: the event that would take it after this one takes the step before.
    private var following: [Int32] = []
    /// By exclusion, by event: the first excluded event of a later moment.
    private var forbidden: [Int32] = []
    private var chains: [Int32] = []
    /// By step: the event that takes it next, while events are linked from the last to the first.
    private var next: [Int32]
    /// By exclusion: the first excluded event of a later moment, likewise.
    private var excluded: [Int32]
    /// The events that may begin an attempt.
    private var starts: [Int] = []
    private static let none: Int32 = -1

    init<Clock: HistoryClock>(_ question: AttemptsQuestion, _ clock: Clock) {
        self.question = question
        steps = question.steps.count
        required = question.required
        let required = required
        reach = (0..<steps).map { step in
            required.contains(step) ? required.first { $0 > step } ?? step : step
        }
        stepBits = 1 << UInt32(steps) - 1
        window =
            question.windowMicroseconds.map { min(clock.stretch($0), Int64.max / 4) }
            ?? Int64.max / 4
        from = clock.border(question.entered.lowerBound)
        to = clock.border(question.entered.upperBound)
        next = Array(repeating: Self.none, count: steps)
        excluded = Array(repeating: Self.none, count: question.excluded.count)
    }

    /// Finds the attempts of the next person.
    ///
    /// - Parameters:
    ///   - matches: The events that matter, in their order.
    ///   - rank: The rank of the value of an event, by its place in the block.
    mutating func go(_ matches: borrowing FunnelMatches, _ rank: (UInt32) -> UInt32) {
        taken.removeAll(keepingCapacity: true)
        chains.removeAll(keepingCapacity: true)
        isOut = false
        starts.removeAll(keepingCapacity: true)
        for index in 0..<matches.count where matches.masks[index] & 1 != 0 {
            let tick = matches.ticks[index]
            if tick >= from, tick < to { starts.append(index) }
        }
        guard !starts.isEmpty else { return }
        link(matches)
        if question.onlyBest, question.reentry == .everyStart {
            takeBest(matches, rank)
        } else {
            takeInTurn(matches)
            if question.onlyBest, taken.count > 1 { keepBest(matches, rank) }
        }
        if isOut { taken.removeAll(keepingCapacity: true) }
    }

    /// When a step of an attempt was reached, in ticks; nil if it was not.
    func tick(of attempt: Attempt, step: Int, _ matches: borrowing FunnelMatches) -> Int64? {
        let event = chains[attempt.chain + step]
        return event == Self.none ? nil : matches.ticks[Int(event)]
    }

    // MARK: What follows what

    /// From the last event to the first, one moment at a time.
    private mutating func link(_ matches: borrowing FunnelMatches) {
        let count = matches.count
        let cells = count * steps
        if following.count < cells {
            following = Array(repeating: Self.none, count: cells * 2)
        }
        if forbidden.count < count * question.excluded.count {
            forbidden = Array(
                repeating: Self.none, count: count * question.excluded.count * 2)
        }
        for step in next.indices { next[step] = Self.none }
        for place in excluded.indices { excluded[place] = Self.none }
        let isStrict = question.order == .strict
        if excluded.isEmpty, !isStrict, question.ties == .together {
            for index in (0..<count).reversed() {
                let mask = matches.masks[index] & stepBits
                linkSteps(index, mask, count)
                note(index, mask)
            }
            return
        }
        var end = count
        while end > 0 {
            var start = end - 1
            while start > 0, matches.ticks[start - 1] == matches.ticks[end - 1] { start -= 1 }
            let moment = start..<end
            for index in moment.reversed() {
                for place in excluded.indices {
                    forbidden[place * count + index] = excluded[place]
                }
                guard !isStrict else {
                    linkStrictly(index, matches)
                    continue
                }
                linkSteps(index, matches.masks[index] & stepBits, count)
                if question.ties == .together {
                    note(index, matches.masks[index] & stepBits)
                }
            }
            if question.ties == .apart {
                for index in moment { note(index, matches.masks[index] & stepBits) }
            }
            for place in excluded.indices {
                let bit: UInt32 = 1 << UInt32(steps + place)
                if let event = moment.first(where: { matches.masks[$0] & bit != 0 }) {
                    excluded[place] = Int32(event)
                }
            }
            end = start
        }
    }

    @inline(__always)
    private mutating func linkSteps(_ index: Int, _ mask: UInt32, _ count: Int) {
        var mask = mask
        while mask != 0 {
            let step = mask.trailingZeroBitCount
            mask &= mask &- 1
            var target = step
            while target < reach[step] {
                target &+= 1
                following[target * count + index] = next[target]
            }
        }
    }

    private mutating func linkStrictly(_ index: Int, _ matches: borrowing FunnelMatches) {
        let count = matches.count
        for step in 1..<max(1, steps) {
            let isNext = index + 1 < count && matches.masks[index + 1] >> UInt32(step) & 1 != 0
            following[step * count + index] = isNext ? Int32(index + 1) : Self.none
        }
    }

    @inline(__always)
    private mutating func note(_ index: Int, _ mask: UInt32) {
        var mask = mask
        while mask != 0 {
            next[mask.trailingZeroBitCount] = Int32(truncatingIfNeeded: index)
            mask &= mask &- 1
        }
    }

    // MARK: Attempts

    /// Follows the attempt that an event begins.
    private mutating func attempt(
        from start: Int, _ matches: borrowing FunnelMatches
    ) -> Attempt {
        let until = matches.ticks[start] + window
        let count = matches.count
        let chain = chains.count
        for _ in 0..<steps { chains.append(Self.none) }
        chains[chain] = Int32(truncatingIfNeeded: start)
        var attempt = Attempt(start: start, reached: 1, chain: chain, stopped: until)
        var current = start
        for place in 1..<max(1, required.count) {
            let step = required[place]
            var next = following[step * count + current]
            if next != Self.none, matches.ticks[Int(next)] > until { next = Self.none }
            if step - required[place - 1] > 1 {
                let last = next == Self.none ? until : matches.ticks[Int(next)]
                takeOptional(required[place - 1] + 1..<step, current, last, &attempt, matches)
            }
            guard next != Self.none else { break }
            chains[chain + step] = next
            attempt.reached += 1
            current = Int(next)
        }
        if !question.excluded.isEmpty { end(&attempt, matches) }
        return attempt
    }

    /// Takes what lies between an event and a moment, itself included.
    private mutating func takeOptional(
        _ steps: Range<Int>, _ event: Int, _ last: Int64, _ attempt: inout Attempt,
        _ matches: borrowing FunnelMatches
    ) {
        for step in steps {
            let taken = following[step * matches.count + event]
            guard taken != Self.none, matches.ticks[Int(taken)] <= last else { continue }
            chains[attempt.chain + step] = taken
            attempt.extra += 1
        }
    }

    /// Ends an attempt where excluded events say so, or takes the person out.
    private mutating func end(_ attempt: inout Attempt, _ matches: borrowing FunnelMatches) {
        let chain = attempt.chain
        let timed = attempt.reached
        let until = attempt.stopped
        for (place, excluded) in question.excluded.enumerated() where excluded.after < timed {
            let after = Int(chains[chain + excluded.after])
            let event = forbidden[place * matches.count + after]
            guard event != Self.none else { continue }
            let tick = matches.ticks[Int(event)]
            guard tick <= until else { continue }
            if excluded.before < timed {
                let before = Int(chains[chain + excluded.before])
                guard tick < matches.ticks[before] else { continue }
            }
            guard !excluded.removes else {
                isOut = true
                continue
            }
            attempt.stopped = min(attempt.stopped, tick)
            let late = (excluded.after + 1..<timed).first {
                matches.ticks[Int(chains[chain + $0])] > tick
            }
            if let late { attempt.reached = min(attempt.reached, late) }
        }
        for step in attempt.reached..<timed { chains[chain + step] = Self.none }
    }

    /// Of all starts the best; once one has come through, only those of its moment may be better.
    private mutating func takeBest(
        _ matches: borrowing FunnelMatches, _ rank: (UInt32) -> UInt32
    ) {
        let mayRemove = question.excluded.contains(where: \.removes)
        var best: Attempt?
        for place in starts.indices {
            let start = starts[place]
            if let best, best.reached == required.count, !mayRemove,
                matches.ticks[best.start] < matches.ticks[start]
            {
                break
            }
            let length = chains.count
            let attempt = attempt(from: start, matches)
            if let known = best, !isBetter(attempt, than: known, matches, rank) {
                chains.removeLast(chains.count - length)
            } else {
                best = attempt
            }
        }
        if let best { taken.append(best) }
    }

    /// Attempts one after the other, as the rule of entering anew has it.
    private mutating func takeInTurn(_ matches: borrowing FunnelMatches) {
        var earliest = Int64.min
        for place in starts.indices {
            let start = starts[place]
            guard matches.ticks[start] > earliest || earliest == Int64.min else { continue }
            let attempt = attempt(from: start, matches)
            taken.append(attempt)
            let begun = matches.ticks[start]
            let last =
                attempt.reached == required.count
                ? matches.ticks[Int(chains[attempt.chain + steps - 1])] : nil
            switch question.reentry {
            case .everyStart: continue
            case .never: return
            case .afterConversion:
                guard let last else { return }
                earliest = max(begun, last)
            case .afterWindow: earliest = max(begun, last ?? attempt.stopped)
            }
        }
    }

    private mutating func keepBest(
        _ matches: borrowing FunnelMatches, _ rank: (UInt32) -> UInt32
    ) {
        var best = taken[0]
        for attempt in taken.dropFirst() where isBetter(attempt, than: best, matches, rank) {
            best = attempt
        }
        taken = [best]
    }

    /// Whether an attempt counts rather than another one that began before it.
    private func isBetter(
        _ attempt: Attempt, than other: Attempt, _ matches: borrowing FunnelMatches,
        _ rank: (UInt32) -> UInt32
    ) -> Bool {
        guard attempt.reached == other.reached else { return attempt.reached > other.reached }
        let (own, known) = (matches.ticks[attempt.start], matches.ticks[other.start])
        guard own == known else { return own < known }
        guard attempt.extra == other.extra else { return attempt.extra > other.extra }
        let (ownRank, knownRank) = (
            rank(matches.places[attempt.start]), rank(matches.places[other.start])
        )
        guard ownRank == knownRank else { return ownRank < knownRank }
        for step in 1..<max(1, steps) {
            let left = tick(of: attempt, step: step, matches) ?? .max
            let right = tick(of: other, step: step, matches) ?? .max
            guard left == right else { return left < right }
        }
        return false
    }
}
