import Vocabulary

extension BehaviourReference {
    /// Counts who returns: each cohort, person and cell by itself.
    public func answer(_ question: ReturnsQuestion) -> ReturnsAnswer {
        let borders = question.borders.map(\.microseconds)
        var sizes = [Int](repeating: 0, count: question.cohorts)
        var returned = sizes.map { _ in question.cells.map { _ in 0 } }
        for person in histories {
            let starts = person.events.filter { question.start.contains($0) }.map(\.time)
            for cohort in 0..<question.cohorts {
                let own = starts.filter { $0 >= borders[cohort] && $0 < borders[cohort + 1] }
                guard let begun = own.min(), !question.onlyFirst || begun == starts.min()
                else { continue }
                sizes[cohort] += 1
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
                    returned[cohort][place] += 1
                }
            }
        }
        return ReturnsAnswer(sizes: sizes, returned: returned)
    }
}
