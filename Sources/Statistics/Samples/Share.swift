import Vocabulary

/// A share `k` of `n`: how many of a number of independent observations had a property.
public struct Share: Hashable, Sendable {
    /// How many had the property, from zero to ``denominator``.
    public let numerator: Int
    /// How many were observed, at least one.
    public let denominator: Int

    /// Makes a share from its two counts.
    ///
    /// - Throws: `statistics/too-few-observations` when nothing was observed, and
    ///   `statistics/impossible-share` when the numerator is negative or above the denominator.
    public init(numerator: Int, denominator: Int) throws(Failure) {
        guard denominator != 0 else {
            throw Failure(
                .tooFewObservations, "A share of nothing is not a number.",
                hint: "Ask for a range that has observations."
            )
        }
        guard denominator > 0, 0...denominator ~= numerator else {
            throw Failure(
                .impossibleShare, "\(numerator) of \(denominator) is not a share.",
                hint: "Count in the numerator only rows that the denominator counts as well."
            )
        }
        self.numerator = numerator
        self.denominator = denominator
    }

    /// The share itself, from 0 to 1.
    public var value: Double { Double(numerator) / Double(denominator) }
}

extension Failure.Code {
    /// The numerator of a share is not a part of its denominator.
    public static let impossibleShare: Self = "statistics/impossible-share"
}
