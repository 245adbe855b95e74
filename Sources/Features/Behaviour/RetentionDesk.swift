import Definitions
import Engines
import Planning
import Statistics
import Vocabulary

extension WorkspaceSession {
    /// Who comes back, cohort by cohort and age by age.
    ///
    /// - Returns: ``RetentionAnswer/json`` with `receipt`.
    /// - Throws: `question/…`, `definition/…` and `expression/…`.
    public func retention(_ words: BehaviourWords) async throws(Failure) -> JSON {
        let desk = BehaviourDesk(self, words)
        let retention = try desk.definition("retention", desk.snapshot.catalog.retentions) {
            (yaml) throws(Failure) in try RetentionDefinition(yaml: yaml)
        }
        let question = try desk.question(source: retention.source)
        let plan = try RetentionPlan(
            RetentionQuestion(
                retention: retention, range: question.range, filters: question.filters,
                calendar: question.calendar),
            catalog: desk.snapshot.catalog, facts: desk.snapshot.facts)
        let statement = try plan.counts()
        let answer = RetentionAnswer(
            plan.question, frame: try await engine.run(statement),
            known: desk.known(retention.source, question.calendar))
        let last = answer.pooled(cell: retention.cells.count - 1)
        return answer.json.adding([
            (
                "receipt",
                desk.receipt(
                    retention.name, source: retention.source, formula: retention.description,
                    question: question, share: last.map { ($0.numerator, $0.denominator) },
                    statements: [statement])
            )
        ])
    }
}
