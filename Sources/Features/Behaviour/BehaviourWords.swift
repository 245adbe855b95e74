import Definitions
import Planning
import Vocabulary

/// The texts of a behavioural question: a definition, and over what it is asked.
public struct BehaviourWords: Hashable, Sendable {
    /// The name of a definition; nil where ``yaml`` gives one.
    public var name: String?
    /// A definition that no file has, in the same keys.
    public var yaml: String?
    /// The range; nil means the last twelve months.
    public var over: String?
    /// The periods of the trend, or of the cohorts of a retention.
    public var grain: String?
    /// What to split by.
    public var by: String?
    /// Filters; all must hold.
    public var filters: [String]
    /// What to compare with.
    public var compare: String?
    /// How many values of the dimension are shown.
    public var limit: Int?
    /// The zone, instead of the workspace's.
    public var zone: String?
    /// The day that is called today.
    public var asOf: String?

    /// Makes the texts of a question.
    public init(
        name: String? = nil, yaml: String? = nil, over: String? = nil, grain: String? = nil,
        by: String? = nil, filters: [String] = [], compare: String? = nil, limit: Int? = nil,
        zone: String? = nil, asOf: String? = nil
    ) {
        self.name = name
        self.yaml = yaml
        self.over = over
        self.grain = grain
        self.by = by
        self.filters = filters
        self.compare = compare
        self.limit = limit
        self.zone = zone
        self.asOf = asOf
    }
}

/// What behavioural questions need of a session.
struct BehaviourDesk {
    let session: WorkspaceSession
    let snapshot: WorkspaceSession.Snapshot
    let words: BehaviourWords

    init(_ session: WorkspaceSession, _ words: BehaviourWords) {
        self.session = session
        snapshot = session.snapshot
        self.words = words
    }

    /// A definition by its name or from its text.
    func definition<Definition>(
        _ kind: String, _ known: [String: Definition],
        _ read: (String) throws(Failure) -> Definition
    ) throws(Failure) -> Definition {
        if let yaml = words.yaml { return try read(yaml) }
        let name = words.name ?? ""
        if let found = known[name] { return found }
        throw Failure(
            .unknownBehaviour, "There is no \(kind) named '\(name)'.",
            hint: nearestName(to: name, among: known.keys).map { "did you mean '\($0)'?" }
                ?? "define it: \(kind): \(name.isEmpty ? "name" : name)")
    }

    /// The words understood as a question without metrics; its range is that of the source.
    func question(source: String) throws(Failure) -> Question {
        if let cause = snapshot.derivationFailures[source] {
            throw Failure(
                .derivationFailed,
                "The source '\(source)' has no rows, since it could not be made: \(cause.message)",
                hint: cause.hint, place: cause.place, details: cause.details)
        }
        var question = try session.question(
            QuestionWords(
                metrics: [], over: "today", grain: words.grain, filters: words.filters,
                compare: words.compare, limit: words.limit, zone: words.zone, asOf: words.asOf))
        question.range = try RangeText(
            calendar: question.calendar, today: question.range.start,
            covered: covered(source, question.calendar)
        ).range(words.over ?? "last 12 months")
        return question
    }

    /// The days of a source's rows.
    private func covered(_ source: String, _ calendar: WorkCalendar) -> TimeRange? {
        guard let facts = snapshot.facts[source], let first = facts.first,
            let watermark = facts.watermark
        else { return nil }
        let column = snapshot.catalog.sources[source]?.time?.column
        let isDay = facts.columns.contains { $0.name == column && $0.type == .day }
        let last = Instant(microseconds: watermark.microseconds - (isDay ? 1 : 0))
        return TimeRange(
            start: calendar.zone.day(at: first),
            end: calendar.zone.day(at: last).adding(days: 1))
    }

    /// Up to when the rows of a source are known.
    func known(_ source: String, _ calendar: WorkCalendar) -> Instant? {
        Completeness(catalog: snapshot.catalog, facts: snapshot.facts, calendar: calendar)
            .watermark(of: source)
    }

    /// How the numbers were made.
    func receipt(
        _ name: String, source: String, formula: String, question: Question,
        share: (numerator: Int, denominator: Int)?, statements: [Statement]
    ) -> JSON {
        let facts = snapshot.facts[source] ?? .empty
        let known = known(source, question.calendar)
        let definition = ContentHash.hex([formula], length: 12)
        let id = ContentHash.hex(
            [
                name, definition, question.json.line, Zone.rulesVersion,
                "\(source) \(facts.version)",
            ],
            length: 12)
        return Receipt(
            id: id, metric: name, definition: definition, formula: formula,
            filters: question.filters.map(\.description), zone: question.calendar.zone.name,
            zoneRules: Zone.rulesVersion, range: question.range,
            instants: question.calendar.instants(of: question.range), watermark: known,
            sources: [
                Receipt.ReceiptSource(
                    name: source, version: facts.version, rows: facts.rows, watermark: known)
            ],
            numerator: share.map { Double($0.numerator) },
            denominator: share.map { Double($0.denominator) },
            value: share.flatMap {
                $0.denominator > 0 ? Double($0.numerator) / Double($0.denominator) : nil
            }, leftOut: nil, statements: statements
        ).json
    }
}

extension JSON {
    /// An object with further members.
    func adding(_ added: [(name: String, value: JSON)]) -> JSON {
        guard case .object(let members) = self else { return self }
        return .object(members + added)
    }
}

extension Failure.Code {
    /// There is no funnel or retention of a name.
    public static let unknownBehaviour: Self = "question/unknown-behaviour"
}
