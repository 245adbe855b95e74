import Definitions
import Engines
import Planning
import Statistics
import Vocabulary

extension WorkspaceSession {
    /// How many people, attempts or sessions get through a funnel.
    ///
    /// - Returns: ``FunnelAnswer/json`` with `comparison` and `receipt`.
    /// - Throws: `question/…`, `definition/…` and `expression/…`.
    public func funnel(_ words: BehaviourWords) async throws(Failure) -> JSON {
        let desk = BehaviourDesk(self, words)
        let asked = try FunnelAsking(desk)
        let plan = try asked.plan(asked.question.range)
        let statement = try plan.counts()
        let (frame, path) = try await frame(of: plan, statement)
        let answer = FunnelAnswer(
            plan.question, frame: frame,
            known: desk.known(asked.funnel.source, asked.question.calendar))
        var added: [(name: String, value: JSON)] = []
        var statements = [statement]
        if let other = asked.counterpart {
            let plan = try asked.plan(other.range, isWhole: true)
            let statement = try plan.counts()
            statements.append(statement)
            let before = FunnelAnswer(
                plan.question, frame: try await self.frame(of: plan, statement).frame, known: nil)
            added.append(("comparison", asked.compared(answer, with: before, over: other)))
        }
        let counts = answer.total.counts
        added.append(
            (
                "receipt",
                desk.receipt(
                    asked.funnel.name, source: asked.funnel.source,
                    formula: asked.funnel.description, question: asked.question,
                    share: (counts[counts.count - 1], counts[0]), statements: statements,
                    path: path)
            ))
        return try await desk.finished(answer.json, asked.funnel, asked.question, adding: added)
    }

    /// Who reached a step of a funnel, or who reached it and not the next; the latest first.
    ///
    /// - Parameters:
    ///   - words: The funnel's question.
    ///   - step: The step's number, from 1.
    ///   - dropped: Whether only those are meant who did not reach the next step.
    ///   - limit: How many, at most 1,000.
    ///   - offset: How many are passed over.
    /// - Returns: `{"entity", "people": [{"id", "entered", "times"}], "total", "notes"}`.
    /// - Throws: As ``funnel(_:)``.
    public func funnelPeople(
        _ words: BehaviourWords, step: Int, dropped: Bool = false, limit: Int = 100,
        offset: Int = 0
    ) async throws(Failure) -> JSON {
        try requirePage(limit, offset)
        let asked = try FunnelAsking(BehaviourDesk(self, words))
        let plan = try asked.plan(asked.question.range, isWhole: true)
        let frame = try await engine.run(
            plan.people(step: step - 1, dropping: dropped, limit: limit, offset: offset))
        let source = asked.desk.snapshot.catalog.sources[asked.funnel.source]
        let listed = try await ListedPeople(
            EventPeople(self, source: source, entity: plan.entity), frame)
        let people = (0..<frame.count).map { row -> JSON in
            let entered = frame.columns[1].integer(row)
            let moment = entered.map { Instant(microseconds: Int64($0)).description }
            return [
                "id": .optional(listed.ids(frame.columns[0].text(row)).first),
                "entered": plan.isTimed ? .optional(moment) : .null,
                "times": .optional(frame.columns[2].integer(row)),
            ]
        }
        return [
            "entity": .text(plan.entity.name), "step": .integer(step),
            "people": .list(people),
            "total": .integer(frame.count > 0 ? frame.columns[3].integer(0) ?? 0 : 0),
            "notes": .list(
                try await asked.desk.unseen(asked.funnel, asked.question).map(JSON.text)),
        ]
    }
}

/// A funnel's question as it is understood.
private struct FunnelAsking {
    let desk: BehaviourDesk
    let funnel: FunnelDefinition
    let question: Question

    init(_ desk: BehaviourDesk) throws(Failure) {
        self.desk = desk
        funnel = try desk.definition(FunnelDefinition.self)
        if let source = desk.snapshot.catalog.sources[funnel.source], source.time == nil,
            desk.words.over == nil
        {
            // Rows without a time lie in no range; the question keeps one for its receipt.
            var words = desk.words
            words.over = "today"
            question = try BehaviourDesk(desk.session, words).question(source: funnel.source)
        } else {
            question = try desk.question(source: funnel.source)
        }
    }

    private var hasTime: Bool {
        desk.snapshot.catalog.sources[funnel.source]?.time != nil
    }

    /// The plan over a range; whole where neither a trend nor parts are wanted.
    func plan(_ range: TimeRange, isWhole: Bool = false) throws(Failure) -> FunnelPlan {
        try FunnelPlan(
            FunnelQuestion(
                funnel: funnel, range: hasTime || desk.words.over != nil ? range : nil,
                grain: isWhole ? nil : question.grain,
                dimension: isWhole ? nil : desk.words.by, filters: question.filters,
                limit: question.limit, calendar: question.calendar),
            catalog: desk.snapshot.catalog, facts: desk.snapshot.facts)
    }

    /// The range with which the question compares.
    var counterpart: Period? { hasTime ? question.counterpart : nil }

    /// The other range's counts, and the change of the share that finishes.
    func compared(_ answer: FunnelAnswer, with before: FunnelAnswer, over: Period) -> JSON {
        let last = answer.total.counts.count - 1
        let change = JSON.change(
            from: before.total.share(of: last), to: answer.total.share(of: last))
        return [
            "range": .text(over.range.description),
            "counts": .list(before.total.counts.map { .integer($0) }),
            "conversion": .optional(before.total.share(of: last)?.value), "change": change,
        ]
    }
}
