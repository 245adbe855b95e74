/// A civil date of the proleptic Gregorian calendar, without a time and without a zone.
///
/// Days are counted from 1970-01-01, so that stepping is plain arithmetic on dates and never on
/// instants: a civil day does not last 86,400 seconds everywhere.
public struct Day: Hashable, Comparable, Sendable {
    /// Days since 1970-01-01.
    public let number: Int

    /// Makes the day that lies so many days after 1970-01-01.
    public init(number: Int) { self.number = number }

    /// Makes a day from its parts, or nil if the calendar has no such day.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
            day <= Day.length(ofMonth: month, year: year)
        else { return nil }
        self.init(number: Day.number(year: year, month: month, day: day))
    }

    /// Makes a day from `YYYY-MM-DD`, or nil if the text is not exactly that.
    public init?(iso text: some StringProtocol) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].utf8.count == 4, parts[1].utf8.count == 2,
            parts[2].utf8.count == 2, parts.allSatisfy({ $0.utf8.allSatisfy(Day.isDigit) }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 48 && byte <= 57 }

    /// The year, month (1–12) and day of the month (1–31).
    ///
    /// Source: H. Hinnant, "chrono-compatible low-level date algorithms", 2021.
    public var parts: (year: Int, month: Int, day: Int) {
        let shifted = number + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    private static func number(year: Int, month: Int, day: Int) -> Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    /// The weekday.
    public var weekday: Weekday {
        let index = (number + 3) % 7
        return Weekday(rawValue: (index < 0 ? index + 7 : index) + 1) ?? .monday
    }

    /// How many days a month has.
    public static func length(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// The day so many days later, or earlier for a negative number.
    public func adding(days: Int) -> Day { Day(number: number + days) }

    /// The same day of the month so many months later, clamped to the month's last day.
    ///
    /// January 31 and one month is February 28 or 29; the step cannot always be undone.
    public func adding(months: Int) -> Day {
        let (year, month, day) = parts
        let index = year * 12 + (month - 1) + months
        let newYear = index >= 0 ? index / 12 : (index - 11) / 12
        let newMonth = index - newYear * 12 + 1
        let newDay = min(day, Day.length(ofMonth: newMonth, year: newYear))
        return Day(number: Day.number(year: newYear, month: newMonth, day: newDay))
    }

    /// The ISO 8601 week: its year (which may differ from the civil year at the turn) and number.
    public var isoWeek: (year: Int, week: Int) {
        let thursday = adding(days: 4 - weekday.rawValue)
        let year = thursday.parts.year
        let first = Day.number(year: year, month: 1, day: 1)
        return (year, (thursday.number - first) / 7 + 1)
    }

    /// The Monday that begins an ISO 8601 week, or nil if the year has no such week.
    public init?(isoYear year: Int, week: Int) {
        guard (1...9999).contains(year), week >= 1 else { return nil }
        let fourth = Day(number: Day.number(year: year, month: 1, day: 4))
        let monday = fourth.adding(days: 1 - fourth.weekday.rawValue).adding(days: 7 * (week - 1))
        guard monday.isoWeek == (year, week) else { return nil }
        self = monday
    }

    /// Orders days by time.
    public static func < (left: Day, right: Day) -> Bool { left.number < right.number }
}

extension Day: CustomStringConvertible {
    /// The day as `YYYY-MM-DD`.
    public var description: String {
        let (year, month, day) = parts
        return "\(padded(year, to: 4))-\(padded(month, to: 2))-\(padded(day, to: 2))"
    }
}

/// A day of the week, numbered as ISO 8601 does: Monday is 1, Sunday is 7.
public enum Weekday: Int, CaseIterable, Sendable {
    /// The first to the seventh day of the ISO week.
    case monday = 1, tuesday, wednesday, thursday, friday, saturday, sunday

    /// The English name in small letters, as the workspace file writes it.
    public var name: String { String(describing: self) }

    /// Finds a weekday by its English name, whatever the case.
    public init?(name: String) {
        guard let day = Weekday.allCases.first(where: { $0.name == name.lowercased() }) else {
            return nil
        }
        self = day
    }
}

/// A whole number with leading zeros.
func padded(_ number: Int, to width: Int) -> String {
    let digits = String(abs(number))
    return (number < 0 ? "-" : "") + String(repeating: "0", count: max(0, width - digits.count))
        + digits
}
