/// The name of a period, from the start that an answer gives it.
enum PeriodText {
    /// `2026`, `2026-Q1`, `2026-01`, or the start itself where the period does not begin as the
    /// calendar's own do, and for weeks, days and hours.
    static func text(_ start: String, grain: String?) -> String {
        let parts = start.split(separator: "-").map(String.init)
        switch grain {
        case "hour": return start.replacing("T", with: " ")
        case "month" where parts.count == 3 && parts[2] == "01": return "\(parts[0])-\(parts[1])"
        case "quarter" where parts.count == 3 && parts[2] == "01":
            guard let month = Int(parts[1]), month % 3 == 1 else { return start }
            return "\(parts[0])-Q\((month + 2) / 3)"
        case "year" where parts.count == 3 && parts[1] == "01" && parts[2] == "01": return parts[0]
        default: return start
        }
    }
}
