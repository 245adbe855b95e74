import Definitions
import Vocabulary

/// From the source's rows to periods with a monthly amount.
extension LedgerWriter {
    /// The rows that count, with the columns that the ledger needs.
    ///
    /// - Parameter isJudged: Whether the policy has left rows out; the refusals look at all.
    mutating func writeRows(isJudged: Bool) {
        var columns = ["rowid AS source_row", "\(text.expression(plan.customer)) AS customer"]
        for slice in plan.slices {
            let value = text.expression(slice.value)
            let isCurrency = slice.name == "currency"
            columns.append(
                "\(isCurrency ? "upper(trim(\(value)))" : value) AS \(quotedName(slice.name))")
        }
        columns.append("\(momentText(plan.starts)) AS starts")
        if let ends = plan.ends { columns.append("\(momentText(ends)) AS ends") }
        if let cancelled = plan.cancelled {
            columns.append("\(momentText(cancelled)) AS cancelled")
        }
        columns.append("\(text.expression(plan.amount)) AS charged")
        columns.append("\(amount) AS amount")
        if let every = plan.every { columns.append("\(text.expression(every)) AS every") }
        var conditions = plan.conditions.map { text.expression($0) }
        if let status = plan.status, let policy = plan.recipe.policy {
            let value = "CAST(\(text.expression(status)) AS VARCHAR)"
            if isJudged {
                conditions.append(isIn(value, policy.isKept.filter(\.value).keys.sorted()))
            } else {
                columns.append("\(value) AS status")
                let known = isIn(value, policy.isKept.keys.sorted())
                let kept = isIn(value, policy.isKept.filter(\.value).keys.sorted())
                columns.append("CASE WHEN \(known) THEN \(kept) END AS kept")
            }
        }
        add(
            "source_rows", "The source's rows that count, with what a ledger needs of them.",
            """
            SELECT \(columns.joined(separator: ", "))
            FROM \(plan.input.table)
            \(RecipeText.whereClause(conditions))
            """)
    }

    private mutating func isIn(_ value: String, _ list: [String]) -> String {
        if list.isEmpty { return "FALSE" }
        let places = list.map { text.bind(.text($0)) }
        return "coalesce(\(value) IN (\(places.joined(separator: ", "))), FALSE)"
    }

    private mutating func momentText(_ value: TypedExpression) -> String {
        let expression = text.expression(value)
        return time.moment(expression, value.type, &text.binder)
    }

    /// What is charged for an interval, less discount and tax.
    private var amount: String {
        mutating get {
            var net = LedgerAmounts.exact(text.expression(plan.amount), plan.amount.type)
            for deduction in plan.deductions {
                let value = LedgerAmounts.exact(text.expression(deduction), deduction.type)
                net = "(\(net)) - coalesce(\(value), 0)"
            }
            return net
        }
    }

    /// What the rows' texts of intervals mean; each text is read once.
    mutating func writeIntervals() {
        guard let every = plan.every else { return }
        let source = every.type.isNumeric ? numbers : words
        add(
            "intervals",
            "What each billing interval means: its length, and the fraction to an amount a month.",
            """
            SELECT every, count * unit_months AS months, count * unit_days AS days,
              numerator, denominator * count AS denominator
            FROM (\(source))
            """)
    }

    /// Whole numbers of months.
    private var numbers: String {
        """
        SELECT every, CAST(every AS INTEGER) AS count, 1 AS unit_months, 0 AS unit_days,
            1 AS numerator, 1 AS denominator
          FROM (SELECT DISTINCT every FROM source_rows WHERE every = floor(every) AND every BETWEEN 1 AND \
        \(LedgerInterval.countMax))
        """
    }

    /// Texts such as `1 month`, `quarter` or `annually`.
    private var words: String {
        let units = LedgerInterval.Unit.allCases.map { unit in
            "('\(unit.rawValue)', \(unit.months), \(unit.days), \(unit.monthly.numerator), "
                + "\(unit.monthly.denominator))"
        }
        let adverbs = LedgerInterval.adverbs.sorted { $0.key < $1.key }
            .map { "WHEN '\($0.key)' THEN '\($0.value.rawValue)'" }
        let pattern = "'^(?:([0-9]{1,4}) +)?([a-z]+?)s?$'"
        return """
            SELECT every, CAST(coalesce(nullif(regexp_extract(words, \(pattern), 1), ''), '1') \
            AS INTEGER) AS count, unit_months, unit_days, numerator, denominator
              FROM (
                SELECT every, CASE lower(trim(every)) \(adverbs.joined(separator: " ")) \
            ELSE lower(trim(every)) END AS words
                FROM (SELECT DISTINCT every FROM source_rows WHERE every IS NOT NULL)
              )
              JOIN (VALUES \(units.joined(separator: ", "))) AS \
            units(unit, unit_months, unit_days, numerator, denominator)
                ON unit = regexp_extract(words, \(pattern), 2)
              WHERE coalesce(nullif(regexp_extract(words, \(pattern), 1), ''), '1') <> '0'
            """
    }

