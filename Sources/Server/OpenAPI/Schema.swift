import Vocabulary

/// The shape of a JSON value, in the words of JSON Schema 2020-12.
struct Schema: Equatable, Sendable {
    /// The schema itself.
    let json: JSON

    static let text = Schema(json: ["type": "string"])
    static let integer = Schema(json: ["type": "integer"])
    static let number = Schema(json: ["type": "number"])
    static let boolean = Schema(json: ["type": "boolean"])
    /// A civil date, `2026-01-31`.
    static let date = Schema(json: ["type": "string", "format": "date"])
    /// A value of a table: a text, a number, a truth value or nothing.
    static let cell = Schema(json: ["type": ["string", "number", "boolean", "null"]])

    /// One of some words.
    static func choice(_ words: [String]) -> Schema {
        Schema(json: ["type": "string", "enum": .list(words.map(JSON.text))])
    }

    /// A list.
    static func list(_ element: Schema) -> Schema {
        Schema(json: ["type": "array", "items": element.json])
    }

    /// A list of as many values as there are schemas.
    static func tuple(_ elements: [Schema]) -> Schema {
        let count = JSON.integer(elements.count)
        return Schema(json: [
            "type": "array", "prefixItems": .list(elements.map(\.json)), "minItems": count,
            "maxItems": count,
        ])
    }

    /// A schema of the component list, by its name.
    static func named(_ name: String) -> Schema {
        Schema(json: ["$ref": .text("#/components/schemas/\(name)")])
    }

    /// An object.
    ///
    /// - Parameters:
    ///   - members: The members that are always there, in order.
    ///   - optional: The members that may be missing.
    /// - Returns: The schema; it allows further members.
    static func object(
        _ members: KeyValuePairs<String, Schema>, optional: KeyValuePairs<String, Schema> = [:]
    ) -> Schema {
        let all =
            members.map { (name: $0.key, value: $0.value.json) }
            + optional.map { (name: $0.key, value: $0.value.json) }
        var json: [(name: String, value: JSON)] = [
            ("type", "object"), ("properties", .object(all)),
        ]
        if !members.isEmpty { json.append(("required", .list(members.map { .text($0.key) }))) }
        return Schema(json: .object(json))
    }

    /// All members of some schemas together.
    static func all(_ schemas: [Schema]) -> Schema {
        Schema(json: ["allOf": .list(schemas.map(\.json))])
    }

    /// The same, or null.
    var orNull: Schema { Schema(json: ["anyOf": [json, ["type": "null"]]]) }

    /// The same with a sentence that explains it.
    func described(_ sentence: String) -> Schema {
        guard case .object(let members) = json else { return self }
        return Schema(json: .object(members + [("description", .text(sentence))]))
    }
}
