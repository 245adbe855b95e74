/// Reads a range of time as people write it: `2026-01..2026-06`, `last 12 weeks`, `year to date`.
///
/// Relative ranges are relative to a civil day of the workspace; `last n` takes complete periods
/// only, and `all` is what the data covers.
public struct RangeText: Sendable {
    /// How time is cut.
    public let calendar: WorkCalendar
    /// The civil day that is called today.
    public let today: Day
    /// What `all` means; nil where there is no data.
    public let covered: TimeRange?

    /// Prepares to read.
    public init(calendar: WorkCalendar, today: Day, covered: TimeRange?) {
        self.calendar = calendar
        self.today = today
        self.covered = covered
    }

    /// Reads a range.
    ///
    /// - Throws: `question/unknown-range` with the forms that are understood.
    public func range(_ text: String) throws(Failure) -> TimeRange {
        let words = text.trimmed.lowercased()
        if let named = try named(words) { return named }
        let sides = words.components(around: "..")
        switch sides.count {
        case 1:
            if let range = absolute(sides[0]) { return range }
        case 2:
            guard let from = absolute(sides[0]), let to = absolute(sides[1]) else { break }
            guard from.start < to.end else {
                throw Failure(
                    .unknownRange, "The range '\(text)' ends before it begins.",
                    hint: "Write the earlier side first.")
            }
            return TimeRange(start: from.start, end: to.end)
        default: break
        }
        throw unknown(text)
    }

    /// The range of a question that names none: the last twelve months, which are over; where all
    /// of the data begins later (but not after today) or ended before, what the data covers.
    public var usual: TimeRange {
        let usual = last(12, .month)
        guard let covered, covered.start <= today else { return usual }
        return covered.start >= usual.end || covered.end <= usual.start ? covered : usual
    }

    private func named(_ words: String) throws(Failure) -> TimeRange? {
        switch words {
        case "today": return TimeRange(start: today, end: today.adding(days: 1))
        case "yesterday": return TimeRange(start: today.adding(days: -1), end: today)
        case "all":
            guard let covered else {
                throw Failure(
                    .unknownRange, "There is no data yet, so 'all' is empty.",
                    hint: "Import a file first: yardstick import SOURCE FILE.")
            }
            return covered
        default: break
        }
        let parts = words.split(separator: " ").map(String.init)
        if parts.count == 2, parts[0] == "this", let grain = grain(parts[1]) {
            return calendar.range(of: grain, containing: today)
        }
        if parts.count == 2, parts[0] == "last", let grain = grain(parts[1]) {
            return last(1, grain)
        }
        if parts.count == 3, parts[0] == "last", let count = Int(parts[1]), count > 0,
            count <= 10_000, let grain = grain(parts[2])
        {
            return last(count, grain)
        }
        if parts.count == 3, parts[1] == "to", parts[2] == "date", let grain = grain(parts[0]) {
            let start = calendar.start(of: grain, containing: today)
            return TimeRange(start: start, end: today.adding(days: 1))
        }
        return nil
    }

    private func grain(_ word: String) -> Grain? {
        let name = word.hasSuffix("s") ? String(word.dropLast()) : word
        return Grain(rawValue: name).flatMap { $0 == .hour ? nil : $0 }
    }

    /// The last complete units before today.
    private func last(_ count: Int, _ grain: Grain) -> TimeRange {
        let end = calendar.start(of: grain, containing: today)
        return TimeRange(start: calendar.start(of: grain, steps: -count, from: end), end: end)
    }

    /// A year, quarter, month, ISO week or day.
    private func absolute(_ text: String) -> TimeRange? {
        let text = text.trimmed
        if let day = Day(iso: text) { return TimeRange(start: day, end: day.adding(days: 1)) }
        if text == "today" { return TimeRange(start: today, end: today.adding(days: 1)) }
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
        guard parts[0].utf8.count == 4, let year = Int(parts[0]), year > 0 else { return nil }
        if parts.count == 1 { return fiscalYear(year) }
        guard parts.count == 2 else { return nil }
        let tail = parts[1]
        if tail.hasPrefix("q"), let number = Int(tail.dropFirst()), (1...4).contains(number) {
            guard let start = fiscalYear(year)?.start else { return nil }
            let quarter = calendar.start(of: .quarter, steps: number - 1, from: start)
            return calendar.range(of: .quarter, containing: quarter)
        }
        if tail.hasPrefix("w"), let number = Int(tail.dropFirst()) {
            guard let monday = Day(isoYear: year, week: number) else { return nil }
            let start = calendar.start(of: .week, containing: monday.adding(days: 3))
            return TimeRange(start: start, end: start.adding(days: 7))
        }
        guard tail.utf8.count == 2, let month = Int(tail),
            let first = Day(year: year, month: month, day: 1)
        else { return nil }
        return TimeRange(start: first, end: first.adding(months: 1))
    }

    /// A year by its name: the civil year, or the fiscal year of that name.
    private func fiscalYear(_ year: Int) -> TimeRange? {
        guard let middle = Day(year: year, month: 7, day: 1) else { return nil }
        let near = calendar.range(of: .year, containing: middle)
        let candidates = [
            near, calendar.range(of: .year, containing: near.end),
            calendar.range(of: .year, containing: near.start.adding(days: -1)),
        ]
        return candidates.first { calendar.fiscalYear(containing: $0.start) == year }
    }

    private func unknown(_ text: String) -> Failure {
        Failure(
            .unknownRange, "The range '\(text)' is not understood.",
            hint: "Write for example 2026, 2026-Q1, 2026-06, 2026-W05, 2026-01-05, "
                + "2026-01..2026-06, last 12 weeks, this month, year to date or all.")
    }
}

extension String {
    /// The text without white space around it.
    fileprivate var trimmed: String {
        var text = self[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }

    /// The parts around a separator of two characters.
    fileprivate func components(around separator: String) -> [String] {
        var parts: [String] = []
        var rest = self[...]
        while let range = rest.firstRange(of: separator) {
            parts.append(String(rest[..<range.lowerBound]))
            rest = rest[range.upperBound...]
        }
        return parts + [String(rest)]
    }
}

extension Failure.Code {
    /// A text does not name a range of time.
    public static let unknownRange: Self = "question/unknown-range"
}
