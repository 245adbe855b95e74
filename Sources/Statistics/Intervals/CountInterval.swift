import Vocabulary

/// Where the expected number of events lies when events come one by one and independently
/// (Poisson) and some were counted.
///
/// This is the score interval: the expectations that the count is not surprising for. It has a
/// width even for a count of zero.
///
/// Source: L. Barker, "A comparison of nine confidence intervals for a Poisson parameter when the
/// expected number of events is ≤ 5", The American Statistician 56 (2002), 85–89.
public struct CountInterval: Hashable, Sendable {
    /// How many events were counted, zero or more.
    public let count: Int

    /// Makes the method for a count of events.
    ///
    /// - Throws: `statistics/negative-count` for a count below zero.
    public init(_ count: Int) throws(Failure) {
        guard count >= 0 else {
            throw Failure(
                .negativeCount, "A count of \(count) events is not possible.",
                hint: "Use the method for sums where the metric may be negative."
            )
        }
        self.count = count
    }

    /// The interval, in events; its lower end is zero or above.
    ///
    /// - Throws: `statistics/not-finite` for a confidence that has no critical value.
    public func interval(confidence: Confidence = .usual) throws(Failure) -> Interval {
        let critical = try confidence.normalCriticalValue()
        let halfSquared = critical * critical / 2
        let events = Double(count)
        let margin = critical * (events + halfSquared / 2).squareRoot()
        // At zero the lower end is exactly zero, which rounding would miss by a hair.
        return try Interval(
            low: count == 0 ? 0 : max(0, events + halfSquared - margin),
            high: events + halfSquared + margin
        )
    }
}

extension Failure.Code {
    /// A count below zero.
    public static let negativeCount: Self = "statistics/negative-count"
}
