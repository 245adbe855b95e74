import Definitions
import Vocabulary

/// A funnel's question as far as histories of people can answer it: its rows as conditions.
public struct FunnelShape: HistoryShape {
    /// The column of whoever takes the steps.
    public let entity: String
    /// The column of times.
    public let time: String
    /// Which rows are looked at; all must hold.
    public let filter: [RowCondition]
    /// By step: which rows take it.
    public let steps: [[RowCondition]]
    /// By exclusion: which rows are excluded.
    public let excluded: [[RowCondition]]
    /// The column by which entries are split.
    public let dimension: String?
    /// The columns that stay the same through all steps.
    public let same: [String]
    /// When attempts begin.
    public let entered: Range<Instant>
    /// When each period of the trend begins; empty without a trend.
    public let periods: [Instant]
}

extension FunnelPlan {
    /// What histories of people must tell to answer the question.
    ///
    /// - Returns: The rows that matter, or why only the rows themselves can answer.
    /// - Throws: As ``init(_:catalog:facts:)``.
    public func shape() throws(Failure) -> Result<FunnelShape, NotIndexable> {
        let funnel = question.funnel
        var reading = RowConditionReading(input)
        refuse(funnel, &reading)
        guard isTimed, let range = question.range else {
            return .failure(NotIndexable("its events are ordered without a time"))
        }
        let time = try input.requiredTime()
        if time.isDay { reading.refuse("its events have days, not times") }
        var filter = try reading.conditions(funnel.filter, at: "where")
        for extra in question.filters { filter += try reading.conditions(extra, at: "") }
        if funnel.order == .strict, !filter.isEmpty {
            reading.refuse("strict steps are counted over some of the rows only")
        }
        var steps: [[RowCondition]] = []
        for (index, step) in funnel.steps.enumerated() {
            steps.append(try reading.conditions(step.rows, at: "steps.\(index)"))
        }
        var excluded: [[RowCondition]] = []
        for (index, exclusion) in funnel.exclusions.enumerated() {
            excluded.append(try reading.conditions(exclusion.rows, at: "exclude.\(index)"))
        }
        let dimension = try reading.dimension(question.dimension)
        var same: [String] = []
        for (index, name) in funnel.same.enumerated() {
            same.append(
                try reading.column(.name(NameReference(name)), at: "same.\(index)", "'\(name)'"))
        }
        let entity = try reading.column(entity.value, at: "by", "whoever takes the steps")
        let entered = time.start(of: range.start)..<time.start(of: range.end)
        let periods = question.periods.map {
            question.grain == .hour ? $0.instants.start : time.start(of: $0.range.start)
        }
        if let obstacle = reading.obstacle { return .failure(obstacle) }
        return .success(
            FunnelShape(
                entity: entity, time: time.column ?? "", filter: filter, steps: steps,
                excluded: excluded, dimension: dimension, same: same, entered: entered,
                periods: periods))
    }

    private func refuse(_ funnel: FunnelDefinition, _ reading: inout RowConditionReading) {
        if funnel.steps.contains(where: \.isOptional), !funnel.exclusions.isEmpty {
            reading.refuse("a step is optional where events are excluded")
        }
        if funnel.order == .any, !funnel.same.isEmpty, question.dimension != nil {
            reading.refuse("steps in any order that keep something the same are split")
        }
        if !funnel.same.isEmpty, funnel.order != .any, funnel.reentry == .never {
            reading.refuse("one start alone counts, whatever stays the same")
        }
        if funnel.order == .anchored {
            reading.refuse("its steps after the first come in any order")
        }
        if question.dimension != nil, funnel.parts != .step(0) || funnel.dropsValueless {
            reading.refuse("its parts are by other values than those of the first step's events")
        }
        if funnel.toleranceSeconds > 0 { reading.refuse("steps may lie before earlier ones") }
        if case .sessions = funnel.counting { reading.refuse("sessions are counted") }
        if case .by = funnel.ties { reading.refuse("a value decides ties") }
    }

    /// The names of the columns of ``counts()`` after `kind`, `period`, `part` and `rest`.
    public var countColumns: [String] { FunnelWriter.columns(question.funnel) }
}

/// A retention's question as far as histories of people can answer it: its rows as conditions.
public struct RetentionShape: HistoryShape {
    /// The column of whoever begins and comes back.
    public let entity: String
    /// The column of times.
    public let time: String
    /// Which rows are looked at; all must hold.
    public let filter: [RowCondition]
    /// Which rows begin.
    public let starts: [RowCondition]
    /// Which rows come back.
    public let returns: [RowCondition]
    /// The borders of the periods, those of the cohorts first.
    public let borders: [Instant]
    /// How many of the periods are cohorts.
    public let cohorts: Int
    /// How long a rolling age is, in days; nil for ages by periods.
    public let rollingDays: Int?
    /// The column by whose value at the start people are split.
    public let dimension: String?
}

extension RetentionPlan {
    /// What histories of people must tell to answer the question.
    ///
    /// - Returns: The rows that matter, or why only the rows themselves can answer.
    /// - Throws: As ``init(_:catalog:facts:)``.
    public func shape() throws(Failure) -> Result<RetentionShape, NotIndexable> {
        let retention = question.retention
        var reading = RowConditionReading(input)
        if retention.value != nil { reading.refuse("values are added up") }
        if retention.criterion == .streak { reading.refuse("streaks are counted") }
        if retention.mode == .rollingFromHour { reading.refuse("hours are rounded") }
        let time = try input.requiredTime()
        if time.isDay { reading.refuse("its events have days, not times") }
        var filter = try reading.conditions(retention.filter, at: "where")
        for extra in question.filters { filter += try reading.conditions(extra, at: "") }
        let starts = try reading.conditions(retention.starts, at: "starts")
        let returns = try reading.conditions(retention.returns, at: "returns")
        let entity = try reading.column(entity.value, at: "by", "whoever comes back")
        let dimension = try reading.dimension(question.dimension)
        let cohorts = question.cohorts
        guard let last = cohorts.last else {
            return .failure(NotIndexable("the range has no cohorts"))
        }
        // Of rolling ages only the cohorts' own borders matter.
        let days =
            retention.mode == .calendar
            ? question.borders : cohorts.map(\.range.start) + [last.range.end]
        if let obstacle = reading.obstacle { return .failure(obstacle) }
        return .success(
            RetentionShape(
                entity: entity, time: time.column ?? "", filter: filter, starts: starts,
                returns: returns, borders: days.map { time.start(of: $0) }, cohorts: cohorts.count,
                rollingDays: retention.mode == .rolling ? question.rollingDays : nil,
                dimension: dimension))
    }
}
