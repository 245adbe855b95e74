import Definitions
import Vocabulary

/// What is told of the units: counts, times, a trend, a breakdown, and who they are.
extension FunnelWriter {
    private var steps: Range<Int> { funnel.steps.indices }

    /// The names of the columns that follow `kind`, `period`, `part` and `rest`.
    static func columns(_ funnel: FunnelDefinition) -> [String] {
        let steps = funnel.steps.indices
        return steps.map { "n\($0)" }
            + steps.dropFirst().flatMap { step in
                FunnelPlan.ranks.indices.flatMap { ["f\(step)_\($0)", "p\(step)_\($0)"] }
            }
    }

    mutating func countsSQL() -> String {
        var parts = [
            """
            SELECT 0 AS kind, CAST(NULL AS INTEGER) AS period, CAST(NULL AS VARCHAR) AS part, \
            FALSE AS rest, \(measures(withTimes: true))
            FROM units
            """
        ]
        var head = head()
        if !question.periods.isEmpty {
            let borders = question.periods.compactMap { period in
                input.time?.start(of: period.range.start).microseconds
            }
            let hourly = question.grain == .hour && input.time?.isDay == false
            let starts = hourly ? question.periods.map(\.instants.start.microseconds) : borders
            let period = borderSearch(starts, name: "c0")
            parts.append(
                """
                SELECT 1, \(period), NULL, FALSE, \(measures(withTimes: false))
                FROM units
                GROUP BY 2
                """)
        }
        if question.dimension != nil {
            head += """
                , shown AS (
                  SELECT p AS value FROM units WHERE p IS NOT NULL
                  GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT \(question.limit)
                )
                """
            parts.append(
                """
                SELECT 2, NULL, shown.value, (units.p IS NOT NULL AND shown.value IS NULL), \
                \(measures(withTimes: true))
                FROM units LEFT JOIN shown ON units.p = shown.value\(isInPart)
                GROUP BY 3, 4
                """)
        }
        return head + "\n" + parts.joined(separator: "\nUNION ALL\n")
            + "\nORDER BY kind, period, rest, n0 DESC, part NULLS LAST"
    }

    /// The condition that an attempt is in any part at all.
    private var isInPart: String {
        guard case .step(let position) = funnel.parts else { return "" }
        if funnel.dropsValueless { return "\nWHERE units.p IS NOT NULL" }
        return position == 0 ? "" : "\nWHERE units.c\(position) IS NOT NULL"
    }

    private func measures(withTimes: Bool) -> String {
        let counts = steps.map { "count(c\($0)) AS n\($0)" }
        let times = steps.dropFirst().flatMap { step in
            FunnelPlan.ranks.enumerated().flatMap { index, rank in
                [
                    quantile(rank, from: "c0", step, withTimes) + " AS f\(step)_\(index)",
                    quantile(rank, from: previous(step), step, withTimes)
                        + " AS p\(step)_\(index)",
                ]
            }
        }
        return (counts + times).joined(separator: ", ")
    }

    /// Seconds between two steps, never less than none; steps in any order have no order in time.
    private func quantile(_ rank: Double, from start: String, _ step: Int, _ isTold: Bool) -> String
    {
        let hasTime = funnel.order != .any || step == steps.upperBound - 1 && start == "c0"
        guard isTold, hasTime, funnel.sequence == nil else { return "CAST(NULL AS DOUBLE)" }
        let seconds = "greatest(c\(step) - \(start), 0) / 1000000.0"
        return "quantile_cont(CASE WHEN c\(step) IS NOT NULL THEN \(seconds) END, \(rank))"
    }

    /// The step before, as far as it had to be taken.
    private func previous(_ step: Int) -> String {
        "c\(required.last { $0 < step } ?? 0)"
    }

    mutating func peopleSQL(step: Int, dropping: Bool, limit: Int, offset: Int) -> String {
        var condition = "c\(step) IS NOT NULL"
        if dropping, let next = required.first(where: { $0 > step }) {
            condition += " AND c\(next) IS NULL"
        }
        return """
            \(head())
            SELECT CAST(w AS VARCHAR) AS entity, min(c0) AS entered, count(*) AS times, \
            count(*) OVER () AS total
            FROM units
            WHERE \(condition)
            GROUP BY w
            ORDER BY entered DESC, w
            LIMIT \(limit) OFFSET \(offset)
            """
    }

    mutating func unitsSQL() -> String {
        let times = steps.map { "c\($0)" }.joined(separator: ", ")
        return """
            \(head())
            SELECT CAST(w AS VARCHAR) AS w, \(times), p
            FROM units
            ORDER BY ALL
            """
    }
}
