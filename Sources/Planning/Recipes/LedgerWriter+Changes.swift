import Definitions

/// From periods to changes of what a customer pays for a line: its plan, currency and other slices.
extension LedgerWriter {
    /// What a change consists of; amounts in several currencies keep their two sides apart.
    private var measures: [String] {
        isExchanged
            ? ["gained", "gained_original", "lost", "lost_original", "revalued", "rate"]
            : ["amount"]
    }

    /// The change of what a customer pays in a row of the changes.
    var change: String { isExchanged ? "gained - lost + revalued" : "amount" }

    mutating func writeBorders() {
        if isExchanged {
            add(
                "borders", "A period adds its amount at its start and takes it away at its end.",
                exchangedBorders)
        } else {
            add(
                "borders", "A period adds its amount at its start and takes it away at its end.",
                """
                SELECT \(line)starts AS moment, amount FROM \(visible)
                UNION ALL SELECT \(line)ends, -amount FROM \(visible) WHERE ends IS NOT NULL
                """)
        }
        add(
            "changes", "What changes a line at a moment; a renewal changes nothing.",
            summed("borders"))
    }

    /// The changes of rows, each line once a moment.
    private func summed(_ rows: String) -> String {
        let sums = measures.map { measure in
            measure == "rate"
                ? "max(rate) AS rate"
                : "CAST(sum(\(measure)) AS \(LedgerAmounts.type)) AS \(measure)"
        }
        let isNothing =
            isExchanged
            ? "sum(gained) <> sum(lost) OR sum(gained_original) <> sum(lost_original) "
                + "OR sum(revalued) <> 0"
            : "sum(amount) <> 0"
        return """
            SELECT \(line)moment, \(sums.joined(separator: ", "))
            FROM \(rows)
            GROUP BY \(line)moment
            HAVING \(isNothing)
            """
    }

    /// Grace: what a customer loses is lost only if nothing comes within the time.
    ///
    /// A moment after which he pays nothing is moved to his next change, if that is near enough.
    mutating func writeBridged(_ grace: WindowLength) {
        var rows = LedgerRows(
            """
            (SELECT *, sum(\(change)) OVER (PARTITION BY customer ORDER BY moment) AS after,
                min(moment) OVER (PARTITION BY customer ORDER BY moment
                  GROUPS BETWEEN 1 FOLLOWING AND 1 FOLLOWING) AS next
              FROM \(last))
            """)
        let limit = time.limit(grace, after: "moment", in: &rows, &text.binder)
        move(
            to: "CASE WHEN after <= 0 AND next <= \(limit) THEN next ELSE moment END", rows,
            name: "bridged",
            why: "Gaps within the grace are no gaps: what ends moves to what follows.")
    }

    /// The window: changes that follow each other within it happen at the first one's moment.
    mutating func writeGrouped(_ window: WindowLength) {
        var rows = LedgerRows(
            """
            (SELECT *, max(moment) OVER (PARTITION BY customer ORDER BY moment
                  GROUPS BETWEEN 1 PRECEDING AND 1 PRECEDING) AS previous
              FROM \(last))
            """)
        let limit = time.limit(window, after: "previous", in: &rows, &text.binder)
        rows.add("begins", "CASE WHEN previous IS NULL OR moment > \(limit) THEN moment END")
        move(
            to: "max(begins) OVER (PARTITION BY customer ORDER BY moment)", rows,
            name: "grouped",
            why: "Changes that follow each other closely happen at the first one's moment.")
    }

    private mutating func move(
        to moment: String, _ rows: LedgerRows, name: String, why: String
    ) {
        let kept = line + measures.joined(separator: ", ")
        add("\(name)_moments", why, "SELECT \(kept), \(moment) AS moment\nFROM \(rows.from)")
        add(name, "The same, each line once a moment again.", summed("\(name)_moments"))
    }
}
