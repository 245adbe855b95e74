import Vocabulary

/// A period of a plan, and the way on which its cell is computed.
struct Stand: Hashable {
    /// The period, by position among the plan's.
    var slot: Int
    /// The way to it.
    var walk: Walk
}

/// From where the computing of a cell came, and how far it went back or into days.
struct Walk: Hashable {
    /// How far.
    var need = SlotNeed()
    /// Whether it began at a period that is asked for; at one that is compared with otherwise.
    let isAsked: Bool
}

/// Which periods follow each other on the same way, whatever else a plan has periods for.
struct StandChains {
    private let plan: QuestionPlan
    private let slots: [Period: Int]
    private var known: [Walk: [Int: Int]] = [:]

    init(_ plan: QuestionPlan) {
        self.plan = plan
        slots = Dictionary(
            plan.slots.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The period that ends where another begins, among those to which the same way leads.
    mutating func slot(before stand: Stand) -> Int? {
        if let chain = known[stand.walk] { return chain[stand.slot] }
        let chain = chain(stand.walk)
        known[stand.walk] = chain
        return chain[stand.slot]
    }

    private func chain(_ walk: Walk) -> [Int: Int] {
        let timeline = plan.timeline
        let start = walk.isAsked ? timeline.periods : timeline.counterparts.compactMap { $0 }
        let ordered = walk.need.periods(from: start, in: timeline.calendar)
            .compactMap { slots[$0] }.sorted()
        var chain: [Int: Int] = [:]
        for (earlier, later) in zip(ordered, ordered.dropFirst())
        where plan.slots[earlier].instants.end == plan.slots[later].instants.start {
            chain[later] = earlier
        }
        return chain
    }
}
