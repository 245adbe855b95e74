import Vocabulary

extension BehaviourReference {
    /// Counts active people: for each period, everyone who did something in it.
    public func answer(_ question: ActiveQuestion) -> ActiveAnswer {
        let borders = question.borders.map(\.microseconds)
        let periods = 0..<(borders.count - 1)
        func count(_ people: [PersonHistory], _ first: Int, _ last: Int) -> Int {
            people.filter { person in
                person.did(question.events, from: borders[first], to: borders[last + 1])
            }.count
        }
        let groups = groups(question.people, question.latest, [question.events])
        return ActiveAnswer(
            active: groups.map { people in periods.map { count(people, $0, $0) } },
            rolling: groups.map { people in
                question.rolling.map { window in
                    periods.map { count(people, max(0, $0 - window + 1), $0) }
                }
            }, people: question.latest == nil ? [] : groups.map(\.count))
    }
}
