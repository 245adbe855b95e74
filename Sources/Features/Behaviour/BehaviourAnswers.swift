import Definitions
import Engines
import Planning
import Vocabulary

extension WorkspaceSession {
    /// Answers a question about behaviour.
    ///
    /// - Returns: The `json` of the kind's answer with `receipt`.
    /// - Throws: `question/…`, `definition/…` and `expression/…`.
    public func behaviour(
        _ kind: BehaviourKind, _ words: BehaviourWords
    ) async throws(Failure) -> JSON {
        switch kind {
        case .funnel: try await funnel(words)
        case .retention: try await retention(words)
        case .lifecycle: try await lifecycle(words)
        case .activity: try await activity(words)
        case .adoption: try await adoption(words)
        case .paths: try await paths(words)
        case .campaigns: try await campaigns(words)
        case .segment: try await segment(words)
        }
    }

    /// Who is new, stays, comes back and leaves.
    private func lifecycle(_ words: BehaviourWords) async throws(Failure) -> JSON {
        let asked = try BehaviourAsking<LifecycleDefinition>(self, words)
        let statement = try asked.plan.counts()
        let (frame, path) = try await frame(of: IndexedLifecycle(plan: asked.plan), statement)
        let answer = LifecycleAnswer(
            asked.plan.question, frame: frame, known: asked.known)
        return try await asked.answer(answer.json, statements: [statement], path: path)
    }

    /// How many are active, and how often.
    private func activity(_ words: BehaviourWords) async throws(Failure) -> JSON {
        let asked = try BehaviourAsking<ActivityDefinition>(self, words)
        let statement = try asked.plan.counts()
        let (frame, path) = try await frame(of: IndexedActivity(plan: asked.plan), statement)
        let answer = ActivityAnswer(
            asked.plan, frame: frame, known: asked.known)
        return try await asked.answer(answer.json, statements: [statement], path: path)
    }

    /// Who uses something, of those who could.
    private func adoption(_ words: BehaviourWords) async throws(Failure) -> JSON {
        let asked = try BehaviourAsking<AdoptionDefinition>(self, words)
        let statement = try asked.plan.counts()
        let (frame, path) = try await frame(of: IndexedAdoption(plan: asked.plan), statement)
        let answer = AdoptionAnswer(
            asked.plan.question, frame: frame, known: asked.known)
        return try await asked.answer(answer.json, statements: [statement], path: path)
    }

    /// Which way people go; a position shows eight values where the question names no limit.
    private func paths(_ words: BehaviourWords) async throws(Failure) -> JSON {
        var words = words
        words.limit = words.limit ?? 8
        let asked = try BehaviourAsking<PathsDefinition>(self, words)
        var statements = [try asked.plan.counts()]
        let (frame, path) = try await frame(
            of: IndexedPaths(plan: asked.plan, waysMax: PathsAnswer.topMax), statements[0])
        let answer = PathsAnswer(asked.plan.question, frame: frame)
        var before: PathsAnswer?
        if let plan = try asked.counterpart(isWhole: true) {
            let question = IndexedPaths(plan: plan, waysMax: PathsAnswer.comparedMax)
            statements.append(try plan.counts(waysMax: question.waysMax))
            before = PathsAnswer(
                plan.question, frame: try await self.frame(of: question, statements[1]).frame)
        }
        return try await asked.answer(
            answer.json(before: before), statements: statements, path: path)
    }

    /// What campaigns lead to.
    private func campaigns(_ words: BehaviourWords) async throws(Failure) -> JSON {
        let asked = try BehaviourAsking<CampaignsDefinition>(self, words)
        var statements: [Statement] = []
        let answer = try await campaigns(asked.plan, asked.desk, &statements)
        var before: CampaignsAnswer?
        if let plan = try asked.counterpart(limit: CampaignsAnswer.rowsMax) {
            before = try await campaigns(plan, asked.desk, &statements)
        }
        return try await asked.answer(
            answer.json(before: before),
            others: asked.plan.question.definition.cost.map { [$0.source] } ?? [],
            share: (answer.total.conversions, answer.total.visits), statements: statements,
            path: .rows)
    }

    /// The visits of a range with their costs; the statements that ran are added.
    private func campaigns(
        _ plan: BehaviourPlan<CampaignsDefinition>, _ desk: BehaviourDesk,
        _ statements: inout [Statement]
    ) async throws(Failure) -> CampaignsAnswer {
        let visits = try plan.counts()
        statements.append(visits)
        let frame = try await engine.run(visits)
        var costs: Frame?
        let (catalog, facts) = (desk.snapshot.catalog, desk.snapshot.facts)
        if let statement = try plan.costs(catalog: catalog, facts: facts) {
            statements.append(statement)
            costs = try await engine.run(statement)
        }
        return CampaignsAnswer(plan.question, frame: frame, costs: costs)
    }
}

/// A question about behaviour as it is understood.
struct BehaviourAsking<Definition: BehaviourDefinition> {
    let desk: BehaviourDesk
    let question: Question
    let plan: BehaviourPlan<Definition>

    init(_ session: WorkspaceSession, _ words: BehaviourWords) throws(Failure) {
        desk = BehaviourDesk(session, words)
        let definition = try desk.definition(Definition.self)
        question = try desk.question(source: definition.source)
        plan = try BehaviourPlan(
            BehaviourQuestion(
                definition, range: question.range, grain: question.grain, dimension: words.by,
                filters: question.filters, limit: question.limit, calendar: question.calendar),
            catalog: desk.snapshot.catalog, facts: desk.snapshot.facts)
    }

    /// The plan over the range with which the question compares; nil where it compares with none.
    ///
    /// - Parameters:
    ///   - isWhole: Whether it is not split.
    ///   - limit: How many values it shows; nil shows as many.
    /// - Returns: The plan.
    /// - Throws: As a plan over the question's own range.
    func counterpart(
        isWhole: Bool = false, limit: Int? = nil
    ) throws(Failure) -> BehaviourPlan<Definition>? {
        guard let other = question.counterpart else { return nil }
        var earlier = plan.question
        earlier.range = other.range
        if isWhole { earlier.dimension = nil }
        if let limit { earlier.limit = limit }
        return try BehaviourPlan(
            earlier, catalog: desk.snapshot.catalog, facts: desk.snapshot.facts)
    }

    /// Up to when the source's rows are known.
    var known: Instant? { desk.known(plan.question.definition.source, question.calendar) }

    /// The answer with its receipt.
    ///
    /// - Throws: `engine/…`.
    func answer(
        _ json: JSON, others: [String] = [], share: (numerator: Int, denominator: Int)? = nil,
        statements: [Statement], path: BehaviourPath? = nil
    ) async throws(Failure) -> JSON {
        let definition = plan.question.definition
        let receipt = desk.receipt(
            definition.name, source: definition.source, and: others,
            formula: definition.description, question: question, share: share,
            statements: statements, path: path)
        return try await desk.finished(
            json, definition, question,
            adding: [("entity", .text(plan.entity.name)), ("receipt", receipt)])
    }
}
