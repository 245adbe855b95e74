import Vocabulary

/// On which civil days those who started were active: what retention is made of.
public struct ReturnsRecipe: Hashable, Sendable {
    /// What an entity's start is.
    public enum Start: Hashable, Sendable {
        /// Its first row of activity that counts.
        case first
        /// Its first row that counts in another source.
        case source(String, RowSelection)
    }

    /// The source of activity.
    public let activity: String
    /// Which activity counts.
    public let rows: RowSelection
    /// Who starts and comes back.
    public let entity: RecipeKey
    /// What the start is.
    public let since: Start

    /// Makes a recipe.
    public init(
        activity: String, rows: RowSelection = RowSelection(), entity: RecipeKey,
        since: Start = .first
    ) {
        self.activity = activity
        self.rows = rows
        self.entity = entity
        self.since = since
    }

    /// The source whose rows are the starts.
    public var startSource: String {
        if case .source(let name, _) = since { name } else { activity }
    }
}

extension ReturnsRecipe: RecipeForm {
    var sources: [(name: String, path: String)] {
        var sources = [(name: activity, path: "from.returns")]
        if case .source(let name, _) = since { sources.append((name, "from.since")) }
        return sources
    }

    func defaults(_ sources: [String: SourceDefinition]) -> RecipeDefaults {
        var defaults = RecipeDefaults(of: sources[startSource])
        defaults.time = TimeColumn(column: "started")
        defaults.entities[entity.name] = .name(NameReference(entity.name))
        return defaults
    }

    /// The recipe on one line.
    public var description: String {
        var parts = ["returns: \(activity)", "by: \(entity.text)"]
        switch since {
        case .first: parts.append("since: first")
        case .source(let name, let rows) where rows.isAll: parts.append("since: \(name)")
        case .source(let name, let rows):
            parts.append("since: { \((["source: \(name)"] + rows.keys).joined(separator: ", ")) }")
        }
        return "{ \((parts + rows.keys).joined(separator: ", ")) }"
    }
}

extension ReturnsRecipe {
    init?(_ reader: NodeReader) {
        let activity = reader.text("returns", required: true, example: "visits")
        let entity = reader.entity()
        let since = Self.since(reader)
        let rows = RowSelection(reader)
        guard let activity, let entity, let since else { return nil }
        self.init(activity: activity, rows: rows, entity: entity, since: since)
    }

    private static func since(_ reader: NodeReader) -> Start? {
        guard let node = reader.node("since") else {
            reader.missing("since", example: "first, or a source such as sign_ups")
            return nil
        }
        if let name = node.scalar {
            return name == "first" ? .first : .source(name.trimmedOfSpace, RowSelection())
        }
        guard let since = reader.mapping("since", what: "start") else { return nil }
        defer { since.finish() }
        let source = since.text("source", required: true, example: "sign_ups")
        let rows = RowSelection(since)
        return source.map { .source($0, rows) }
    }
}
