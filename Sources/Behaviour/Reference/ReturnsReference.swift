import Vocabulary

extension BehaviourReference {
    /// Counts who returns: each cohort, person and cell by itself.
    public func answer(_ question: ReturnsQuestion) -> ReturnsAnswer {
        let borders = question.borders.map(\.microseconds)
        let groups = question.property.map { schema.properties[$0].values.count + 2 } ?? 1
        let none = [Int](repeating: 0, count: question.cohorts)
        var sizes = Array(repeating: none, count: groups)
        var returned = sizes.map { $0.map { _ in question.cells.map { _ in 0 } } }
        for person in histories {
            let starts = person.events.filter { question.start.contains($0) }.map(\.time)
            for cohort in 0..<question.cohorts {
                let own = starts.filter { $0 >= borders[cohort] && $0 < borders[cohort + 1] }
                guard let begun = own.min(), !question.onlyFirst || begun == starts.min()
                else { continue }
                let group =
                    question.property.map { self.group(of: person, question, $0, begun) } ?? 0
                sizes[group][cohort] += 1
                let ages = person.events.filter {
                    question.comeback.contains($0) && $0.time > begun
                }.map { event -> Int in
                    switch question.ages {
                    case .elapsed(let length): return Int((event.time - begun) / length)
                    case .periods:
                        let period = borders.lastIndex { $0 <= event.time } ?? 0
                        // After the last border somebody is older than any age that is asked for.
                        return period == borders.count - 1 ? .max : period - cohort
                    }
                }
                for (place, cell) in question.cells.enumerated()
                where ages.contains(where: { $0 >= cell.first && $0 <= cell.last ?? .max }) {
                    returned[group][cohort][place] += 1
                }
            }
        }
        return ReturnsAnswer(sizes: sizes, returned: returned)
    }

    /// The code of the value with which somebody begins; having none comes last.
    private func group(
        of person: PersonHistory, _ question: ReturnsQuestion, _ property: Int, _ begun: Int64
    ) -> Int {
        let own = person.events.filter { question.start.contains($0) && $0.time == begun }
            .map { $0.properties[property] }
        let named = own.filter { $0 != ValueDictionary.none }
        let first = named.min { one, other in
            text(one, property).utf8.lexicographicallyPrecedes(text(other, property).utf8)
        }
        return Int(first ?? ValueDictionary.none)
    }
}
