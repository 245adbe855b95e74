import Vocabulary

/// A number as people write it in targets and benchmarks, and in which form.
struct WrittenNumber: Equatable {
    /// Forms that fit only some units.
    enum Form: Equatable {
        /// `1200`, `45k`, `1.2M`.
        case plain
        /// `31%`.
        case percent
        /// `2 days`.
        case duration
        /// `1200 EUR`.
        case money(String)
    }

    /// The value: a share as 0 to 1, a duration in seconds.
    let value: Double
    /// How it was written.
    let form: Form

    private static let scales: [Character: Double] = [
        "k": 1e3, "K": 1e3, "M": 1e6, "B": 1e9,
    ]
    private static let secondsOfUnit: [String: Double] = [
        "second": 1, "minute": 60, "hour": 3_600, "day": 86_400, "week": 604_800,
    ]

    /// Reads a number; nil if the text is none.
    init?(_ text: String) {
        let words = text.split(separator: " ").map(String.init)
        guard let first = words.first, words.count <= 2 else { return nil }
        if first.hasSuffix("%") {
            guard words.count == 1, let number = Self.number(String(first.dropLast())) else {
                return nil
            }
            // Divided as a decimal would be: 31% is the nearest number to 0.31.
            self.init(value: number / 100, form: .percent)
            return
        }
        guard let number = Self.scaled(first) else { return nil }
        guard words.count == 2 else {
            self.init(value: number, form: .plain)
            return
        }
        let unit = words[1].lowercased()
        let singular = unit.hasSuffix("s") ? String(unit.dropLast()) : unit
        if let seconds = Self.secondsOfUnit[singular] {
            self.init(value: number * seconds, form: .duration)
        } else if Unit.isCurrency(words[1]) {
            self.init(value: number, form: .money(words[1]))
        } else {
            return nil
        }
    }

    private init(value: Double, form: Form) {
        self.value = value
        self.form = form
    }

    private static func scaled(_ text: String) -> Double? {
        guard let last = text.last, let scale = scales[last] else { return number(text) }
        return number(String(text.dropLast())).map { $0 * scale }
    }

    /// Digits with an optional sign and fraction; underscores may group them.
    private static func number(_ text: String) -> Double? {
        let digits = text.replacing("_", with: "")
        let isPlain = digits.utf8.allSatisfy { (48...57).contains($0) || $0 == 46 || $0 == 45 }
        guard isPlain, digits.utf8.contains(where: { (48...57).contains($0) }),
            digits.utf8.count <= 30
        else { return nil }
        return Double(digits)
    }

    /// Why the form does not fit a unit; nil if it does.
    func mismatch(with unit: Unit) -> String? {
        switch (form, unit) {
        case (.percent, .share), (.duration, .duration), (.plain, _): nil
        case (.money(let currency), .money(let expected)):
            expected == nil || expected == currency
                ? nil : "the metric counts in \(expected ?? "another currency")"
        case (.percent, .points): "points are written without %"
        case (.percent, _): "only a share is written in %"
        case (.duration, _): "only a duration is written with a unit of time"
        case (.money, _): "only money is written with a currency"
        }
    }
}
