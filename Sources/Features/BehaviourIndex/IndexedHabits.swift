import Behaviour
import Definitions
import Planning
import Vocabulary

/// A question about what people do period by period: histories answer it where its rows are
/// conditions that they can tell.
protocol IndexedHabit: IndexedQuestion {
    associatedtype Definition: BehaviourDefinition
    /// The question with its statements.
    var plan: BehaviourPlan<Definition> { get }
    /// What histories must tell, or why they cannot.
    ///
    /// - Throws: `expression/…`, with the place in the definition.
    func shape() throws(Failure) -> Result<HabitShape, NotIndexable>
    /// What the statement would return.
    ///
    /// - Throws: As ``IndexedQuestion/frame(from:)``.
    func frame(_ shape: HabitShape, from index: IndexTranslation) async throws(Failure) -> Frame
}

extension IndexedHabit {
    var source: String { plan.question.definition.source }

    func frame(
        from index: IndexTranslation
    ) async throws(Failure) -> Result<Frame, NotIndexable> {
        let shape: HabitShape
        switch try self.shape() {
        case .failure(let obstacle): return .failure(obstacle)
        case .success(let found): shape = found
        }
        if let obstacle = NotIndexable(entity: shape.entity, time: shape.time) {
            return .failure(obstacle)
        }
        return .success(try await frame(shape, from: index))
    }
}

/// A lifecycle that histories may answer.
struct IndexedLifecycle: IndexedHabit {
    let plan: BehaviourPlan<LifecycleDefinition>

    func shape() throws(Failure) -> Result<HabitShape, NotIndexable> { try plan.shape() }

    func frame(
        _ shape: HabitShape, from index: IndexTranslation
    ) async throws(Failure) -> Frame {
        let asked = LifecycleQuestion(
            events: try await index.selection(shape.filter + shape.rows[0]),
            borders: shape.borders)
        let periods = try await index.snapshot.answer(asked, threads: index.threads).periods[0]
        var table = HabitTable(measures: 4)
        // Number 1 is the period before the first one, and who leaves is told where last seen.
        for number in 0...periods.count {
            let own = number > 0 ? periods[number - 1] : LifecycleCounts()
            let next = number < periods.count ? periods[number] : LifecycleCounts()
            table.add(
                kind: 0, key: number + 1,
                [own.new, own.current, own.resurrected, next.dormant])
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
        let events = try await index.selection(shape.filter + shape.rows[0])
        let windows = [ActivityAnswer.weekDays, ActivityAnswer.monthDays]
        let active = try await index.snapshot.answer(
            ActiveQuestion(events: events, borders: shape.borders, rolling: windows),
            threads: index.threads)
        let often = try await index.snapshot.answer(
            FrequencyQuestion(events: events, borders: shape.days), threads: index.threads)
        var table = HabitTable(measures: 1)
        let first = plan.activeDays.start.number
        for (day, count) in active.active[0].enumerated() where count > 0 {
            table.add(kind: 0, key: (first + day) * 100 + 1, [count])
        }
        for (size, counts) in zip(windows, active.rolling[0]) {
            var before = 0
            for (day, count) in counts.enumerated() where count != before {
                table.add(kind: 0, key: (first + day) * 100 + size, [count - before])
                before = count
            }
        }
        for (number, people) in often.people[0].enumerated() where people > 0 {
            table.add(kind: 1, key: number + 1, [people])
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
        let usage = try await index.snapshot.answer(
            UsageQuestion(
                eligible: try await index.selection(shape.filter + shape.rows[0]),
                used: try await index.selection(shape.filter + shape.rows[1]),
                borders: shape.borders, days: shape.days, begun: plan.beginners),
            threads: index.threads)
        var table = HabitTable(measures: 6)
        for (number, period) in usage.periods.enumerated() {
            table.add(
                kind: 0, key: number + 1,
                [
                    period.eligible, period.users, period.uses, period.days, period.first,
                    period.again,
                ])
        }
        let limits = Planning.AdoptionAnswer.bins.map { Int64($0.seconds) * 1_000_000 }
        var bins = [Int](repeating: 0, count: limits.count + 2)
        bins[0] = usage.waiting
        for length in usage.microseconds {
            let bin = limits.firstIndex { length <= $0 }
            bins[(bin ?? limits.count) + 1] += 1
        }
        for (bin, people) in bins.enumerated() where people > 0 {
            table.add(kind: 1, key: bin, [people])
        }
        let beginners = usage.waiting + usage.microseconds.count
        if beginners > 0 {
            table.add(
                kind: 2, key: 0, [beginners],
                number: OrderStatistics(usage.microseconds).quantiles([0.5])[0])
        }
        return table.frame(withNumber: true)
    }
}

/// The rows of a statement about habits: kind, part, value, key, and measures.
private struct HabitTable {
    private let measures: Int
    private var rows: [(kind: Int, key: Int, values: [Int], number: Double?)] = []

    init(measures: Int) { self.measures = measures }

    /// Adds a row of the total; measures that are not given are 0.
    mutating func add(kind: Int, key: Int, _ values: [Int], number: Double? = nil) {
        rows.append((kind, key, values, number))
    }

    var frame: Frame { frame(withNumber: false) }

    /// The rows, perhaps with a last column of numbers.
    func frame(withNumber: Bool) -> Frame {
        var columns = [
            FrameColumn(name: "kind", values: .integers(rows.map { Int64($0.kind) })),
            FrameColumn(name: "part", values: .integers(rows.map { _ in nil })),
            FrameColumn(name: "value", values: .texts(rows.map { _ in nil })),
            FrameColumn(name: "key", values: .integers(rows.map { Int64($0.key) })),
        ]
        for place in 0..<measures {
            columns.append(
                FrameColumn(
                    name: "m\(place)",
                    values: .integers(
                        rows.map { place < $0.values.count ? Int64($0.values[place]) : 0 })))
        }
        if withNumber {
            columns.append(FrameColumn(name: "number", values: .numbers(rows.map(\.number))))
        }
        return Frame(columns: columns)
    }
}
