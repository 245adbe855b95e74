import Definitions
import Engines
import Planning
import Vocabulary

/// Funnels over a few events that are written down in a test.
enum FunnelBench {
    /// Events as `person minute name item`; in place of the minute a time of 5 January.
    static func bench(_ events: [String]) async throws -> Bench {
        let rows = events.map { event -> String in
            let words = event.split(separator: " ")
            let item = words.count > 3 ? "'\(words[3])'" : "'-'"
            let moment =
                words[1].contains(":")
                ? "timestamp '2026-01-05 \(words[1])'"
                : "timestamp '2026-01-05' + to_seconds(60 * \(words[1]))"
            return "'\(words[0])', \(moment), '\(words[2])', \(item)"
        }
        return try await Bench(
            metrics: "entity: person\nis: Somebody.",
            setUp: [Bench.table("events", "person, moment, name, item", rows)],
            definitions: """
                source: events
                is: One row per event.
                time: moment
                event: name
                entities: { person: person }
                dimensions: { item: item, known: "nullif(item, 'none')" }
                """)
    }

    static func answer(
        _ bench: Bench, _ yaml: String, over: String = "2026-01-05", grain: Grain? = nil,
        dimension: String? = nil
    ) async throws -> FunnelAnswer {
        let plan = try bench.plan(
            "{ from: events, \(yaml) }", over: over, grain: grain, dimension: dimension)
        let frame = try await bench.engine.run(plan.counts())
        return FunnelAnswer(
            plan.question, frame: frame, known: bench.facts["events"]?.watermark)
    }

    static func counts(_ bench: Bench, _ yaml: String) async throws -> [Int] {
        try await answer(bench, yaml).total.counts
    }
}
