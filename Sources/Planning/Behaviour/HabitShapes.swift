import Definitions
import Vocabulary

/// A question about what people do period by period, as far as histories of people can answer it.
public struct HabitShape: HistoryShape {
    /// The column of whoever does something.
    public let entity: String
    /// The column of times.
    public let time: String
    /// Which rows are looked at; all must hold.
    public let filter: [RowCondition]
    /// The selections of rows that the question names, in its order.
    public let rows: [[RowCondition]]
    /// The borders of the periods, one more than periods.
    public let borders: [Instant]
    /// The borders of the days that it looks at beside them.
    public let days: [Instant]
    /// The column by whose latest value people are split.
    public let dimension: String?
}

extension BehaviourPlan {
    fileprivate func shape(
        _ selections: [(rows: RowSelection, path: String)], borders: [Day], days: [Day] = []
    ) throws(Failure) -> Result<HabitShape, NotIndexable> {
        var reading = RowConditionReading(input)
        if time.isDay { reading.refuse("its events have days, not times") }
        var filter = try reading.conditions(question.definition.filter, at: "where")
        for extra in question.filters { filter += try reading.conditions(extra, at: "") }
        var rows: [[RowCondition]] = []
        for selection in selections {
            rows.append(try reading.conditions(selection.rows, at: selection.path))
        }
        let entity = try reading.column(entity.value, at: "by", "whoever is counted")
        let dimension = try reading.dimension(question.dimension)
        if let obstacle = reading.obstacle { return .failure(obstacle) }
        return .success(
            HabitShape(
                entity: entity, time: time.column ?? "", filter: filter, rows: rows,
                borders: borders.map { time.start(of: $0) },
                days: days.map { time.start(of: $0) }, dimension: dimension))
    }

    fileprivate func everyDay(_ range: TimeRange) -> [Day] {
        (0...max(1, range.days)).map { range.start.adding(days: $0) }
    }
}

extension BehaviourPlan where Definition == LifecycleDefinition {
    /// What histories must tell: who is active, in the period before the first one and in all.
    ///
    /// - Throws: `expression/…`, with the place in the definition.
    public func shape() throws(Failure) -> Result<HabitShape, NotIndexable> {
        let end = question.periods.last.map { [$0.range.end] } ?? []
        return try shape(
            [(RowSelection(events: question.definition.events), "events")], borders: starts + end)
    }
}

extension BehaviourPlan where Definition == ActivityDefinition {
    /// The days that the widest window of the first day begins with, up to the range's end.
    public var activeDays: TimeRange {
        let first = min(
            question.range.start.adding(days: 1 - ActivityAnswer.monthDays), frequencyDays.start)
        return TimeRange(start: first, end: question.range.end)
    }

    /// What histories must tell: who is active, on the days up to the range's end; and on how many
    /// of the days of the frequency.
    ///
    /// - Throws: `expression/…`, with the place in the definition.
    public func shape() throws(Failure) -> Result<HabitShape, NotIndexable> {
        try shape(
            [(RowSelection(events: question.definition.events), "events")],
            borders: everyDay(activeDays), days: everyDay(frequencyDays))
    }
}

extension BehaviourPlan where Definition == AdoptionDefinition {
    /// What histories must tell: who could use something, and who did, in the period before the
    /// first one and in all.
    ///
    /// - Throws: `expression/…`, with the place in the definition.
    public func shape() throws(Failure) -> Result<HabitShape, NotIndexable> {
        let borders = starts + (question.periods.last.map { [$0.range.end] } ?? [])
        guard let first = borders.first, let last = borders.last else {
            return .failure(NotIndexable("the range has no periods"))
        }
        let definition = question.definition
        return try shape(
            [(definition.eligible, "eligible"), (definition.feature, "feature")],
            borders: borders, days: everyDay(TimeRange(start: first, end: last)))
    }

    /// When somebody must have been able to use it for the first time, so that it is told how long
    /// it took.
    public var beginners: Range<Instant> {
        time.start(of: question.range.start)..<time.start(of: question.range.end)
    }
}
