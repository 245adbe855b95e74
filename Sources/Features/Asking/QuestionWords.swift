import Definitions
import Planning
import Vocabulary

/// The texts of a question, as the command line and the address give them.
public struct QuestionWords: Hashable, Sendable {
    /// The metrics.
    public var metrics: [String]
    /// The dimensions to split by.
    public var by: [String]
    /// The range; nil means the last twelve months.
    public var over: String?
    /// The grain; nil means one number for the whole range.
    public var grain: String?
    /// Filters; all must hold.
    public var filters: [String]
    /// What to compare with.
    public var compare: String?
    /// How many values of a dimension are shown.
    public var limit: Int?
    /// The zone, instead of the workspace's.
    public var zone: String?
    /// The day that is called today.
    public var asOf: String?

    /// Makes the texts of a question.
    public init(
        metrics: [String], by: [String] = [], over: String? = nil, grain: String? = nil,
        filters: [String] = [], compare: String? = nil, limit: Int? = nil, zone: String? = nil,
        asOf: String? = nil
    ) {
        self.metrics = metrics
        self.by = by
        self.over = over
        self.grain = grain
        self.filters = filters
        self.compare = compare
        self.limit = limit
        self.zone = zone
        self.asOf = asOf
    }
}

extension WorkspaceSession {
    /// Understands the texts of a question.
    ///
    /// - Throws: `question/…` and `expression/…`, each with what would be understood.
    public func question(_ words: QuestionWords) throws(Failure) -> Question {
        let calendar = try calendar(zone: words.zone)
        let told = try day(words.asOf)
        let today = told ?? calendar.zone.day(at: clock.now)
        let grain = try words.grain.map { text throws(Failure) in
            try choice(text, of: Grain.self, called: "grain")
        }
        let comparison = try words.compare.flatMap { text throws(Failure) in
            text == "none" ? nil : try choice(text, of: Comparison.self, called: "comparison")
        }
        let ranges = RangeText(
            calendar: calendar, today: today, covered: covered(words.metrics, calendar: calendar))
        let range = try words.over.map(ranges.range) ?? ranges.usual
        var filters: [Expression] = []
        for text in words.filters { filters.append(try Expression(parsing: text)) }
        if let limit = words.limit, !(1...1_000).contains(limit) {
            throw Failure(
                .badLimit, "A limit of \(limit) values is not possible.",
                hint: "Take a number from 1 to 1000.")
        }
        return Question(
            metrics: words.metrics, range: range, grain: grain, dimensions: words.by,
            filters: filters, comparison: comparison, limit: words.limit ?? 20, calendar: calendar,
            today: told)
    }

    private func calendar(zone name: String?) throws(Failure) -> WorkCalendar {
        guard let name else { return calendar }
        guard let zone = Zone(name: name) else {
            throw Failure(
                .unknownZoneAsked, "There is no time zone named '\(name)'.",
                hint: nearestName(to: name, among: Zone.names).map { "did you mean '\($0)'?" }
                    ?? "Take a name of the IANA database, for example Europe/Berlin.")
        }
        return WorkCalendar(
            zone: zone, firstWeekday: calendar.firstWeekday, fiscal: calendar.fiscal)
    }

    private func day(_ text: String?) throws(Failure) -> Day? {
        guard let text else { return nil }
        guard let day = Day(iso: text) else {
            throw Failure(
                .badDay, "'\(text)' is not a day.", hint: "Write it as 2026-06-30.")
        }
        return day
    }

    private func choice<Choice: RawRepresentable & CaseIterable>(
        _ text: String, of type: Choice.Type, called name: String
    ) throws(Failure) -> Choice where Choice.RawValue == String {
        if let choice = Choice(rawValue: text.lowercased()) { return choice }
        let all = Choice.allCases.map(\.rawValue)
        throw Failure(
            .badChoice, "There is no \(name) '\(text)'.",
            hint: nearestName(to: text, among: all).map { "did you mean '\($0)'?" }
                ?? "take one of \(all.joined(separator: ", "))")
    }

    /// The days that the data of some metrics covers.
    private func covered(_ metrics: [String], calendar: WorkCalendar) -> TimeRange? {
        let snapshot = snapshot
        var start: Day?
        var end: Day?
        var hasTimelessRows = false
        for name in Set(metrics.flatMap({ snapshot.catalog.sources(of: $0) })) {
            guard let source = snapshot.catalog.sources[name], let facts = snapshot.facts[name]
            else { continue }
            if source.time == nil, facts.rows > 0 { hasTimelessRows = true }
            guard let days = facts.days(of: source, in: calendar.zone) else { continue }
            start = min(start ?? days.start, days.start)
            end = max(end ?? days.end, days.end)
        }
        if let start, let end { return TimeRange(start: start, end: end) }
        guard hasTimelessRows else { return nil }
        let today = calendar.zone.day(at: clock.now)
        return TimeRange(start: today, end: today.adding(days: 1))
    }
}

extension Failure.Code {
    /// A limit of values is out of bounds.
    public static let badLimit: Self = "question/limit"
    /// A zone's name is not known.
    public static let unknownZoneAsked: Self = "question/unknown-zone"
    /// A text is not a day.
    public static let badDay: Self = "question/day"
    /// A text is none of the possible choices.
    public static let badChoice: Self = "question/choice"
}
