import Foundation
import Vocabulary

/// The offsets of a zone from UTC over a span of time, all taken from Foundation.
///
/// DuckDB carries a time-zone database of its own, which differs from Foundation's for some zones.
/// There is one authority here, so DuckDB is only ever told offsets.
public struct ZoneOffsets: Sendable {
    /// A moment at which a zone's offset changes.
    struct Change: Equatable, Sendable {
        /// The first second with the new offset, since 1970.
        let second: Int
        /// The offset before, in seconds east of UTC.
        let before: Int
        /// The offset from then on.
        let after: Int

        /// From this local second on the new offset holds.
        ///
        /// A local time that occurs twice means its first occurrence, and one that never occurs is
        /// read with the offset before it, so that it falls after the gap: the offset before the
        /// change holds until both clocks have passed it.
        var localSecond: Int { second + max(before, after) }
    }

    let first: Int
    let changes: [Change]

    /// Finds the changes of a zone between two instants by asking Foundation week by week.
    public init(zone: TimeZone, from: Instant, to: Instant) {
        let step = 7 * 86_400
        func offset(_ second: Int) -> Int {
            zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(second)))
        }
        var changes: [Change] = []
        var low = from.seconds
        first = offset(low)
        var current = first
        while low < to.seconds {
            let high = low + step
            let next = offset(high)
            if next != current {
                var (before, after) = (low, high)
                while after - before > 1 {
                    let middle = before + (after - before) / 2
                    if offset(middle) == current { before = middle } else { after = middle }
                }
                let found = offset(after)
                changes.append(Change(second: after, before: current, after: found))
                current = found
                low = after
            } else {
                low = high
            }
        }
        self.changes = changes
    }

    /// SQL that turns a local timestamp into one in UTC.
    ///
    /// - Parameter expression: SQL of type TIMESTAMP; it is repeated, so it should be a column.
    /// - Returns: SQL of type TIMESTAMP: comparisons arranged as a tree, eight deep for a century.
    public func localToUTC(_ expression: String) -> String {
        if changes.isEmpty, first == 0 { return expression }
        return Self.utc(expression, code: "(\(code(expression, likely: nil)))")
    }

    /// SQL of the offset at a local timestamp in microseconds, with 1 added where it never occurred.
    ///
    /// - Parameters:
    ///   - expression: SQL of type TIMESTAMP; it is repeated, so it should be a column.
    ///   - likely: Local seconds between which most values lie; these need few comparisons.
    /// - Returns: SQL of type BIGINT.
    func code(_ expression: String, likely: ClosedRange<Int>?) -> String {
        let steps = self.steps
        let all = tree(expression, 0..<(steps.count + 1), steps)
        guard let likely else { return all }
        let near = steps.indices.filter { likely.contains(steps[$0].from) }
        let first = near.first ?? steps.firstIndex { $0.from > likely.upperBound } ?? steps.count
        let few = tree(expression, first..<(first + near.count + 1), steps)
        return """
            case when \(expression) between timestamp '\(Self.text(likely.lowerBound))' \
            and timestamp '\(Self.text(likely.upperBound))' then \(few) else \(all) end
            """
    }

    /// SQL of the instant that a local timestamp means, from its ``code(_:likely:)``.
    static func utc(_ expression: String, code: String) -> String {
        "make_timestamp(epoch_us(\(expression)) - (\(code) - (\(code) & 1)))"
    }

    /// From which local second on which code holds.
    private var steps: [(from: Int, code: Int)] {
        changes.flatMap { change in
            let normal = (from: change.localSecond, code: change.after * 1_000_000)
            guard change.after > change.before else { return [normal] }
            let gap = (from: change.second + change.before, code: change.before * 1_000_000 + 1)
            return [gap, normal]
        }
    }

    private func tree(
        _ expression: String, _ range: Range<Int>, _ steps: [(from: Int, code: Int)]
    ) -> String {
        if range.count == 1 {
            let index = range.lowerBound
            return "\(index == 0 ? first * 1_000_000 : steps[index - 1].code)::bigint"
        }
        let middle = (range.lowerBound + range.upperBound) / 2
        let left = tree(expression, range.lowerBound..<middle, steps)
        let right = tree(expression, middle..<range.upperBound, steps)
        let bound = Self.text(steps[middle - 1].from)
        return "case when \(expression) < timestamp '\(bound)' then \(left) else \(right) end"
    }

    /// The spans of UTC into which local times that occur twice are put, first and end second.
    var doubledSpans: [(from: Instant, to: Instant)] {
        changes.filter { $0.after < $0.before }.map {
            (
                Instant(seconds: $0.second - ($0.before - $0.after)),
                Instant(seconds: $0.second)
            )
        }
    }

    /// Local seconds as SQL writes a timestamp.
    private static func text(_ second: Int) -> String {
        let iso = Instant(seconds: second).description
        return String(iso.dropLast()).split(separator: "T").joined(separator: " ")
    }
}

/// SQL that turns a local timestamp into one in UTC, with offsets from Foundation alone.
///
/// A local time that occurs twice means its first occurrence; one that never occurs is read with
/// the offset before the change, so that 02:30 becomes 03:30 when clocks are set forward at 02:00.
///
/// - Parameters:
///   - expression: SQL of type TIMESTAMP; it is repeated, so it should be a column.
///   - zone: The zone in which the time is local.
///   - from: The changes of the zone after this instant count.
///   - to: And those before this one.
/// - Returns: SQL of type TIMESTAMP.
public func localToUTC(
    _ expression: String, zone: TimeZone, from: Instant, to: Instant
) -> String {
    ZoneOffsets(zone: zone, from: from, to: to).localToUTC(expression)
}

/// The offsets of zones from 1900 to 2100, found once per zone and process.
final class KnownZones: @unchecked Sendable {
    static let shared = KnownZones()
    private let lock = NSLock()
    private var known: [String: ZoneOffsets] = [:]

    func offsets(of zone: TimeZone) -> ZoneOffsets {
        if let offsets = lock.withLock({ known[zone.identifier] }) { return offsets }
        let offsets = ZoneOffsets(
            zone: zone, from: Instant(seconds: -2_208_988_800), to: Instant(seconds: 4_102_444_800))
        lock.withLock { known[zone.identifier] = offsets }
        return offsets
    }
}
