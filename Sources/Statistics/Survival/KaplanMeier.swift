import Foundation
import Vocabulary

/// The share that has not had an event yet, by the time since each one's start, where some had
/// not had it when the observation ended.
///
/// Source: E. L. Kaplan, P. Meier, "Nonparametric estimation from incomplete observations",
/// Journal of the American Statistical Association 53 (1958), 457–481; for the intervals J. D.
/// Kalbfleisch, R. L. Prentice, "The Statistical Analysis of Failure Time Data", Wiley (1980),
/// section 1.3 (exponential Greenwood); for those of percentiles R. Brookmeyer, J. Crowley, "A
/// confidence interval for the median survival time", Biometrics 38 (1982), 29–41.
public struct KaplanMeier: Sendable {
    /// What is known from a time on, until the next one.
    public struct Step: Hashable, Sendable {
        /// The time, in the unit of the counts.
        public let time: Double
        /// How many were observed just before it without an event.
        public let atRisk: Int
        /// How many had the event at it.
        public let events: Int
        /// How many were last observed at it without the event.
        public let censored: Int
        /// The share without an event after it, from 0 to 1.
        public let survival: Double
        /// Greenwood's sum Σd/(n(n−d)): the variance of the logarithm of ``survival``.
        let logVariance: Double

        /// Greenwood's variance of ``survival``.
        public var variance: Double { survival == 0 ? 0 : survival * survival * logVariance }
    }

    /// The curve, in the order of time; it begins at 1 before the first step.
    public let steps: [Step]

    /// Makes the curve from counts in any order; counts of the same time are added.
    ///
    /// - Throws: `statistics/too-few-observations` when nothing was observed.
    public init(_ counts: [SurvivalCount]) throws(Failure) {
        var atRisk = counts.total
        guard atRisk > 0 else {
            throw Failure(
                .tooFewObservations, "A survival curve of nothing is not a curve.",
                hint: "Ask for a range in which something began."
            )
        }
        var steps: [Step] = []
        var (survival, logVariance) = (1.0, 0.0)
        for (time, events, censored) in counts.inOrder {
            let left = atRisk - events
            survival *= Double(left) / Double(atRisk)
            if left > 0 { logVariance += Double(events) / (Double(atRisk) * Double(left)) }
            steps.append(
                Step(
                    time: time, atRisk: atRisk, events: events, censored: censored,
                    survival: survival, logVariance: logVariance))
            atRisk = left - censored
        }
        self.steps = steps
    }

    /// The last time anything was observed; the curve ends there.
    public var lastTime: Double { steps[steps.count - 1].time }

    /// The share without an event after a time, from 0 to 1: events at the time itself count.
    /// It is nil beyond ``lastTime`` where some had no event by then, since nobody knows.
    public func survival(at time: Double) -> Double? {
        if time > lastTime, steps[steps.count - 1].survival > 0 { return nil }
        return step(at: time)?.survival ?? 1
    }

    /// The interval of the share at a time, from 0 to 1.
    ///
    /// - Throws: `statistics/no-variance` before the first event and where none is left, since
    ///   nothing varies there, and `statistics/too-few-observations` beyond ``lastTime``.
    public func interval(at time: Double, confidence: Confidence = .usual) throws(Failure)
        -> Interval
    {
        guard time <= lastTime else {
            throw Failure(
                .tooFewObservations, "Nothing was observed for as long as \(time).",
                hint: "Ask for a time up to \(lastTime)."
            )
        }
        let step = step(at: time)
        try requireVariance(step?.variance ?? 0, "All have the same outcome at \(time)")
        let bounds = KaplanMeier.bounds(step, critical: try confidence.normalCriticalValue())
        return try Interval(low: bounds.low, high: bounds.high)
    }

    /// The first time by which a share of all had the event, for example 0.5 for the median; nil
    /// where it was not reached.
    public func time(of share: Double = 0.5) -> Double? {
        firstTime { $0.survival <= (1 - share) * (1 + 1e-12) }
    }

    /// The range of the time by which a share of all had the event; its upper end is nil where it
    /// is not known from what was observed.
    ///
    /// - Throws: `statistics/not-finite` for a confidence that has no critical value, and
    ///   `statistics/too-few-observations` where not even the lower end is known.
    public func timeRange(
        of share: Double = 0.5, confidence: Confidence = .usual
    ) throws(Failure) -> SurvivalTimeRange {
        let critical = try confidence.normalCriticalValue()
        let limit = (1 - share) * (1 + 1e-12)
        let low = firstTime { KaplanMeier.bounds($0, critical: critical).low <= limit }
        guard let low else {
            throw Failure(
                .tooFewObservations, "Too few had the event to tell when a share of \(share) had.",
                hint: "Ask for a smaller share, or a longer range."
            )
        }
        return SurvivalTimeRange(
            low: low, high: firstTime { KaplanMeier.bounds($0, critical: critical).high <= limit })
    }

    /// The mean time until the event or until a time, whichever comes first: the area below the
    /// curve, in the unit of time.
    ///
    /// - Throws: `statistics/impossible-time` for a time that is negative or beyond ``lastTime``.
    public func restrictedMean(until end: Double) throws(Failure) -> Double {
        guard end >= 0, end <= lastTime else {
            throw Failure(
                .impossibleTime, "The curve does not tell about \(end).",
                hint: "Ask for a time from 0 to \(lastTime)."
            )
        }
        var (area, start, survival) = (0.0, 0.0, 1.0)
        for step in steps.prefix(while: { $0.time <= end }) {
            area += survival * (step.time - start)
            (start, survival) = (step.time, step.survival)
        }
        return area + survival * (end - start)
    }

    /// The last step at or before a time, by bisection.
    private func step(at time: Double) -> Step? {
        var (low, high) = (0, steps.count)
        while low < high {
            let middle = (low + high) / 2
            if steps[middle].time <= time { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? nil : steps[low - 1]
    }

    private func firstTime(_ reaches: (Step) -> Bool) -> Double? {
        steps.first(where: reaches)?.time
    }

    /// The ends of the interval of a step, which stay within 0 and 1.
    private static func bounds(_ step: Step?, critical: Double) -> (low: Double, high: Double) {
        guard let step, step.survival < 1 else { return (1, 1) }
        guard step.survival > 0 else { return (0, 0) }
        let logarithm = log(step.survival)
        let margin = critical * step.logVariance.squareRoot() / -logarithm
        return (exp(logarithm * exp(margin)), exp(logarithm * exp(-margin)))
    }
}

/// Where a percentile of the time until an event lies.
public struct SurvivalTimeRange: Hashable, Sendable {
    /// The lower end, in the unit of time.
    public let low: Double
    /// The upper end; nil where it lies beyond what was observed.
    public let high: Double?
}
