import Vocabulary

/// What a source takes of the events that applications send.
///
/// Its rows come with the write keys that are bound to it. It has the columns that every source of
/// events has, and one for each property that the definition names under `columns`; what it does
/// not name stays in the column `properties`.
public struct EventIntake: Hashable, Sendable {
    /// Whose events count.
    public enum Actors: String, CaseIterable, Sendable {
        /// People's alone; those of programs are kept apart.
        case people
        /// Those of programs too.
        case everybody
    }

    /// What becomes of internet addresses.
    public enum Addresses: String, CaseIterable, Sendable {
        /// They are stored nowhere.
        case dropped
        /// A fingerprint that changes every day is stored.
        case hashed
        /// They are stored.
        case kept
    }

    /// Whose events count.
    public let actors: Actors
    /// The properties that may be stored; nil where all may.
    public let kept: Set<String>?
    /// The property that must be true for an event to be stored; nil where none is asked for.
    public let consent: String?
    /// What becomes of internet addresses.
    public let addresses: Addresses

    /// Takes events.
    public init(
        actors: Actors = .people, kept: Set<String>? = nil, consent: String? = nil,
        addresses: Addresses = .dropped
    ) {
        self.actors = actors
        self.kept = kept
        self.consent = consent
        self.addresses = addresses
    }

    /// The columns that every source of events has, in the order in which rows show them.
    public static let columns: [(name: String, type: ValueType)] = [
        ("person", .integer), ("time", .instant), ("event", .text), ("kind", .text),
        ("actor", .integer), ("user_id", .text), ("anonymous_id", .text), ("session_id", .text),
        ("group_type", .text), ("group_id", .text), ("url", .text), ("path", .text),
        ("title", .text), ("referrer", .text), ("referrer_host", .text),
        ("campaign_source", .text), ("campaign_medium", .text), ("campaign_name", .text),
        ("campaign_term", .text), ("campaign_content", .text), ("click_id", .text),
        ("device", .text), ("browser", .text), ("system", .text), ("country", .text),
        ("language", .text), ("is_bot", .boolean), ("library", .text), ("format", .text),
        ("received", .instant), ("client_time", .instant), ("message_id", .text),
        ("properties", .text), ("traits", .text), ("groups", .text),
    ]

    /// Who acts in every source of events.
    static let entities: [String: Expression] = ["person": .name(NameReference("person"))]

    /// What splits every source of events: where and by which way something happened, and the
    /// properties that are texts or yes and no.
    static func dimensions(_ properties: [String: ValueType]) -> [String: SourceDimension] {
        let usual = [
            "country", "language", "device", "browser", "system", "path", "referrer_host",
            "campaign_source", "campaign_medium", "campaign_name",
        ]
        let own = properties.filter { [.text, .boolean].contains($0.value) }.keys
            .filter { wellFormed($0, joiner: "_") == $0 }
        return Dictionary(
            uniqueKeysWithValues: (usual + own).map {
                ($0, SourceDimension(expression: .name(NameReference($0))))
            })
    }

    /// Whether every source of events has a column of this name; `rowid` is the number of a row.
    public static func hasColumn(_ name: String) -> Bool {
        name.lowercased() == "rowid" || columns.contains { $0.name == name.lowercased() }
    }
}

/// Reads a source of events: its key `from`, where that says `events`.
struct EventIntakeReading {
    /// The source's reader.
    let reader: NodeReader

    /// Whether the source's rows are events, soundly written or not.
    var isWritten: Bool {
        guard let from = reader.node("from") else { return false }
        if case .mapping(let entries) = from.content {
            // Recipes have a key 'events' as well, which says which events they read.
            let keys = entries.map(\.key)
            return keys.contains("events") && !keys.contains { Recipe.kinds.contains($0) }
        }
        return from.scalar?.trimmedOfSpace == "events"
    }

    func intake() -> EventIntake? {
        guard reader.node("from")?.scalar == nil else { return EventIntake() }
        guard let from = reader.mapping("from", what: "events of the source") else { return nil }
        let actors = from.word("events", as: EventIntake.Actors.self)
        let kept = from.has("keep") ? Set(from.names("keep")) : nil
        let consent = from.text("consent")
        let addresses = from.word("addresses", as: EventIntake.Addresses.self) ?? .dropped
        from.finish()
        return actors.map {
            EventIntake(actors: $0, kept: kept, consent: consent, addresses: addresses)
        }
    }

    /// The properties that become columns; names that every source of events has are reported.
    func properties(_ types: [String: ValueType]) -> [String: ValueType] {
        let columns = reader.mapping("columns", what: "columns of the source")
        for name in types.keys.sorted() where EventIntake.hasColumn(name) {
            columns?.report(
                .eventColumn, "Every source of events has a column '\(name)' already.",
                at: columns?.entry(name)?.place,
                hint: "leave it out; a property of this name is in the column properties")
        }
        return types.filter { !EventIntake.hasColumn($0.key) }
    }
}

extension Failure.Code {
    /// A source of events declares a column that every one has.
    public static let eventColumn: Self = "definition/event-column"
}
