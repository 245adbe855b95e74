import Definitions
import Vocabulary

/// Writes one row per value of an entity.
struct EachStatement {
    private let recipe: EachRecipe
    private let inputs: RecipeInputs

    init(_ recipe: EachRecipe, _ inputs: RecipeInputs) {
        self.recipe = recipe
        self.inputs = inputs
    }

    func draft() throws(Failure) -> RecipeDraft {
        let input = try inputs.input(recipe.source, at: "from.of")
        var text = RecipeText(inputs)
        var names = ColumnList()
        var columns: [String] = []
        var conditions = try text.conditions(recipe.rows, of: input, at: "from")
        for (index, key) in recipe.keys.enumerated() {
            try names.take(key.name, at: inputs.place("from.each"))
            let value = try text.key(key, of: input, at: path(of: key, index))
            columns.append("\(value) AS \(quotedName(key.name))")
            conditions.append("\(value) IS NOT NULL")
        }
        for column in recipe.keep {
            try names.take(column.name, at: inputs.place("from.keep.\(column.name)"))
        }
        columns += try text.aggregates(
            recipe.keep, of: input, order: try order(of: input, &text))
        let keys = (1...recipe.keys.count).map(String.init).joined(separator: ", ")
        return RecipeDraft(
            statement: text.statement(
                """
                SELECT \(columns.joined(separator: ", "))
                FROM \(input.table)
                \(RecipeText.whereClause(conditions))
                GROUP BY \(keys)
                ORDER BY \(keys)
                """))
    }

    private func order(of input: RecipeInput, _ text: inout RecipeText) throws(Failure) -> String {
        guard let order = recipe.order else { return RecipeText.order(try input.time()) }
        return try text.order(by: order, of: input, at: "from.order")
    }

    private func path(of key: RecipeKey, _ index: Int) -> String {
        if key.expression != nil { return "from.each.\(key.name)" }
        return recipe.keys.count == 1 ? "from.each" : "from.each.\(index)"
    }
}
