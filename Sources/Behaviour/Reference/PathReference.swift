import Vocabulary

extension BehaviourReference {
    /// Counts paths: every run of neighbours, looked at by itself.
    public func answer(_ question: PathQuestion) -> PathAnswer {
        PathAnswer(
            paths: groups(question.people).map { people in
                var counts: [[UInt16]: Int] = [:]
                for person in people {
                    let events = person.events.filter { question.events.contains($0) }
                    guard events.count >= question.length else { continue }
                    for start in 0...(events.count - question.length) {
                        let run = events[start..<start + question.length]
                        let pauses = zip(run, run.dropFirst()).map { $1.time - $0.time }
                        let first = Instant(microseconds: events[start].time)
                        guard pauses.allSatisfy({ $0 <= question.pauseMicrosecondsMax }),
                            question.begun?.contains(first) ?? true
                        else { continue }
                        counts[run.map(\.code), default: 0] += 1
                    }
                }
                let sorted = counts.sorted {
                    $0.value != $1.value
                        ? $0.value > $1.value : $0.key.lexicographicallyPrecedes($1.key)
                }
                return sorted.prefix(question.limit).map {
                    PathCount(events: $0.key, count: $0.value)
                }
            })
    }
}
