import Vocabulary

/// Which starts reached a finish within a window: what conversion is made of.
public struct AttemptsRecipe: Hashable, Sendable {
    /// The source of the starts.
    public let source: String
    /// Which of its rows start an attempt.
    public let start: RowSelection
    /// The source of the finishes.
    public let finishSource: String
    /// Which of its rows finish an attempt.
    public let finish: RowSelection
    /// Who starts and finishes.
    public let entity: RecipeKey
    /// How long after the start a finish counts; the window's end itself does not.
    public let within: WindowLength
    /// Names that must have the same value at the start and the finish.
    public let same: [String]

    /// Makes a recipe.
    public init(
        source: String, start: RowSelection, finishSource: String, finish: RowSelection,
        entity: RecipeKey, within: WindowLength, same: [String] = []
    ) {
        self.source = source
        self.start = start
        self.finishSource = finishSource
        self.finish = finish
        self.entity = entity
        self.within = within
        self.same = same
    }

    /// Whether any row that starts an attempt could finish it as well.
    public var isRepetition: Bool { source == finishSource && start == finish }
}

extension AttemptsRecipe: RecipeForm {
    var sources: [(name: String, path: String)] {
        [(source, "from.attempts"), (finishSource, "from.finish.source")]
    }

    func defaults(_ sources: [String: SourceDefinition]) -> RecipeDefaults {
        var defaults = RecipeDefaults(of: sources[source])
        if defaults.entities[entity.name] == nil { defaults.entities[entity.name] = entity.value }
        // What started in a period may still be finished so long after its end.
        defaults.lateness = within.span
        return defaults
    }

    /// The recipe on one line.
    public var description: String {
        let start = start.keys.joined(separator: ", ")
        var finish = finish.keys
        if finishSource != source { finish.insert("source: \(finishSource)", at: 0) }
        var parts = ["attempts: \(source)"]
        if !start.isEmpty { parts.append("start: { \(start) }") }
        parts.append("finish: { \(finish.joined(separator: ", ")) }")
        parts += ["by: \(entity.text)", "within: \(within)"]
        if !same.isEmpty { parts.append("same: [\(same.joined(separator: ", "))]") }
        return "{ \(parts.joined(separator: ", ")) }"
    }
}

extension AttemptsRecipe {
    init?(_ reader: NodeReader) {
        let source = reader.text("attempts", required: true, example: "events")
        let start = reader.mapping("start", what: "start").map { start in
            defer { start.finish() }
            return RowSelection(start)
        }
        let finish = reader.mapping("finish", what: "finish")
        let finishSource = finish?.text("source")
        let finishRows = finish.map { RowSelection($0) }
        finish?.finish()
        let entity = reader.entity()
        let within = reader.length("within", required: true, example: "7 days")
        let same = reader.names("same")
        if finish == nil, !reader.has("finish") {
            reader.missing("finish", example: "{ events: [purchase] }")
        }
        guard let source, let finishRows, let entity, let within else { return nil }
        self.init(
            source: source, start: start ?? RowSelection(), finishSource: finishSource ?? source,
            finish: finishRows, entity: entity, within: within, same: same)
    }
}
