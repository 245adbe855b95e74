import Statistics
import Vocabulary

/// How a part's share differs from that of all others.
public struct PartDifference: Hashable, Sendable {
    /// The part's share, less that of the others.
    public let value: Double
    /// Where the true difference lies, by Newcombe's method 10.
    public let interval: Interval
    /// The probability of a difference this large where there is none.
    public let probability: Double
    /// The same after Holm's correction for so many parts.
    public let corrected: Double

    /// Whether the part differs from the rest beyond noise.
    public var isBeyondNoise: Bool { corrected < 0.05 }

    /// Each part compared with all others; nil where one side of it has nobody.
    ///
    /// Sources: the two-proportion z test with pooled variance (K. Pearson's chi-squared with one
    /// degree of freedom, 1900); S. Holm, "A simple sequentially rejective multiple test
    /// procedure", Scandinavian Journal of Statistics 6 (1979), 65–70.
    ///
    /// - Parameters:
    ///   - parts: How many each part has, and how many of them have the property.
    ///   - total: The same of all together.
    /// - Returns: The differences, in the order of the parts.
    static func compared(
        _ parts: [(numerator: Int, denominator: Int)], total: (numerator: Int, denominator: Int)
    ) -> [PartDifference?] {
        var tests: [(index: Int, others: Share, own: Share, probability: Double)] = []
        for (index, part) in parts.enumerated() {
            guard let own = try? Share(numerator: part.numerator, denominator: part.denominator),
                let others = try? Share(
                    numerator: total.numerator - part.numerator,
                    denominator: total.denominator - part.denominator)
            else { continue }
            tests.append((index, others, own, probability(own, others)))
        }
        var found = [PartDifference?](repeating: nil, count: parts.count)
        var highest = 0.0
        for (rank, test) in tests.sorted(by: { $0.probability < $1.probability }).enumerated() {
            highest = max(highest, min(1, test.probability * Double(tests.count - rank)))
            let change = ChangeOfShares(before: test.others, after: test.own)
            guard let interval = try? change.interval() else { continue }
            found[test.index] = PartDifference(
                value: change.difference, interval: interval, probability: test.probability,
                corrected: highest)
        }
        return found
    }

    /// The two-sided probability of a difference of shares this large by chance.
    static func probability(_ left: Share, _ right: Share) -> Double {
        let (n, m) = (Double(left.denominator), Double(right.denominator))
        let pooled = Double(left.numerator + right.numerator) / (n + m)
        let variance = pooled * (1 - pooled) * (1 / n + 1 / m)
        guard variance > 0 else { return 1 }
        let z = abs(left.value - right.value) / variance.squareRoot()
        return (try? ChiSquared(z * z, degreesOfFreedom: 1).probability) ?? 1
    }

    /// The difference as answers print it.
    var json: JSON {
        [
            "value": .number(value), "low": .number(interval.low), "high": .number(interval.high),
            "p": .number(probability), "p_corrected": .number(corrected),
            "beyond_noise": .boolean(isBeyondNoise),
        ]
    }
}
