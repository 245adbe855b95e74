import Definitions
import Vocabulary

/// Writes the visits of paths or campaigns as rows: who, when it began, and what came of it.
struct VisitsStatement {
    private let recipe: VisitsRecipe
    private let inputs: RecipeInputs

    init(_ recipe: VisitsRecipe, _ inputs: RecipeInputs) {
        self.recipe = recipe
        self.inputs = inputs
    }

    func draft() throws(Failure) -> RecipeDraft {
        switch recipe.question {
        case .paths(let definition):
            let plan = try plan(definition)
            let names = try names(plan)
            var rows = try ChosenRows(plan)
            let tables = try plan.visits(&rows, keeping: names.dimensions)
            return draft(
                rows, tables, names, own: ["e AS \(VisitsRecipe.beside)"], plan.time.isDay)
        case .campaigns(let definition):
            let plan = try plan(definition)
            let names = try names(plan)
            var rows = try ChosenRows(plan)
            let tables = try plan.visits(&rows, keeping: names.dimensions)
            let labels = VisitsRecipe.labels.enumerated().map { index, name in
                "struct_extract(label, 'l\(index)') AS \(quotedName(name))"
            }
            let own =
                [
                    "converted = 1 AS \(VisitsRecipe.converted)",
                    "value AS \(quotedName(VisitsRecipe.value))",
                ] + labels
            return draft(rows, tables, names, own: own, plan.time.isDay)
        }
    }

    /// The question over all rows.
    private func plan<Definition: BehaviourDefinition>(
        _ definition: Definition
    ) throws(Failure) -> BehaviourPlan<Definition> {
        // The range only says around which years the local clock is known; no row is left out.
        let years = TimeRange(start: Day(number: 14_610), end: Day(number: 29_220))
        return try BehaviourPlan(
            BehaviourQuestion(definition, range: years, grain: .year, calendar: inputs.calendar),
            catalog: inputs.catalog, facts: inputs.facts)
    }

    /// The entity's column and those of dimensions.
    private func names<Definition: BehaviourDefinition>(
        _ plan: BehaviourPlan<Definition>
    ) throws(Failure) -> (entity: String, dimensions: [String]) {
        let dimensions = recipe.dimensions(of: plan.input.scope.source)
        var names = ColumnList()
        for name in recipe.columns + [plan.entity.name] + dimensions {
            try names.take(name, at: inputs.place("from.\(Definition.kind.rawValue)"))
        }
        return (plan.entity.name, dimensions)
    }

    private func draft(
        _ rows: ChosenRows, _ tables: [String], _ names: (entity: String, dimensions: [String]),
        own: [String], _ isDay: Bool
    ) -> RecipeDraft {
        let moment = isDay ? "CAST(make_timestamp(began) AS DATE)" : "make_timestamp(began)"
        let columns =
            ["w AS \(quotedName(names.entity))", "\(moment) AS \(VisitsRecipe.started)"] + own
            + names.dimensions.enumerated().map { index, name in
                "struct_extract(p, 'd\(index)') AS \(quotedName(name))"
            }
        return RecipeDraft(
            statement: rows.text.statement(
                """
                WITH \(tables.joined(separator: ", "))
                SELECT \(columns.joined(separator: ", "))
                FROM visit
                ORDER BY began, w
                """))
    }
}

extension ChosenRows {
    /// Adds the values of some dimensions as one column; without any a truth that splits nothing.
    mutating func addValues(_ names: [String], as column: String) throws(Failure) {
        var fields: [String] = []
        for (index, name) in names.enumerated() {
            fields.append("'d\(index)': \(try text.value(.name(NameReference(name)), at: ""))")
        }
        add(fields.isEmpty ? "TRUE" : "{\(fields.joined(separator: ", "))}", as: column)
    }
}
