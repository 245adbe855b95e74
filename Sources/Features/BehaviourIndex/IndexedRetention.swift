import Behaviour
import Definitions
import Planning
import Vocabulary

extension RetentionPlan: IndexedQuestion {
    var source: String { question.retention.source }

    func frame(
        from index: IndexTranslation
    ) async throws(Failure) -> Result<Frame, NotIndexable> {
        let shape: RetentionShape
        switch try self.shape() {
        case .failure(let obstacle): return .failure(obstacle)
        case .success(let found): shape = found
        }
        if let obstacle = NotIndexable(entity: shape.entity, time: shape.time) {
            return .failure(obstacle)
        }
        let retention = question.retention
        let asked = ReturnsQuestion(
            start: try await index.selection(shape.filter + shape.starts),
            comeback: try await index.selection(shape.filter + shape.returns),
            onlyFirst: retention.cohorts == .first,
            ages: shape.rollingDays.map { .elapsed(Int64($0) * 86_400_000_000) } ?? .periods,
            cells: cells, borders: shape.borders, cohorts: shape.cohorts)
        let answer = try await index.snapshot.answer(asked, threads: index.threads)
        return .success(frame(of: answer))
    }

    private var cells: [ReturnsQuestion.AgeRange] {
        let retention = question.retention
        return retention.cells.map { cell in
            switch retention.criterion {
            case .on, .brackets:
                ReturnsQuestion.AgeRange(first: cell.lowerBound, last: cell.upperBound)
            case .onOrAfter: ReturnsQuestion.AgeRange(first: cell.lowerBound, last: nil)
            // Streaks have been refused.
            case .onOrBefore, .streak:
                ReturnsQuestion.AgeRange(first: 0, last: cell.upperBound)
            }
        }
    }

    /// A row for each cohort, and one for each of its ages by which the criterion judges somebody.
    private func frame(of answer: ReturnsAnswer) -> Frame {
        var rows: [(cohort: Int64, age: Int64?, people: Int64)] = []
        for (cohort, size) in answer.sizes.enumerated() where size > 0 {
            rows.append((Int64(cohort + 1), nil, Int64(size)))
            for (cell, people) in judged(answer.returned[cohort]).enumerated() where people > 0 {
                rows.append((Int64(cohort + 1), Int64(cell), Int64(people)))
            }
        }
        return Frame(columns: [
            FrameColumn(name: "cohort", values: .integers(rows.map(\.cohort))),
            FrameColumn(name: "age", values: .integers(rows.map(\.age))),
            FrameColumn(name: "people", values: .integers(rows.map(\.people))),
            FrameColumn(name: "amount", values: .numbers(rows.map { _ in 0 })),
        ])
    }

    /// How many are judged by each age: the statement names the first or the last one of a person,
    /// and its reader adds them up.
    private func judged(_ cells: [Int]) -> [Int] {
        switch question.retention.criterion {
        case .on, .brackets, .streak: return cells
        case .onOrAfter: return zip(cells, cells.dropFirst() + [0]).map { $0 - $1 }
        case .onOrBefore: return zip(cells, [0] + cells.dropLast()).map { $0 - $1 }
        }
    }
}