    /// Periods: from when to when, and how much a month, rounded once.
    mutating func writePeriods() {
        var rows = LedgerRows(
            plan.every == nil ? "source_rows" : "source_rows JOIN intervals USING (every)")
        let interval = self.interval
        if let renewal = end(interval, &rows) { rows.add("ended", renewal) }
        let end = plan.ends == nil || plan.cancelled != nil ? "ended" : "ends"
        var bounds = (start: "starts", end: end)
        if plan.recipe.counts == .monthStart {
            let start = time.monthStart(from: "starts", in: &rows, &text.binder)
            bounds.start = rows.add("month_start", start)
            let stop = time.monthStart(from: end, in: &rows, &text.binder)
            bounds.end = rows.add("month_end", stop)
        }
        let monthly =
            interval.isMonth
            ? "amount"
            : LedgerAmounts.monthly(
                "amount", numerator: interval.numerator, denominator: interval.denominator)
        add(
            "periods",
            "From when to when each row counts (a period that never counts is gone), and its "
                + "amount a month, rounded once.",
            """
            SELECT source_row, \(line)\(bounds.start) AS starts, \(bounds.end) AS ends,
              CAST(\(monthly) AS \(LedgerAmounts.type)) AS amount
            FROM \(rows.from)
            WHERE \(bounds.end) IS NULL OR \(bounds.start) < \(bounds.end)
            """)
    }

    /// The interval's length and fraction, as SQL.
    private var interval: LedgerStep {
        guard case .fixed(let fixed) = plan.recipe.every else {
            return LedgerStep(
                months: "months", days: "days", numerator: "numerator", denominator: "denominator")
        }
        let (numerator, denominator) = fixed.unit.monthly
        return LedgerStep(
            months: "\(fixed.unit.months * fixed.count)", days: "\(fixed.unit.days * fixed.count)",
            numerator: "\(numerator)", denominator: "\(denominator * fixed.count)")
    }

    /// Where a period ends if not simply where its row says.
    private mutating func end(_ step: LedgerStep, _ rows: inout LedgerRows) -> String? {
        var end: String
        if plan.ends == nil {
            end = time.later(
                "starts", months: step.months, days: step.days, in: &rows, &text.binder)
        } else {
            end = "ends"
        }
        guard plan.cancelled != nil, let rule = plan.recipe.cancellation?.rule else {
            return plan.ends == nil ? end : nil
        }
        switch rule {
        case .atCancel: return "least(\(end), cancelled)"
        case .atEnd:
            if plan.ends == nil { return end }
            end = "coalesce(ends, CASE WHEN cancelled IS NOT NULL THEN \(renewal(step, &rows)) END)"
            return end
        }
    }

    /// The first end of a paid interval at or after a cancellation of a row without an end.
    ///
    /// The number of whole intervals is guessed from calendar parts, which is right or one too low.
    private mutating func renewal(_ step: LedgerStep, _ rows: inout LedgerRows) -> String {
        let from = rows.add("from_day", time.day("starts", &text.binder))
        let to = rows.add("to_day", time.day("cancelled", &text.binder))
        let months = "((year(\(to)) - year(\(from))) * 12 + month(\(to)) - month(\(from)))"
        let guess: String
        if step.months == "0" {
            guess = "(\(to) - \(from)) // \(step.days)"
        } else if step.days == "0" {
            guess = "\(months) // \(step.months)"
        } else {
            guess =
                "CASE WHEN months > 0 THEN \(months) // months ELSE (\(to) - \(from)) // days END"
        }
        let count = rows.add("paid", "greatest(1, \(guess))")
        let first = rows.add("first_end", multiple(count, of: step, &rows))
        let second = rows.add("second_end", multiple("(\(count) + 1)", of: step, &rows))
        return "CASE WHEN \(first) >= cancelled THEN \(first) ELSE \(second) END"
    }

    private mutating func multiple(
        _ count: String, of step: LedgerStep, _ rows: inout LedgerRows
    ) -> String {
        let months = step.months == "0" ? "0" : "\(step.months) * \(count)"
        let days = step.days == "0" ? "0" : "\(step.days) * \(count)"
        return time.later("starts", months: months, days: days, in: &rows, &text.binder)
    }
}

/// A billing interval as SQL: numbers, or columns where it differs by row.
private struct LedgerStep {
    let months: String
    let days: String
    let numerator: String
    let denominator: String

    var isMonth: Bool { numerator == "1" && denominator == "1" }
}
