import Definitions
import Vocabulary

/// The statements of a retention's question, with every value bound.
public struct RetentionPlan: Sendable {
    /// The question.
    public let question: RetentionQuestion
    /// Who begins and comes back, as answers name it.
    public let entity: RecipeKey
    let input: BehaviourInput

    /// Understands a question.
    ///
    /// - Throws: `definition/unknown-entity`, `question/no-data`, `question/no-time-column`,
    ///   `expression/…`; each with the place in the retention.
    public init(
        _ question: RetentionQuestion, catalog: Catalog, facts: [String: SourceFacts]
    ) throws(Failure) {
        let retention = question.retention
        input = try BehaviourInput(
            retention.source, catalog: catalog, facts: facts, calendar: question.calendar,
            origin: retention.origin)
        entity = try retention.entity(of: input.scope.source)
        self.question = question
        _ = try input.requiredTime()
    }

    /// The statement that counts: cohort, age, people, sum, part, value; a row without an age is
    /// the cohort, one without a part all together.
    ///
    /// The age is the one by which the criterion judges: each at which somebody came back, or the
    /// first or the last of them, or the bracket's number.
    ///
    /// - Throws: As ``init(_:catalog:facts:)``.
    public func counts() throws(Failure) -> Statement {
        let writer = try RetentionWriter(self)
        return writer.text.statement(writer.countsSQL())
    }

    /// The statement that lists who of a cohort is retained at an age, or is not.
    ///
    /// - Parameters:
    ///   - cohort: The position of the cohort.
    ///   - cell: The position of the age or bracket.
    ///   - returned: Whether those are meant who are retained.
    ///   - limit: How many at most.
    ///   - offset: How many are passed over.
    /// - Returns: A statement with the columns entity, start in microseconds, returns and total.
    /// - Throws: As ``init(_:catalog:facts:)``.
    public func people(
        cohort: Int, cell: Int, returned: Bool, limit: Int, offset: Int
    ) throws(Failure) -> Statement {
        let writer = try RetentionWriter(self)
        return writer.text.statement(
            writer.peopleSQL(
                cohort: cohort, cell: cell, returned: returned, limit: limit, offset: offset))
    }
}
