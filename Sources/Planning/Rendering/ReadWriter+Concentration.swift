import Definitions
import Vocabulary

/// How much of a total few have.
extension ReadWriter {
    /// For each stretch and part, the share of the largest values in all, and how many there are.
    ///
    /// The number of the largest is rounded up by whole numbers, because fractions such as 0.1 have
    /// no exact binary form. A total of zero or less has no shares.
    mutating func concentrationSQL(
        _ value: TypedExpression, entity: TypedExpression?, billionths: Int64
    ) -> String {
        let amount = expression(value)
        let who = entity.map { expression($0) }
        let keys = keyColumns(bucket: bucket(of: timeName))
        let conditions = whereClause(extra: ["\(who ?? amount) IS NOT NULL"])
        let names = keyNames.joined(separator: ", ")
        let owners =
            who.map { "GROUP BY \(keys.ordinals), \($0)" } ?? ""
        let owned = who == nil ? amount : "coalesce(sum(\(amount)), 0)"
        return """
            SELECT \(names), CASE WHEN sum(amount) > 0 \
            THEN coalesce(sum(amount) FILTER (WHERE place <= few), 0) / sum(amount) END AS m1, \
            count(*) AS m2
            FROM (
              SELECT *, row_number() OVER (PARTITION BY \(names) ORDER BY amount DESC) AS place, \
            (count(*) OVER (PARTITION BY \(names)) * \(bind(.integer(billionths))) + 999999999) \
            // 1000000000 AS few
              FROM (
                SELECT \(keys.columns.joined(separator: ", ")), CAST(\(owned) AS DOUBLE) AS amount
                FROM \(table)
                \(conditions)
                \(owners)
              )
            )
            GROUP BY \(keys.ordinals)
            """
    }
}
