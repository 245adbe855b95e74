/// Buckets in a row that are equally long, or one bucket by itself.
struct BorderRun: Equatable {
    /// The border with which it begins.
    let start: Int64
    /// How long each of its buckets is.
    let length: Int64
    /// How many buckets it has.
    let count: Int
    /// The number of its first bucket; bucket 1 begins with the first border.
    let firstBucket: Int

    /// From so many equal buckets on, a division costs less than comparisons.
    private static let countMin = 4

    /// The runs between some ordered borders.
    static func runs(_ borders: [Int64]) -> [BorderRun] {
        var runs: [BorderRun] = []
        var first = 0
        while first + 1 < borders.count {
            let length = borders[first + 1] - borders[first]
            var last = first + 1
            while last + 1 < borders.count, borders[last + 1] - borders[last] == length {
                last += 1
            }
            if last - first >= countMin {
                runs.append(
                    BorderRun(
                        start: borders[first], length: length, count: last - first,
                        firstBucket: first + 1))
            } else {
                for bucket in first..<last {
                    runs.append(
                        BorderRun(
                            start: borders[bucket], length: length, count: 1,
                            firstBucket: bucket + 1))
                }
            }
            first = last
        }
        return runs
    }
}
