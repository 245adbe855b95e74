/// Finds how far a person comes where steps may be taken in any order.
///
/// At each moment the latest time of each step so far decides: the steps up to one are reached if
/// these times lie within one window. It begins with the earliest of them, and in the time in which
/// attempts begin: where each of them was taken again afterwards, one of them must still be taken as
/// it was before.
struct AnyOrderWalk {
    /// How far somebody came.
    struct Best {
        /// How many steps, from the first one on.
        let level: Int
        /// The moment at which that was so for the first time, in ticks.
        let last: Int64
        /// When the window began.
        let entry: Int64
    }

    private let window: Int64
    private let from: Int64
    private let to: Int64
    /// By step: when it was taken last.
    private var latest: [Int64]
    /// By step: when it was taken last while attempts begin.
    private var inside: [Int64]
    private static let never = Int64.min

    init<Clock: HistoryClock>(_ question: AttemptsQuestion, _ clock: Clock) {
        window =
            question.windowMicroseconds.map { min(clock.stretch($0), Int64.max / 4) }
            ?? Int64.max / 4
        from = clock.border(question.entered.lowerBound)
        to = clock.border(question.entered.upperBound)
        latest = Array(repeating: Self.never, count: question.steps.count)
        inside = latest
    }

    /// How far a person comes, and when for the first time; nil without the first step.
    mutating func best(_ matches: borrowing FunnelMatches) -> Best? {
        for step in latest.indices {
            latest[step] = Self.never
            inside[step] = Self.never
        }
        var best: Best?
        var index = 0
        while index < matches.count {
            let tick = matches.ticks[index]
            guard tick >= from else {
                index += 1
                continue
            }
            guard tick - window < to else { break }
            while index < matches.count, matches.ticks[index] == tick {
                note(matches.masks[index], tick)
                index += 1
            }
            if let now = reached(at: tick), now.level > best?.level ?? 0 { best = now }
            if best?.level == latest.count { break }
        }
        return best
    }

    private mutating func note(_ mask: UInt32, _ tick: Int64) {
        var mask = mask
        while mask != 0 {
            let step = mask.trailingZeroBitCount
            mask &= mask &- 1
            latest[step] = tick
            if tick < to { inside[step] = tick }
        }
    }

    private func reached(at tick: Int64) -> Best? {
        var best: Best?
        var least = Int64.max
        var begun = Self.never
        for step in latest.indices {
            guard latest[step] != Self.never else { break }
            least = min(least, latest[step])
            begun = max(begun, inside[step])
            guard tick - least <= window else { break }
            if least < to {
                best = Best(level: step + 1, last: tick, entry: least)
            } else if begun != Self.never, tick - begun <= window {
                best = Best(level: step + 1, last: tick, entry: begun)
            }
        }
        return best
    }
}
