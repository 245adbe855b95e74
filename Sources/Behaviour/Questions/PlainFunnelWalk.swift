/// The walk of the commonest funnel, without a branch on what an event is.
///
/// Steps lie one after the other, share no event, and nothing is excluded. What is then left to do for
/// an event is always the same: see whether the latest entry that came to the step before is within
/// its window, and if so note that it came to this one.
struct PlainFunnelWalk {
    private let steps: Int
    private let window: Int64
    private let from: Int64
    private let to: Int64
    /// At place `n`: when the latest entry began that has reached `n` steps. Place 0 is the entry
    /// that would begin with the event at hand.
    private var starts: [Int64]
    /// So long ago that no window reaches it, and yet no difference overflows.
    private static let never = Int64.min / 2

    /// Whether a question can be answered this way.
    static func suits(_ question: FunnelQuestion) -> Bool {
        guard question.order == .ordered, question.entry == .furthest, question.excluded.isEmpty,
            !question.wantsTimes
        else { return false }
        var seen: Set<UInt16> = []
        for step in question.steps {
            guard let events = step.events, seen.isDisjoint(with: events) else { return false }
            seen.formUnion(events)
        }
        return true
    }

    init<Clock: HistoryClock>(_ question: FunnelQuestion, _ clock: Clock) {
        steps = question.steps.count
        window = min(clock.stretch(question.windowMicroseconds), Int64.max / 4)
        from = question.entered.map { clock.border($0.lowerBound) } ?? Int64.min
        to = question.entered.map { clock.border($0.upperBound) } ?? Int64.max
        starts = Array(repeating: Self.never, count: steps + 1)
    }

    /// How many steps a person reached; nil if two events share an instant, since these may have to
    /// change places first.
    @inline(__always)
    mutating func level<Clock: HistoryClock>(
        _ matches: borrowing FunnelMatches, _ clock: Clock
    ) -> Int? {
        let (steps, window, from, to) = (steps, window, from, to)
        let (places, masks, count) = (matches.places, matches.masks, matches.count)
        return starts.withUnsafeMutableBufferPointer { starts -> Int? in
            for step in 1...steps { starts[step] = Self.never }
            var best = 0
            var last = Int64.min
            var hasTies = false
            for match in 0..<count {
                let tick = clock.ticks(Int(places[match]))
                let step = masks[match].trailingZeroBitCount
                hasTies = hasTies || tick == last
                last = tick
                starts[0] = tick >= from && tick < to ? tick : Self.never
                let start = starts[step]
                let isReached = tick &- start <= window
                starts[step &+ 1] = isReached ? start : starts[step &+ 1]
                best = max(best, isReached ? step &+ 1 : 0)
            }
            return hasTies ? nil : best
        }
    }
}
