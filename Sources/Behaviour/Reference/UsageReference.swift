import Vocabulary

extension BehaviourReference {
    /// Counts in how many periods people were active: every period of everyone by itself.
    public func answer(_ question: FrequencyQuestion) -> FrequencyAnswer {
        let borders = question.borders.map(\.microseconds)
        return FrequencyAnswer(
            people: groups(question.people, question.latest, [question.events]).map { people in
                let numbers = people.map { person in
                    zip(borders, borders.dropFirst()).filter {
                        person.did(question.events, from: $0, to: $1)
                    }.count
                }
                return (1..<borders.count).map { number in
                    numbers.filter { $0 == number }.count
                }
            })
    }

    /// Counts use: for each period, what everyone did in it, in the one before, and ever before.
    public func answer(_ question: UsageQuestion) -> UsageAnswer {
        let groups = groups(.everyone, question.latest, [question.eligible, question.used])
        let answers = groups.map { use(question, by: $0) }
        return UsageAnswer(
            periods: answers.map(\.periods), waiting: answers.map(\.waiting),
            microseconds: answers.map(\.lengths),
            people: question.latest == nil ? [] : groups.map(\.count))
    }

    private func use(
        _ question: UsageQuestion, by people: [PersonHistory]
    ) -> (periods: [UsageCounts], waiting: Int, lengths: [Int64]) {
        let borders = question.borders.map(\.microseconds)
        let days = question.days.map(\.microseconds)
        let last = borders[borders.count - 1]
        var periods = Array(repeating: UsageCounts(), count: borders.count - 1)
        var waiting = 0
        var lengths: [Int64] = []
        for person in people {
            func isUser(_ period: Int) -> Bool {
                let (start, end) = (borders[period], borders[period + 1])
                return person.did(question.eligible, from: start, to: end)
                    && person.did(question.used, from: start, to: end)
            }
            for period in periods.indices {
                let (start, end) = (borders[period], borders[period + 1])
                guard person.did(question.eligible, from: start, to: end) else { continue }
                periods[period].eligible += 1
                let uses = person.events.filter {
                    question.used.contains($0) && $0.time >= start && $0.time < end
                }
                guard !uses.isEmpty else { continue }
                periods[period].users += 1
                periods[period].uses += uses.count
                periods[period].days +=
                    zip(days, days.dropFirst()).filter { from, to in
                        uses.contains { $0.time >= from && $0.time < to }
                    }.count
                if !person.did(question.used, from: .min, to: start) { periods[period].first += 1 }
                if period > 0, isUser(period - 1) { periods[period].again += 1 }
            }
            let known = person.events.filter { $0.time < last }
            let could = known.filter { question.eligible.contains($0) }.map(\.time).min()
            let did = known.filter { question.used.contains($0) }.map(\.time).min()
            guard let could, question.begun.contains(Instant(microseconds: could)) else { continue }
            if let did {
                if did >= could { lengths.append(did - could) }
            } else {
                waiting += 1
            }
        }
        return (periods, waiting, lengths.sorted())
    }
}
