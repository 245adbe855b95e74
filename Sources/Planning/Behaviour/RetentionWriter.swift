import Definitions
import Vocabulary

/// Writes a retention as SQL: everybody's start, and the ages at which each came back.
struct RetentionWriter {
    private let retention: RetentionDefinition
    var text: BehaviourText
    private let table: String
    private let columns: [String]
    private let conditions: [String]
    /// The number of the day, week or month of a row, as SQL.
    private let unit: String
    /// Which starts count.
    private let isBegun: String
    /// What else is kept of the earliest row of each start.
    private let kept: [String]
    private let lastAge: Int
    private let rollingDays: Int
    /// How many parts are shown; nil where nothing is split.
    private let limit: Int?

    init(_ plan: RetentionPlan) throws(Failure) {
        let question = plan.question
        let (retention, input) = (question.retention, plan.input)
        let time = try input.requiredTime()
        text = BehaviourText(input, question.range)
        var columns = try RetentionWriter.columns(retention, plan.entity, time, &text)
        if let dimension = question.dimension {
            columns.append("\(try text.part(dimension)) AS p")
        }
        if retention.mode == .rollingFromHour, retention.rollingDays > 1 {
            columns.append("\(RetentionWriter.day(time, &text)) AS d")
        }
        var conditions = try RetentionWriter.conditions(retention, plan.entity, time, &text)
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
        let low = time.start(of: first.range.start).microseconds
        let high = time.start(of: last.range.end).microseconds
        let moments = borders.map { time.start(of: $0).microseconds }
        self.retention = retention
        table = input.table
        self.columns = columns
        self.conditions = conditions
        unit = "CASE WHEN t < \(low) THEN 0 ELSE \(borderSearch(moments, name: "t")) END"
        isBegun = "t >= \(low) AND t < \(high)"
        kept = question.dimension == nil ? [] : ["p"]
        lastAge = question.lastAge
        rollingDays = question.rollingDays
        limit = question.dimension == nil ? nil : question.limit
    }

    /// All starts of a source, whenever they are.
    ///
    /// - Parameters:
    ///   - retention: The retention.
    ///   - input: Its source.
    ///   - entity: Who begins and comes back.
    ///   - kept: Names whose values are kept of each start's earliest row, as `k0`, `k1`, ….
    ///   - units: Writes the number of a unit, given the name of a day's number.
    /// - Throws: `expression/…`, `question/no-time-column`.
    init(
        _ retention: RetentionDefinition, _ input: BehaviourInput, _ entity: RecipeKey,
        keeping kept: [String], units: (Grain, String) -> String
    ) throws(Failure) {
        let time = try input.requiredTime()
        text = BehaviourText(input, nil)
        var columns = try RetentionWriter.columns(retention, entity, time, &text)
        columns.append("\(RetentionWriter.day(time, &text)) AS d")
        for (index, name) in kept.enumerated() {
            columns.append("\(try text.value(.name(NameReference(name)), at: "")) AS k\(index)")
        }
        self.retention = retention
        table = input.table
        self.columns = columns
        conditions = try RetentionWriter.conditions(retention, entity, time, &text)
        unit = units(retention.age, "d")
        isBegun = "TRUE"
        self.kept = kept.indices.map { "k\($0)" }
        lastAge = retention.lastAge
        rollingDays = retention.rollingDays
        limit = nil
    }

    private static func columns(
        _ retention: RetentionDefinition, _ entity: RecipeKey, _ time: TimeAxis,
        _ text: inout BehaviourText
    ) throws(Failure) -> [String] {
        let who = try text.value(entity.value, at: "by")
        let starts = try text.isOne(of: retention.starts, at: "starts")
        let returns = try text.isOne(of: retention.returns, at: "returns")
        var amount = "CAST(0 AS DOUBLE)"
        if let value = retention.value {
            let typed = try TypingScope(scope: text.input.scope).numeric(value)
            amount = "coalesce(CAST(\(text.expression(typed)) AS DOUBLE), 0)"
        }
        return [
            "\(who) AS w", "\(BehaviourText.microseconds(time)) AS t", "\(starts) AS is_start",
            "\(returns) AS is_return", "\(amount) AS amount",
        ]
    }

    /// The number of the civil day of a row.
    private static func day(_ time: TimeAxis, _ text: inout BehaviourText) -> String {
        time.isDay
            ? "CAST(\(time.name) - DATE '1970-01-01' AS INTEGER)"
            : text.local.dayNumber(of: time.name, binder: &text.binder)
    }

    private static func conditions(
        _ retention: RetentionDefinition, _ entity: RecipeKey, _ time: TimeAxis,
        _ text: inout BehaviourText
    ) throws(Failure) -> [String] {
        let who = try text.value(entity.value, at: "by")
        return ["\(who) IS NOT NULL", "\(time.name) IS NOT NULL"]
            + (try text.conditions(retention.filter, at: "where"))
    }

    private var hasParts: Bool { limit != nil }

    /// Whether ages go from the beginning of the start's day, as Amplitude's weeks and months do.
    private var isFromDay: Bool { retention.mode == .rollingFromHour && rollingDays > 1 }

