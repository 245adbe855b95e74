import Definitions
import Engines
import Planning
import Statistics
import Vocabulary

extension WorkspaceSession {
    /// Who comes back, cohort by cohort and age by age.
    ///
    /// - Returns: ``RetentionAnswer/json`` with `comparison` and `receipt`.
    /// - Throws: `question/…`, `definition/…` and `expression/…`.
    public func retention(_ words: BehaviourWords) async throws(Failure) -> JSON {
        let asked = try RetentionAsking(BehaviourDesk(self, words))
        let plan = try asked.plan(asked.question.range)
        let known = asked.desk.known(asked.retention.source, asked.question.calendar)
        var statements = [try plan.counts()]
        let (frame, path) = try await frame(of: plan, statements[0])
        let answer = RetentionAnswer(plan.question, frame: frame, known: known)
        var added: [(name: String, value: JSON)] = []
        if let other = asked.counterpart {
            let plan = try asked.plan(other.range, isWhole: true)
            let statement = try plan.counts()
            statements.append(statement)
            let before = RetentionAnswer(
                plan.question, frame: try await self.frame(of: plan, statement).frame,
                known: known)
            added.append(("comparison", asked.compared(answer, with: before, over: other)))
        }
        let last = answer.pooled(cell: asked.retention.cells.count - 1)
        added.append(
            (
                "receipt",
                asked.desk.receipt(
                    asked.retention.name, source: asked.retention.source,
                    formula: asked.retention.description, question: asked.question,
                    share: last.map { ($0.numerator, $0.denominator) }, statements: statements,
                    path: path)
            ))
        return try await asked.desk.finished(
            answer.json, asked.retention, asked.question, adding: added)
    }

    /// Who of a cohort is retained at an age, or is not; who began last first.
    ///
    /// - Parameters:
    ///   - words: The retention's question.
    ///   - cohort: The first day of the cohort.
    ///   - age: The age, or a bracket as the answer names it.
    ///   - returned: Whether those are meant who are retained.
    ///   - limit: How many, at most 1,000.
    ///   - offset: How many are passed over.
    /// - Returns: `{"entity", "people": [{"id", "began", "times"}], "total", "notes"}`.
    /// - Throws: As ``retention(_:)``, and `question/unknown-cell`.
    public func retentionPeople(
        _ words: BehaviourWords, cohort: String, age: String, returned: Bool = true,
        limit: Int = 100, offset: Int = 0
    ) async throws(Failure) -> JSON {
        try requirePage(limit, offset)
        let asked = try RetentionAsking(BehaviourDesk(self, words))
        let plan = try asked.plan(asked.question.range, isWhole: true)
        let cell = try plan.question.position(cohort: cohort, age: age)
        let frame = try await engine.run(
            plan.people(
                cohort: cell.cohort, cell: cell.age, returned: returned, limit: limit,
                offset: offset))
        let source = asked.desk.snapshot.catalog.sources[asked.retention.source]
        let listed = try await ListedPeople(
            EventPeople(self, source: source, entity: plan.entity), frame)
        let people = (0..<frame.count).map { row -> JSON in
            let began = frame.columns[1].integer(row)
            return [
                "id": .optional(listed.ids(frame.columns[0].text(row)).first),
                "began": .optional(
                    began.map { Instant(microseconds: Int64($0)).description }),
                "times": .integer(frame.columns[2].integer(row) ?? 0),
            ]
        }
        return [
            "entity": .text(plan.entity.name), "cohort": .text(cohort), "age": .text(age),
            "returned": .boolean(returned), "people": .list(people),
            "total": .integer(frame.count > 0 ? frame.columns[3].integer(0) ?? 0 : 0),
            "notes": .list(
                try await asked.desk.unseen(asked.retention, asked.question).map(JSON.text)),
        ]
    }
}

extension RetentionQuestion {
    /// The positions of a cohort by its first day and of an age by its name.
    ///
    /// - Throws: `question/unknown-cell`.
    fileprivate func position(cohort: String, age: String) throws(Failure) -> (
        cohort: Int, age: Int
    ) {
        let names = retention.cellNames
        guard let row = cohorts.firstIndex(where: { $0.key == cohort }) else {
            let known = cohorts.prefix(3).map(\.key).joined(separator: ", ")
            throw Failure(
                .unknownCell, "There is no cohort that begins on '\(cohort)'.",
                hint: "Take one of the answer's, such as \(known).")
        }
        guard let column = names.firstIndex(of: age) else {
            throw Failure(
                .unknownCell, "The retention has no age '\(age)'.",
                hint: "Take one of \(names.prefix(20).joined(separator: ", ")).")
        }
        return (row, column)
    }
}

/// A retention's question as it is understood.
private struct RetentionAsking {
    let desk: BehaviourDesk
    let retention: RetentionDefinition
    let question: Question

    init(_ desk: BehaviourDesk) throws(Failure) {
        self.desk = desk
        retention = try desk.definition(RetentionDefinition.self)
        question = try desk.question(source: retention.source)
    }

    /// The plan over a range; whole where no parts are wanted.
    func plan(_ range: TimeRange, isWhole: Bool = false) throws(Failure) -> RetentionPlan {
        try RetentionPlan(
            RetentionQuestion(
                retention: retention, range: range, dimension: isWhole ? nil : desk.words.by,
                filters: question.filters, limit: question.limit, calendar: question.calendar),
            catalog: desk.snapshot.catalog, facts: desk.snapshot.facts)
    }

    /// The range with which the question compares.
    var counterpart: Period? { question.counterpart }

    /// The other range's shares, and how they changed.
    func compared(_ answer: RetentionAnswer, with before: RetentionAnswer, over: Period) -> JSON {
        let averages = retention.cellNames.enumerated().map { cell, name -> JSON in
            let (own, other) = (answer.pooled(cell: cell), before.pooled(cell: cell))
            return [
                "age": .text(name), "value": .optional(other?.value),
                "change": JSON.change(from: other, to: own),
            ]
        }
        return ["range": .text(over.range.description), "averages": .list(averages)]
    }
}

extension Failure.Code {
    /// A retention has no cohort or no age of a name.
    public static let unknownCell: Self = "question/unknown-cell"
}
