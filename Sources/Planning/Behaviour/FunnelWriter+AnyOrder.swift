import Definitions
import Vocabulary

/// Steps in any order: the latest of each so far, and whether they lie within one window.
extension FunnelWriter {
    func anyOrderCTEs() -> [String] {
        let steps = funnel.steps.indices
        let own = keys.joined(separator: ", ")
        let latest = steps.map { "max(CASE WHEN k\($0) THEN t END) OVER walk AS l\($0)" }
        let inside = steps.map { "max(CASE WHEN k\($0)\(isEntry) THEN t END) OVER walk AS b\($0)" }
        let levels = steps.map { "m\($0)" }
        let earliest = steps.map { "\(entryOfLevel($0)) AS m\($0)" }
        // The last step decides: alone, an earlier one may lie outside of the question's range.
        let level =
            "CASE "
            + steps.reversed().map { "WHEN m\($0) IS NOT NULL THEN \($0 + 1)" }
            .joined(separator: " ") + " ELSE 0 END"
        let entry = "coalesce(\(levels.reversed().joined(separator: ", ")))"
        let times = steps.map { step in
            step == 0
                ? "entry AS c0"
                : "CASE WHEN level > \(step) THEN CASE WHEN level = \(step + 1) THEN ranked.t "
                    + "ELSE entry END END AS c\(step)"
        }
        return [
            """
            walked AS (
              SELECT \(own), t, \((latest + inside).joined(separator: ", "))
              FROM ordered
              WINDOW walk AS (\(partition) ORDER BY t)
            ), within AS (
              SELECT \(own), t, \(earliest.joined(separator: ", ")) FROM walked
            ), leveled AS (
              SELECT \(own), t, \(level) AS level, \(entry) AS entry FROM within
            ), firsts AS (
              SELECT \(own), t, min(p) AS p FROM ordered GROUP BY \(own), t
            ), ranked AS (
              SELECT *, row_number() OVER (
                PARTITION BY \(unit.joined(separator: ", ")) \
            ORDER BY level DESC, t, entry\(funnel.same.isEmpty ? "" : ", " + own)) AS place
              FROM leveled
              WHERE level > 0
            ), units AS MATERIALIZED (
              SELECT \(unit.map { "ranked.\($0)" }.joined(separator: ", ")), firsts.p AS p, \
            \(times.joined(separator: ", "))
              FROM ranked JOIN firsts ON \
            \(keys.map { "ranked.\($0) = firsts.\($0)" }.joined(separator: " AND ")) \
            AND ranked.entry = firsts.t
              WHERE place = 1
            )
            """
        ]
    }

    /// The condition that an event may begin an attempt.
    private var isEntry: String {
        guard funnel.sequence == nil, let entries else { return "" }
        return " AND t < \(entries.before.microseconds)"
    }

    /// When the window began in which the steps up to one lie; the latest of several.
    ///
    /// It begins with one of these steps, and in the question's range: where each of them was
    /// taken again afterwards, one of them must still be taken as it was before.
    private func entryOfLevel(_ step: Int) -> String {
        let least = call("least", (0...step).map { "l\($0)" })
        var conditions = (0...step).map { "l\($0) IS NOT NULL" }
        var isInside = ""
        if let window = funnel.windowSeconds.map({ Int64($0) * 1_000_000 }) {
            conditions.append("t <= \(least) + \(window)")
            isInside = " AND t <= begun + \(window)"
        }
        let all = conditions.joined(separator: " AND ")
        guard funnel.sequence == nil, let entries else {
            return "CASE WHEN \(all) THEN \(least) END"
        }
        let begun = call("greatest", (0...step).map { "coalesce(b\($0), -\(Self.never))" })
        let again =
            "\(begun) > -\(Self.never)" + isInside.replacing("begun", with: begun)
        return "CASE WHEN \(all) THEN CASE WHEN \(least) < \(entries.before.microseconds) "
            + "THEN \(least) WHEN \(again) THEN \(begun) END END"
    }

    private func call(_ function: String, _ values: [String]) -> String {
        values.count == 1 ? values[0] : "\(function)(\(values.joined(separator: ", ")))"
    }
}
