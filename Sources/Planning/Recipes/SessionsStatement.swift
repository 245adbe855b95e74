import Definitions
import Vocabulary

/// Writes the recipe `sessions`.
struct SessionsStatement {
    private let recipe: SessionsRecipe
    private let inputs: RecipeInputs

    init(_ recipe: SessionsRecipe, _ inputs: RecipeInputs) {
        self.recipe = recipe
        self.inputs = inputs
    }

    func draft() throws(Failure) -> RecipeDraft {
        throw Failure(.notDerived, "The recipe 'sessions' is not written yet: \(recipe).")
    }
}
