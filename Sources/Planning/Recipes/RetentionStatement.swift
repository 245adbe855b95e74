import Definitions
import Vocabulary

/// Writes the starts of a retention as rows: who, when, and whether they are retained at an age.
struct RetentionStatement {
    private let recipe: RetentionRecipe
    private let inputs: RecipeInputs

    init(_ recipe: RetentionRecipe, _ inputs: RecipeInputs) {
        self.recipe = recipe
        self.inputs = inputs
    }

    func draft() throws(Failure) -> RecipeDraft {
        let retention = recipe.definition
        let input = try BehaviourInput(
            retention.source, catalog: inputs.catalog, facts: inputs.facts,
            calendar: inputs.calendar, origin: retention.origin)
        let time = try input.requiredTime()
        let entity = try retention.entity(of: input.scope.source)
        let dimensions = recipe.dimensions(of: input.scope.source)
        var names = ColumnList()
        for name in RetentionRecipe.columns + [entity.name] + dimensions {
            try names.take(name, at: inputs.place("from.retention"))
        }
        let units = RecipeText(inputs)
        let writer = try RetentionWriter(retention, input, entity, keeping: dimensions) {
            units.unitNumber($0, ofDay: $1)
        }
        let moment = time.isDay ? "CAST(make_timestamp(s.t) AS DATE)" : "make_timestamp(s.t)"
        let observed =
            observedBefore(time).map { "s.t < \($0.microseconds)" } ?? "FALSE"
        let columns =
            [
                "s.w AS \(quotedName(entity.name))", "\(moment) AS \(RetentionRecipe.started)",
                "r.w IS NOT NULL AS \(RetentionRecipe.returned)",
                "\(observed) AS \(RetentionRecipe.observed)",
            ]
            + dimensions.enumerated().map { "s.k\($0) AS \(quotedName($1))" }
        return RecipeDraft(
            statement: writer.text.statement(
                writer.startsSQL(at: recipe.ages, select: columns)))
    }

    /// The end of the last cohort for which all of the age has been observed; nil without any.
    private func observedBefore(_ time: TimeAxis) -> Instant? {
        let retention = recipe.definition
        let completeness = Completeness(
            catalog: inputs.catalog, facts: inputs.facts, calendar: inputs.calendar)
        guard let known = completeness.watermark(of: retention.source) else { return nil }
        let calendar = inputs.calendar
        var start = calendar.start(of: retention.age, containing: calendar.zone.day(at: known))
        // Months of 30 days are shorter than most of the calendar's.
        for _ in 0...(2 * recipe.ages.upperBound + 4) {
            let cohort = calendar.period(
                retention.age, calendar.range(of: retention.age, containing: start))
            if retention.end(of: recipe.ages.upperBound, cohort, calendar) <= known {
                return time.start(of: cohort.range.end)
            }
            start = calendar.start(of: retention.age, steps: -1, from: start)
        }
        return nil
    }
}

extension RetentionRecipe {
    /// When all that began in a period has been observed to the end of the age.
    func end(of period: Period, _ calendar: WorkCalendar) -> Instant {
        let last = calendar.range(
            of: definition.age, containing: period.range.end.adding(days: -1))
        return definition.end(
            of: ages.upperBound, calendar.period(definition.age, last), calendar)
    }
}
