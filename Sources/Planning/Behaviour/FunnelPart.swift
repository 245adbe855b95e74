import Statistics
import Vocabulary

/// The entries whose first step had one value, and whether they convert unlike the others.
public struct FunnelPart: Sendable {
    /// The value; nil where the event has none, or for the rest.
    public let value: String?
    /// Whether these are the values that are not shown by themselves.
    public let isRest: Bool
    /// The entries.
    public let group: FunnelAnswer.Group
    /// How they convert compared with all other entries; nil where one side has none.
    public var difference: Difference?

    /// A difference of two shares.
    public struct Difference: Hashable, Sendable {
        /// The part's share that finishes, less that of the others.
        public let value: Double
        /// Where the true difference lies, by Newcombe's method 10.
        public let interval: Interval
        /// The probability of a difference this large where there is none.
        public let probability: Double
        /// The same after Holm's correction for so many parts.
        public let corrected: Double

        /// Whether the part differs from the rest beyond noise.
        public var isBeyondNoise: Bool { corrected < 0.05 }
    }

    /// The parts, each compared with all others.
    ///
    /// Sources: the two-proportion z test with pooled variance (K. Pearson's chi-squared with one
    /// degree of freedom, 1900); S. Holm, "A simple sequentially rejective multiple test
    /// procedure", Scandinavian Journal of Statistics 6 (1979), 65–70.
    static func compared(
        _ rows: [(value: String?, isRest: Bool, group: FunnelAnswer.Group)],
        total: FunnelAnswer.Group, required: [Int]
    ) -> [FunnelPart] {
        var parts = rows.map { FunnelPart(value: $0.value, isRest: $0.isRest, group: $0.group) }
        guard let last = required.last else { return parts }
        var tests: [(index: Int, before: Share, after: Share, probability: Double)] = []
        for (index, part) in parts.enumerated() {
            let (entered, finished) = (part.group.counts[0], part.group.counts[last])
            guard let own = try? Share(numerator: finished, denominator: entered),
                let others = try? Share(
                    numerator: total.counts[last] - finished,
                    denominator: total.counts[0] - entered)
            else { continue }
            tests.append((index, others, own, probability(own, others)))
        }
        var highest = 0.0
        for (rank, test) in tests.sorted(by: { $0.probability < $1.probability }).enumerated() {
            highest = max(highest, min(1, test.probability * Double(tests.count - rank)))
            let change = ChangeOfShares(before: test.before, after: test.after)
            guard let interval = try? change.interval() else { continue }
            parts[test.index].difference = Difference(
                value: change.difference, interval: interval, probability: test.probability,
                corrected: highest)
        }
        return parts
    }

    /// The two-sided probability of a difference of shares this large by chance.
    static func probability(_ left: Share, _ right: Share) -> Double {
        let (n, m) = (Double(left.denominator), Double(right.denominator))
        let pooled = Double(left.numerator + right.numerator) / (n + m)
        let variance = pooled * (1 - pooled) * (1 / n + 1 / m)
        guard variance > 0 else { return 1 }
        let z = abs(left.value - right.value) / variance.squareRoot()
        return chiSquaredTail(z * z)
    }

    private static func chiSquaredTail(_ value: Double) -> Double {
        (try? ChiSquared(value, degreesOfFreedom: 1).probability) ?? 1
    }

    init(value: String?, isRest: Bool, group: FunnelAnswer.Group) {
        self.value = value
        self.isRest = isRest
        self.group = group
    }
}
