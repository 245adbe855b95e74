/// The attempt that counts of a person in the commonest funnel.
///
/// Steps lie one after the other, share no event, nothing is excluded, and each person's best attempt
/// counts. Events of one moment are then in the order of their steps, so that of several starts at once
/// the first one's attempt is at least as good as the others'; and each start is followed by one look at
/// the events in its window.
struct PlainAttemptsWalk {
    private let steps: Int
    private let window: Int64
    private let from: Int64
    private let to: Int64
    /// With more events than these, following every start could take the square of them.
    static let eventsMax = 1_024

    /// Whether a question can be answered this way.
    static func suits(_ question: AttemptsQuestion) -> Bool {
        guard question.order == .ordered, question.ties == .together, question.onlyBest,
            question.reentry == .everyStart, question.excluded.isEmpty, question.optional.isEmpty,
            question.same.isEmpty
        else { return false }
        var seen: Set<UInt16> = []
        for step in question.steps {
            guard let events = step.events, seen.isDisjoint(with: events) else { return false }
            seen.formUnion(events)
        }
        return true
    }

    init<Clock: HistoryClock>(_ question: AttemptsQuestion, _ clock: Clock) {
        steps = question.steps.count
        window =
            question.windowMicroseconds.map { min(clock.stretch($0), Int64.max / 4) }
            ?? Int64.max / 4
        from = clock.border(question.entered.lowerBound)
        to = clock.border(question.entered.upperBound)
    }

    /// Finds the attempt that counts.
    ///
    /// - Parameters:
    ///   - matches: The events of the steps, in their order.
    ///   - chain: Where the events of its steps are noted; it has room for twice as many.
    /// - Returns: How many steps were reached; none where no attempt begins.
    @inline(__always)
    func best(
        _ matches: borrowing FunnelMatches, _ chain: UnsafeMutablePointer<Int32>
    ) -> Int {
        let (ticks, masks, count) = (matches.ticks, matches.masks, matches.count)
        let trial = chain + steps
        var best = 0
        var last = Int64.min
        for start in 0..<count where masks[start] & 1 != 0 {
            let tick = ticks[start]
            guard tick >= from, tick != last else { continue }
            guard tick < to else { break }
            last = tick
            let until = tick &+ window
            trial[0] = Int32(truncatingIfNeeded: start)
            var reached = 1
            var index = start &+ 1
            while index < count, reached < steps, ticks[index] <= until {
                trial[reached] = Int32(truncatingIfNeeded: index)
                reached &+= Int(truncatingIfNeeded: masks[index] &>> UInt32(reached) & 1)
                index &+= 1
            }
            guard reached > best else { continue }
            best = reached
            for step in 0..<reached { chain[step] = trial[step] }
            if best == steps { break }
        }
        return best
    }
}
