import Definitions
import Vocabulary

/// Steps in their order: the times of each start's steps, and which starts count.
extension FunnelWriter {
    /// The events that may follow an event, by the rule of ties.
    private var following: String {
        if funnel.order == .strict {
            return "ORDER BY n ROWS BETWEEN 1 FOLLOWING AND 1 FOLLOWING"
        }
        let end = "AND UNBOUNDED FOLLOWING"
        if funnel.toleranceSeconds > 0 {
            let slack = Int64(funnel.toleranceSeconds) * 1_000_000
            return "ORDER BY t RANGE BETWEEN \(slack) PRECEDING \(end)"
        }
        if funnel.ties == .apart { return later }
        return "ORDER BY n ROWS BETWEEN 1 FOLLOWING \(end)"
    }

    /// The events of later moments.
    private var later: String {
        "ORDER BY t RANGE BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING"
    }

    mutating func chainCTEs() -> [String] {
        var parts = funnel.order == .anchored ? [anchoredCTE()] : followingCTEs()
        parts.append(startsCTE())
        parts.append(timedCTE())
        parts.append(hitsCTE())
        parts.append(reachedCTE())
        parts += takenCTEs()
        parts += unitCTEs()
        return parts
    }

    /// When each later step would be taken first after each first one, whichever comes first.
    private func anchoredCTE() -> String {
        var columns = ["CASE WHEN k0 THEN t END AS c0"]
        for step in steps.dropFirst() {
            columns.append(
                "CASE WHEN k0 THEN min(CASE WHEN k\(step) THEN t END) OVER next END AS c\(step)")
        }
        for index in funnel.exclusions.indices {
            columns.append(
                "CASE WHEN k0 THEN min(CASE WHEN x\(index) THEN t END) OVER later END AS y\(index)")
        }
        return """
            from0 AS (
              SELECT \((passed + columns).joined(separator: ", "))
              FROM ordered
              WINDOW next AS (\(partition) \(following)), later AS (\(partition) \(later))
            )
            """
    }

    /// When the steps would be taken from each event on, from the last step to the first.
    private func followingCTEs() -> [String] {
        var parts: [String] = []
        var known: [String] = []
        var from = "ordered"
        for (place, step) in required.enumerated().reversed() {
            var columns = known.map { "CASE WHEN k\(step) THEN min(\($0)) OVER next END AS \($0)" }
            columns.append("CASE WHEN k\(step) THEN t END AS c\(step)")
            known.append("c\(step)")
            let next = place + 1 < required.count ? required[place + 1] : step + 1
            for optional in (step + 1)..<max(next, step + 1) {
                columns.append(
                    "CASE WHEN k\(step) THEN min(CASE WHEN k\(optional) THEN t END) OVER next END "
                        + "AS c\(optional)")
                known.append("c\(optional)")
            }
            for (index, excluded) in funnel.exclusions.enumerated() where excluded.after == step {
                columns.append(
                    "CASE WHEN k\(step) THEN min(CASE WHEN x\(index) THEN t END) OVER later END "
                        + "AS y\(index)")
                known.append("y\(index)")
            }
            parts.append(
                """
                from\(step) AS (
                  SELECT \((passed + columns).joined(separator: ", "))
                  FROM \(from)
                  WINDOW next AS (\(partition) \(following)), later AS (\(partition) \(later))
                )
                """)
            from = "from\(step)"
        }
        return parts
    }

    private var steps: Range<Int> { funnel.steps.indices }

    /// The events that begin an attempt, and until when it may take.
    private func startsCTE() -> String {
        var conditions = ["k0"]
        if funnel.sequence == nil, let entries {
            conditions.append("t >= \(entries.from.microseconds)")
            conditions.append("t < \(entries.before.microseconds)")
        }
        let limit =
            funnel.windowSeconds.map { "t + \(Int64($0) * 1_000_000)" } ?? "\(FunnelWriter.never)"
        let columns =
            keys + ["n", "p"] + steps.map { "c\($0)" }
            + funnel.exclusions.indices.map { "y\($0)" }
        return """
            starts AS (
              SELECT \(columns.joined(separator: ", ")), \(limit) AS until
              FROM from0
              WHERE \(conditions.joined(separator: " AND "))
            )
            """
    }

