import Definitions
import Vocabulary

/// What somebody wants to know of a funnel.
public struct FunnelQuestion: Hashable, Sendable {
    /// The funnel.
    public var funnel: FunnelDefinition
    /// The civil days in which attempts begin; nil for events that only a sequence orders.
    public var range: TimeRange?
    /// How long the periods of the trend are; nil for no trend.
    public var grain: Grain?
    /// What the entries are split by; the funnel says which of their events has the value.
    public var dimension: String?
    /// Which rows count, beside the funnel's own filter; all must hold.
    public var filters: [Expression]
    /// How many values of the dimension are shown before the rest becomes `other`.
    public var limit: Int
    /// How time is cut.
    public var calendar: WorkCalendar

    /// Makes a question.
    public init(
        funnel: FunnelDefinition, range: TimeRange?, grain: Grain? = nil,
        dimension: String? = nil, filters: [Expression] = [], limit: Int = 20,
        calendar: WorkCalendar
    ) {
        self.funnel = funnel
        self.range = range
        self.grain = grain
        self.dimension = dimension
        self.filters = filters
        self.limit = limit
        self.calendar = calendar
    }

    /// The periods of the trend; empty without a grain.
    public var periods: [Period] {
        guard let range, let grain else { return [] }
        return calendar.periods(in: range, by: grain)
    }
}

/// The statements of a funnel's question, with every value bound.
public struct FunnelPlan: Sendable {
    /// The question.
    public let question: FunnelQuestion
    /// Whose events follow each other, as answers name it.
    public let entity: RecipeKey
    /// Whether the events have times, so that steps have durations.
    public let isTimed: Bool
    /// The shares of attempts at which times to convert are told.
    public static let ranks: [Double] = [0.1, 0.25, 0.5, 0.75, 0.9]
    let input: BehaviourInput

    /// Understands a question.
    ///
    /// - Throws: `definition/unknown-entity`, `question/no-data`, `question/no-time-column`,
    ///   `question/no-range`, `expression/…`; each with the place in the funnel.
    public init(
        _ question: FunnelQuestion, catalog: Catalog, facts: [String: SourceFacts]
    ) throws(Failure) {
        let funnel = question.funnel
        input = try BehaviourInput(
            funnel.source, catalog: catalog, facts: facts, calendar: question.calendar,
            origin: funnel.origin)
        entity = try funnel.entity(of: input.scope.source)
        isTimed = funnel.sequence == nil
        self.question = question
        if isTimed {
            _ = try input.requiredTime()
            guard question.range != nil else {
                throw Failure(
                    .funnelRange, "The funnel '\(funnel.name)' needs to know over which days.",
                    hint: "Ask over a range, such as last 3 months or all.")
            }
        } else if question.range != nil && input.time == nil || question.grain != nil {
            throw Failure(
                .funnelRange,
                "The events of the funnel '\(funnel.name)' are ordered without a time.",
                hint: "Ask for all of them at once, without a range and a grain.")
        }
    }

    /// The statement that counts: its rows are read by ``FunnelAnswer``.
    ///
    /// - Throws: As ``init(_:catalog:facts:)``.
    public func counts() throws(Failure) -> Statement {
        var writer = try FunnelWriter(question, input, entity)
        return writer.text.statement(writer.countsSQL())
    }

    /// The statement that lists entities: one text column, in order.
    ///
    /// - Parameters:
    ///   - step: The position of a step that they reached.
    ///   - dropping: Whether only those are meant that did not reach the next one that is not
    ///     optional.
    ///   - limit: How many at most.
    ///   - offset: How many are passed over.
    /// - Returns: A statement with the columns entity, entered, times and total.
    /// - Throws: As ``init(_:catalog:facts:)``, and `question/unknown-step`.
    public func people(
        step: Int, dropping: Bool, limit: Int, offset: Int = 0
    ) throws(Failure) -> Statement {
        guard question.funnel.steps.indices.contains(step) else {
            throw Failure(
                .unknownStep, "The funnel '\(question.funnel.name)' has no step \(step + 1).",
                hint: "Take a step from 1 to \(question.funnel.steps.count).")
        }
        var writer = try FunnelWriter(question, input, entity)
        return writer.text.statement(
            writer.peopleSQL(step: step, dropping: dropping, limit: limit, offset: offset))
    }

    /// The statement of every counted unit, for tests: entity, session, entry, and when each step
    /// was reached, in microseconds.
    func units() throws(Failure) -> Statement {
        var writer = try FunnelWriter(question, input, entity)
        return writer.text.statement(writer.unitsSQL())
    }
}

extension Failure.Code {
    /// A funnel's question names no range, or one that its events cannot have.
    public static let funnelRange: Self = "question/funnel-range"
    /// A funnel has no step of a number.
    public static let unknownStep: Self = "question/unknown-step"
}
