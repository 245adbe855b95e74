import Definitions
import Engines
import Planning
import Vocabulary

extension WorkspaceSession {
    /// How many are in a segment, of everybody in its source.
    ///
    /// - Returns: ``SegmentAnswer/json`` with `entity` and `receipt`.
    /// - Throws: `question/…`, `definition/…` and `expression/…`.
    public func segment(_ words: BehaviourWords) async throws(Failure) -> JSON {
        let asked = try SegmentAsking(self, words)
        let statement = try asked.plan.counts()
        let answer = SegmentAnswer(asked.plan.question, frame: try await engine.run(statement))
        let segment = asked.plan.question.definition
        let receipt = asked.desk.receipt(
            segment.name, source: segment.source, formula: segment.description,
            question: asked.question, share: (answer.members, answer.everybody),
            statements: [statement], path: .rows)
        return try await asked.desk.finished(
            answer.json, segment, asked.question,
            adding: [("entity", .text(asked.plan.entity.name)), ("receipt", receipt)])
    }

    /// Who is in a segment; those who did it last first.
    ///
    /// - Parameters:
    ///   - words: The segment's question.
    ///   - limit: How many, at most 1,000.
    ///   - offset: How many are passed over.
    /// - Returns: `{"entity", "people": [{"id", "times", "first", "last"}], "total", "notes"}`.
    /// - Throws: As ``segment(_:)``.
    public func segmentPeople(
        _ words: BehaviourWords, limit: Int = 100, offset: Int = 0
    ) async throws(Failure) -> JSON {
        try requirePage(limit, offset)
        let asked = try SegmentAsking(self, words)
        let plan = asked.plan
        let frame = try await engine.run(plan.people(limit: limit, offset: offset))
        let source = asked.desk.snapshot.catalog.sources[plan.question.definition.source]
        let listed = try await ListedPeople(
            EventPeople(self, source: source, entity: plan.entity), frame)
        let people = (0..<frame.count).map { row -> JSON in
            let time = { (column: Int) -> JSON in
                .optional(
                    frame.columns[column].integer(row).map {
                        Instant(microseconds: Int64($0)).description
                    })
            }
            return [
                "id": .optional(listed.ids(frame.columns[0].text(row)).first),
                "times": .optional(frame.columns[3].integer(row)), "first": time(1),
                "last": time(2),
            ]
        }
        return [
            "entity": .text(plan.entity.name), "people": .list(people),
            "total": .integer(frame.count > 0 ? frame.columns[4].integer(0) ?? 0 : 0),
            "notes": .list(
                try await asked.desk.unseen(plan.question.definition, asked.question)
                    .map(JSON.text)),
        ]
    }
}

/// A segment's question as it is understood.
private struct SegmentAsking {
    let desk: BehaviourDesk
    let question: Question
    let plan: BehaviourPlan<SegmentDefinition>

    init(_ session: WorkspaceSession, _ words: BehaviourWords) throws(Failure) {
        let segment = try BehaviourDesk(session, words).definition(SegmentDefinition.self)
        // A segment says itself in which days it looks, or looks at all of them.
        var words = words
        words.over = "today"
        desk = BehaviourDesk(session, words)
        var question = try desk.question(source: segment.source)
        let catalog = desk.snapshot.catalog.asOf(question.range.start, for: segment)
        let own = try catalog.sources[segment.source]?.segments.range(of: segment)
        if let range = own ?? desk.covered(segment.source, question.calendar) {
            question.range = range
        }
        self.question = question
        plan = try BehaviourPlan(
            BehaviourQuestion(
                segment, range: question.range, filters: question.filters, limit: question.limit,
                calendar: question.calendar),
            catalog: catalog, facts: desk.snapshot.facts)
    }
}
