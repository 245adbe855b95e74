import Definitions
import Vocabulary

/// Writes reads as DuckDB's SQL, every value bound.
///
/// There is one dialect today, so there is no protocol over it yet; a second engine brings both.
public struct DuckDBDialect: Sendable {
    /// Makes the dialect.
    public init() {}

    /// The statement of a read; its columns are ``Read/columns``.
    public func statement(_ read: Read) -> Statement {
        var writer = ReadWriter(read)
        let sql = writer.sql()
        return Statement(sql, writer.binder.values)
    }

    /// The statement that finds the values to show: one text column, the most important first.
    public func statement(_ leader: LeaderRead) -> Statement {
        var writer = ReadWriter(leader.read)
        let sql = writer.leaders(limit: leader.limit)
        return Statement(sql, writer.binder.values)
    }
}

/// Writes one read.
struct ReadWriter: ExpressionWriting {
    let read: Read
    var binder = ValueBinder()
    let local: LocalTime

    init(_ read: Read) {
        self.read = read
        local = LocalTime(read)
    }

    mutating func sql() -> String {
        switch read.body {
        case .measures(let measures): measuresSQL(measures)
        case .firsts(let entity, let admitted): firstsSQL(entity, admitted)
        case .steps(let entity, let reach): stepsSQL(entity, reach)
        case .snapshot(let value): snapshotSQL(value)
        case .lasts(let value, let entity): lastsSQL(value, entity)
        case .open(let measure, let started, let ended):
            openSQL(measure, started: started, ended: ended)
        case .transitions(let entity, let amount):
            transitionsSQL(entity: entity, amount: amount)
        case .lifecycle(let entity): lifecycleSQL(entity: entity)
        case .durations(let duration, let lost, let kept):
            durationsSQL(duration, lost: lost, kept: kept)
        case .purchases(let entity, let value, let stepDays):
            purchasesSQL(entity: entity, value: value, stepDays: stepDays)
        case .concentration(let value, let entity, let billionths):
            concentrationSQL(value, entity: entity, billionths: billionths)
        }
    }

    mutating func leaders(limit: Int) -> String {
        guard let part = read.parts.first, case .measures(let measures) = read.body else {
            return ""
        }
        let value = text(of: part)
        let rank = aggregate(measures[0])
        let conditions = whereClause(extra: ["\(value) IS NOT NULL"])
        return """
            SELECT \(value) AS part1
            FROM \(table)
            \(conditions)
            GROUP BY 1
            ORDER BY \(rank) DESC NULLS LAST, 1
            LIMIT \(limit)
            """
    }

    private mutating func measuresSQL(_ measures: [Measure]) -> String {
        let keys = keyColumns(bucket: bucket(of: timeName))
        var columns = keys.columns
        for (index, measure) in measures.enumerated() {
            columns.append("\(aggregate(measure)) AS m\(index + 1)")
        }
        let conditions = whereClause()
        return """
            SELECT \(columns.joined(separator: ", "))
            FROM \(table)
            \(conditions)
            \(keys.grouping)
            """
    }

    /// Entities by their first row ever: the row's time and parts, then the periods.
    private mutating func firstsSQL(
        _ entity: TypedExpression, _ admitted: [TypedExpression]
    ) -> String {
        let who = expression(entity)
        var inner = ["\(who) AS entity", "min(\(timeName)) AS moment"]
        for (index, part) in read.parts.enumerated() {
            inner.append("\(first(text(of: part))) AS value\(index + 1)")
        }
        var outer = ["moment >= \(bind(start))"]
        for (index, condition) in admitted.enumerated() {
            inner.append("\(first(expression(condition))) AS admitted\(index + 1)")
            outer.append("admitted\(index + 1)")
        }
        let conditions = whereClause(fromBeginning: true, extra: ["\(who) IS NOT NULL"])
        let keys = keyColumns(bucket: bucket(of: "moment"), values: { "value\($0 + 1)" })
        return """
            SELECT \(keys.columns.joined(separator: ", ")), count(*) AS m1
            FROM (
              SELECT \(inner.joined(separator: ", "))
              FROM \(table)
              \(conditions)
              GROUP BY 1
            )
            WHERE \(outer.joined(separator: " AND "))
            \(keys.grouping)
            """
    }

