import Vocabulary

/// A definition of behaviour that can be read and checked.
protocol ReadableBehaviour: BehaviourDefinition {
    /// A sentence as its key `is` would say it.
    static var meaningExample: String { get }

    /// Reads the keys that other kinds do not have; nil, with a finding, where one is wrong.
    init?(_ reader: NodeReader, _ head: BehaviourHead)

    /// The sources that it reads, and under which key of the definition each is written.
    var sources: [(name: String, path: String)] { get }

    /// Reports what means nothing in its source.
    func check(_ findings: inout BehaviourFindings)
}

extension ReadableBehaviour {
    var sources: [(name: String, path: String)] { [(source, "from")] }

    /// Reads a whole definition.
    static func read(_ reader: NodeReader, named name: String, origin: Origin) -> Self? {
        let title = reader.text("title") ?? titled(name)
        let meaning = reader.text("is")
        if meaning == nil {
            reader.missing("is", example: meaningExample, severity: .warning)
        }
        let owner = reader.text("owner")
        let source = reader.text("from", required: true, example: "page_views")
        let entity = reader.has("by") ? reader.entity() : nil
        let filter = reader.expression("where")
        let definition = Self(
            reader,
            BehaviourHead(
                name: name, title: title, meaning: meaning ?? "", owner: owner,
                source: source ?? "", entity: entity, filter: filter, origin: origin))
        reader.finish()
        return source == nil ? nil : definition
    }
}

extension BehaviourKind {
    /// The type of its definitions.
    var type: any ReadableBehaviour.Type {
        switch self {
        case .funnel: FunnelDefinition.self
        case .retention: RetentionDefinition.self
        case .lifecycle: LifecycleDefinition.self
        case .activity: ActivityDefinition.self
        case .adoption: AdoptionDefinition.self
        case .paths: PathsDefinition.self
        case .campaigns: CampaignsDefinition.self
        case .segment: SegmentDefinition.self
        }
    }
}

extension NodeReader {
    /// Which rows are meant under a key: an event, a list of events, or a mapping; nil without it.
    func rows(_ key: String, what: String) -> RowSelection? {
        guard let node = node(key) else { return nil }
        if let events = eventNames(node) { return RowSelection(events: events) }
        guard let written = mapping(key, what: what) else { return nil }
        defer { written.finish() }
        return written.selection()
    }

    /// The names of events that a node lists, or the only one; nil for a mapping.
    func eventNames(_ node: YAMLNode) -> [String]? {
        switch node.content {
        case .scalar(let text): return [text.trimmedOfSpace]
        case .sequence(let items):
            let names = items.compactMap { $0.scalar?.trimmedOfSpace }
            return names.count == items.count && !names.isEmpty ? names : nil
        case .mapping: return nil
        }
    }

    /// Which rows are meant by `event` or `events`, and `where`.
    func selection() -> RowSelection {
        let events = names("event") + names("events")
        return RowSelection(filter: expression("where"), events: events)
    }

    /// A length of time in seconds; a day has 24 hours.
    func seconds(_ key: String, example: String) -> Int? {
        value(key, is: "a length of time in seconds to weeks", example: example) {
            WindowLength(text: $0)?.seconds
        }
    }
}

extension WindowLength {
    /// The seconds that pass; a day has 24 hours, and months have no length.
    var seconds: Int? {
        switch self {
        case .elapsed(let seconds): seconds
        case .civil(let span): span.months == 0 ? span.days * 86_400 : nil
        }
    }
}