    /// The steps that are taken in time, each after those that must be.
    private func timedCTE() -> String {
        let times = required.map { step -> String in
            guard step > 0 else { return "c0" }
            let all = required.filter { $0 > 0 && $0 <= step }.map { "c\($0) <= until" }
            // In any order a step is reached when the last of those up to it is taken.
            let own = (1...step).map { "c\($0)" }.joined(separator: ", ")
            let time = funnel.order == .anchored && step > 1 ? "greatest(\(own))" : "c\(step)"
            return "CASE WHEN \(all.joined(separator: " AND ")) THEN \(time) END AS c\(step)"
        }
        let optional = steps.filter { funnel.steps[$0].isOptional }.map { "c\($0)" }
        let columns =
            keys + ["n", "p", "until"] + times + optional
            + funnel.exclusions.indices.map { "y\($0)" }
        return "timed AS (\n  SELECT \(columns.joined(separator: ", "))\n  FROM starts\n)"
    }

    /// The first excluded event between its steps, where there is one in time.
    private func hitsCTE() -> String {
        let hits = funnel.exclusions.enumerated().map { index, excluded in
            let (start, end) = ("c\(excluded.after)", "c\(excluded.before)")
            return "CASE WHEN \(start) IS NOT NULL AND y\(index) <= until "
                + "AND (\(end) IS NULL OR y\(index) < \(end)) THEN y\(index) END AS z\(index)"
        }
        let columns = keys + ["n", "p", "until"] + steps.map { "c\($0)" } + hits
        return "hits AS (\n  SELECT \(columns.joined(separator: ", "))\n  FROM timed\n)"
    }

    /// What must hold so that a step is reached.
    private func isReached(_ step: Int) -> String {
        var conditions: [String] = []
        for earlier in required.filter({ $0 > 0 && $0 < step }) + [step] {
            conditions.append("c\(earlier) <= until")
            for (index, excluded) in funnel.exclusions.enumerated()
            where excluded.rule == .attempt && excluded.after < earlier {
                conditions.append("(z\(index) IS NULL OR c\(earlier) <= z\(index))")
            }
        }
        if funnel.steps[step].isOptional, let next = required.first(where: { $0 > step }) {
            conditions.append("(c\(next) IS NULL OR c\(step) <= c\(next))")
        }
        return conditions.joined(separator: " AND ")
    }

    private func reachedCTE() -> String {
        let times = steps.map { step in
            step == 0 ? "c0" : "CASE WHEN \(isReached(step)) THEN c\(step) END AS c\(step)"
        }
        let ends = funnel.exclusions.enumerated()
            .filter { $0.element.rule == .attempt }
            .map { "coalesce(z\($0.offset), until)" }
        let end = ends.isEmpty ? "until" : "least(\((ends + ["until"]).joined(separator: ", ")))"
        let outs = funnel.exclusions.enumerated().filter { $0.element.rule == .person }
            .map { "z\($0.offset) IS NOT NULL" }
        let out = outs.isEmpty ? "FALSE" : outs.joined(separator: " OR ")
        let columns =
            keys + ["n", "p"] + times + ["\(end) AS stopped", "(\(out)) AS is_out"]
        return "reached AS (\n  SELECT \(columns.joined(separator: ", "))\n  FROM hits\n)"
    }

