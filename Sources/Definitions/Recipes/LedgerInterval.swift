import Vocabulary

/// How often a subscription is charged: `1 month`, `2 years`, `30 days`.
///
/// An amount charged for an interval becomes an amount a month by arithmetic alone: a year is
/// twelve months, a week is 12/52 of a month, a day is 12/365.25 of one.
public struct LedgerInterval: Hashable, Sendable {
    /// A unit of billing.
    public enum Unit: String, CaseIterable, Sendable {
        /// A civil day, a week, a calendar month, three of them, twelve of them.
        case day, week, month, quarter, year
    }

    /// How many units.
    public let count: Int
    /// The unit.
    public let unit: Unit

    /// Makes an interval of so many units.
    public init(_ count: Int, _ unit: Unit) {
        self.count = count
        self.unit = unit
    }

    /// Reads `1 month`, `3 months`, `2 years`; nil for anything else.
    ///
    /// Rows may also say `quarter` or `annually`; in a definition such a word names a column.
    public init?(text: String) {
        let words = text.lowercased().split(separator: " ")
        guard words.count == 2, let count = Int(words[0]), (1...Self.countMax).contains(count)
        else { return nil }
        let name = words[1].hasSuffix("s") ? words[1].dropLast() : words[1]
        guard let unit = Unit(rawValue: String(name)) else { return nil }
        self.init(count, unit)
    }

    /// The largest count that is read.
    public static let countMax = 9_999

    /// Words of rows that stand for one unit.
    public static let adverbs: [String: Unit] = [
        "daily": .day, "weekly": .week, "monthly": .month, "quarterly": .quarter, "yearly": .year,
        "annual": .year, "annually": .year,
    ]
}

extension LedgerInterval.Unit {
    /// Its length in months; zero where it is a number of days.
    public var months: Int {
        switch self {
        case .day, .week: 0
        case .month: 1
        case .quarter: 3
        case .year: 12
        }
    }

    /// Its length in days; zero where it is a number of months.
    public var days: Int {
        switch self {
        case .day: 1
        case .week: 7
        case .month, .quarter, .year: 0
        }
    }

    /// What an amount charged for one unit is multiplied with to be an amount a month, as a
    /// fraction: 365.25/12 for a day, 52/12 for a week.
    public var monthly: (numerator: Int, denominator: Int) {
        switch self {
        case .day: (487, 16)
        case .week: (13, 3)
        case .month: (1, 1)
        case .quarter: (1, 3)
        case .year: (1, 12)
        }
    }
}

extension LedgerInterval: CustomStringConvertible {
    /// The interval in words, for example `3 months`.
    public var description: String { "\(count) \(unit.rawValue)\(count == 1 ? "" : "s")" }
}
