import Definitions
import Vocabulary

/// What somebody wants to know of a retention.
public struct RetentionQuestion: Hashable, Sendable {
    /// The retention.
    public var retention: RetentionDefinition
    /// The civil days in which cohorts begin.
    public var range: TimeRange
    /// Which rows count, beside the retention's own filter; all must hold.
    public var filters: [Expression]
    /// How time is cut.
    public var calendar: WorkCalendar

    /// Makes a question.
    public init(
        retention: RetentionDefinition, range: TimeRange, filters: [Expression] = [],
        calendar: WorkCalendar
    ) {
        self.retention = retention
        self.range = range
        self.filters = filters
        self.calendar = calendar
    }

    /// The cohorts: the days, weeks or months of the range, whole ones.
    public var cohorts: [Period] {
        let start = calendar.start(of: retention.age, containing: range.start)
        return calendar.periods(
            in: TimeRange(start: start, end: range.end), by: retention.age
        ).map { period in
            calendar.period(
                retention.age, calendar.range(of: retention.age, containing: period.range.start))
        }
    }

    /// The last age that any cell looks at.
    public var lastAge: Int { retention.cells.map(\.upperBound).max() ?? retention.count }

    /// The days in which ages of one unit end, from the first cohort to the last age of the last.
    var borders: [Day] {
        guard let first = cohorts.first, let last = cohorts.last else { return [] }
        var day = first.range.start
        var borders = [day]
        let end = calendar.start(of: retention.age, steps: lastAge + 1, from: last.range.start)
        while day < end, borders.count < 20_000 {
            day = calendar.next(retention.age, after: day)
            borders.append(day)
        }
        return borders
    }

    /// How many days a rolling age has.
    var rollingDays: Int {
        switch retention.age {
        case .hour, .day: 1
        case .week: 7
        case .month, .quarter, .year: 30
        }
    }
}

/// The statement of a retention's question, with every value bound.
public struct RetentionPlan: Sendable {
    /// The question.
    public let question: RetentionQuestion
    /// Who begins and comes back, as answers name it.
    public let entity: RecipeKey
    private let input: BehaviourInput

    /// Understands a question.
    ///
    /// - Throws: `definition/unknown-entity`, `question/no-data`, `question/no-time-column`,
    ///   `expression/…`; each with the place in the retention.
    public init(
        _ question: RetentionQuestion, catalog: Catalog, facts: [String: SourceFacts]
    ) throws(Failure) {
        let retention = question.retention
        input = try BehaviourInput(
            retention.source, catalog: catalog, facts: facts, calendar: question.calendar,
            origin: retention.origin)
        entity = try retention.entity(of: input.scope.source)
        self.question = question
        _ = try input.requiredTime()
    }

    /// The statement that counts: cohort, age, people, sum; a row without an age is the cohort.
    ///
    /// The age is the one by which the criterion judges: each at which somebody came back, or the
    /// first or the last of them, or the bracket's number.
    ///
    /// - Throws: As ``init(_:catalog:facts:)``.
    public func counts() throws(Failure) -> Statement {
        let retention = question.retention
        let time = try input.requiredTime()
        var text = BehaviourText(input, question.range)
        let who = try text.value(entity.value, at: "by")
        let starts = try text.isOne(of: retention.starts, at: "starts")
        let returns = try text.isOne(of: retention.returns, at: "returns")
        var amount = "CAST(0 AS DOUBLE)"
        if let value = retention.value {
            let typed = try TypingScope(scope: input.scope).numeric(value)
            amount = "coalesce(CAST(\(text.expression(typed)) AS DOUBLE), 0)"
        }
        var conditions = ["\(who) IS NOT NULL", "\(time.name) IS NOT NULL"]
        conditions += try text.conditions(retention.filter, at: "where")
        for filter in question.filters { conditions += try text.conditions(filter, at: "") }
        let borders = question.borders
        let moments = borders.map { time.start(of: $0).microseconds }
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
        let (low, high) = (
            time.start(of: first.range.start).microseconds,
            time.start(of: last.range.end).microseconds
        )
        let group = retention.cohorts == .first ? "w" : "w, u"
        let age =
            retention.mode == .calendar
            ? "r.u - s.u"
            : "(r.t - s.t) // \(Int64(question.rollingDays) * 86_400_000_000)"
        return text.statement(
            """
            WITH chosen AS MATERIALIZED (
              SELECT \(who) AS w, \(BehaviourText.microseconds(time)) AS t, \
            \(starts) AS is_start, \(returns) AS is_return, \(amount) AS amount
              FROM \(input.table)
              WHERE \(conditions.joined(separator: " AND "))
            ), placed AS MATERIALIZED (
              SELECT *, CASE WHEN t < \(low) THEN 0 ELSE \(borderSearch(moments, name: "t")) END AS u
              FROM chosen
              WHERE is_start OR is_return
            ), starts AS (
              SELECT w, min(u) AS u, min(t) AS t FROM placed WHERE is_start GROUP BY \(group)
            ), cohorts AS (
              SELECT * FROM starts WHERE t >= \(low) AND t < \(high)
            ), came AS (
              SELECT s.w, s.u AS cohort, CAST(\(age) AS BIGINT) AS age, sum(r.amount) AS amount
              FROM cohorts AS s JOIN placed AS r
              ON s.w = r.w AND r.is_return AND r.t > s.t
              GROUP BY 1, 2, 3
            ), judged AS (
              \(judged)
            )
            SELECT u AS cohort, CAST(NULL AS BIGINT) AS age, count(*) AS people, \
            CAST(0 AS DOUBLE) AS amount
            FROM cohorts GROUP BY 1
            UNION ALL
            SELECT cohort, age, count(*), sum(amount) FROM judged GROUP BY 1, 2
            ORDER BY 1, 2 NULLS FIRST
            """)
    }

    /// One row for each person, cohort and age by which the criterion judges.
    private var judged: String {
        let last = question.lastAge
        switch question.retention.criterion {
        case .on: return "SELECT * FROM came WHERE age <= \(last)"
        case .onOrBefore:
            return """
                SELECT w, cohort, min(age) AS age, sum(amount) AS amount FROM came
                  WHERE age <= \(last) GROUP BY 1, 2
                """
        case .onOrAfter:
            return
                "SELECT w, cohort, max(age) AS age, sum(amount) AS amount FROM came GROUP BY 1, 2"
        case .brackets(let brackets):
            let cases = brackets.enumerated().map { index, bracket in
                "WHEN age BETWEEN \(bracket.lowerBound) AND \(bracket.upperBound) THEN \(index)"
            }.joined(separator: " ")
            return """
                SELECT w, cohort, bracket AS age, sum(amount) AS amount FROM (
                    SELECT *, CASE \(cases) END AS bracket FROM came
                  ) WHERE bracket IS NOT NULL GROUP BY 1, 2, 3
                """
        }
    }
}
