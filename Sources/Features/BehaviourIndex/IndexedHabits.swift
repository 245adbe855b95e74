import Behaviour
import Definitions
import Planning
import Vocabulary

/// A question about what people do period by period: histories answer it where its rows are
/// conditions that they can tell.
protocol IndexedHabit: IndexedQuestion where Shape == HabitShape {
    associatedtype Definition: BehaviourDefinition
    /// The question with its statements.
    var plan: BehaviourPlan<Definition> { get }
}

extension IndexedHabit {
    var source: String { plan.question.definition.source }

    /// How people are parted; nil where they are not.
    ///
    /// - Parameters:
    ///   - shape: What histories must tell.
    ///   - from: Only what they did from then on; nil for all.
    ///   - index: The histories.
    /// - Returns: The part's value and what its codes mean.
    /// - Throws: `behaviour/not-indexed`.
    fileprivate func parts(
        _ shape: HabitShape, from: Instant? = nil, _ index: IndexTranslation
    ) throws(Failure) -> (latest: LatestValue, values: ValueDictionary)? {
        guard let name = shape.dimension, let before = shape.borders.last else { return nil }
        let place = try index.place(of: name)
        return (
            LatestValue(property: place, from: from, before: before),
            index.snapshot.schema.properties[place]
        )
    }
}

/// A lifecycle that histories may answer.
struct IndexedLifecycle: IndexedHabit {
    let plan: BehaviourPlan<LifecycleDefinition>

    func shape() throws(Failure) -> Result<HabitShape, NotIndexable> { try plan.shape() }

    func frame(
        _ shape: HabitShape, from index: IndexTranslation
    ) async throws(Failure) -> Frame {
        let parts = try parts(shape, index)
        let answer = try await index.snapshot.answer(
            LifecycleQuestion(
                events: try await index.selection(shape.filter + shape.rows[0]),
                borders: shape.borders, latest: parts?.latest), threads: index.threads)
        var table = HabitTable(measures: 4)
        for group in HabitGroup.all(answer.people, parts?.values, limit: plan.question.limit) {
            let periods = group.sums(
                answer.periods.map { $0.map { [$0.new, $0.current, $0.resurrected, $0.dormant] } })
            let none = [0, 0, 0, 0]
            // Number 1 is the period before the first one, and who leaves is told where last seen.
            for number in 0...periods.count {
                let own = number > 0 ? periods[number - 1] : none
                let next = number < periods.count ? periods[number] : none
                table.add(group, kind: 0, key: number + 1, own.dropLast() + [next[3]])
            }
        }
        return table.frame
    }
}

/// Active people that histories may tell.
struct IndexedActivity: IndexedHabit {
    let plan: BehaviourPlan<ActivityDefinition>

    func shape() throws(Failure) -> Result<HabitShape, NotIndexable> { try plan.shape() }

    func frame(
        _ shape: HabitShape, from index: IndexTranslation
    ) async throws(Failure) -> Frame {
        let parts = try parts(shape, from: shape.borders.first, index)
        let events = try await index.selection(shape.filter + shape.rows[0])
        let windows = [ActivityAnswer.weekDays, ActivityAnswer.monthDays]
        let active = try await index.snapshot.answer(
            ActiveQuestion(
                events: events, borders: shape.borders, rolling: windows, latest: parts?.latest),
            threads: index.threads)
        let often = try await index.snapshot.answer(
            FrequencyQuestion(events: events, borders: shape.days, latest: parts?.latest),
            threads: index.threads)
        var table = HabitTable(measures: 1)
        let first = plan.activeDays.start.number
        for group in HabitGroup.all(active.people, parts?.values, limit: plan.question.limit) {
            for (day, count) in group.sums(active.active).enumerated() where count > 0 {
                table.add(group, kind: 0, key: (first + day) * 100 + 1, [count])
            }
            for (size, counts) in zip(windows, group.sums(active.rolling)) {
                var before = 0
                for (day, count) in counts.enumerated() where count != before {
                    table.add(group, kind: 0, key: (first + day) * 100 + size, [count - before])
                    before = count
                }
            }
            for (number, people) in group.sums(often.people).enumerated() where people > 0 {
                table.add(group, kind: 1, key: number + 1, [people])
            }
        }
        return table.frame
    }
}

/// An adoption that histories may tell.
struct IndexedAdoption: IndexedHabit {
    let plan: BehaviourPlan<AdoptionDefinition>

    func shape() throws(Failure) -> Result<HabitShape, NotIndexable> { try plan.shape() }

    func frame(
        _ shape: HabitShape, from index: IndexTranslation
    ) async throws(Failure) -> Frame {
        let parts = try parts(shape, index)
        let usage = try await index.snapshot.answer(
            UsageQuestion(
                eligible: try await index.selection(shape.filter + shape.rows[0]),
                used: try await index.selection(shape.filter + shape.rows[1]),
                borders: shape.borders, days: shape.days, begun: plan.beginners,
                latest: parts?.latest), threads: index.threads)
        let periods = usage.periods.map { group in
            group.map { [$0.eligible, $0.users, $0.uses, $0.days, $0.first, $0.again] }
        }
        var table = HabitTable(measures: 6)
        for group in HabitGroup.all(usage.people, parts?.values, limit: plan.question.limit) {
            for (number, counts) in group.sums(periods).enumerated() {
                table.add(group, kind: 0, key: number + 1, counts)
            }
            addTimes(
                group, waiting: group.codes.reduce(0) { $0 + usage.waiting[$1] },
                group.codes.flatMap { usage.microseconds[$0] }, to: &table)
        }
        return table.frame(withNumber: true)
    }

    /// How long it took.
    private func addTimes(
        _ group: HabitGroup, waiting: Int, _ microseconds: [Int64], to table: inout HabitTable
    ) {
        let limits = Planning.AdoptionAnswer.bins.map { Int64($0.seconds) * 1_000_000 }
        var bins = [Int](repeating: 0, count: limits.count + 2)
        bins[0] = waiting
        for length in microseconds {
            let bin = limits.firstIndex { length <= $0 }
            bins[(bin ?? limits.count) + 1] += 1
        }
        for (bin, people) in bins.enumerated() where people > 0 {
            table.add(group, kind: 1, key: bin, [people])
        }
        let beginners = waiting + microseconds.count
        if beginners > 0 {
            table.add(
                group, kind: 2, key: 0, [beginners],
                number: OrderStatistics(microseconds).quantiles([0.5])[0])
        }
    }
}
