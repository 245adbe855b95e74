import Definitions

/// Overlapping periods of which only the latest counts.
extension LedgerWriter {
    /// Cuts a customer's time at every start and end, and keeps for each stretch the period that
    /// started last of those that are active; stretches of one period in a row are joined again.
    ///
    /// An earlier period comes back when a later one inside it ends.
    mutating func writeVisible() {
        let tie = plan.has("subscription") ? "subscription NULLS FIRST, source_row" : "source_row"
        add(
            "ranked", "Periods of a customer in the order in which they supersede each other.",
            """
            SELECT *, row_number() OVER (PARTITION BY customer ORDER BY starts, \(tie)) AS place
            FROM periods
            """)
        add(
            "bounds", "Every moment at which another period of a customer may count.",
            """
            SELECT customer, starts AS moment FROM periods
            UNION SELECT customer, ends FROM periods WHERE ends IS NOT NULL
            """)
        add(
            "shown", "Which period counts from each of these moments on; none is an absent place.",
            """
            SELECT bounds.customer, moment, max(place) AS place
            FROM bounds LEFT JOIN ranked ON ranked.customer = bounds.customer
              AND starts <= moment AND (ends IS NULL OR ends > moment)
            GROUP BY bounds.customer, moment
            """)
        add(
            "shifts", "The moments at which another period counts than before.",
            """
            SELECT customer, place, moment AS starts,
              lead(moment) OVER (PARTITION BY customer ORDER BY moment) AS ends
            FROM (
              SELECT *, lag(place) OVER (PARTITION BY customer ORDER BY moment) AS before,
                row_number() OVER (PARTITION BY customer ORDER BY moment) = 1 AS begins
              FROM shown
            )
            WHERE begins OR place IS DISTINCT FROM before
            """)
        let slices = plan.sliceNames.map { ", ranked.\($0)" }.joined()
        add(
            "visible", "The periods as far as they count.",
            """
            SELECT source_row, shifts.customer\(slices), shifts.starts, shifts.ends,
              ranked.starts AS began, amount
            FROM shifts JOIN ranked ON ranked.customer = shifts.customer
              AND ranked.place = shifts.place
            """)
    }

    /// The stage of periods as far as they count.
    var visible: String { plan.recipe.overlap == .latest ? "visible" : "periods" }
}
