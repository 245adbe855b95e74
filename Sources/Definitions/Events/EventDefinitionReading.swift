import Vocabulary

/// Reads what an application is meant to send.
struct EventDefinitionReading {
    let reader: NodeReader

    func event(named id: String, origin: Origin) -> EventDefinition? {
        let meaning = reader.text("is", required: true, example: "Somebody made an account.")
        let event = reader.text("name") ?? id
        let sources = reader.names("from")
        if sources.isEmpty { reader.missing("from", example: "app") }
        let owner = reader.text("owner")
        let properties = properties()
        reader.finish()
        guard let meaning, !sources.isEmpty else { return nil }
        return EventDefinition(
            id: id, event: event, meaning: meaning, owner: owner, sources: sources,
            properties: properties, origin: origin)
    }

    private func properties() -> [String: EventDefinition.Property] {
        guard let list = reader.mapping("properties", what: "properties of the event") else {
            return [:]
        }
        let types = ValueType.allCases.filter { $0 != .unknown }.map { ($0.rawValue, $0) }
        var properties: [String: EventDefinition.Property] = [:]
        for name in list.keys {
            guard let node = list.node(name) else { continue }
            if node.scalar != nil {
                properties[name] = list.word(name, of: types)
                    .map { EventDefinition.Property(type: $0) }
            } else if let one = list.mapping(name, what: "property '\(shortened(name))'") {
                let type = one.word("type", of: types)
                if !one.has("type") { one.missing("type", example: "text") }
                let property = type.map {
                    EventDefinition.Property(
                        type: $0, meaning: one.text("is"), values: one.names("values"),
                        isRequired: one.word("required", of: [("true", true), ("false", false)])
                            ?? false)
                }
                one.finish()
                properties[name] = property
            }
        }
        return properties
    }
}

extension Failure.Code {
    /// An event of the tracking plan names a source that takes no events.
    public static let eventSource: Self = "definition/event-source"
}
