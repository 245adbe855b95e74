import Definitions
import Engines
import Planning
import TestSupport
import Testing
import Vocabulary

/// One thing that somebody did, for answers that are worked out by hand.
struct Happening: Sendable {
    let person: String
    let time: Instant
    let name: String
    var country: String?

    /// Reads `person 2026-01-05 10:00 name country`; the country may be missing.
    init(_ text: String) {
        let words = text.split(separator: " ").map(String.init)
        person = words[0]
        time = Instant(iso: "\(words[1])T\(words[2]):00Z") ?? Instant(seconds: 0)
        name = words[3]
        country = words.count > 4 ? words[4] : nil
    }

    init(person: String, time: Instant, name: String, country: String?) {
        self.person = person
        self.time = time
        self.name = name
        self.country = country
    }

    /// Random ones of so many people in some days from an instant; times are whole minutes, so
    /// that there are ties.
    static func random(
        _ count: Int, people: Int, days: Int, from start: Instant,
        _ generator: inout SeededGenerator
    ) -> [Happening] {
        (0..<count).map { _ in
            Happening(
                person: "p\(Int.random(in: 0..<people, using: &generator))",
                time: start.adding(
                    seconds: 60 * Int.random(in: 0..<(days * 1_440), using: &generator)),
                name: ["a", "b", "c", "d"].randomElement(using: &generator) ?? "a",
                country: ["DE", "FR", "US", nil].randomElement(using: &generator) ?? nil)
        }
    }

    static let source = """
        source: events
        is: One row per event.
        time: moment
        event: name
        entities: { person: person }
        dimensions: { country: country }
        """
}

extension Bench {
    /// A database of happenings.
    init(_ happenings: [Happening], zone: String = "UTC", more: String = "") async throws {
        let rows = happenings.map { event in
            let moment = "\(event.time)".replacing("T", with: " ").replacing("Z", with: "")
            let country = event.country.map { "'\($0)'" } ?? "cast(null as varchar)"
            return "'\(event.person)', timestamp '\(moment)', '\(event.name)', \(country)"
        }
        try await self.init(
            metrics: "entity: person\nis: Somebody.\n" + more,
            setUp: [Bench.table("events", "person, moment, name, country", rows)],
            definitions: Happening.source, zone: zone)
    }

    /// A plan of a question about behaviour.
    func plan<Definition: BehaviourDefinition>(
        _ type: Definition.Type, _ yaml: String, over: String, grain: Grain? = nil,
        by dimension: String? = nil, filters: [String] = [], limit: Int = 20
    ) throws -> BehaviourPlan<Definition> {
        let range = try RangeText(calendar: calendar, today: Day(number: 20_500), covered: nil)
            .range(over)
        return try BehaviourPlan(
            BehaviourQuestion(
                try Definition(yaml: "{ from: events\(yaml.isEmpty ? "" : ", ")\(yaml) }"),
                range: range, grain: grain, dimension: dimension,
                filters: try filters.map { try Expression(parsing: $0) }, limit: limit,
                calendar: calendar),
            catalog: catalog, facts: facts)
    }

    /// Up to when the events are known.
    var known: Instant? { facts["events"]?.watermark }
}

/// What happened, looked at person by person as the rules read.
struct HappeningsByHand {
    let people: [[Happening]]
    let calendar: WorkCalendar

    init(_ happenings: [Happening], _ calendar: WorkCalendar) {
        people = Array(Dictionary(grouping: happenings, by: \.person).values)
        self.calendar = calendar
    }

    func day(_ event: Happening) -> Day { calendar.zone.day(at: event.time) }

    /// The people whose last value before a day is this one.
    func part(_ country: String?, before end: Day) -> HappeningsByHand {
        HappeningsByHand(
            people.filter { events in
                let known = events.filter { day($0) < end && $0.country != nil }
                    .max { ($0.time, $0.country ?? "") < ($1.time, $1.country ?? "") }
                return events.contains { day($0) < end } && known?.country == country
            }.flatMap { $0 }, calendar)
    }
}

extension JSON {
    /// The elements of a list; none for anything else.
    var items: [JSON] { if case .list(let items) = self { items } else { [] } }
}
