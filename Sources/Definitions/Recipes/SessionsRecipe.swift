import Vocabulary

/// The rows of an entity between which no pause is longer than a gap.
public struct SessionsRecipe: Hashable, Sendable {
    /// The source of the rows.
    public let source: String
    /// Which of its rows count.
    public let rows: RowSelection
    /// Who acts.
    public let entity: RecipeKey
    /// The longest pause inside a session.
    public let gap: WindowLength
    /// The columns that are made of a session's rows, in order.
    public let keep: [KeptColumn]

    /// Makes a recipe.
    public init(
        source: String, rows: RowSelection = RowSelection(), entity: RecipeKey, gap: WindowLength,
        keep: [KeptColumn] = []
    ) {
        self.source = source
        self.rows = rows
        self.entity = entity
        self.gap = gap
        self.keep = keep
    }
}

extension SessionsRecipe: RecipeForm {
    var sources: [(name: String, path: String)] { [(source, "from.sessions")] }

    func defaults(_ sources: [String: SourceDefinition]) -> RecipeDefaults {
        RecipeDefaults(
            time: TimeColumn(column: "started"),
            entities: [entity.name: .name(NameReference(entity.name))],
            dimensions: KeptColumn.dimensions(keep, of: sources[source]),
            lateness: sources[source]?.lateness)
    }

    /// The recipe on one line.
    public var description: String {
        var parts = ["sessions: \(source)", "by: \(entity.text)", "gap: \(gap)"] + rows.keys
        if !keep.isEmpty { parts.append("keep: { \(keep.map(\.text).joined(separator: ", ")) }") }
        return "{ \(parts.joined(separator: ", ")) }"
    }
}

extension SessionsRecipe {
    init?(_ reader: NodeReader) {
        let source = reader.text("sessions", required: true, example: "page_views")
        let entity = reader.entity()
        let gap = reader.length("gap", required: true, example: "30 minutes")
        let rows = RowSelection(reader)
        let keep = KeptReading(reader: reader).columns()
        guard let source, let entity, let gap else { return nil }
        self.init(source: source, rows: rows, entity: entity, gap: gap, keep: keep)
    }
}

extension NodeReader {
    /// The one entity under `by`.
    func entity() -> RecipeKey? {
        let keys = keys("by")
        guard keys.count > 1 else { return keys.first }
        report(
            .badValue, "'by' of the \(what) is one entity; here are \(keys.count).",
            at: node("by")?.place, hint: "write by: \(keys[0].name)")
        return nil
    }
}
