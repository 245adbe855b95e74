import Definitions
import Vocabulary

/// Writes the recipe `rows`.
struct RowsStatement {
    private let recipe: RowsRecipe
    private let inputs: RecipeInputs

    init(_ recipe: RowsRecipe, _ inputs: RecipeInputs) {
        self.recipe = recipe
        self.inputs = inputs
    }

    func draft() throws(Failure) -> RecipeDraft {
        throw Failure(.notDerived, "The recipe 'rows' is not written yet: \(recipe).")
    }
}
