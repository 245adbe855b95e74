import Definitions
import Vocabulary

/// Writes the civil days on which those who started were active.
struct ReturnsStatement {
    private let recipe: ReturnsRecipe
    private let inputs: RecipeInputs

    init(_ recipe: ReturnsRecipe, _ inputs: RecipeInputs) {
        self.recipe = recipe
        self.inputs = inputs
    }

    private static let ownColumns = [
        "returned_on", "age_days", "age_weeks", "age_months", "age_hours", "known_days",
        "known_weeks", "known_months",
    ]

    func draft() throws(Failure) -> RecipeDraft {
        let activity = try inputs.input(recipe.activity, at: "from.returns")
        let start = try inputs.input(recipe.startSource, at: "from.since")
        let why = "returns are told by days"
        let time = try activity.requiredTime(why, at: inputs.place("from.returns"))
        let startTime = try start.requiredTime(why, at: inputs.place("from.since"))
        let kept = try startColumns(start)
        var text = RecipeText(inputs)
        let acts = try chosen(activity, time, recipe.rows, at: "from", &text)
        let starts: Chosen
        switch recipe.since {
        case .first: starts = acts
        case .source(_, let rows):
            starts = try chosen(start, startTime, rows, at: "from.since", &text)
        }
        let isDay = time.isDay || startTime.isDay
        let isAfter =
            isDay
            ? "acts.\(Inner.day) >= starts.\(Inner.day)"
            : "acts.\(Inner.moment) >= starts.\(Inner.moment)"
        let columns = kept.map { "starts.\(quotedName($0))" } + ages(isDay: isDay, text)
        return RecipeDraft(
            statement: text.statement(
                """
                WITH starts AS (
                  SELECT *, \(starts.who) AS \(Inner.who), \(startTime.name) AS \(Inner.moment), \
                \(starts.day) AS \(Inner.day), rowid AS \(Inner.row)
                  FROM \(start.table)
                  WHERE rowid IN (
                    SELECT arg_min(rowid, \(RecipeText.order(startTime)))
                    FROM \(start.table)
                    WHERE \(starts.conditions)
                    GROUP BY \(starts.who)
                  )
                ), acts AS (
                  SELECT \(acts.who) AS \(Inner.who), \(time.name) AS \(Inner.moment), \
                \(acts.day) AS \(Inner.day)
                  FROM \(activity.table)
                  WHERE \(acts.conditions)
                ), days AS (
                  SELECT acts.\(Inner.who), acts.\(Inner.day), min(acts.\(Inner.moment)) \
                AS \(Inner.moment)
                  FROM acts JOIN starts ON acts.\(Inner.who) = starts.\(Inner.who) AND \(isAfter)
                  GROUP BY 1, 2
                )
                SELECT starts.\(Inner.who) AS \(quotedName(recipe.entity.name)), \
                starts.\(Inner.moment) AS started, \(columns.joined(separator: ", "))
                FROM starts LEFT JOIN days ON starts.\(Inner.who) = days.\(Inner.who)
                ORDER BY starts.\(Inner.moment), starts.\(Inner.row), days.\(Inner.day)
                """))
    }

    /// The rows of a source that count, in SQL.
    private struct Chosen {
        let who: String
        let day: String
        let conditions: String
    }

    private func chosen(
        _ input: RecipeInput, _ time: TimeAxis, _ rows: RowSelection, at path: String,
        _ text: inout RecipeText
    ) throws(Failure) -> Chosen {
        let who = try text.key(recipe.entity, of: input, at: "from.by")
        let conditions =
            try text.conditions(rows, of: input, at: path)
            + ["\(who) IS NOT NULL", "\(time.name) IS NOT NULL"]
        return Chosen(
            who: who, day: text.dayNumber(of: time.name, isDay: time.isDay),
            conditions: conditions.joined(separator: " AND "))
    }

    private func startColumns(_ start: RecipeInput) throws(Failure) -> [String] {
        let who = recipe.entity.name.lowercased()
        let kept = start.columns.map(\.name).filter { $0.lowercased() != who }
        var names = ColumnList()
        for name in [recipe.entity.name, "started"] + Self.ownColumns + kept {
            try names.take(name, at: inputs.place("from.returns"))
        }
        return kept
    }

    /// How old a start is on a day of return, and up to which age that is known.
    private func ages(isDay: Bool, _ text: RecipeText) -> [String] {
        let (start, day) = ("starts.\(Inner.day)", "days.\(Inner.day)")
        let known = String(knownBefore.number)
        let hours =
            isDay
            ? "CAST(NULL AS BIGINT)"
            : "(epoch_us(days.\(Inner.moment)) - epoch_us(starts.\(Inner.moment))) // 3600000000"
        let units: [(String, (String) -> String)] = [
            ("days", { $0 }), ("weeks", { text.weekNumber(ofDay: $0) }),
            ("months", { text.monthNumber(ofDay: $0) }),
        ]
        return ["(DATE '1970-01-01' + \(day)) AS returned_on"]
            + units.map { "CAST(\($1(day)) - \($1(start)) AS INTEGER) AS age_\($0)" }
            + ["\(hours) AS age_hours"]
            + units.map {
                "CAST(greatest(0, \($1(known)) - \($1(start))) AS INTEGER) AS known_\($0)"
            }
    }

    /// The first civil day whose activity may still be missing.
    private var knownBefore: Day {
        let completeness = Completeness(
            catalog: inputs.catalog, facts: inputs.facts, calendar: inputs.calendar)
        guard let watermark = completeness.watermark(of: recipe.activity) else {
            return Day(number: 0)
        }
        let reached = inputs.calendar.zone.day(at: watermark)
        guard let lateness = inputs.catalog.sources[recipe.activity]?.lateness else {
            return reached
        }
        var day = lateness.before(reached).adding(days: 3)
        while lateness.after(day) > reached { day = day.adding(days: -1) }
        return day
    }
}
