import Definitions
import Engines
import Planning
import Testing
import TestSupport
import Vocabulary

/// Random histories in a table, and funnels over them.
enum Histories {
    static let source = """
        source: events
        is: One row per event.
        time: moment
        event: name
        entities: { person: person }
        dimensions: { item: item, country: country, shade: shade }
        """

    static let retained = """
        source: events
        is: One row per event.
        time: moment
        event: name
        entities: { person: person }
        """

    /// The second at which all histories begin, as an instant.
    static let beginning = Instant(seconds: 1_767_225_600)  // 2026-01-01

    /// Histories of so many people in `seconds` seconds; few seconds make many ties.
    static func random(
        people: Int, events: Int, seconds: Int, _ generator: inout SeededGenerator
    ) -> [HistoryEvent] {
        (0..<people).flatMap { person in
            (0..<Int.random(in: 1...events, using: &generator)).map { _ in
                HistoryEvent(
                    person: person, second: Int.random(in: 0..<seconds, using: &generator),
                    name: ["a", "b", "c", "d", "x"].randomElement(using: &generator) ?? "a",
                    item: Bool.random(using: &generator) ? "i" : "j",
                    tie: Int.random(in: 0..<3, using: &generator))
            }
        }
    }

    /// The statement that makes their table.
    static func table(_ history: [HistoryEvent]) -> String {
        let rows = history.map { event in
            "(\(event.person), \(event.second), '\(event.name)', '\(event.item)', \(event.tie))"
        }
        return """
            create table source.events as
            select person, timestamp '2026-01-01' + to_seconds(second) as moment, name, item,
              cast(tie as bigint) as tie, case when tie > 0 then item end as shade,
              case person % 3 when 0 then 'DE' when 1 then 'FR' end as country
            from (values \(rows.joined(separator: ", "))) t(person, second, name, item, tie)
            """
    }
}

extension Bench {
    /// A plan of a funnel over days of 2026.
    func plan(
        _ yaml: String, over: String = "2026-01-01", grain: Grain? = nil,
        dimension: String? = nil, filters: [String] = [], limit: Int = 20
    ) throws -> FunnelPlan {
        let range = try RangeText(calendar: calendar, today: Day(number: 20_500), covered: nil)
            .range(over)
        return try FunnelPlan(
            FunnelQuestion(
                funnel: try FunnelDefinition(yaml: yaml), range: range, grain: grain,
                dimension: dimension, filters: try filters.map { try Expression(parsing: $0) },
                limit: limit, calendar: calendar), catalog: catalog, facts: facts)
    }
}
