import Definitions
import Vocabulary

/// Writes a retention as SQL: everybody's start, and the ages at which each came back.
struct RetentionWriter {
    let question: RetentionQuestion
    var text: BehaviourText
    private let table: String
    private let columns: [String]
    private let conditions: [String]
    private let moments: [Int64]
    /// The first moment of the first cohort, and the first one after the last.
    private let begun: (low: Int64, high: Int64)

    init(_ plan: RetentionPlan) throws(Failure) {
        question = plan.question
        let (retention, input) = (question.retention, plan.input)
        let time = try input.requiredTime()
        table = input.table
        text = BehaviourText(input, question.range)
        let who = try text.value(plan.entity.value, at: "by")
        let starts = try text.isOne(of: retention.starts, at: "starts")
        let returns = try text.isOne(of: retention.returns, at: "returns")
        var amount = "CAST(0 AS DOUBLE)"
        if let value = retention.value {
            let typed = try TypingScope(scope: input.scope).numeric(value)
            amount = "coalesce(CAST(\(text.expression(typed)) AS DOUBLE), 0)"
        }
        var columns = [
            "\(who) AS w", "\(BehaviourText.microseconds(time)) AS t", "\(starts) AS is_start",
            "\(returns) AS is_return", "\(amount) AS amount",
        ]
        if let dimension = question.dimension {
            columns.append("\(try text.part(dimension)) AS p")
        }
        var conditions = ["\(who) IS NOT NULL", "\(time.name) IS NOT NULL"]
        conditions += try text.conditions(retention.filter, at: "where")
        for filter in question.filters { conditions += try text.conditions(filter, at: "") }
        let borders = question.borders
        guard let first = question.cohorts.first, let last = question.cohorts.last,
            let end = borders.last
        else {
            throw Failure(
                .emptyRange, "The range \(question.range) has no days.",
                hint: "Ask for at least one day.")
        }
        let from = retention.cohorts == .first ? nil : time.start(of: first.range.start)
        // A rolling month may be longer than a civil one.
        let reach = question.rollingDays * (question.lastAge + 2)
        let before =
            retention.mode == .calendar
            ? time.start(of: end) : time.start(of: last.range.end.adding(days: reach))
        // Who comes back later than the last age is retained at all before, "on or after".
        let isOpen = retention.criterion == .onOrAfter
        conditions += text.between(time, from: from, before: isOpen ? nil : before)
        self.columns = columns
        self.conditions = conditions
        moments = borders.map { time.start(of: $0).microseconds }
        begun = (
            time.start(of: first.range.start).microseconds,
            time.start(of: last.range.end).microseconds
        )
    }

    private var hasParts: Bool { question.dimension != nil }

    /// The common part: `WITH …` up to `judged`, a row for each person, cohort and age by which
    /// the criterion judges.
    private var head: String {
        let retention = question.retention
        let group = retention.cohorts == .first ? "w" : "w, u"
        let age =
            retention.mode == .calendar
            ? "r.u - s.u"
            : "(r.t - s.t) // \(Int64(question.rollingDays) * 86_400_000_000)"
        // The part of the start is that of its earliest row.
        let part = hasParts ? ", struct_extract(min({'t': t, 'p': p}), 'p') AS p" : ""
        return """
            WITH chosen AS MATERIALIZED (
              SELECT \(columns.joined(separator: ", "))
              FROM \(table)
              WHERE \(conditions.joined(separator: " AND "))
            ), placed AS MATERIALIZED (
              SELECT *, CASE WHEN t < \(begun.low) THEN 0 \
            ELSE \(borderSearch(moments, name: "t")) END AS u
              FROM chosen
              WHERE is_start OR is_return
            ), starts AS (
              SELECT w, min(u) AS u, min(t) AS t\(part) FROM placed WHERE is_start GROUP BY \(group)
            ), begun AS (
              SELECT * FROM starts WHERE t >= \(begun.low) AND t < \(begun.high)
            ), \(cohorts), came AS (
              SELECT s.w, s.u AS cohort, CAST(\(age) AS BIGINT) AS age, s.part, s.value, \
            sum(r.amount) AS amount, count(*) AS times
              FROM cohorts AS s JOIN placed AS r
              ON s.w = r.w AND r.is_return AND r.t > s.t
              GROUP BY 1, 2, 3, 4, 5
            ), judged AS (
              \(judged)
            )
            """
    }

