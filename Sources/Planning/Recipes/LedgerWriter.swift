import Definitions
import Vocabulary

/// Writes a ledger's statement, stage by stage.
struct LedgerWriter {
    let plan: LedgerPlan
    var text: RecipeText
    let time: LedgerTime
    private(set) var stages: [Stage] = []

    /// A common table expression, and why it is there.
    struct Stage {
        let name: String
        let why: String
        let sql: String
    }

    init(_ plan: LedgerPlan) {
        self.plan = plan
        text = RecipeText(plan.inputs)
        time = LedgerTime(isDay: plan.isDay, local: text.local)
    }

    /// Whether amounts are converted.
    var isExchanged: Bool { plan.rates != nil }

    /// The statement whose rows are the ledger.
    mutating func ledger() -> Statement {
        writeRows(isJudged: true)
        writeIntervals()
        writePeriods()
        if plan.recipe.overlap == .latest { writeVisible() }
        if isExchanged { writePriced() }
        writeBorders()
        if let grace = plan.recipe.grace { writeBridged(.civil(grace)) }
        if let group = plan.recipe.group { writeGrouped(group) }
        if isExchanged { writeMoves() }
        writeStates()
        writeMovements()
        let entries = entries()
        return statement(entries)
    }

    mutating func add(_ name: String, _ why: String, _ sql: String) {
        stages.append(Stage(name: name, why: why, sql: sql))
    }

    /// The stages so far and a select over them.
    func statement(_ select: String) -> Statement {
        let expressions = stages.map { stage in
            "-- \(stage.why)\n\(stage.name) AS (\n\(stage.sql)\n)"
        }
        return text.statement("WITH\n\(expressions.joined(separator: ",\n"))\n\(select)")
    }

    /// The name of the stage that is written last.
    var last: String { stages.last?.name ?? "source_rows" }

    /// Names, each with a comma after it.
    func listed(_ names: [String]) -> String { names.map { $0 + ", " }.joined() }

    /// The row's customer and its slices, each with a comma after it.
    var line: String { listed(["customer"] + plan.sliceNames) }

    /// The columns of the ledger; those of options that are not taken are there all the same, so
    /// that every ledger reads alike.
    private mutating func entries() -> String {
        var columns = ["moment", "customer"]
        columns.append(
            plan.has("subscription") ? "subscription" : "CAST(NULL AS VARCHAR) AS subscription")
        columns.append(plan.has("plan") ? "plan" : "CAST(NULL AS VARCHAR) AS plan")
        if plan.has("currency") {
            columns.append("currency")
        } else {
            let own = text.bind(.text(plan.inputs.catalog.settings.currency))
            columns.append("CAST(\(own) AS VARCHAR) AS currency")
        }
        columns += plan.recipe.keep.keys.sorted().map(quotedName)
        columns += [
            "movement", "CAST(amount AS \(LedgerAmounts.type)) AS amount",
            "CAST(\(isExchanged ? "original" : "amount") AS \(LedgerAmounts.type)) AS original",
            "customers", "first_paid AS started",
            "CASE WHEN amount >= 0 THEN 'mrr' ELSE movement END AS debit",
            "CASE WHEN amount >= 0 THEN movement ELSE 'mrr' END AS credit",
            "CAST(abs(amount) AS \(LedgerAmounts.type)) AS value",
        ]
        return "SELECT \(columns.joined(separator: ", "))\nFROM \(last)"
    }
}
