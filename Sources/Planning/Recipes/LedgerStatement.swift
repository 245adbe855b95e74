import Definitions
import Vocabulary

/// Writes the recipe `ledger`.
struct LedgerStatement {
    private let recipe: LedgerRecipe
    private let inputs: RecipeInputs

    init(_ recipe: LedgerRecipe, _ inputs: RecipeInputs) {
        self.recipe = recipe
        self.inputs = inputs
    }

    func draft() throws(Failure) -> RecipeDraft {
        throw Failure(.notDerived, "The recipe 'ledger' is not written yet: \(recipe).")
    }
}
