import Definitions
import Vocabulary

/// Turns a question into a plan: names are resolved, types known, scans shared.
///
/// The steps, in order: resolve each metric to a tree of tallies (``MetricResolver``), find the
/// stretches of time that each tally needs (``TallyPlacer``), and rewrite the reads
/// (``ReadPass``). Nothing here touches data.
public struct Planner: Sendable {
    let catalog: Catalog
    let facts: [String: SourceFacts]

    /// Prepares to plan questions about a catalogue.
    ///
    /// - Parameters:
    ///   - catalog: The definitions.
    ///   - facts: What is known of the sources' data, by name.
    public init(catalog: Catalog, facts: [String: SourceFacts]) {
        self.catalog = catalog
        self.facts = facts
    }

    /// The plan of a question.
    ///
    /// - Throws: `question/…` for what cannot be asked, `definition/…` and `expression/…` for
    ///   definitions that do not fit the data.
    public func plan(_ question: Question) throws(Failure) -> QuestionPlan {
        try check(question)
        let timeline = Timeline(question)
        let resolver = MetricResolver(catalog: catalog, facts: facts, question: question)
        var metrics: [MetricPlan] = []
        for id in question.metrics { metrics.append(try resolver.plan(id)) }

        let trees = metrics.map(\.plan)
        let needs = trees.reduce(into: [Tally: Set<SlotNeed>]()) { all, tree in
            all.merge(tree.needs) { $0.union($1) }
        }
        let slots = try Slots(timeline, needs: needs.values.reduce(into: []) { $0.formUnion($1) })
        let tallies = trees.flatMap(\.tallies).uniqued()
        var placer = TallyPlacer(slots: slots.all, facts: facts, calendar: question.calendar)
        for tally in tallies {
            try placer.place(
                tally, parts: try resolver.parts(for: tally.source),
                in: slots.periods(needs[tally] ?? []))
        }
        let leaders = try leaders(
            question, timeline: timeline, tallies: trees.first?.tallies ?? [], resolver: resolver)
        var list = placer.list
        for pass in Planner.passes { pass.rewrite(&list) }
        return QuestionPlan(
            question: question, timeline: timeline, metrics: metrics, slots: slots.all,
            reads: list.reads, placements: list.placements, leaders: leaders)
    }

    /// The rewrites of reads, in order.
    static let passes: [any ReadPass] = [NullSafeComparisons(), ShareScans()]

    private func check(_ question: Question) throws(Failure) {
        guard !question.metrics.isEmpty else {
            throw Failure(
                .noMetric, "The question names no metric.", hint: "Name at least one metric.")
        }
        guard question.dimensions.count <= 3 else {
            throw Failure(
                .tooManyDimensions,
                "The question splits by \(question.dimensions.count) dimensions; three are possible.",
                hint: "Split by fewer dimensions, or filter by some of them.")
        }
        if let grain = question.grain {
            let days = grain == .hour ? question.range.days * 24 : question.range.days
            guard days / max(1, Planner.daysPerPeriod(grain)) <= Planner.periodsMax else {
                throw Planner.tooManyPeriods(question.range)
            }
        }
        guard question.range.days > 0 else {
            throw Failure(
                .emptyRange, "The range has no days.", hint: "Ask for at least one day.")
        }
    }

    static let periodsMax = 5_000

    static func tooManyPeriods(_ range: TimeRange) -> Failure {
        Failure(
            .tooManyPeriods, "The range \(range) has more than \(Planner.periodsMax) periods.",
            hint: "Ask for a shorter range or a longer grain.")
    }

    private static func daysPerPeriod(_ grain: Grain) -> Int {
        switch grain {
        case .hour, .day: 1
        case .week: 7
        case .month: 28
        case .quarter: 90
        case .year: 364
        }
    }

    /// One read for each dimension that has more values than are shown.
    ///
    /// The values are chosen by the widest tally of the first metric, the one with the fewest
    /// conditions, so that a share shows the values with the most cases: its denominator's. A value
    /// that only the numerator's rows have is in no denominator anyway. Of tallies with as many
    /// conditions the first counts.
    private func leaders(
        _ question: Question, timeline: Timeline, tallies: [Tally], resolver: MetricResolver
    ) throws(Failure) -> [LeaderRead] {
        let widest = tallies.min { $0.conditions.count < $1.conditions.count }
        guard !question.dimensions.isEmpty, let widest else { return [] }
        let parts = try resolver.parts(for: widest.source)
        let whole = timeline.calendar.period(nil, question.range)
        var result: [LeaderRead] = []
        for part in parts where !hasFewValues(part, source: widest.source, limit: question.limit) {
            let read = Read(
                source: widest.source, time: widest.time, bucketing: Bucketing([whole]),
                conditions: widest.conditions + widest.questionConditions, parts: [part],
                body: .measures([widest.ranking]))
            var list = ReadList(reads: [read])
            NullSafeComparisons().rewrite(&list)
            result.append(LeaderRead(key: part, read: list.reads[0], limit: question.limit))
        }
        return result
    }

    /// Whether statistics say that a dimension's values all fit, so that none need be chosen.
    ///
    /// The database estimates the number; a tenth over is allowed for.
    private func hasFewValues(_ part: PartKey, source: String, limit: Int) -> Bool {
        guard case .column(let name) = part.value.node,
            let column = facts[source]?.columns.first(where: { $0.name == name }),
            let distinct = column.distinct
        else { return false }
        return distinct + distinct / 10 <= limit
    }
}

extension Tally {
    /// The measure by which values of a dimension are ranked.
    var ranking: Measure {
        switch function {
        case .rows, .average, .percentile, .min, .max, .firsts, .products, .stock, .deviation,
            .promoters, .open, .survival, .transition, .lifecycle, .lifetime, .concentration:
            Measure(.rows)
        case .present(let value): Measure(.present(value))
        case .distinct(let value): Measure(.distinct(value))
        case .both(let value, let one, _): Measure(.distinct(value), where: [one])
        case .sum(let value): Measure(.sum(value))
        }
    }
}

extension Failure.Code {
    /// A question names no metric.
    public static let noMetric: Self = "question/no-metric"
    /// A question splits by more dimensions than are possible.
    public static let tooManyDimensions: Self = "question/too-many-dimensions"
    /// A question has more periods than are possible.
    public static let tooManyPeriods: Self = "question/too-many-periods"
    /// A question's range has no days.
    public static let emptyRange: Self = "question/empty-range"
}
