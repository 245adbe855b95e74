/// A length of time in words: the two largest parts that matter.
enum DurationText {
    /// `350 ms`, `4.2 s`, `12 min 30 s`, `2 h 5 min`, `3.4 days`, `26 days`.
    static func text(seconds: Double) -> String {
        let sign = seconds < 0 ? "-" : ""
        let size = abs(seconds)
        switch size {
        case 0: return "0 s"
        case ..<0.9995: return sign + fixed(size * 1000, decimals: size < 0.01 ? 1 : 0) + " ms"
        case ..<59.95: return sign + trimmed(size) + " s"
        case ..<3_599.5: return sign + parts(size.rounded(), 60, "min", 1, "s")
        case ..<86_370: return sign + parts(size, 3_600, "h", 60, "min")
        default: return sign + days(size / 86_400)
        }
    }

    /// Whole larger and smaller parts; the smaller is left out where it is none.
    private static func parts(
        _ size: Double, _ large: Double, _ largeName: String, _ small: Double, _ smallName: String
    ) -> String {
        let total = Int((size / small).rounded())
        let (count, rest) = total.quotientAndRemainder(dividingBy: Int(large / small))
        return "\(count) \(largeName)" + (rest == 0 ? "" : " \(rest) \(smallName)")
    }

    private static func days(_ count: Double) -> String {
        let text = count < 10 ? trimmed(count) : grouped(count, decimals: 0)
        return text == "1" ? "1 day" : text + " days"
    }

    /// One decimal, or none where it would be zero.
    private static func trimmed(_ value: Double) -> String {
        let text = fixed(value, decimals: 1)
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}
