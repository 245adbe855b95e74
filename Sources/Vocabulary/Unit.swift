/// What a metric's number means, and so how it is shown, compared and given an interval.
public enum Unit: Hashable, Sendable {
    /// A number of things.
    case count
    /// A part of a whole, 0 to 1, shown in per cent; changes are in percentage points.
    case share
    /// An amount of money; nil means the workspace's currency.
    case money(currency: String?)
    /// A plain number without a unit.
    case number
    /// A length of time in seconds.
    case duration
    /// Points of a scale, such as NPS from −100 to 100; changes are in points.
    case points
    /// A quotient of two quantities that is not a share.
    case ratio

    /// Reads a unit as a definition writes it: `count`, `money`, `money EUR`, …; nil if unknown.
    public init?(text: String) {
        let words = text.split(separator: " ").map(String.init)
        switch (words.first, words.count) {
        case ("count", 1): self = .count
        case ("share", 1): self = .share
        case ("money", 1): self = .money(currency: nil)
        case ("money", 2) where Unit.isCurrency(words[1]): self = .money(currency: words[1])
        case ("number", 1): self = .number
        case ("duration", 1): self = .duration
        case ("points", 1): self = .points
        case ("ratio", 1): self = .ratio
        default: return nil
        }
    }

    /// The words a definition may use.
    public static let names = ["count", "share", "money", "number", "duration", "points", "ratio"]

    /// The unit's name without its currency.
    public var name: String {
        switch self {
        case .count: "count"
        case .share: "share"
        case .money: "money"
        case .number: "number"
        case .duration: "duration"
        case .points: "points"
        case .ratio: "ratio"
        }
    }

    /// Whether a text has the form of an ISO 4217 code: three capital letters.
    public static func isCurrency(_ text: String) -> Bool {
        text.utf8.count == 3 && text.utf8.allSatisfy { $0 >= 65 && $0 <= 90 }
    }
}

extension Unit: CustomStringConvertible {
    /// The unit as a definition writes it.
    public var description: String {
        if case .money(let currency?) = self { "money \(currency)" } else { name }
    }
}

/// Which way a metric should move.
public enum Direction: String, CaseIterable, Sendable {
    /// More is better, less is better, or neither is.
    case up, down, none
}
