import Definitions
import Vocabulary

extension BehaviourPlan where Definition == AdoptionDefinition {
    /// The periods, with the one before them: who is retained used it in the one before.
    var starts: [Day] {
        let periods = question.periods.map(\.range.start)
        guard let first = periods.first else { return [] }
        return [question.calendar.start(of: question.periodGrain, steps: -1, from: first)] + periods
    }

    /// The statement that counts; its rows are read by ``AdoptionAnswer``.
    ///
    /// - Throws: `expression/…`, with the place in the definition.
    public func counts() throws(Failure) -> Statement {
        let definition = question.definition
        var rows = try ChosenRows(self)
        let eligible = try rows.text.isOne(of: definition.eligible, at: "eligible")
        let used = try rows.text.isOne(of: definition.feature, at: "feature")
        rows.add(eligible, as: "e")
        rows.add(used, as: "f")
        rows.addDay(as: "d")
        if !definition.eligible.isAll { rows.require("(\(eligible) OR \(used))") }
        if let last = question.periods.last { rows.read(from: nil, before: last.range.end) }
        let tables =
            [
                "chosen AS (\n  \(rows.select)\n)",
                """
                cells AS MATERIALIZED (
                  SELECT w, \(rows.period(starts)) AS u, max(CASE WHEN e THEN 1 ELSE 0 END) AS e, \
                sum(CASE WHEN f THEN 1 ELSE 0 END) AS uses, \
                count(DISTINCT CASE WHEN f THEN d END) AS days, \
                min(CASE WHEN e THEN t END) AS could, min(CASE WHEN f THEN t END) AS did\(rows.latest)
                  FROM chosen
                  GROUP BY 1, 2
                ), marked AS (
                  SELECT *, CASE WHEN e = 1 AND uses > 0 THEN 1 ELSE 0 END AS is_user FROM cells
                ), walked AS MATERIALIZED (
                  SELECT *, min(CASE WHEN uses > 0 THEN u END) OVER (PARTITION BY w) AS begun, \
                max(CASE WHEN is_user = 1 THEN u END) OVER (
                    PARTITION BY w ORDER BY u ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
                  ) AS before
                  FROM marked
                ), firsts AS (
                  SELECT w, min(could) AS could, min(did) AS did FROM cells GROUP BY w
                ), taken AS (
                  SELECT w, (did - could) / 1000000.0 AS seconds FROM firsts
                  WHERE \(begun) AND (did IS NULL OR did >= could)
                ), binned AS MATERIALIZED (
                  SELECT w, seconds, \(bin) AS bin FROM taken
                )
                """,
            ] + rows.partTables(from: "cells")
        let measures = [
            "sum(e)", "sum(is_user)", "sum(is_user * uses)", "sum(is_user * days)",
            "sum(CASE WHEN is_user = 1 AND begun = u THEN 1 ELSE 0 END)",
            "sum(CASE WHEN is_user = 1 AND before = u - 1 THEN 1 ELSE 0 END)",
            "CAST(NULL AS DOUBLE)",
        ]
        let none = Array(repeating: "0", count: measures.count - 2)
        return rows.statement(
            tables,
            rows.totals(kind: 0, key: "u", measures, from: "walked")
                + rows.totals(
                    kind: 1, key: "bin", ["count(*)"] + none + ["CAST(NULL AS DOUBLE)"],
                    from: "binned")
                + rows.totals(
                    kind: 2, key: "CAST(0 AS BIGINT)",
                    ["count(*)"] + none + ["quantile_cont(seconds, 0.5)"], from: "binned"))
    }

    /// That somebody could use it for the first time within the question's range.
    private var begun: String {
        let start = time.start(of: question.range.start).microseconds
        let end = time.start(of: question.range.end).microseconds
        return "could >= \(start) AND could < \(end)"
    }

    /// The number of the bin in which the time to adopt lies; 0 is not yet.
    private var bin: String {
        let cases = AdoptionAnswer.bins.enumerated().map { index, bin in
            "WHEN seconds <= \(bin.seconds) THEN \(index + 1)"
        }.joined(separator: " ")
        return "CASE WHEN seconds IS NULL THEN 0 \(cases) ELSE \(AdoptionAnswer.bins.count + 1) END"
    }
}

/// Who uses something, of those who could: how many, how much, how soon, and who goes on.
public struct AdoptionAnswer: Sendable {
    /// Up to how many seconds the bins of the time to adopt reach, and their names.
    public static let bins: [(label: String, seconds: Int)] = [
        ("within an hour", 3_600), ("within a day", 86_400), ("within 7 days", 7 * 86_400),
        ("within 28 days", 28 * 86_400), ("within 90 days", 90 * 86_400),
    ]

    /// The question.
    public let question: BehaviourQuestion<AdoptionDefinition>
    /// All together.
    public let total: Adoption
    /// The same by part.
    public let parts: [(part: BehaviourPart, adoption: Adoption)]
    private let known: Instant?

    /// The counts of a period.
    public struct Counts: Hashable, Sendable {
        /// Who could use it.
        public var eligible = 0
        /// Who of them did.
        public var users = 0
        /// How often they did.
        public var uses = 0
        /// On how many days each did, added up.
        public var userDays = 0
        /// Who of the users had never used it before the period.
        public var newAdopters = 0
        /// Who of the users was a user in the period before.
        public var retained = 0
    }

