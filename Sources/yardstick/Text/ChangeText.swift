import Vocabulary

/// A change as people read it: always with its sign, and never in doubt between per cent and
/// percentage points.
struct ChangeText {
    /// `%`, `pp`, `points`, or the metric's own unit.
    let unit: String
    /// The metric's unit, for changes that are told in it.
    let own: NumberText

    /// `+1.2 %`, `-0.4 pp`, `+3.0 points`, `±0 %`, or `–` where there is none; a change in `%` or
    /// `pp` is given as a part of the whole, so that 0.012 is 1.2.
    func text(_ value: Double?) -> String {
        guard let value, value.isFinite else { return NumberText.none }
        switch unit {
        case "%", "pp": return signed(grouped(value * 100, decimals: 1), value) + " " + unit
        case "points": return signed(grouped(value, decimals: 1), value) + " points"
        default: return signed(own.text(value), value)
        }
    }

    private func signed(_ text: String, _ value: Double) -> String {
        guard text.contains(where: { ("1"..."9").contains($0) }) else { return "±" + text }
        return value > 0 ? "+" + text : text
    }
}
