/// Quantiles of lengths of time, without sorting all of them.
struct OrderStatistics {
    private var values: [Int64]

    /// Takes lengths in microseconds.
    init(_ values: [Int64]) { self.values = values }

    /// Quantiles.
    ///
    /// Between two values they lie on the line from one to the other: method 7 of R. J. Hyndman and
    /// Y. Fan, "Sample quantiles in statistical packages", The American Statistician 50 (1996),
    /// 361–365, which is what `quantile_cont` does, but for the last bit.
    ///
    /// - Parameter ranks: Shares from 0 to 1, ascending.
    /// - Returns: Them in seconds; nil where there are no values.
    func quantiles(_ ranks: [Double]) -> [Double?] {
        guard !values.isEmpty else { return ranks.map { _ in nil } }
        let places = ranks.map { Double(values.count - 1) * $0 }
        let wanted = Set(places.flatMap { [Int($0.rounded(.down)), Int($0.rounded(.up))] }).sorted()
        var copy = values
        copy.withUnsafeMutableBufferPointer { values in
            Self.place(values, 0..<values.count, wanted[...])
        }
        return places.map { place in
            let (low, high) = (place.rounded(.down), place.rounded(.up))
            let (first, second) = (
                Double(copy[Int(low)]) / 1_000_000, Double(copy[Int(high)]) / 1_000_000
            )
            guard low < high else { return first }
            let share = place - low
            return first * (1 - share) + second * share
        }
    }

    /// Brings the values of some places there, as if all were sorted: C. A. R. Hoare's "Find" with
    /// several places, the pivot being the middle one of three.
    private static func place(
        _ values: UnsafeMutableBufferPointer<Int64>, _ range: Range<Int>,
        _ wanted: ArraySlice<Int>
    ) {
        var (range, wanted) = (range, wanted)
        while !wanted.isEmpty, range.count > 1 {
            guard range.count > 32 else {
                values[range].sort()
                return
            }
            let pivot = pivot(values, range)
            var (low, high) = (range.lowerBound, range.upperBound - 1)
            while low <= high {
                while values[low] < pivot { low += 1 }
                while values[high] > pivot { high -= 1 }
                if low <= high {
                    values.swapAt(low, high)
                    low += 1
                    high -= 1
                }
            }
            let left = wanted.prefix { $0 <= high }
            let right = wanted.drop { $0 < low }
            place(values, range.lowerBound..<(high + 1), left)
            (range, wanted) = (low..<range.upperBound, right)
        }
    }

    private static func pivot(
        _ values: UnsafeMutableBufferPointer<Int64>, _ range: Range<Int>
    ) -> Int64 {
        let (first, last) = (values[range.lowerBound], values[range.upperBound - 1])
        let middle = values[range.lowerBound + range.count / 2]
        return max(min(first, middle), min(max(first, middle), last))
    }
}
