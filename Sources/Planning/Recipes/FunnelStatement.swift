import Definitions
import Vocabulary

/// Writes the attempts of a funnel as rows: who, when it began, and when each step was taken.
///
/// All attempts are kept, not the best of each person, since which one is best depends on the range
/// that a metric is asked over. Who reached a step in a range is who has an attempt in it that did.
struct FunnelStatement {
    private let recipe: FunnelRecipe
    private let inputs: RecipeInputs

    init(_ recipe: FunnelRecipe, _ inputs: RecipeInputs) {
        self.recipe = recipe
        self.inputs = inputs
    }

    func draft() throws(Failure) -> RecipeDraft {
        guard let funnel = recipe.definition else {
            throw Failure(
                .unknownFunnel, "There is no funnel named '\(recipe.funnel)'.",
                place: inputs.place("from.funnel"))
        }
        let input = try BehaviourInput(
            funnel.source, catalog: inputs.catalog, facts: inputs.facts,
            calendar: inputs.calendar, origin: funnel.origin)
        let time = try input.requiredTime()
        let entity = try funnel.entity(of: input.scope.source)
        let dimensions = recipe.dimensions(of: input.scope.source)
        var names = ColumnList()
        for name in FunnelRecipe.columns(funnel) + [entity.name] + dimensions {
            try names.take(name, at: inputs.place("from.funnel"))
        }
        let question = FunnelQuestion(funnel: funnel, range: nil, calendar: inputs.calendar)
        var writer = try FunnelWriter(question, input, entity, keeping: dimensions)
        let moment = { (column: String) in
            time.isDay ? "CAST(make_timestamp(\(column)) AS DATE)" : "make_timestamp(\(column))"
        }
        let last = funnel.steps.count - 1
        var columns = [
            "\(unit(funnel)) AS \(FunnelRecipe.unit)", "w AS \(quotedName(entity.name))",
            "\(moment("c0")) AS \(FunnelRecipe.entered)",
            "c\(last) IS NOT NULL AS \(FunnelRecipe.converted)",
        ]
        for step in funnel.steps.indices {
            columns.append("\(moment("c\(step)")) AS \(FunnelRecipe.taken(step + 1))")
        }
        for (index, name) in dimensions.enumerated() {
            columns.append("struct_extract(p, 'd\(index)') AS \(quotedName(name))")
        }
        let steps = funnel.steps.indices.map { "c\($0)" }.joined(separator: ", ")
        return RecipeDraft(
            statement: writer.text.statement(
                """
                \(writer.head())
                SELECT \(columns.joined(separator: ", "))
                FROM units
                ORDER BY c0, w, \(steps)
                """))
    }

    /// What is counted once.
    private func unit(_ funnel: FunnelDefinition) -> String {
        switch funnel.counting {
        case .people: "CAST(w AS VARCHAR)"
        case .sessions: "concat(CAST(w AS VARCHAR), ' ', CAST(s AS VARCHAR))"
        case .attempts:
            "row_number() OVER (ORDER BY c0, w, "
                + funnel.steps.indices.map { "c\($0)" }.joined(separator: ", ") + ")"
        }
    }
}