    /// The attempts that count, by the rule of entering anew.
    private func takenCTEs() -> [String] {
        let same = keys.map { "a.\($0) = b.\($0)" }.joined(separator: " AND ")
        let own = keys.joined(separator: ", ")
        let numbered = """
            numbered AS (
              SELECT *, row_number() OVER (\(partition) ORDER BY n) AS a FROM reached
            )
            """
        let last = "c\(steps.upperBound - 1)"
        let end: String
        switch funnel.reentry {
        case .everyStart: return ["attempts AS (SELECT * FROM reached)"]
        case .never:
            // One start alone, whatever the values are that an attempt keeps.
            let held = funnel.same.indices.map { "h\($0)" }
            let order = (["c0"] + held + ["n"]).joined(separator: ", ")
            return [
                """
                numbered AS (
                  SELECT *, row_number() OVER (
                    PARTITION BY \(unit.joined(separator: ", ")) ORDER BY \(order)) AS a
                  FROM reached
                )
                """, "attempts AS (SELECT * FROM numbered WHERE a = 1)",
            ]
        case .afterConversion: end = last
        case .afterWindow: end = "coalesce(\(last), stopped)"
        }
        // With a tolerance an attempt may end before it begins; the next one begins later all the same.
        return [
            numbered,
            """
            marks AS (
              SELECT \(own), a, c0 AS m, 1 AS start FROM numbered
              UNION ALL
              SELECT \(own), a, greatest(c0, \(end)), 0 FROM numbered WHERE \(end) IS NOT NULL
            ), counted AS (
              SELECT *, sum(start) OVER (\(partition) ORDER BY m) AS passed FROM marks
            ), jumps AS (
              SELECT \(own), a, CAST(passed AS BIGINT) + 1 AS following FROM counted WHERE start = 0
            )
            """,
            """
            taken AS (
              SELECT \(own), a FROM numbered WHERE a = 1
              UNION ALL
              SELECT \(keys.map { "b.\($0)" }.joined(separator: ", ")), b.following
              FROM taken AS a JOIN jumps AS b ON \(same) AND a.a = b.a
            )
            """,
            """
            attempts AS (
              SELECT a.* FROM numbered AS a JOIN taken AS b ON \(same) AND a.a = b.a
            )
            """,
        ]
    }

    /// What is counted: attempts, or the best of each entity or session.
    private func unitCTEs() -> [String] {
        let level = required.map { "CASE WHEN c\($0) IS NULL THEN 0 ELSE 1 END" }
            .joined(separator: " + ")
        let optional = steps.filter { funnel.steps[$0].isOptional }
            .map { "CASE WHEN c\($0) IS NULL THEN 0 ELSE 1 END" }.joined(separator: " + ")
        var parts: [String] = []
        var from = "attempts"
        if funnel.exclusions.contains(where: { $0.rule == .person }) {
            parts.append(
                """
                inside AS (
                  SELECT *, max(CASE WHEN is_out THEN 1 ELSE 0 END) OVER (PARTITION BY w) AS out
                  FROM attempts
                ), kept AS (
                  SELECT * FROM inside WHERE out = 0
                )
                """)
            from = "kept"
        }
        let times = steps.map { "c\($0)" }
        let columns = (isValuedLater ? keys : unit) + ["p"] + times
        let name = isValuedLater ? "placed AS" : "units AS MATERIALIZED"
        guard funnel.counting != .attempts, kept == nil else {
            parts.append("\(name) (SELECT \(columns.joined(separator: ", ")) FROM \(from))")
            return parts + valueCTEs()
        }
        let best =
            ["\(level) DESC", "c0"] + (optional.isEmpty ? [] : ["\(optional) DESC"])
            + ["p NULLS LAST"] + times.dropFirst().map { "\($0) NULLS LAST" }
        parts.append(
            """
            ranked AS (
              SELECT \(columns.joined(separator: ", ")), row_number() OVER (
                PARTITION BY \(unit.joined(separator: ", ")) \
            ORDER BY \(best.joined(separator: ", "))) AS place
              FROM \(from)
            ), \(name) (
              SELECT \(columns.joined(separator: ", ")) FROM ranked WHERE place = 1
            )
            """)
        return parts + valueCTEs()
    }
}
