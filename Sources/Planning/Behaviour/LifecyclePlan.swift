import Definitions
import Vocabulary

extension BehaviourPlan where Definition == LifecycleDefinition {
    /// The periods, with the one before them: who stays was active in the one before.
    var starts: [Day] {
        let periods = question.periods.map(\.range.start)
        guard let first = periods.first else { return [] }
        return [question.calendar.start(of: question.periodGrain, steps: -1, from: first)] + periods
    }

    /// The statement that counts; its rows are read by ``LifecycleAnswer``.
    ///
    /// For each entity and period in which it is active it looks at the nearest such periods
    /// before and after; who leaves is counted where it is seen last.
    ///
    /// - Throws: `expression/…`, with the place in the definition.
    public func counts() throws(Failure) -> Statement {
        var rows = try ChosenRows(self)
        rows.require(
            try rows.text.isOne(of: RowSelection(events: question.definition.events), at: "events"))
        if let last = question.periods.last { rows.read(from: nil, before: last.range.end) }
        let tables =
            [
                "chosen AS (\n  \(rows.select)\n)",
                """
                active AS MATERIALIZED (
                  SELECT w, \(rows.period(starts)) AS u\(rows.latest)
                  FROM chosen
                  GROUP BY 1, 2
                ), walked AS MATERIALIZED (
                  SELECT w, u, lag(u) OVER walk AS before, lead(u) OVER walk AS after
                  FROM active
                  WINDOW walk AS (PARTITION BY w ORDER BY u)
                )
                """,
            ] + rows.partTables(from: "active")
        let counted = [
            "before IS NULL", "before = u - 1", "before < u - 1",
            "after IS NULL OR after > u + 1",
        ]
        return rows.statement(
            tables,
            rows.totals(
                kind: 0, key: "u", counted.map { "sum(CASE WHEN \($0) THEN 1 ELSE 0 END)" },
                from: "walked"))
    }
}

/// Who is new, stays, comes back and leaves, by period.
public struct LifecycleAnswer: Sendable {
    /// The question.
    public let question: BehaviourQuestion<LifecycleDefinition>
    /// All together, period by period.
    public let total: [Counts]
    /// The same by part.
    public let parts: [(part: BehaviourPart, periods: [Counts])]
    private let known: Instant?

    /// What became of people in a period.
    public struct Counts: Hashable, Sendable {
        /// Active for the first time ever.
        public var new = 0
        /// Active now and in the period before.
        public var current = 0
        /// Active now, not in the period before, but earlier.
        public var resurrected = 0
        /// Active in the period before and not in this one.
        public var dormant = 0

        /// Nobody yet.
        public init() {}

        /// Who is active in the period.
        public var active: Int { new + current + resurrected }
        /// How many come for each who leaves; nil where nobody leaves.
        public var pulse: Double? {
            dormant > 0 ? Double(new + resurrected) / Double(dormant) : nil
        }
    }

    /// Reads what the statement of counts returned.
    ///
    /// - Parameters:
    ///   - question: The question.
    ///   - frame: The statement's frame.
    ///   - known: Up to when the source's data is known; nil without data.
    public init(
        _ question: BehaviourQuestion<LifecycleDefinition>, frame: Frame, known: Instant?
    ) {
        self.question = question
        self.known = known
        let read = PartRows(frame, kind: 0, limit: question.limit)
        let periods = question.periods.count
        func counts(_ rows: [Int]) -> [Counts] {
            var counts = Array(repeating: Counts(), count: periods)
            for row in rows {
                let column = { (index: Int) in frame.columns[index].integer(row) ?? 0 }
                // Number 1 is the period before the first that is asked for.
                let period = column(3) - 2
                if counts.indices.contains(period) {
                    counts[period].new = column(4)
                    counts[period].current = column(5)
                    counts[period].resurrected = column(6)
                }
                if counts.indices.contains(period + 1) { counts[period + 1].dormant = column(7) }
            }
            return counts
        }
        total = counts(read.total)
        parts = zip(read.parts, read.rows).map { (part: $0, periods: counts($1)) }
    }

    /// The answer as the command line and the API print it.
    public var json: JSON {
        var members = question.members(as: "lifecycle") + [("periods", list(total))]
        if let dimension = question.dimension {
            members.append(("dimension", .text(dimension)))
            members.append(
                (
                    "parts",
                    .list(parts.map { .object($0.part.members + [("periods", list($0.periods))]) })
                ))
        }
        return .object(members + [("notes", .list(notes.map(JSON.text)))])
    }

    private func list(_ counts: [Counts]) -> JSON {
        .list(
            zip(question.periods, counts).map { period, counts in
                .object(
                    period.members(known: known) + [
                        ("new", .integer(counts.new)), ("current", .integer(counts.current)),
                        ("resurrected", .integer(counts.resurrected)),
                        ("dormant", .integer(counts.dormant)),
                        ("active", .integer(counts.active)), ("pulse", .optional(counts.pulse)),
                    ])
            })
    }

    private var notes: [String] {
        ["New is who is active for the first time since the data begins."]
            + question.incompleteNotes(known: known) + question.partNotes
    }
}
