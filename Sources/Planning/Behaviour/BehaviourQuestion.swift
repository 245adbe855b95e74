import Definitions
import Vocabulary

/// What somebody wants to know of a behaviour.
public struct BehaviourQuestion<Definition: BehaviourDefinition>: Hashable, Sendable {
    /// The definition.
    public var definition: Definition
    /// The civil days that are asked about.
    public var range: TimeRange
    /// How long the periods are; nil chooses by the length of the range.
    public var grain: Grain?
    /// What the answer is split by.
    public var dimension: String?
    /// Which rows count, beside the definition's own filter; all must hold.
    public var filters: [Expression]
    /// How many values of a dimension, or of another list, are shown.
    public var limit: Int
    /// How time is cut.
    public var calendar: WorkCalendar

    /// Makes a question.
    public init(
        _ definition: Definition, range: TimeRange, grain: Grain? = nil,
        dimension: String? = nil, filters: [Expression] = [], limit: Int = 20,
        calendar: WorkCalendar
    ) {
        self.definition = definition
        self.range = range
        self.grain = grain
        self.dimension = dimension
        self.filters = filters
        self.limit = limit
        self.calendar = calendar
    }

    /// How long the periods are: as asked, else days for a month at most, weeks for half a year,
    /// months beyond.
    public var periodGrain: Grain {
        if let grain { return grain }
        if range.days <= 31 { return .day }
        return range.days <= 184 ? .week : .month
    }

    /// The periods that the range touches, whole ones, in order.
    public var periods: [Period] {
        guard range.days > 0 else { return [] }
        let first = calendar.start(of: periodGrain, containing: range.start)
        let last = calendar.range(of: periodGrain, containing: range.end.adding(days: -1))
        return calendar.periods(in: TimeRange(start: first, end: last.end), by: periodGrain)
    }
}

/// The statements of a question about behaviour, with every value bound.
public struct BehaviourPlan<Definition: BehaviourDefinition>: Sendable {
    /// The question.
    public let question: BehaviourQuestion<Definition>
    /// Whose behaviour it is, as answers name it.
    public let entity: RecipeKey
    let input: BehaviourInput
    let time: TimeAxis

    /// Understands a question.
    ///
    /// - Throws: `definition/unknown-entity`, `question/no-data`, `question/no-time-column`,
    ///   `question/empty-range`, `question/too-many-periods`, `question/no-hours`.
    public init(
        _ question: BehaviourQuestion<Definition>, catalog: Catalog, facts: [String: SourceFacts]
    ) throws(Failure) {
        let definition = question.definition
        input = try BehaviourInput(
            definition.source, catalog: catalog, facts: facts, calendar: question.calendar,
            origin: definition.origin)
        entity = try definition.entity(of: input.scope.source)
        time = try input.requiredTime()
        self.question = question
        guard question.range.days > 0 else {
            throw Failure(
                .emptyRange, "The range \(question.range) has no days.",
                hint: "Ask for at least one day.")
        }
        guard question.periodGrain != .hour else {
            throw Failure(
                .behaviourHours, "The \(Definition.kind.rawValue) has no periods of an hour.",
                hint: "Take day, week, month, quarter or year.")
        }
        guard question.periods.count <= Planner.periodsMax else {
            throw Planner.tooManyPeriods(question.range)
        }
    }
}

extension Failure.Code {
    /// A question about behaviour asks for periods of an hour.
    public static let behaviourHours: Self = "question/no-hours"
}
