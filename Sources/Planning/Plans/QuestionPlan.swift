import Definitions
import Vocabulary

/// Everything that answers a question: the reads, and how cells are made of them.
public struct QuestionPlan: Sendable {
    /// The question.
    public let question: Question
    /// Its periods.
    public let timeline: Timeline
    /// The metrics, in the order of the question.
    public let metrics: [MetricPlan]
    /// All periods for which cells are computed: asked for, compared with, and looked back at.
    public let slots: [Period]
    /// What is read, in any order.
    public var reads: [Read]
    /// Where each tally finds its numbers.
    public let placements: [Tally: Placement]
    /// Which values of a dimension are shown: one read a dimension that has many values.
    public let leaders: [LeaderRead]

    /// Whether the most frequent values must be found before ``reads`` can run.
    public var needsLeaders: Bool { !leaders.isEmpty }

    /// The days of a period, as periods.
    func days(of period: Period) -> [Period] {
        timeline.calendar.periods(in: period.range, by: .day)
    }

    /// The reads with the shown values filled in.
    ///
    /// - Parameter kept: For each of ``leaders``, the values that its statement returned.
    /// - Returns: The reads, in the order of ``reads``.
    public func reads(keeping kept: [[Value]]) -> [Read] {
        let byDimension = Dictionary(
            zip(leaders.map(\.key.dimension), kept), uniquingKeysWith: { first, _ in first })
        return reads.map { read in
            let parts = read.parts.map { part in
                PartKey(
                    dimension: part.dimension, value: part.value,
                    kept: byDimension[part.dimension] ?? part.kept)
            }
            return Read(
                source: read.source, time: read.time, bucketing: read.bucketing,
                conditions: read.conditions, parts: parts, body: read.body)
        }
    }
}

/// How one metric of a question is computed.
public struct MetricPlan: Sendable {
    /// The metric.
    public let metric: Metric
    /// The tree above its reads.
    public let plan: Plan
    /// The unit of its values, with the currency filled in.
    public let unit: Unit
    /// The sources that it reads, sorted.
    public let sources: [String]
}

/// Where a tally finds its numbers.
public struct Placement: Hashable, Sendable {
    /// How the numbers of a period are put together.
    public enum Assembly: Hashable, Sendable {
        /// The row of the period's stretch.
        case direct
        /// The sum over the pieces of the period's stretch.
        case pieces
        /// The running sum of the steps up to the period's last day.
        case steps
        /// The sum over the buckets in which an entity's last row stands.
        case lasts
        /// The moves of the period's stretch, and what all moves before it add up to.
        case transitions
        /// The rows of the period's stretch one by one, for an estimate.
        case observations
    }

    /// The stretch of time that counts for each slot.
    public let windows: [Period]
    /// For each slot, in which of ``reads`` its stretch is.
    public let lanes: [Int]
    /// For each lane, the read and the tally's numbers in it.
    public var reads: [ReadPlace]
    /// How the numbers are put together.
    public let assembly: Assembly
}

/// Some numbers of a read.
public struct ReadPlace: Hashable, Sendable {
    /// The read, by position in the plan.
    public var read: Int
    /// The numbers, by position among the read's measures, the value first.
    public var measures: [Int]
}

/// Finds the values of a dimension that are shown: those with the most.
public struct LeaderRead: Hashable, Sendable {
    /// The dimension.
    public let key: PartKey
    /// The rows that are looked at, and the measure by which values are ranked.
    public let read: Read
    /// How many values are shown.
    public let limit: Int
}
