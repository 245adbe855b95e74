import Definitions
import Vocabulary

extension BehaviourPlan where Definition == ActivityDefinition {
    /// The days on which people's frequency is counted: 28 up to the last day of the range that
    /// has passed or has rows.
    var frequencyDays: TimeRange {
        var end = question.range.end
        if let watermark = input.scope.facts.watermark {
            let last = Instant(microseconds: watermark.microseconds - (time.isDay ? 1 : 0))
            let known = question.calendar.zone.day(at: last).adding(days: 1)
            end = min(end, max(known, question.range.start.adding(days: 1)))
        }
        return TimeRange(start: end.adding(days: -ActivityAnswer.monthDays), end: end)
    }

    /// The statement that counts; its rows are read by ``ActivityAnswer``.
    ///
    /// A day of activity counts in as many windows as a window has days. Those that an earlier
    /// day has counted already are left out, so each stretch of windows is one step up and one
    /// down, and no day is joined with others.
    ///
    /// - Throws: `expression/…`, with the place in the definition.
    public func counts() throws(Failure) -> Statement {
        var rows = try ChosenRows(self)
        rows.require(
            try rows.text.isOne(of: RowSelection(events: question.definition.events), at: "events"))
        rows.addDay(as: "d")
        let frequency = frequencyDays
        let first = min(
            question.range.start.adding(days: 1 - ActivityAnswer.monthDays), frequency.start)
        rows.read(from: first, before: question.range.end)
        let steps = [ActivityAnswer.weekDays, ActivityAnswer.monthDays].flatMap { size in
            [
                "SELECT w, \(size) AS size, greatest(d, coalesce(before + \(size), d)) AS day, "
                    + "1 AS step FROM walked",
                "SELECT w, \(size), d + \(size), -1 FROM walked",
            ]
        }
        let tables =
            [
                "chosen AS (\n  \(rows.select)\n)",
                """
                active AS MATERIALIZED (
                  SELECT w, d\(rows.latest) FROM chosen GROUP BY 1, 2
                ), walked AS MATERIALIZED (
                  SELECT w, d, lag(d) OVER (PARTITION BY w ORDER BY d) AS before FROM active
                ), steps AS (
                  SELECT w, 1 AS size, d AS day, 1 AS step FROM active
                  UNION ALL
                  \(steps.joined(separator: "\n  UNION ALL\n  "))
                ), often AS (
                  SELECT w, count(*) AS days FROM active
                  WHERE d >= \(frequency.start.number) AND d < \(frequency.end.number)
                  GROUP BY w
                ), narrow AS (
                  SELECT w, day * 100 + size AS place, step FROM steps
                )
                """,
            ] + rows.partTables(from: "active")
        return rows.statement(
            tables,
            rows.totals(kind: 0, key: "place", ["sum(step)"], from: "narrow")
                + rows.totals(kind: 1, key: "days", ["count(*)"], from: "often"))
    }
}

/// How many are active by day, in the seven and the 28 days up to it, and how often they come.
public struct ActivityAnswer: Sendable {
    /// How long the shorter window is.
    public static let weekDays = ActivityDefinition.weekDays
    /// How long the longer window is.
    public static let monthDays = ActivityDefinition.monthDays

    /// The question.
    public let question: BehaviourQuestion<ActivityDefinition>
    /// All together.
    public let total: Activity
    /// The same by part.
    public let parts: [(part: BehaviourPart, activity: Activity)]
    /// The days over which the frequency is counted.
    public let frequencyDays: TimeRange
    private let known: Instant?
    private let begins: Instant?

    /// Activity by day.
    public struct Activity: Sendable {
        /// How many are active on each day, and in the seven and the 28 days that end with it.
        public internal(set) var days: [(day: Int, week: Int, month: Int)]
        /// How many came on 1, 2, … 28 of the last 28 days.
        public internal(set) var frequency: [Int]
    }

