import TestSupport
import Testing

@testable import Features

@Suite("Quantiles of lengths of time")
struct OrderStatisticsTests {
    @Test("are those of the sorted lengths", arguments: [1, 2, 3, 31, 33, 500, 4_001])
    func sorted(count: Int) {
        var random = SeededGenerator(seed: UInt64(count))
        // Few different values now and then, since ties are where searches go wrong.
        let range: ClosedRange<Int64> = count % 2 == 0 ? 0...9 : 0...604_800_000_000
        let values = (0..<count).map { _ in Int64.random(in: range, using: &random) }
        let sorted = values.sorted()
        let ranks = [0, 0.1, 0.25, 0.5, 0.75, 0.9, 1]

        let found = OrderStatistics(values).quantiles(ranks)

        for (rank, quantile) in zip(ranks, found) {
            let place = Double(count - 1) * rank
            let (low, high) = (Int(place.rounded(.down)), Int(place.rounded(.up)))
            let share = place - Double(low)
            let expected = Double(sorted[low]) * (1 - share) + Double(sorted[high]) * share
            #expect(abs((quantile ?? -1) - expected / 1_000_000) < 1e-6)
        }
    }

    @Test("of none there are none")
    func none() { #expect(OrderStatistics([]).quantiles([0.5]) == [nil]) }
}
