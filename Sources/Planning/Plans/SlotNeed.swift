import Vocabulary

/// Where a tally is needed, seen from a period that is asked for: some periods before it, or on
/// the days of that one, or some days before each of them.
struct SlotNeed: Hashable {
    /// How many periods before.
    var periodsBack = 0
    /// How many days before each day of the period; nil for the period as a whole.
    var daysBack: Int?

    /// One period or day further back.
    var before: SlotNeed {
        if let daysBack { return SlotNeed(periodsBack: periodsBack, daysBack: daysBack + 1) }
        return SlotNeed(periodsBack: periodsBack + 1)
    }

    /// Each day of it.
    var days: SlotNeed { SlotNeed(periodsBack: periodsBack, daysBack: daysBack ?? 0) }

    /// The periods, or days, to which it leads from some periods.
    func periods(from asked: [Period], in calendar: WorkCalendar) -> Set<Period> {
        var periods = Set(asked)
        let before = { (periods: Set<Period>) in
            Set(periods.map { Timeline.period(before: $0, in: calendar) })
        }
        for _ in 0..<periodsBack { periods = before(periods) }
        guard let daysBack else { return periods }
        periods = Set(periods.flatMap { calendar.periods(in: $0.range, by: .day) })
        for _ in 0..<daysBack { periods = before(periods) }
        return periods
    }
}

extension Plan {
    /// Where each tally of the tree is needed.
    var needs: [Tally: Set<SlotNeed>] {
        var found: [Tally: Set<SlotNeed>] = [:]
        collect(at: SlotNeed(), into: &found)
        return found
    }

    private func collect(at need: SlotNeed, into found: inout [Tally: Set<SlotNeed>]) {
        switch self {
        case .tally(let tally):
            found[tally, default: []].insert(need)
            // Who came back is known by who was there before.
            if case .lifecycle = tally.function { found[tally]?.insert(need.before) }
        case .number: break
        case .ratio(let left, let right, let cross, _):
            left.collect(at: need, into: &found)
            right.collect(at: need, into: &found)
            if let cross { found[cross, default: []].insert(need) }
        case .arithmetic(_, let left, let right), .power(let left, let right):
            left.collect(at: need, into: &found)
            right.collect(at: need, into: &found)
        case .negated(let inner), .filled(let inner, _), .bounded(_, let inner):
            inner.collect(at: need, into: &found)
        case .previous(let inner): inner.collect(at: need.before, into: &found)
        case .overDays(_, let inner): inner.collect(at: need.days, into: &found)
        }
    }
}
