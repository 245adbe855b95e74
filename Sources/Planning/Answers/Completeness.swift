import Definitions
import Vocabulary

/// Tells whether all data of a period has arrived.
public struct Completeness: Sendable {
    private let catalog: Catalog
    private let facts: [String: SourceFacts]
    private let calendar: WorkCalendar

    /// Prepares to tell.
    public init(catalog: Catalog, facts: [String: SourceFacts], calendar: WorkCalendar) {
        self.catalog = catalog
        self.facts = facts
        self.calendar = calendar
    }

    /// Whether the watermark of every source has passed the period's end and the source's lateness.
    public func isComplete(_ period: Period, sources: [String]) -> Bool {
        sources.allSatisfy { name in
            if let source = catalog.sources[name], source.time == nil { return true }
            guard let watermark = watermark(of: name) else { return false }
            if case .retention(let recipe)? = catalog.sources[name]?.recipe {
                return watermark >= recipe.end(of: period, calendar)
            }
            guard let lateness = catalog.sources[name]?.lateness else {
                return watermark >= period.instants.end
            }
            return watermark >= calendar.zone.start(of: lateness.after(period.range.end))
        }
    }

    /// Up to where a source's data is known: its declaration, or its last row.
    ///
    /// A source without rows is known up to nowhere.
    public func watermark(of source: String) -> Instant? {
        guard facts[source]?.watermark != nil else { return nil }
        if let day = catalog.sources[source]?.completeThrough {
            return calendar.zone.start(of: day)
        }
        return facts[source]?.watermark
    }

    /// The last complete period of a grain; nil without data.
    public func lastCompletePeriod(_ grain: Grain, sources: [String], before day: Day) -> Period? {
        var watermarks: [Instant] = []
        for source in sources {
            guard let watermark = watermark(of: source) else { return nil }
            watermarks.append(watermark)
        }
        guard let earliest = watermarks.min() else { return nil }
        var start = calendar.start(of: grain, containing: min(calendar.zone.day(at: earliest), day))
        for _ in 0..<60 {
            let period = calendar.period(grain, calendar.range(of: grain, containing: start))
            if period.range.end <= day, isComplete(period, sources: sources) { return period }
            start = calendar.start(of: grain, steps: -1, from: start)
        }
        return nil
    }
}
