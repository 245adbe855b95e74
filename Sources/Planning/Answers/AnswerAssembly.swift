import Definitions
import Statistics
import Vocabulary

/// Makes an answer of what the reads of a plan returned.
public struct AnswerAssembly {
    let plan: QuestionPlan
    private let evaluator: PlanEvaluator
    private let reader: TallyReader
    private let results: [ReadResult]
    private let completeness: Completeness
    private let minimumCount: Int
    /// For each metric the days of its data; nil without rows that have a time.
    private let covered: [TimeRange?]
    let fits: LifetimeFits

    /// Prepares to assemble.
    ///
    /// - Parameters:
    ///   - plan: The plan.
    ///   - reads: The reads that ran: those of the plan, with the shown values filled in.
    ///   - frames: Their results, in the same order.
    ///   - catalog: The definitions.
    ///   - facts: What is known of the sources' data.
    ///   - fits: The models that were fitted for questions before.
    public init(
        _ plan: QuestionPlan, reads: [Read], frames: [Frame], catalog: Catalog,
        facts: [String: SourceFacts], fits: LifetimeFits = LifetimeFits()
    ) {
        self.plan = plan
        self.fits = fits
        results = zip(reads, frames).map { ReadResult($0, $1) }
        completeness = Completeness(
            catalog: catalog, facts: facts, calendar: plan.timeline.calendar)
        reader = TallyReader(
            plan: plan, results: results, facts: facts, completeness: completeness, fits: fits)
        evaluator = PlanEvaluator(plan, reader: reader)
        minimumCount = catalog.settings.minimumCount
        covered = plan.metrics.map { metric in
            let days = metric.sources.compactMap {
                facts[$0]?.days(of: catalog.sources[$0], in: plan.timeline.calendar.zone)
            }
            guard let start = days.map(\.start).min(), let end = days.map(\.end).max() else {
                return nil
            }
            return TimeRange(start: start, end: end)
        }
    }

    /// The answer, without receipts.
    ///
    /// - Throws: `statistics/impossible-time` and `question/not-a-count` where the rows cannot be
    ///   what an estimate needs.
    public func answer() throws(Failure) -> Answer {
        let parts = parts()
        var rows: [AnswerRow] = []
        for (index, period) in plan.timeline.periods.enumerated() {
            let counterpart =
                plan.timeline.counterparts.isEmpty ? nil : plan.timeline.counterparts[index]
            for part in parts {
                let cells = plan.metrics.map { metric in
                    cell(metric, period: period, counterpart: counterpart, part: part)
                }
                rows.append(AnswerRow(period: period, part: part, cells: cells))
            }
        }
        try requirePossible(rows)
        let metrics = plan.metrics.map {
            AnswerMetric(
                id: $0.metric.id, title: $0.metric.title, unit: $0.unit, better: $0.metric.better)
        }
        return Answer(
            question: plan.question, metrics: metrics, rows: rows,
            notes: AnswerNotes(
                plan: plan, rows: rows, minimumCount: minimumCount, covered: covered
            ).notes)
    }

    /// Refuses rows that no estimate can be made of; too few of them leave it undefined.
    private func requirePossible(_ rows: [AnswerRow]) throws(Failure) {
        let quantities = rows.lazy.flatMap(\.cells).map(\.quantity)
        if let refusal = quantities.first(where: \.isOfImpossibleRows)?.obstacle { throw refusal }
    }

    /// A tally's rows in the first period, one by one.
    func observations(of tally: Tally, part: Part) -> [ReadResult.Numbers] {
        guard let placement = plan.placements[tally], let period = plan.timeline.periods.first,
            let slot = plan.slots.firstIndex(of: period)
        else { return [] }
        return reader.observations(placement, slot: slot, part: part)
    }

    /// The parts in the order of their weight over the whole range; the missing and the rest last.
    func parts() -> [Part] {
        guard !plan.question.dimensions.isEmpty else { return [.whole] }
        let all = results.reduce(into: Set<Part>()) { $0.formUnion($1.parts) }
        guard let first = plan.metrics.first else { return [] }
        var weights: [Part: Double] = [:]
        for part in all {
            weights[part] = plan.timeline.periods.reduce(0) { sum, period in
                let quantity = evaluator.quantity(first, period: period, part: part)
                return sum + (quantity.denominator ?? quantity.value ?? 0)
            }
        }
        let rank: (Part) -> Int = { part in
            part.values.map { $0 == .other ? 2 : $0 == .none ? 1 : 0 }.max() ?? 0
        }
        return all.sorted { left, right in
            if rank(left) != rank(right) { return rank(left) < rank(right) }
            let (a, b) = (weights[left] ?? 0, weights[right] ?? 0)
            if a != b { return a > b }
            return left.values.map { $0.text ?? "" }.lexicographicallyPrecedes(
                right.values.map { $0.text ?? "" })
        }
    }

    private func cell(
        _ metric: MetricPlan, period: Period, counterpart: Period?, part: Part
    ) -> AnswerCell {
        let quantity = evaluator.quantity(metric, period: period, part: part)
        let isComplete = completeness.isComplete(period, sources: metric.sources)
        var change: Change?
        if plan.question.comparison != nil {
            change = self.change(
                metric, quantity, isComplete: isComplete, counterpart: counterpart, part: part)
        }
        return AnswerCell(
            quantity: quantity, interval: quantity.interval, isComplete: isComplete, change: change)
    }

    /// A change is told between complete periods only.
    private func change(
        _ metric: MetricPlan, _ quantity: Quantity, isComplete: Bool, counterpart: Period?,
        part: Part
    ) -> Change {
        let before =
            counterpart.map { evaluator.quantity(metric, period: $0, part: part) } ?? .undefined
        let isComparable =
            isComplete
            && (counterpart.map { completeness.isComplete($0, sources: metric.sources) } ?? false)
        let unit = Change.unit(for: metric.unit, previous: before.value)
        guard isComparable, let now = quantity.value, let previous = before.value else {
            return Change(
                previous: before.value, comparedWith: counterpart, value: nil, unit: unit,
                interval: nil)
        }
        let scale = unit == .percent ? 1 / previous : 1
        let interval = quantity.intervalOfChange(from: before).flatMap {
            try? $0.scaled(by: scale)
        }
        return Change(
            previous: previous, comparedWith: counterpart, value: (now - previous) * scale,
            unit: unit, interval: interval)
    }
}

extension Change {
    /// Shares change in percentage points, scores in points; a percentage needs a positive base.
    static func unit(for unit: Vocabulary.Unit, previous: Double?) -> Change.Unit {
        switch unit {
        case .share: .percentagePoints
        case .points: .points
        case .count, .money, .number, .duration, .ratio: (previous ?? 0) > 0 ? .percent : .unit
        }
    }
}
