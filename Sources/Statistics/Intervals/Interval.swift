import Vocabulary

/// A range that a true value plausibly lies in, in the unit of the value; both ends belong to it.
///
/// An interval is always finite and in order: where a method cannot give one it throws.
public struct Interval: Hashable, Sendable {
    /// The lower end.
    public let low: Double
    /// The upper end, never below ``low``.
    public let high: Double

    /// Makes an interval from its ends.
    ///
    /// - Throws: `statistics/not-finite` when an end is not a finite number or the ends are not
    ///   in order.
    public init(low: Double, high: Double) throws(Failure) {
        guard low.isFinite, high.isFinite, low <= high else {
            throw Failure(
                .notFinite,
                "The interval from \(low) to \(high) is not one of finite numbers in order.",
                hint: "Check the metric for values too large to be squared (above 1e150)."
            )
        }
        self.low = low
        self.high = high
    }

    /// The interval around a centre that reaches as far to both sides.
    init(around centre: Double, margin: Double) throws(Failure) {
        try self.init(low: centre - margin, high: centre + margin)
    }

    /// Whether the value lies in the interval.
    ///
    /// A change whose interval contains zero is within its noise.
    public func contains(_ value: Double) -> Bool {
        low <= value && value <= high
    }

    /// The interval in another unit, for example in percent of a base; a negative factor turns
    /// it round.
    ///
    /// - Throws: `statistics/not-finite` when the factor is not finite or makes an end overflow.
    public func scaled(by factor: Double) throws(Failure) -> Interval {
        let ends = (low * factor, high * factor)
        return factor < 0
            ? try Interval(low: ends.1, high: ends.0) : try Interval(low: ends.0, high: ends.1)
    }
}

extension Failure.Code {
    /// A result is too large, or no number at all.
    public static let notFinite: Self = "statistics/not-finite"
}
