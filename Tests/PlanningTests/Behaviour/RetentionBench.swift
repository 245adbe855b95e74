import Definitions
import Engines
import Planning
import Vocabulary

/// Retentions over a few events that are written down in a test.
enum RetentionBench {
    static func answer(
        _ bench: Bench, _ yaml: String, over: String
    ) async throws -> RetentionAnswer {
        let range = try RangeText(
            calendar: bench.calendar, today: Day(number: 20_500), covered: nil
        ).range(over)
        let plan = try RetentionPlan(
            RetentionQuestion(
                retention: try RetentionDefinition(yaml: "{ from: events, \(yaml) }"),
                range: range, calendar: bench.calendar),
            catalog: bench.catalog, facts: bench.facts)
        return RetentionAnswer(
            plan.question, frame: try await bench.engine.run(plan.counts()),
            known: bench.facts["events"]?.watermark)
    }
}
