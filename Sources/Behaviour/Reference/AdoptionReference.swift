import Vocabulary

extension BehaviourReference {
    /// Counts an adoption: for each period, who was active and who used it.
    public func answer(_ question: AdoptionQuestion) -> AdoptionAnswer {
        let borders = question.borders.map(\.microseconds)
        return AdoptionAnswer(
            periods: groups(question.people).map { people in
                (0..<borders.count - 1).map { period in
                    var counts = AdoptionCounts()
                    let (start, end) = (borders[period], borders[period + 1])
                    for person in people where person.did(question.base, from: start, to: end) {
                        counts.active += 1
                        guard person.did(question.adopted, from: start, to: end) else { continue }
                        counts.adopters += 1
                        counts.uses +=
                            person.events.filter {
                                question.adopted.contains($0) && $0.time >= start && $0.time < end
                            }.count
                        if !person.did(question.adopted, from: .min, to: start) {
                            counts.first += 1
                        }
                    }
                    return counts
                }
            })
    }
}
