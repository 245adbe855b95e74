import Vocabulary

/// The movements of subscriptions, made of their periods or invoices.
public struct LedgerRecipe: Hashable, Sendable {
    /// The source of periods or invoices.
    public let source: String

    /// Makes a recipe.
    public init(source: String) { self.source = source }
}

extension LedgerRecipe: RecipeForm {
    var sources: [(name: String, path: String)] { [(source, "from.ledger")] }

    func defaults(_ sources: [String: SourceDefinition]) -> RecipeDefaults {
        RecipeDefaults(time: TimeColumn(column: "moment"))
    }

    /// The recipe on one line.
    public var description: String { "{ ledger: \(source) }" }
}

extension LedgerRecipe {
    init?(_ reader: NodeReader) {
        guard let source = reader.text("ledger", required: true, example: "invoices") else {
            return nil
        }
        self.init(source: source)
    }
}
