import Definitions
import Vocabulary

/// Writes the recipe `attempts`.
struct AttemptsStatement {
    private let recipe: AttemptsRecipe
    private let inputs: RecipeInputs

    init(_ recipe: AttemptsRecipe, _ inputs: RecipeInputs) {
        self.recipe = recipe
        self.inputs = inputs
    }

    func draft() throws(Failure) -> RecipeDraft {
        throw Failure(.notDerived, "The recipe 'attempts' is not written yet: \(recipe).")
    }
}