    /// How old a start `s` is at a return `r`.
    private var age: String {
        let length = Int64(rollingDays) * 86_400_000_000
        return switch retention.mode {
        case .calendar: "r.u - s.u"
        case .rolling: "(r.t - s.t) // \(length)"
        case .rollingFromHour:
            isFromDay
                ? "(r.d - s.d) // \(rollingDays)"
                : "(r.t - s.t // 3600000000 * 3600000000) // \(length)"
        }
    }

    /// The first part: `WITH …` up to `begun`, a row for each start.
    private var starts: String {
        let group = retention.cohorts == .first ? "w" : "w, u"
        let day = isFromDay ? ", min(d) AS d" : ""
        // What is kept is that of the start's earliest row.
        let values = kept.map { ", struct_extract(min({'t': t, 'p': \($0)}), 'p') AS \($0)" }
        return """
            WITH chosen AS MATERIALIZED (
              SELECT \(columns.joined(separator: ", "))
              FROM \(table)
              WHERE \(conditions.joined(separator: " AND "))
            ), placed AS MATERIALIZED (
              SELECT *, \(unit) AS u
              FROM chosen
              WHERE is_start OR is_return
            ), starts AS (
              SELECT w, min(u) AS u, min(t) AS t\(day)\(values.joined())
              FROM placed WHERE is_start GROUP BY \(group)
            ), begun AS (
              SELECT * FROM starts WHERE \(isBegun)
            )
            """
    }

    /// The common part: `WITH …` up to `judged`, a row for each person, cohort and age by which
    /// the criterion judges.
    private var head: String {
        """
        \(starts), \(cohorts), came AS (
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

    /// The rows of all starts: who, when, and whether retained at the ages of one cell.
    ///
    /// - Parameters:
    ///   - ages: The ages.
    ///   - select: The columns, of `s`, a start, and `r`, which is absent where it is not retained.
    /// - Returns: The select.
    func startsSQL(at ages: ClosedRange<Int>, select: [String]) -> String {
        let isCalendar = retention.mode == .calendar
        let isAlone = isCalendar && ages.count == 1
        let reached =
            switch retention.criterion {
            case .on, .brackets:
                isAlone
                    ? "r.u = s.u + \(ages.lowerBound)"
                    : "\(age) BETWEEN \(ages.lowerBound) AND \(ages.upperBound)"
            case .onOrAfter: "\(age) >= \(ages.lowerBound)"
            case .onOrBefore: "\(age) <= \(ages.upperBound)"
            case .streak: "\(age) BETWEEN \(min(1, ages.upperBound)) AND \(ages.upperBound)"
            }
        let isStreak = retention.criterion == .streak && ages.upperBound > 1
        let unbroken = isStreak ? "HAVING count(DISTINCT \(age)) = \(ages.upperBound)" : ""
        // Of a unit of the calendar the last return is enough.
        let returns =
            isCalendar
            ? "SELECT w, u, max(t) AS t FROM placed WHERE is_return GROUP BY 1, 2"
            : "SELECT w, u, t\(isFromDay ? ", d" : "") FROM placed WHERE is_return"
        return """
            \(starts), returns AS (
              \(returns)
            ), retained AS (
              SELECT s.w, s.u
              FROM begun AS s JOIN returns AS r ON s.w = r.w AND r.t > s.t AND \(reached)
              GROUP BY 1, 2 \(unbroken)
            )
            SELECT \(select.joined(separator: ", "))
            FROM begun AS s LEFT JOIN retained AS r ON s.w = r.w AND s.u = r.u
            ORDER BY s.t, s.w
            """
    }

    /// The starts with the part in which each is.
    private var cohorts: String {
        guard let limit else {
            return """
                cohorts AS (
                  SELECT *, CAST(NULL AS BIGINT) AS part, CAST(NULL AS VARCHAR) AS value FROM begun
                )
                """
        }
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
        let last = lastAge
        let sums = "part, value, sum(amount) AS amount, sum(times) AS times"
        switch retention.criterion {
        case .on: return "SELECT * FROM came WHERE age <= \(last)"
        case .onOrBefore:
            return "SELECT w, cohort, min(age) AS age, \(sums) FROM came "
                + "WHERE age <= \(last) GROUP BY w, cohort, part, value"
        case .onOrAfter:
            return "SELECT w, cohort, max(age) AS age, \(sums) FROM came "
                + "GROUP BY w, cohort, part, value"
        case .streak:
            // In a streak from age 1 on the ages are their own numbers.
            return """
                SELECT w, cohort, max(age) AS age, \(sums) FROM (
                    SELECT *, row_number() OVER (PARTITION BY w, cohort ORDER BY age) AS place
                    FROM came WHERE age BETWEEN 1 AND \(last)
                  ) WHERE age = place GROUP BY w, cohort, part, value
                  UNION ALL SELECT * FROM came WHERE age = 0
                """
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
            switch retention.criterion {
            case .on, .brackets: "age = \(cell)"
            case .onOrAfter: "age >= \(cell)"
            case .onOrBefore: "age <= \(cell)"
            case .streak: cell == 0 ? "age = 0" : "age >= \(cell)"
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
