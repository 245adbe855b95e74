import Behaviour
import Definitions
import Planning
import Vocabulary

extension FunnelPlan: IndexedQuestion {
    var source: String { question.funnel.source }

    func frame(
        _ shape: FunnelShape, from index: IndexTranslation
    ) async throws(Failure) -> Frame {
        let asked = try await attempts(shape, index)
        let answer = try await index.snapshot.answer(asked, threads: index.threads)
        let values = try shape.dimension.map { name throws(Failure) in
            index.snapshot.schema.properties[try index.place(of: name)]
        }
        return AttemptsTally(plan: self, shape: shape, answer: answer, values: values).frame
    }

    private func attempts(
        _ shape: FunnelShape, _ index: IndexTranslation
    ) async throws(Failure) -> AttemptsQuestion {
        let funnel = question.funnel
        var steps: [EventSelection] = []
        for step in shape.steps { steps.append(try await index.selection(shape.filter + step)) }
        var excluded: [AttemptsQuestion.Excluded] = []
        for (rows, exclusion) in zip(shape.excluded, funnel.exclusions) {
            excluded.append(
                AttemptsQuestion.Excluded(
                    try await index.selection(shape.filter + rows), after: exclusion.after,
                    before: exclusion.before, removes: exclusion.rule == .person))
        }
        let reentry: AttemptsQuestion.Reentry =
            switch funnel.reentry {
            case .everyStart: .everyStart
            case .afterWindow: .afterWindow
            case .afterConversion: .afterConversion
            case .never: .never
            }
        let order: AttemptsQuestion.Order =
            switch funnel.order {
            case .sequential: .ordered
            case .strict: .strict
            // An anchored funnel has no shape, so it does not come here.
            case .any, .anchored: .any
            }
        return AttemptsQuestion(
            steps: steps, order: order,
            optional: Set(funnel.steps.indices.filter { funnel.steps[$0].isOptional }),
            ties: funnel.ties == .apart ? .apart : .together,
            windowMicroseconds: funnel.windowSeconds.map { Int64($0) * 1_000_000 },
            excluded: excluded, entered: shape.entered, reentry: reentry,
            onlyBest: funnel.counting == .people,
            property: try shape.dimension.map { name throws(Failure) in try index.place(of: name) },
            same: try shape.same.map { name throws(Failure) in try index.place(of: name) })
    }
}

/// Counts attempts as the statement of a funnel does: all of them, by period, and by value.
private struct AttemptsTally {
    let plan: FunnelPlan
    let shape: FunnelShape
    let answer: AttemptsAnswer
    /// The values of the dimension; nil without one.
    let values: ValueDictionary?

    /// The attempts that are counted together, as a row of the frame.
    private struct Row {
        var kind: Int64
        var period: Int64?
        var part: String?
        var isRest = false
        var attempts: [Int]
        var isTimed: Bool
    }

    private var steps: Int { answer.steps }

    var frame: Frame {
        let all = Array(0..<answer.count)
        let rows =
            [Row(kind: 0, attempts: all, isTimed: true)] + periods(all) + parts(all)
        let columns = rows.map { measures($0) }
        var found: [FrameColumn] = [
            FrameColumn(name: "kind", values: .integers(rows.map(\.kind))),
            FrameColumn(name: "period", values: .integers(rows.map(\.period))),
            FrameColumn(name: "part", values: .texts(rows.map(\.part))),
            FrameColumn(name: "rest", values: .booleans(rows.map(\.isRest))),
        ]
        for (place, name) in plan.countColumns.enumerated() {
            found.append(
                FrameColumn(
                    name: name,
                    values: place < steps
                        ? .integers(columns.map { $0.counts[place] })
                        : .numbers(columns.map { $0.times[place - steps] })))
        }
        return Frame(columns: found)
    }

    private func periods(_ all: [Int]) -> [Row] {
        guard !shape.periods.isEmpty else { return [] }
        let starts = shape.periods.map(\.microseconds)
        var found: [Int: [Int]] = [:]
        for attempt in all {
            let begun = answer.times[attempt * steps]
            var (low, high) = (0, starts.count - 1)
            while low < high {
                let middle = (low + high + 1) / 2
                if begun < starts[middle] { high = middle - 1 } else { low = middle }
            }
            found[low + 1, default: []].append(attempt)
        }
        return found.sorted { $0.key < $1.key }.map {
            Row(kind: 1, period: Int64($0.key), attempts: $0.value, isTimed: false)
        }
    }

    private func parts(_ all: [Int]) -> [Row] {
        guard let values else { return [] }
        var found: [String?: [Int]] = [:]
        for attempt in all {
            found[values.value(answer.values[attempt]), default: []].append(attempt)
        }
        let named = found.compactMap { part in part.key.map { (value: $0, attempts: part.value) } }
            .sorted { left, right in
                left.attempts.count != right.attempts.count
                    ? left.attempts.count > right.attempts.count
                    : left.value.utf8.lexicographicallyPrecedes(right.value.utf8)
            }
        var rows = named.prefix(plan.question.limit).map {
            Row(kind: 2, part: $0.value, attempts: $0.attempts, isTimed: true)
        }
        if let none = found[nil] {
            // Of equally many, a value comes before having none.
            let place = rows.firstIndex { $0.attempts.count < none.count } ?? rows.count
            rows.insert(Row(kind: 2, attempts: none, isTimed: true), at: place)
        }
        let rest = named.dropFirst(plan.question.limit).flatMap(\.attempts)
        if !rest.isEmpty {
            rows.append(Row(kind: 2, isRest: true, attempts: rest, isTimed: true))
        }
        return rows
    }

    private func measures(_ row: Row) -> (counts: [Int64], times: [Double?]) {
        var counts = [Int64](repeating: 0, count: steps)
        var times: [Double?] = []
        for step in 0..<steps {
            let reached = row.attempts.filter {
                answer.times[$0 * steps + step] != AttemptsAnswer.never
            }
            counts[step] = Int64(reached.count)
            guard step > 0 else { continue }
            let isAny = plan.question.funnel.order == .any
            let before = plan.question.funnel.required.last { $0 < step } ?? 0
            func quantiles(from start: Int, isTold: Bool) -> [Double?] {
                guard isTold, row.isTimed else { return FunnelPlan.ranks.map { _ in nil } }
                let lengths = reached.map {
                    max(0, answer.times[$0 * steps + step] - answer.times[$0 * steps + start])
                }
                return OrderStatistics(lengths).quantiles(FunnelPlan.ranks)
            }
            // Steps in any order have no order in time, but for the first moment and the last.
            let isTold = !isAny || step == steps - 1
            let first = quantiles(from: 0, isTold: isTold)
            let previous = quantiles(from: before, isTold: isTold && (!isAny || before == 0))
            for (one, other) in zip(first, previous) { times += [one, other] }
        }
        return (counts, times)
    }
}
