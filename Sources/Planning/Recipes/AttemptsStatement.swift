import Definitions
import Vocabulary

/// Writes one row per start, and whether and when it was finished within its window.
struct AttemptsStatement {
    private let recipe: AttemptsRecipe
    private let inputs: RecipeInputs

    init(_ recipe: AttemptsRecipe, _ inputs: RecipeInputs) {
        self.recipe = recipe
        self.inputs = inputs
    }

    func draft() throws(Failure) -> RecipeDraft {
        let start = try inputs.input(recipe.source, at: "from.attempts")
        let finish = try inputs.input(recipe.finishSource, at: "from.finish.source")
        let why = "attempts are limited in time"
        let time = try start.requiredTime(why, at: inputs.place("from.attempts"))
        let finishTime = try finish.requiredTime(why, at: inputs.place("from.finish.source"))
        var text = RecipeText(inputs)
        let isDay = time.isDay || finishTime.isDay
        try text.require(recipe.within, fits: isDay, at: "from.within")
        let kept = try startColumns(start)
        let starts = try chosen(start, time, recipe.start, at: "from.start", asDay: isDay, &text)
        let ends = try chosen(
            finish, finishTime, recipe.finish, at: "from.finish", asDay: isDay, &text)
        let clock = text.clock(Inner.moment, isDay: isDay, recipe.within)
        let limit = text.after(Inner.clock, isDay: isDay, recipe.within)
        let closes = text.moment(Inner.limit, isDay: isDay, recipe.within)
        let found = "CASE WHEN \(Inner.day) < \(quotedName("closes_at")) THEN \(Inner.day) END"
        let seconds = text.seconds(from: Inner.moment, to: "converted_at", isDay: isDay)
        let names = (kept + ["attempt"]).map(quotedName).joined(separator: ", ")
        return RecipeDraft(
            statement: text.statement(
                """
                WITH starts AS (
                  SELECT *, \(starts.columns), \(RecipeText.order(time)) AS \(Inner.order)
                  FROM \(start.table)
                  WHERE \(starts.conditions)
                ), clocks AS (
                  SELECT *, \(clock) AS \(Inner.clock), row_number() OVER (
                    PARTITION BY \(Inner.who) ORDER BY \(Inner.order)) AS attempt
                  FROM starts
                ), limits AS (
                  SELECT *, \(limit) AS \(Inner.limit) FROM clocks
                ), windows AS (
                  SELECT *, \(closes) AS closes_at FROM limits
                ), finishes AS (
                  SELECT \(ends.columns)
                  FROM \(finish.table)
                  WHERE \(ends.conditions)
                ), matched AS (
                  SELECT windows.*, finishes.\(Inner.moment) AS \(Inner.day)
                  FROM windows ASOF LEFT JOIN finishes ON \(matches)
                ), found AS (
                  SELECT *, \(found) AS converted_at FROM matched
                )
                SELECT \(names), converted_at, \(seconds) AS seconds_to_convert, \
                converted_at IS NOT NULL AS converted, closes_at
                FROM found
                ORDER BY \(Inner.order)
                """))
    }

    /// A finish belongs to the start if both are of one entity and agree where they must.
    private var matches: String {
        let sign = recipe.isRepetition ? "<" : "<="
        let equal = [Inner.who] + recipe.same.indices.map(Inner.key)
        return
            (equal.map { "windows.\($0) = finishes.\($0)" }
            + ["windows.\(Inner.moment) \(sign) finishes.\(Inner.moment)"])
            .joined(separator: " AND ")
    }

    /// The rows of a source that count, in SQL.
    private struct Chosen {
        let columns: String
        let conditions: String
    }

    private func chosen(
        _ input: RecipeInput, _ time: TimeAxis, _ rows: RowSelection, at path: String,
        asDay: Bool, _ text: inout RecipeText
    ) throws(Failure) -> Chosen {
        let who = try text.key(recipe.entity, of: input, at: "from.by")
        let conditions =
            try text.conditions(rows, of: input, at: path)
            + ["\(who) IS NOT NULL", "\(time.name) IS NOT NULL"]
        let moment =
            asDay && !time.isDay
            ? text.local.date(instant: time.name, binder: &text.binder) : time.name
        var columns = ["\(who) AS \(Inner.who)", "\(moment) AS \(Inner.moment)"]
        for (index, name) in recipe.same.enumerated() {
            let value = try text.value(
                .name(NameReference(name)), of: input, at: "from.same.\(index)")
            columns.append("\(value) AS \(Inner.key(index))")
        }
        return Chosen(
            columns: columns.joined(separator: ", "),
            conditions: conditions.joined(separator: " AND "))
    }

    private func startColumns(_ start: RecipeInput) throws(Failure) -> [String] {
        let kept = start.columns.map(\.name)
        var names = ColumnList()
        let own = ["attempt", "converted_at", "seconds_to_convert", "converted", "closes_at"]
        for name in own + kept { try names.take(name, at: inputs.place("from.attempts")) }
        return kept
    }
}
