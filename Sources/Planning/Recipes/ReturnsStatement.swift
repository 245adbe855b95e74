import Definitions
import Vocabulary

/// Writes the recipe `returns`.
struct ReturnsStatement {
    private let recipe: ReturnsRecipe
    private let inputs: RecipeInputs

    init(_ recipe: ReturnsRecipe, _ inputs: RecipeInputs) {
        self.recipe = recipe
        self.inputs = inputs
    }

    func draft() throws(Failure) -> RecipeDraft {
        throw Failure(.notDerived, "The recipe 'returns' is not written yet: \(recipe).")
    }
}
