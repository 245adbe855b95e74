import Vocabulary

/// Reads the recipe of a source: its key `from`, where that names no files.
struct RecipeReading {
    /// The source's reader.
    let reader: NodeReader

    /// Whether the source is made from others, soundly written or not.
    var isWritten: Bool {
        guard case .mapping(let entries)? = reader.node("from")?.content else { return false }
        let formats = SourceFiles.Format.allCases.map(\.rawValue)
        let kinds = entries.map(\.key).filter { Recipe.kinds.contains($0) }
        // Files have a key 'rows' as well, which says what their rows are.
        let isFiles = entries.contains { formats.contains($0.key) }
        return isFiles ? kinds.contains { $0 != "rows" } : !kinds.isEmpty
    }

    func recipe() -> Recipe? {
        guard let from = reader.mapping("from", what: "recipe of the source") else { return nil }
        let kinds = from.keys.filter { Recipe.kinds.contains($0) }
        let files = from.keys.filter { SourceFiles.Format(rawValue: $0) != nil }
        guard let kind = kinds.first, kinds.count == 1, files.isEmpty else {
            let written = (kinds + files).joined(separator: " and ")
            from.report(
                .recipeKind,
                "The rows of a source come from one place; here are \(written).", at: from.place,
                hint: "make two sources, one of which is made from the other")
            return nil
        }
        return reader.problems.soundly {
            defer { from.finish() }
            switch kind {
            case "each": return EachRecipe(from).map(Recipe.each)
            case "rows": return RowsRecipe(from).map(Recipe.rows)
            case "sessions": return SessionsRecipe(from).map(Recipe.sessions)
            case "returns": return ReturnsRecipe(from).map(Recipe.returns)
            case "attempts": return AttemptsRecipe(from).map(Recipe.attempts)
            default: return LedgerRecipe(from).map(Recipe.ledger)
            }
        }
    }
}

extension Failure.Code {
    /// A source names files and a recipe, or several recipes.
    public static let recipeKind: Self = "definition/recipe-kind"
}
