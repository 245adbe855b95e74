import Definitions

/// From changes to movements, which are classified by what the customer pays in total.
extension LedgerWriter {
    /// What a customer pays before and after each of its moments, by a running sum.
    mutating func writeStates() {
        let movement = isExchanged ? "CASE WHEN NOT is_exchange THEN amount END" : "amount"
        add(
            "states",
            "What the customer pays after the moment, and what of it the moment moved; lines of a "
                + "moment count together.",
            """
            SELECT *, sum(amount) OVER (PARTITION BY customer ORDER BY moment) AS after,
              coalesce(sum(\(movement)) OVER (PARTITION BY customer ORDER BY moment
                GROUPS BETWEEN CURRENT ROW AND CURRENT ROW), 0) AS moved
            FROM \(last)
            """)
    }

    /// Names each row after what happened to its customer: a swap of plans is one movement whose
    /// rows net out, and only the first row of a moment counts the customer.
    mutating func writeMovements() {
        let wasExchange = isExchanged ? "is_exchange" : "FALSE"
        let isFirst =
            plan.slices.isEmpty && !isExchanged
            ? "TRUE"
            : """
            row_number() OVER (PARTITION BY customer, moment
                  ORDER BY \(wasExchange), abs(amount) DESC, \(order)) = 1
            """
        add(
            "placed", "Since when the customer ever paid, and which row of a moment counts him.",
            """
            SELECT *, after - moved AS before, \(isFirst) AS is_first,
              min(moment) FILTER (WHERE after > 0) OVER (PARTITION BY customer) AS first_paid
            FROM states
            """)
        // Each conversion is rounded to ten places, so that a swap of equal amounts may move a few
        // units of the last place; that is no contraction.
        let nothing = isExchanged ? "-0.00000001" : "0"
        let exchange = isExchanged ? "WHEN is_exchange THEN 'exchange'\n    " : ""
        add(
            "movements", "The customer's movement, which all rows of the moment share.",
            """
            SELECT *, CASE
                \(exchange)WHEN before <= 0 AND after > 0
                  THEN CASE WHEN moment = first_paid THEN 'new' ELSE 'reactivation' END
                WHEN before > 0 AND after <= 0 THEN 'churn'
                WHEN moved >= \(nothing) THEN 'expansion'
                ELSE 'contraction'
              END AS movement,
              CASE WHEN NOT is_first OR \(wasExchange) THEN 0
                WHEN before <= 0 AND after > 0 THEN 1
                WHEN before > 0 AND after <= 0 THEN -1
                ELSE 0
              END AS customers
            FROM placed
            """)
    }

    /// What orders the rows of a moment, so that the same data gives the same ledger.
    private var order: String {
        (["amount"] + plan.sliceNames).map { "\($0) NULLS FIRST" }.joined(separator: ", ")
    }
}
