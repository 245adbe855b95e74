import Vocabulary

/// The change of a net promoter score between two waves that different people answered.
///
/// Source: B. Rocks, "Interval estimation for the 'net promoter score'", The American Statistician
/// 70 (2016), 365–372, for each wave; A. Agresti, B. Caffo, "Simple and effective confidence
/// intervals for proportions and differences of proportions result from adding two successes and
/// two failures", The American Statistician 54 (2000), 280–288, for the difference of adjusted
/// estimates.
public struct ChangeOfPromoterScores: Hashable, Sendable {
    /// The answers of the earlier wave.
    public let before: PromoterSummary
    /// The answers of the later wave.
    public let after: PromoterSummary

    /// Compares two waves of answers.
    public init(before: PromoterSummary, after: PromoterSummary) {
        self.before = before
        self.after = after
    }

    /// The later score less the earlier one, in points from -200 to 200.
    public var difference: Double { after.score - before.score }

    /// The interval of ``difference``, in points; the change is within its noise where it
    /// contains zero.
    ///
    /// - Throws: `statistics/not-finite` for a confidence that has no critical value.
    public func interval(confidence: Confidence = .usual) throws(Failure) -> Interval {
        let (early, late) = (before.adjustedStandardError, after.adjustedStandardError)
        let margin =
            try confidence.normalCriticalValue() * (early * early + late * late).squareRoot()
        let centre = after.adjustedScore - before.adjustedScore
        return try Interval(low: max(-200, centre - margin), high: min(200, centre + margin))
    }
}