    /// The starts with the part in which each is.
    private var cohorts: String {
        guard hasParts else {
            return """
                cohorts AS (
                  SELECT *, CAST(NULL AS BIGINT) AS part, CAST(NULL AS VARCHAR) AS value FROM begun
                )
                """
        }
        let limit = question.limit
        return """
            shown AS (
              SELECT p AS value, row_number() OVER (ORDER BY count(*) DESC, p) AS part
              FROM begun WHERE p IS NOT NULL
              GROUP BY p
              ORDER BY part LIMIT \(limit)
            ), cohorts AS MATERIALIZED (
              SELECT begun.*, shown.value, coalesce(
                shown.part, CASE WHEN begun.p IS NULL THEN \(limit + 2) ELSE \(limit + 1) END
              ) AS part
              FROM begun LEFT JOIN shown ON begun.p = shown.value
            )
            """
    }

    /// One row for each person, cohort and age by which the criterion judges.
    private var judged: String {
        let last = question.lastAge
        let sums = "part, value, sum(amount) AS amount, sum(times) AS times"
        switch question.retention.criterion {
        case .on: return "SELECT * FROM came WHERE age <= \(last)"
        case .onOrBefore:
            return "SELECT w, cohort, min(age) AS age, \(sums) FROM came "
                + "WHERE age <= \(last) GROUP BY w, cohort, part, value"
        case .onOrAfter:
            return "SELECT w, cohort, max(age) AS age, \(sums) FROM came "
                + "GROUP BY w, cohort, part, value"
        case .brackets(let brackets):
            let cases = brackets.enumerated().map { index, bracket in
                "WHEN age BETWEEN \(bracket.lowerBound) AND \(bracket.upperBound) THEN \(index)"
            }.joined(separator: " ")
            return """
                SELECT w, cohort, bracket AS age, \(sums) FROM (
                    SELECT *, CASE \(cases) END AS bracket FROM came
                  ) WHERE bracket IS NOT NULL GROUP BY w, cohort, bracket, part, value
                """
        }
    }

    func countsSQL() -> String {
        let none = "CAST(NULL AS BIGINT) AS part, CAST(NULL AS VARCHAR) AS value"
        var selects = [
            """
            SELECT u AS cohort, CAST(NULL AS BIGINT) AS age, count(*) AS people, \
            CAST(0 AS DOUBLE) AS amount, \(none)
            FROM cohorts GROUP BY 1
            """,
            "SELECT cohort, age, count(*), sum(amount), NULL, NULL FROM judged GROUP BY 1, 2",
        ]
        if hasParts {
            selects += [
                "SELECT u, NULL, count(*), 0, part, value FROM cohorts GROUP BY 1, 5, 6",
                "SELECT cohort, age, count(*), sum(amount), part, value FROM judged "
                    + "GROUP BY 1, 2, 5, 6",
            ]
        }
        return head + "\n" + selects.joined(separator: "\nUNION ALL\n")
            + "\nORDER BY part NULLS FIRST, 1, 2 NULLS FIRST"
    }

    func peopleSQL(
        cohort: Int, cell: Int, returned: Bool, limit: Int, offset: Int
    ) -> String {
        let isRetained =
            switch question.retention.criterion {
            case .on, .brackets: "age = \(cell)"
            case .onOrAfter: "age >= \(cell)"
            case .onOrBefore: "age <= \(cell)"
            }
        return """
            \(head), retained AS (
              SELECT w, sum(times) AS times FROM judged
              WHERE cohort = \(cohort + 1) AND \(isRetained)
              GROUP BY w
            )
            SELECT CAST(s.w AS VARCHAR) AS entity, s.t AS began, \
            CAST(coalesce(r.times, 0) AS BIGINT) AS times, count(*) OVER () AS total
            FROM cohorts AS s LEFT JOIN retained AS r ON s.w = r.w
            WHERE s.u = \(cohort + 1) AND r.w IS \(returned ? "NOT NULL" : "NULL")
            ORDER BY began DESC, s.w
            LIMIT \(limit) OFFSET \(offset)
            """
    }
}
