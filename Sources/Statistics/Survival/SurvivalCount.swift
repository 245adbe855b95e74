import Vocabulary

/// How many of a group were seen last at a time: because the event happened (a customer left, a
/// ticket was closed), or because the observation ended before it did (censored).
///
/// The database groups by time and counts; no rows leave it.
public struct SurvivalCount: Hashable, Sendable {
    /// The time since each one's start, zero or more, in a unit of the caller's choice.
    public let time: Double
    /// How many had the event at this time.
    public let events: Int
    /// How many were last observed at this time without it.
    public let censored: Int

    /// Counts what happened at a time.
    ///
    /// - Throws: `statistics/impossible-time` for a time that is negative or not finite, and
    ///   `statistics/negative-count` for a count below zero.
    public init(time: Double, events: Int, censored: Int) throws(Failure) {
        guard time.isFinite, time >= 0 else {
            throw Failure(
                .impossibleTime, "A duration of \(time) is not possible.",
                hint: "Leave out rows that end before they begin."
            )
        }
        guard events >= 0, censored >= 0 else {
            throw Failure(
                .negativeCount, "\(min(events, censored)) observations are not possible.",
                hint: "Count rows."
            )
        }
        self.time = time
        self.events = events
        self.censored = censored
    }
}

extension [SurvivalCount] {
    /// The counts in the order of time, one for each time.
    var inOrder: [(time: Double, events: Int, censored: Int)] {
        var ordered: [(time: Double, events: Int, censored: Int)] = []
        for count in sorted(by: { $0.time < $1.time }) {
            if let last = ordered.last, last.time == count.time {
                ordered[ordered.count - 1].events += count.events
                ordered[ordered.count - 1].censored += count.censored
            } else if count.events + count.censored > 0 {
                ordered.append((count.time, count.events, count.censored))
            }
        }
        return ordered
    }

    /// How many were observed in all.
    var total: Int { reduce(0) { $0 + $1.events + $1.censored } }
}

extension Failure.Code {
    /// A duration that is negative or not finite.
    public static let impossibleTime: Self = "statistics/impossible-time"
}
