import Definitions
import Vocabulary

/// Rows for estimates: what occurs, and how often, so that equal observations are one row.
extension ReadWriter {
    /// Each duration of the rows of a stretch with how many ended then and how many were kept.
    mutating func durationsSQL(
        _ duration: TypedExpression, lost: TypedExpression, kept: TypedExpression
    ) -> String {
        let length = expression(duration)
        let ended = expression(lost)
        let left = expression(kept)
        let keys = keyColumns(bucket: bucket(of: timeName))
        let conditions = whereClause(extra: ["\(length) IS NOT NULL"])
        return """
            SELECT \(keys.columns.joined(separator: ", ")), CAST(\(length) AS DOUBLE) AS m1, \
            CAST(coalesce(\(ended), 0) AS DOUBLE) AS m2, \
            CAST(coalesce(\(left), 0) AS DOUBLE) AS m3, CAST(count(*) AS DOUBLE) AS m4
            FROM \(table)
            \(conditions)
            GROUP BY ALL
            """
    }

    /// Each history of purchases up to a stretch's end: repeat purchases, the time of the last one
    /// and of observation since the first, in days or steps, and what repeat purchases were worth.
    ///
    /// Several purchases of an entity on one day are one purchase.
    mutating func purchasesSQL(
        entity: TypedExpression, value: TypedExpression?, stepDays: Int?
    ) -> String {
        let histories = historiesSQL(entity: entity, value: value, stepDays: stepDays)
        return """
            \(histories)
            SELECT \(keyNames.joined(separator: ", ")), CAST(repeats AS DOUBLE) AS m1, \
            CAST(recency AS DOUBLE) AS m2, CAST(age AS DOUBLE) AS m3, spend AS m4, \
            CAST(count(*) AS DOUBLE) AS m5
            FROM histories
            GROUP BY ALL
            """
    }

    /// The history of each customer: the customer, then the numbers of a history, of one each.
    mutating func customersSQL(
        entity: TypedExpression, value: TypedExpression?, stepDays: Int?
    ) -> String {
        let histories = historiesSQL(entity: entity, value: value, stepDays: stepDays)
        return """
            \(histories)
            SELECT CAST(entity AS VARCHAR) AS entity, CAST(repeats AS DOUBLE) AS m1, \
            CAST(recency AS DOUBLE) AS m2, CAST(age AS DOUBLE) AS m3, spend AS m4, \
            CAST(1 AS DOUBLE) AS m5
            FROM histories
            ORDER BY 1
            """
    }

    private mutating func historiesSQL(
        entity: TypedExpression, value: TypedExpression?, stepDays: Int?
    ) -> String {
        let who = expression(entity)
        let worth = value.map { "CAST(\(expression($0)) AS DOUBLE)" } ?? "NULL"
        let keys = keyColumns(bucket: "1")
        let day = local.dayNumber(of: timeName, binder: &binder)
        let conditions = whereClause(fromBeginning: true, extra: ["\(who) IS NOT NULL"])
        let last = (read.bucketing.ranges.last?.end ?? Day(number: 0)).number - 1
        let end = bind(.integer(Int64(last)))
        let slices = (["entity"] + keyNames).joined(separator: ", ")
        let names = keyNames.joined(separator: ", ")
        let length = stepDays ?? 1
        let step = stepDays == nil ? "day - first_day" : "(day - first_day) // \(length)"
        let age = stepDays == nil ? "\(end) - first_day" : "(\(end) - first_day) // \(length)"
        return """
            WITH days AS (
              SELECT \(keys.columns.joined(separator: ", ")), \(who) AS entity, \(day) AS day, \
            sum(\(worth)) AS worth
              FROM \(table)
              \(conditions)
              GROUP BY \(keys.ordinals), \(keyNames.count + 1), \(keyNames.count + 2)
            ), firsts AS (
              SELECT *, min(day) OVER (PARTITION BY \(slices)) AS first_day
              FROM days
            ), purchases AS (
              SELECT \(slices), \(step) AS step, first_day, sum(worth) AS worth
              FROM firsts
              GROUP BY ALL
            ), histories AS (
              SELECT \(names), entity, count(*) FILTER (WHERE step > 0) AS repeats, \
            max(step) AS recency, any_value(\(age)) AS age, \
            avg(worth) FILTER (WHERE step > 0) AS spend
              FROM purchases
              GROUP BY \(slices)
            )
            """
    }
}