    /// Reads what the statement of counts returned.
    ///
    /// - Parameters:
    ///   - plan: The plan of the statement.
    ///   - frame: The statement's frame.
    ///   - known: Up to when the source's data is known; nil without data.
    public init(_ plan: BehaviourPlan<ActivityDefinition>, frame: Frame, known: Instant?) {
        question = plan.question
        frequencyDays = plan.frequencyDays
        self.known = known
        begins = plan.input.scope.facts.first
        let range = question.range
        func activity(_ steps: [Int], _ often: [Int]) -> Activity {
            // By size of the window: how many more are in it on a day than on the day before.
            var changes: [Int: [Int: Int]] = [:]
            for row in steps {
                let place = frame.columns[3].integer(row) ?? 0
                changes[place % 100, default: [:]][place / 100, default: 0] +=
                    frame.columns[4].integer(row) ?? 0
            }
            let day = { (number: Int) in changes[1]?[number] ?? 0 }
            let week = ActivityAnswer.counts(changes[Self.weekDays] ?? [:], range)
            let month = ActivityAnswer.counts(changes[Self.monthDays] ?? [:], range)
            var frequency = Array(repeating: 0, count: Self.monthDays)
            for row in often {
                let days = frame.columns[3].integer(row) ?? 0
                if frequency.indices.contains(days - 1) {
                    frequency[days - 1] = frame.columns[4].integer(row) ?? 0
                }
            }
            return Activity(
                days: (0..<range.days).map {
                    (day(range.start.number + $0), week[$0], month[$0])
                }, frequency: frequency)
        }
        let steps = PartRows(frame, kind: 0, limit: question.limit)
        let often = PartRows(frame, kind: 1, limit: question.limit)
        total = activity(steps.total, often.total)
        parts = zip(steps.parts, steps.rows).map { part, rows in
            let place = often.parts.firstIndex(of: part)
            return (part, activity(rows, place.map { often.rows[$0] } ?? []))
        }
    }

    /// The changes added up, for each day of a range.
    private static func counts(_ changes: [Int: Int], _ range: TimeRange) -> [Int] {
        let start = range.start.number
        var sum = changes.filter { $0.key < start }.values.reduce(0, +)
        return (0..<range.days).map { offset in
            sum += changes[start + offset] ?? 0
            return sum
        }
    }

    /// The answer as the command line and the API print it.
    public var json: JSON {
        var members = question.members(as: "activity", grain: false) + self.members(of: total)
        members.append(
            (
                "frequency_range",
                [
                    "start": .text(frequencyDays.start.description),
                    "end": .text(frequencyDays.end.description),
                ]
            ))
        if let dimension = question.dimension {
            members.append(("dimension", .text(dimension)))
            members.append(
                (
                    "parts",
                    .list(parts.map { .object($0.part.members + self.members(of: $0.activity)) })
                )
            )
        }
        return .object(members + [("notes", .list(notes.map(JSON.text)))])
    }

    private func members(of activity: Activity) -> [(name: String, value: JSON)] {
        let days = activity.days.enumerated().map { offset, counts -> JSON in
            let day = question.range.start.adding(days: offset)
            let end = question.calendar.zone.start(of: day.adding(days: 1))
            return [
                "day": .text(day.description),
                "complete": .boolean(known.map { $0 >= end } ?? false),
                "dau": .integer(counts.day), "wau": .integer(counts.week),
                "mau": .integer(counts.month),
                "stickiness": JSON.share(counts.day, of: counts.month),
            ]
        }
        let frequency = activity.frequency.enumerated().map { index, people -> JSON in
            ["days": .integer(index + 1), "people": .integer(people)]
        }
        return [("days", .list(days)), ("frequency", .list(frequency))]
    }

    private var notes: [String] {
        var notes = [
            "wau and mau count who was active in the 7 and the 28 days that end with the day."
        ]
        let first = question.range.start.adding(days: 1 - Self.monthDays)
        if let begins, question.calendar.zone.start(of: first) < begins {
            notes.append(
                "The first days look back beyond the first row of the data, so their wau and mau are low."
            )
        }
        return notes + question.partNotes
    }
}
