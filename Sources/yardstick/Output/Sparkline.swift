/// A small line of a metric's last periods, from block characters.
enum Sparkline {
    private static let blocks: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

    /// One character a value, the lowest as the lowest block; a blank where there is none.
    ///
    /// The scale runs from the smallest to the largest value: it shows the course, not the size.
    static func text(_ values: some Collection<Double?>) -> String {
        let known = values.compactMap { $0 }.filter(\.isFinite)
        guard let least = known.min(), let most = known.max() else { return "" }
        return String(
            values.map { value in
                guard let value, value.isFinite else { return " " }
                guard most > least else { return blocks[3] }
                let share = (value - least) / (most - least)
                return blocks[min(blocks.count - 1, Int(share * Double(blocks.count)))]
            })
    }
}
