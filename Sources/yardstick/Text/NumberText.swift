import Vocabulary

/// A number as people read it, in its unit. No value is `–`, never zero.
struct NumberText {
    /// What the number means.
    let unit: Unit
    /// The currency of money that names none of its own.
    let currency: String?

    /// Shows numbers of a unit.
    init(_ unit: Unit, currency: String? = nil) {
        self.unit = unit
        if case .money(let own?) = unit { self.currency = own } else { self.currency = currency }
    }

    /// What stands where there is no value.
    static let none = "–"

    /// The number with its unit: `1,234`, `12.3 %`, `1,234.50 EUR`, `2 h 5 min`.
    func text(_ value: Double?) -> String {
        guard let value, value.isFinite else { return NumberText.none }
        switch unit {
        case .count: return grouped(value, decimals: value == value.rounded() ? 0 : 1)
        case .share: return percent(value)
        case .money:
            let amount = grouped(value, decimals: NumberText.decimals(of: currency))
            return currency.map { amount + " " + $0 } ?? amount
        case .duration: return DurationText.text(seconds: value)
        case .points: return grouped(value, decimals: 1)
        case .number, .ratio: return NumberText.significant(value)
        }
    }

    /// A lower and an upper end: `12.1 – 12.5 %`, with the unit once.
    func interval(_ low: Double?, _ high: Double?) -> String {
        guard let low, let high else { return "" }
        switch unit {
        case .share:
            return "\(grouped(low * 100, decimals: 1)) – \(grouped(high * 100, decimals: 1)) %"
        case .money:
            let decimals = NumberText.decimals(of: currency)
            let tail = currency.map { " " + $0 } ?? ""
            return
                "\(grouped(low, decimals: decimals)) – \(grouped(high, decimals: decimals))\(tail)"
        default: return "\(text(low)) – \(text(high))"
        }
    }

    private func percent(_ share: Double) -> String {
        let value = share * 100
        // A share below a tenth of a per cent would else look like none at all.
        let decimals = value != 0 && abs(value) < 0.1 ? 3 : 1
        return grouped(value, decimals: decimals) + " %"
    }

    /// A number with four significant digits, or all digits before the point.
    static func significant(_ value: Double) -> String {
        let size = abs(value)
        if value == value.rounded() { return grouped(value, decimals: 0) }
        if size >= 1000 { return grouped(value, decimals: 0) }
        if size >= 100 { return grouped(value, decimals: 1) }
        if size >= 10 { return grouped(value, decimals: 2) }
        if size >= 0.001 { return grouped(value, decimals: size >= 1 ? 3 : 4) }
        return significantText(value)
    }

    /// How many digits a currency's smallest coin needs, after ISO 4217.
    static func decimals(of currency: String?) -> Int {
        switch currency {
        case "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI",
            "VND", "VUV", "XAF", "XOF", "XPF":
            0
        case "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND": 3
        default: 2
        }
    }
}

/// The number with so many decimals and a comma before every three digits.
func grouped(_ value: Double, decimals: Int) -> String {
    let text = fixed(abs(value), decimals: decimals)
    let parts = text.split(separator: ".")
    let digits = Array(parts[0])
    var whole = ""
    for (index, digit) in digits.enumerated() {
        if index > 0, (digits.count - index) % 3 == 0 { whole.append(",") }
        whole.append(digit)
    }
    let isNegative = value < 0 && text.contains { ("1"..."9").contains($0) }
    return (isNegative ? "-" : "") + whole + (parts.count > 1 ? "." + parts[1] : "")
}
