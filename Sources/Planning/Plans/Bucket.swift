import Vocabulary

/// How rows find their period: by borders on the time line that were computed beforehand.
///
/// Borders are instants (or days, where a source knows only days), in order and different from
/// each other; a row's bucket is the number of borders that it has reached. The first and the last
/// border bound the read, so that bucket 1 is the first stretch.
public struct Bucketing: Hashable, Sendable {
    /// The stretches on the time line, disjoint and in order; skipped days have no stretch.
    public let stretches: [InstantRange]
    /// The same in civil days.
    public let ranges: [TimeRange]

    /// Cuts time into the stretches of some periods, which must not overlap.
    init(_ periods: [Period]) {
        let real = periods.filter { $0.instants.seconds > 0 }
            .sorted { $0.instants.start < $1.instants.start }
        stretches = real.map(\.instants)
        ranges = real.map(\.range)
    }

    /// The borders between the stretches: for instants, or for days.
    var instantBorders: [Instant] {
        Bucketing.borders(stretches.map { ($0.start, $0.end) })
    }

    /// The borders between the stretches in civil days.
    var dayBorders: [Day] { Bucketing.borders(ranges.map { ($0.start, $0.end) }) }

    private static func borders<Point: Comparable>(_ stretches: [(Point, Point)]) -> [Point] {
        var borders: [Point] = []
        for (start, end) in stretches {
            if borders.last != start { borders.append(start) }
            borders.append(end)
        }
        return borders
    }

    /// What lies between the stretches, on the time line and in civil days.
    var gaps: [(time: InstantRange, days: TimeRange)] {
        stretches.indices.dropFirst().compactMap { index in
            let time = InstantRange(start: stretches[index - 1].end, end: stretches[index].start)
            let days = TimeRange(start: ranges[index - 1].end, end: ranges[index].start)
            return time.seconds > 0 && days.days > 0 ? (time, days) : nil
        }
    }

    /// The stretch that each bucket between two borders is; nil for a gap.
    ///
    /// Bucket `b` lies between border `b - 1` and border `b`.
    func stretchByBucket(days: Bool) -> [Int: Int] {
        var map: [Int: Int] = [:]
        var bucket = 0
        for index in stretches.indices {
            let touches =
                index > 0
                && (days
                    ? ranges[index - 1].end == ranges[index].start
                    : stretches[index - 1].end == stretches[index].start)
            bucket += index == 0 || touches ? 1 : 2
            map[bucket] = index
        }
        return map
    }
}
