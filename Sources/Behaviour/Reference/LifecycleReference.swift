import Vocabulary

extension BehaviourReference {
    /// Counts a lifecycle: for each period, what everyone did in it, in the one before, and ever
    /// before.
    public func answer(_ question: LifecycleQuestion) -> LifecycleAnswer {
        let borders = question.borders.map(\.microseconds)
        let groups = groups(question.people, question.latest, [question.events])
        return LifecycleAnswer(
            periods: groups.map { people in
                (1..<borders.count - 1).map { period in
                    var counts = LifecycleCounts()
                    for person in people {
                        let isActive = person.did(
                            question.events, from: borders[period], to: borders[period + 1])
                        let wasActive = person.did(
                            question.events, from: borders[period - 1], to: borders[period])
                        let wasEver = person.did(
                            question.events, from: .min, to: borders[period])
                        if isActive, !wasEver { counts.new += 1 }
                        if isActive, wasActive { counts.current += 1 }
                        if isActive, wasEver, !wasActive { counts.resurrected += 1 }
                        if !isActive, wasActive { counts.dormant += 1 }
                    }
                    return counts
                }
            }, people: question.latest == nil ? [] : groups.map(\.count))
    }
}
