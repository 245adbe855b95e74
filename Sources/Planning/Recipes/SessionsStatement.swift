import Definitions
import Vocabulary

/// Writes an entity's rows without a long pause between them as one row.
struct SessionsStatement {
    private let recipe: SessionsRecipe
    private let inputs: RecipeInputs

    init(_ recipe: SessionsRecipe, _ inputs: RecipeInputs) {
        self.recipe = recipe
        self.inputs = inputs
    }

    func draft() throws(Failure) -> RecipeDraft {
        let input = try inputs.input(recipe.source, at: "from.sessions")
        let time = try input.requiredTime(
            "sessions are told apart by pauses", at: inputs.place("from.sessions"))
        var text = RecipeText(inputs)
        try text.require(recipe.gap, fits: time.isDay, at: "from.gap")
        try checkNames()
        let who = try text.key(recipe.entity, of: input, at: "from.by")
        let conditions =
            try text.conditions(recipe.rows, of: input, at: "from")
            + ["\(who) IS NOT NULL", "\(time.name) IS NOT NULL"]
        let clock = text.clock(time.name, isDay: time.isDay, recipe.gap)
        let before = "lag(\(Inner.clock)) OVER walk"
        let limit = text.after(before, isDay: time.isDay, recipe.gap)
        let kept = try text.aggregates(recipe.keep, of: input, order: Inner.order)
        let columns =
            [
                "CAST(\(Inner.number) AS BIGINT) AS session",
                "\(Inner.who) AS \(quotedName(recipe.entity.name))",
                "min(\(Inner.moment)) AS started", "max(\(Inner.moment)) AS ended",
                text.seconds(
                    from: "min(\(Inner.moment))", to: "max(\(Inner.moment))", isDay: time.isDay)
                    + " AS seconds", "count(*) AS \"rows\"",
            ] + kept
        return RecipeDraft(
            statement: text.statement(
                """
                WITH chosen AS (
                  SELECT *, \(who) AS \(Inner.who), \(time.name) AS \(Inner.moment), \
                \(clock) AS \(Inner.clock), \(RecipeText.order(time)) AS \(Inner.order)
                  FROM \(input.table)
                  \(RecipeText.whereClause(conditions))
                ), opened AS (
                  SELECT *, CASE WHEN \(Inner.clock) <= \(limit) THEN 0 ELSE 1 END AS \(Inner.row)
                  FROM chosen
                  WINDOW walk AS (PARTITION BY \(Inner.who) ORDER BY \(Inner.order))
                ), numbered AS (
                  SELECT *, sum(\(Inner.row)) OVER (
                    PARTITION BY \(Inner.who) ORDER BY \(Inner.order)
                    ROWS UNBOUNDED PRECEDING) AS \(Inner.number)
                  FROM opened
                )
                SELECT \(columns.joined(separator: ", "))
                FROM numbered
                GROUP BY \(Inner.who), \(Inner.number)
                ORDER BY started, \(quotedName(recipe.entity.name)), session
                """))
    }

    private func checkNames() throws(Failure) {
        var names = ColumnList()
        for name in ["session", recipe.entity.name, "started", "ended", "seconds", "rows"] {
            try names.take(name, at: inputs.place("from.by"))
        }
        for column in recipe.keep {
            try names.take(column.name, at: inputs.place("from.keep.\(column.name)"))
        }
    }
}