    /// Adoption by period, and the time it took.
    public struct Adoption: Sendable {
        /// The period before the first one, then the periods that are asked for.
        var cells: [Counts]
        /// How many could use it for the first time within the range, and had not used it before.
        public internal(set) var beginners = 0
        /// How many of them have used it since, by bin; the last is whoever took longer.
        public internal(set) var adopters: [Int]
        /// The median of the seconds they took; nil without any.
        public internal(set) var medianSeconds: Double?

        /// The periods that are asked for.
        public var periods: ArraySlice<Counts> { cells.dropFirst() }
    }

    /// Reads what the statement of counts returned.
    ///
    /// - Parameters:
    ///   - question: The question.
    ///   - frame: The statement's frame.
    ///   - known: Up to when the source's data is known; nil without data.
    public init(
        _ question: BehaviourQuestion<AdoptionDefinition>, frame: Frame, known: Instant?
    ) {
        self.question = question
        self.known = known
        let reads = (0...2).map { PartRows(frame, kind: $0, limit: question.limit) }
        let reader = AdoptionReader(frame: frame, periods: question.periods.count)
        total = reader.adoption(reads.map(\.total))
        parts = zip(reads[0].parts, reads[0].rows).map { part, rows in
            let others = reads.dropFirst().map { read in
                read.parts.firstIndex(of: part).map { read.rows[$0] } ?? []
            }
            return (part, reader.adoption([rows] + others))
        }
    }
}

/// Reads the rows of a statement of counts.
private struct AdoptionReader {
    let frame: Frame
    let periods: Int

    func adoption(_ rows: [[Int]]) -> AdoptionAnswer.Adoption {
        var adoption = AdoptionAnswer.Adoption(
            cells: Array(repeating: AdoptionAnswer.Counts(), count: periods + 1),
            adopters: Array(repeating: 0, count: AdoptionAnswer.bins.count + 1))
        for row in rows[0] {
            let period = column(3, row) - 1
            guard adoption.cells.indices.contains(period) else { continue }
            adoption.cells[period] = AdoptionAnswer.Counts(
                eligible: column(4, row), users: column(5, row), uses: column(6, row),
                userDays: column(7, row), newAdopters: column(8, row), retained: column(9, row))
        }
        for row in rows[1] {
            let bin = column(3, row)
            if adoption.adopters.indices.contains(bin - 1) {
                adoption.adopters[bin - 1] = column(4, row)
            }
        }
        if let row = rows[2].first {
            adoption.beginners = column(4, row)
            adoption.medianSeconds = frame.columns[10].number(row)
        }
        return adoption
    }

    private func column(_ index: Int, _ row: Int) -> Int {
        frame.columns[index].integer(row) ?? 0
    }
}

extension AdoptionAnswer {
    /// The answer as the command line and the API print it.
    public var json: JSON {
        var members = question.members(as: "adoption") + self.members(of: total)
        if let dimension = question.dimension {
            members.append(("dimension", .text(dimension)))
            members.append(
                (
                    "parts",
                    .list(parts.map { .object($0.part.members + self.members(of: $0.adoption)) })
                )
            )
        }
        return .object(members + [("notes", .list(notes.map(JSON.text)))])
    }

    private func members(of adoption: Adoption) -> [(name: String, value: JSON)] {
        let periods = zip(question.periods, zip(adoption.cells, adoption.periods)).map {
            period, counts -> JSON in
            let (before, own) = counts
            let mean = { (sum: Int) in own.users > 0 ? Double(sum) / Double(own.users) : nil }
            return .object(
                period.members(known: known) + [
                    ("eligible", .integer(own.eligible)), ("users", .integer(own.users)),
                    ("breadth", JSON.share(own.users, of: own.eligible)),
                    ("uses", .integer(own.uses)), ("depth", .optional(mean(own.uses))),
                    ("days_per_user", .optional(mean(own.userDays))),
                    ("new_adopters", .integer(own.newAdopters)),
                    ("retained", JSON.share(own.retained, of: before.users)),
                ])
        }
        let labels = AdoptionAnswer.bins.map(\.label) + ["later"]
        let distribution = zip(labels, adoption.adopters).map { label, people -> JSON in
            ["label": .text(label), "people": .integer(people)]
        }
        return [
            ("periods", .list(periods)),
            (
                "time_to_adopt",
                [
                    "adopters": .integer(adoption.adopters.reduce(0, +)),
                    "of": .integer(adoption.beginners),
                    "share": JSON.share(
                        adoption.adopters.reduce(0, +), of: adoption.beginners),
                    "median_seconds": .optional(adoption.medianSeconds),
                    "distribution": .list(distribution),
                ]
            ),
        ]
    }

    private var notes: [String] {
        var notes = [
            "Retained are the users of a period who were users in the period before, of all who were.",
            "The time to adopt is from the first time that somebody could use it, within the range; who has not used it yet is in no median.",
        ]
        if question.definition.eligible.isAll {
            notes.append(
                "Whoever did anything counts as eligible; say who could use it with 'eligible'.")
        }
        return notes + question.incompleteNotes(known: known) + question.partNotes
    }
}
