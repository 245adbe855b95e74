import Vocabulary

extension BehaviourReference {
    /// Counts a retention: for each cohort, its people one by one, and each age by itself.
    public func answer(_ question: RetentionQuestion) -> RetentionAnswer {
        let borders = question.borders.map(\.microseconds)
        let periods = borders.count - 1
        var sizes: [[Int]] = []
        var retained: [[[Int]]] = []
        for people in groups(question.people) {
            let cohorts = (0..<periods).map { cohort in
                people.filter { person in
                    let first = question.cohorts == .first ? Int64.min : borders[cohort]
                    return person.did(
                        question.start, from: borders[cohort], to: borders[cohort + 1])
                        && !person.did(question.start, from: first, to: borders[cohort])
                }
            }
            sizes.append(cohorts.map(\.count))
            retained.append(
                cohorts.enumerated().map { cohort, people in
                    (0..<(periods - cohort)).map { age in
                        people.filter { person in
                            isRetained(person, question, borders, cohort, age)
                        }.count
                    }
                })
        }
        return RetentionAnswer(sizes: sizes, retained: retained)
    }

    private func isRetained(
        _ person: PersonHistory, _ question: RetentionQuestion, _ borders: [Int64], _ cohort: Int,
        _ age: Int
    ) -> Bool {
        let last = borders.count - 2 - cohort
        let returned = (0...last).map { came(person, question, borders, cohort, $0) }
        switch question.criterion {
        case .on: return returned[age]
        case .onOrAfter: return returned[age...].contains(true)
        case .onOrBefore: return age == 0 ? returned[0] : returned[1...age].contains(true)
        }
    }

    /// Whether somebody of a cohort came back at an age.
    private func came(
        _ person: PersonHistory, _ question: RetentionQuestion, _ borders: [Int64], _ cohort: Int,
        _ age: Int
    ) -> Bool {
        let (start, end) = (borders[cohort + age], borders[cohort + age + 1])
        guard age == 0 else { return person.did(question.comeback, from: start, to: end) }
        let starts = person.events.filter {
            $0.time >= start && $0.time < end && question.start.contains($0)
        }
        guard let begun = starts.map(\.time).min() else { return false }
        return person.did(question.comeback, from: begun, to: end)
    }
}
