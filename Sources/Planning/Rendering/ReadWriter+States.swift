import Definitions
import Vocabulary

/// What stands at the end of a period, and how it moved since its start.
extension ReadWriter {
    /// The rows that are open at each stretch's end.
    ///
    /// A row is looked at once for each end at which it is open.
    mutating func openSQL(
        _ measure: OpenRows.Measure, started: TypedExpression, ended: TypedExpression
    ) -> String {
        let start = expression(started)
        let end = expression(ended)
        let buckets = read.bucketing.stretchByBucket(days: read.time.isDay)
            .sorted { $0.key < $1.key }
        let ends = buckets.map { bucket, stretch in
            let day = bind(.day(read.bucketing.ranges[stretch].end))
            let instant = bind(.instant(read.bucketing.stretches[stretch].end))
            return "(\(bucket), CAST(\(day) AS DATE), CAST(\(instant) AS TIMESTAMP))"
        }
        let startMoment = started.type == .day ? "last_day" : "last_instant"
        let endMoment = ended.type == .day ? "last_day" : "last_instant"
        let age =
            started.type == .day
            ? "(last_day - \(start)) * 86400.0"
            : "(epoch_us(last_instant) - epoch_us(\(start))) / 1000000.0"
        let number =
            switch measure {
            case .count: "count(*)"
            case .averageAge: "avg(\(age))"
            case .percentileAge(let rank): "quantile_cont(\(age), \(rank / 100))"
            }
        let keys = keyColumns(bucket: "bucket")
        var conditions = [
            "\(start) < \(startMoment)", "(\(end) IS NULL OR \(end) >= \(endMoment))",
        ]
        for condition in read.conditions { conditions.append(expression(condition)) }
        return """
            SELECT \(keys.columns.joined(separator: ", ")), \(number) AS m1, count(*) AS m2
            FROM \(table), (VALUES \(ends.joined(separator: ", "))) \
            AS ends(bucket, last_day, last_instant)
            WHERE \(conditions.joined(separator: " AND "))
            GROUP BY \(keys.ordinals)
            """
    }

    /// For each stretch, the moves of entities by their kind: sums, and how many entities moved.
    ///
    /// An entity's state is its running sum; states nearer to zero than a millionth are zero, since
    /// binary fractions do not always cancel. Whoever was above zero at any moment before a
    /// stretch comes back in it, and is not new. Only of those who may have come back are all
    /// moments looked at, because stretches do not show what was undone within them.
    mutating func transitionsSQL(entity: TypedExpression, amount: TypedExpression) -> String {
        let who = expression(entity)
        let value = expression(amount)
        let keys = keyColumns(bucket: bucket(of: timeName, fromBeginning: true))
        let columns = keys.columns.joined(separator: ", ")
        let conditions = whereClause(fromBeginning: true, extra: ["\(who) IS NOT NULL"])
        let names = keyNames.joined(separator: ", ")
        let parts = ["entity"] + keyNames.dropFirst()
        let slices = parts.joined(separator: ", ")
        let window = "PARTITION BY \(slices) ORDER BY period"
        let sameSlice = parts.map { "past.\($0) IS NOT DISTINCT FROM states.\($0)" }
        let moves = [
            ("closing > 0 AND opening = 0 AND NOT known", "closing"),
            ("closing > 0 AND opening = 0 AND known", "closing"),
            ("opening > 0 AND closing > opening", "closing - opening"),
            ("opening > 0 AND closing > 0 AND closing < opening", "opening - closing"),
            ("opening > 0 AND closing = 0", "opening"),
        ]
        let numbers = moves.enumerated().flatMap { index, move in
            [
                "coalesce(sum(\(move.1)) FILTER (WHERE \(move.0)), 0) AS m\(2 * index + 1)",
                "count(*) FILTER (WHERE \(move.0)) AS m\(2 * index + 2)",
            ]
        }
        return """
            WITH moves AS (
              SELECT \(columns), \(who) AS entity, coalesce(sum(\(value)), 0) AS net
              FROM \(table)
              \(conditions)
              GROUP BY \(keys.ordinals), \(keyNames.count + 1)
            ), sums AS (
              SELECT \(names), entity, sum(net) OVER (\(window)) AS closing, net
              FROM moves
            ), states AS (
              SELECT \(names), entity, \(ReadWriter.state("closing")) AS closing, \
            \(ReadWriter.state("closing - net")) AS opening, \
            row_number() OVER (\(window)) > 1 AS has_past
              FROM sums
            ), past AS (
              SELECT \(slices), min(period) FILTER (WHERE \(ReadWriter.state("sum")) > 0) AS since
              FROM (
                SELECT *, sum(net) OVER (PARTITION BY \(slices) ORDER BY moment) AS sum
                FROM (
                  SELECT \(columns), \(who) AS entity, \(value) AS net, \(timeName) AS moment
                  FROM \(table)
                  \(conditions) AND \(who) IN (
                    SELECT entity FROM states WHERE has_past AND opening = 0 AND closing > 0)
                )
              )
              GROUP BY \(slices)
            ), known AS (
              SELECT states.*, coalesce(since < period, FALSE) AS known
              FROM states LEFT JOIN past ON \(sameSlice.joined(separator: " AND "))
            )
            SELECT \(names), \(numbers.joined(separator: ", "))
            FROM known
            GROUP BY \(keys.ordinals)
            """
    }

    private static func state(_ sum: String) -> String {
        "CASE WHEN \(sum) < 0.000001 THEN 0 ELSE \(sum) END"
    }

    /// For each stretch, how many entities are new, current, resurrected and dormant.
    mutating func lifecycleSQL(entity: TypedExpression) -> String {
        let who = expression(entity)
        let keys = keyColumns(bucket: bucket(of: timeName, fromBeginning: true))
        let conditions = whereClause(fromBeginning: true, extra: ["\(who) IS NOT NULL"])
        let parts = keyNames.dropFirst().map { "\($0), " }.joined()
        let window =
            "PARTITION BY \((["entity"] + keyNames.dropFirst()).joined(separator: ", ")) "
            + "ORDER BY period"
        return """
            WITH active AS (
              SELECT DISTINCT \(keys.columns.joined(separator: ", ")), \(who) AS entity
              FROM \(table)
              \(conditions)
            ), seen AS (
              SELECT *, lag(period) OVER (\(window)) AS earlier, \
            lead(period) OVER (\(window)) AS later
              FROM active
            ), stages AS (
              SELECT period, \(parts)CASE WHEN earlier IS NULL THEN 1 \
            WHEN earlier = period - 1 THEN 2 ELSE 3 END AS stage
              FROM seen
              UNION ALL
              SELECT period + 1, \(parts)4
              FROM seen
              WHERE later IS NULL OR later > period + 1
            )
            SELECT \(keyNames.joined(separator: ", ")), \
            \((1...4).map { "count(*) FILTER (WHERE stage = \($0)) AS m\($0)" }
                .joined(separator: ", "))
            FROM stages
            GROUP BY \(keys.ordinals)
            """
    }
}