    /// A value in an entity's first row; wrapped, since the aggregate skips absent values.
    private func first(_ value: String) -> String {
        "arg_min({'value': \(value)}, \(timeName)).value"
    }

    /// The days on which entities start and stop to count.
    ///
    /// An entity that acted on a day counts until its next day of activity or until its reach
    /// ends, whatever is first; so the stretches of one entity never overlap, and a running sum of
    /// the changes is an exact recount for every day.
    private mutating func stepsSQL(_ entity: TypedExpression, _ reach: Read.Reach) -> String {
        let who = expression(entity)
        let keys = keyColumns(bucket: local.dayNumber(of: timeName, binder: &binder))
        let partNames = read.parts.indices.flatMap { ["part\($0 + 1)", "rest\($0 + 1)"] }
        let over = (["entity"] + partNames).joined(separator: ", ")
        let next = "lead(period) OVER (PARTITION BY \(over) ORDER BY period)"
        let until: String
        switch reach {
        case .days(let days):
            let limit = "period + \(bind(.integer(Int64(days))))"
            until = "least(coalesce(\(next), \(limit)), \(limit))"
        case .units(let ends):
            let limit = search(ends.map { bind(.integer(Int64($0.number))) }, name: "period")
            until = "least(coalesce(\(next), \(limit)), \(limit))"
        case .always: until = next
        }
        let conditions = whereClause(extra: ["\(who) IS NOT NULL"])
        let kept = (["period"] + partNames).joined(separator: ", ")
        let ended = (["until AS period"] + partNames).joined(separator: ", ")
        return """
            WITH active AS (
              SELECT DISTINCT \(keys.columns.joined(separator: ", ")), \(who) AS entity
              FROM \(table)
              \(conditions)
            ), spells AS (
              SELECT \(kept), \(until) AS until
              FROM active
            )
            SELECT \(kept), CAST(sum(step) AS BIGINT) AS m1
            FROM (
              SELECT \(kept), 1 AS step FROM spells
              UNION ALL
              SELECT \(ended), -1 AS step FROM spells WHERE until IS NOT NULL
            )
            GROUP BY \(keys.ordinals)
            """
    }

    /// The rows of the last instant of each period.
    private mutating func snapshotSQL(_ value: TypedExpression) -> String {
        let amount = expression(value)
        let keys = keyColumns(bucket: bucket(of: timeName))
        let conditions = whereClause()
        let names = keyNames.joined(separator: ", ")
        return """
            SELECT \(names), m1, m2
            FROM (
              SELECT \(keys.columns.joined(separator: ", ")), \(timeName) AS moment, \
            sum(\(amount)) AS m1, count(\(amount)) AS m2
              FROM \(table)
              \(conditions)
              GROUP BY \(keys.ordinals), \(keyNames.count + 1)
            )
            QUALIFY moment = max(moment) OVER (PARTITION BY period)
            """
    }

    /// Each entity's last row per period, and until which period it is the last.
    private mutating func lastsSQL(_ value: TypedExpression, _ entity: TypedExpression) -> String {
        let who = expression(entity)
        let amount = expression(value)
        var inner = [
            "\(bucket(of: timeName, fromBeginning: true)) AS period", "\(who) AS entity",
            "arg_max(coalesce(\(amount), 0), \(timeName)) AS amount",
        ]
        for (index, part) in read.parts.enumerated() {
            inner.append(
                "arg_max({'value': \(text(of: part))}, \(timeName)).value AS value\(index + 1)")
        }
        let conditions = whereClause(fromBeginning: true, extra: ["\(who) IS NOT NULL"])
        let keys = keyColumns(bucket: "period", values: { "value\($0 + 1)" })
        return """
            SELECT \(keys.columns.joined(separator: ", ")), until, sum(amount) AS m1, count(*) AS m2
            FROM (
              SELECT *, lead(period) OVER (PARTITION BY entity ORDER BY period) AS until
              FROM (
                SELECT \(inner.joined(separator: ", "))
                FROM \(table)
                \(conditions)
                GROUP BY 1, 2
              )
            )
            GROUP BY \(keys.ordinals), until
            """
    }
}
