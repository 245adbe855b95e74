import Behaviour
import Definitions
import Planning
import Vocabulary

extension RetentionPlan: IndexedQuestion {
    var source: String { question.retention.source }

    func frame(
        _ shape: RetentionShape, from index: IndexTranslation
    ) async throws(Failure) -> Frame {
        let retention = question.retention
        let property = try shape.dimension.map { name throws(Failure) in
            try index.place(of: name)
        }
        let asked = ReturnsQuestion(
            start: try await index.selection(shape.filter + shape.starts),
            comeback: try await index.selection(shape.filter + shape.returns),
            onlyFirst: retention.cohorts == .first,
            ages: shape.rollingDays.map { .elapsed(Int64($0) * 86_400_000_000) } ?? .periods,
            cells: cells, borders: shape.borders, cohorts: shape.cohorts,
            property: property)
        let answer = try await index.snapshot.answer(asked, threads: index.threads)
        return frame(of: answer, values: property.map { index.snapshot.schema.properties[$0] })
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

    /// A row of the frame.
    private struct Row {
        let cohort: Int
        let age: Int?
        let people: Int
        let part: Int?
        let value: String?
    }

    /// A row for each cohort, and one for each of its ages by which the criterion judges somebody:
    /// of all together, and where they are split of each part.
    private func frame(of answer: ReturnsAnswer, values: ValueDictionary?) -> Frame {
        let groups = Array(answer.sizes.indices)
        var rows = rows(of: answer, groups, part: nil, value: nil)
        if let values {
            let parts = PartNumbers(
                answer.sizes.map { $0.reduce(0, +) }, values, limit: question.limit)
            for (part, groups) in parts.groups {
                rows += self.rows(of: answer, groups, part: part, value: parts.value(of: part))
            }
        }
        return Frame(columns: [
            FrameColumn(name: "cohort", values: .integers(rows.map { Int64($0.cohort) })),
            FrameColumn(name: "age", values: .integers(rows.map { $0.age.map(Int64.init) })),
            FrameColumn(name: "people", values: .integers(rows.map { Int64($0.people) })),
            FrameColumn(name: "amount", values: .numbers(rows.map { _ in 0 })),
            FrameColumn(name: "part", values: .integers(rows.map { $0.part.map(Int64.init) })),
            FrameColumn(name: "value", values: .texts(rows.map(\.value))),
        ])
    }

    /// The rows of some groups together.
    private func rows(
        of answer: ReturnsAnswer, _ groups: [Int], part: Int?, value: String?
    ) -> [Row] {
        var rows: [Row] = []
        for cohort in question.cohorts.indices {
            let size = groups.reduce(0) { $0 + answer.sizes[$1][cohort] }
            guard size > 0 else { continue }
            func add(_ age: Int?, _ people: Int) {
                rows.append(
                    Row(cohort: cohort + 1, age: age, people: people, part: part, value: value))
            }
            add(nil, size)
            let cells = question.retention.cells.indices.map { cell in
                groups.reduce(0) { $0 + answer.returned[$1][cohort][cell] }
            }
            for (cell, people) in judged(cells).enumerated() where people > 0 { add(cell, people) }
        }
        return rows
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
