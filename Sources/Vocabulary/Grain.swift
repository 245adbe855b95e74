/// How long the periods are into which a question cuts time.
public enum Grain: String, CaseIterable, Comparable, Sendable {
    /// A civil unit of time, shortest first.
    case hour, day, week, month, quarter, year

    /// Orders grains by their length.
    public static func < (left: Grain, right: Grain) -> Bool {
        left.rank < right.rank
    }

    private var rank: Int { Grain.allCases.firstIndex(of: self) ?? 0 }
}

/// A stretch of civil time: so many days, weeks, months, quarters or years.
///
/// `7 days` and `1 week` are the same stretch, and so are `12 months` and `1 year`: a span is kept
/// as days or as months.
public struct Span: Hashable, Sendable {
    /// Whole days; zero where the span is given in months.
    public let days: Int
    /// Whole months; zero where the span is given in days.
    public let months: Int

    /// A span of days.
    public init(days: Int) {
        self.days = days
        months = 0
    }

    /// A span of months.
    public init(months: Int) {
        days = 0
        self.months = months
    }

    /// A span of so many grains.
    public init(_ count: Int, _ grain: Grain) {
        switch grain {
        case .hour, .day: self.init(days: count)
        case .week: self.init(days: 7 * count)
        case .month: self.init(months: count)
        case .quarter: self.init(months: 3 * count)
        case .year: self.init(months: 12 * count)
        }
    }

    /// Reads `28 days`, `1 week`, `3 months`, `2 years`; nil for anything else.
    public init?(text: String) {
        let words = text.lowercased().split(separator: " ")
        guard words.count == 2, let count = Int(words[0]), (1...100_000).contains(count) else {
            return nil
        }
        let name = words[1].hasSuffix("s") ? String(words[1].dropLast()) : String(words[1])
        guard let grain = Grain(rawValue: name), grain != .hour else { return nil }
        self.init(count, grain)
    }

    /// The day that lies this span after another.
    public func after(_ day: Day) -> Day {
        months == 0 ? day.adding(days: days) : day.adding(months: months)
    }

    /// The day that lies this span before another.
    public func before(_ day: Day) -> Day {
        months == 0 ? day.adding(days: -days) : day.adding(months: -months)
    }
}

extension Span: CustomStringConvertible {
    /// The span in words, for example `28 days`.
    public var description: String {
        let (count, word) = months == 0 ? (days, "day") : (months, "month")
        return "\(count) \(word)\(count == 1 ? "" : "s")"
    }
}
