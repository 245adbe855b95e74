import Vocabulary

/// Where the true net promoter score lies, given independent answers (adjusted Wald).
///
/// It has a width even where all answers are alike; Wald's interval would claim certainty of 100
/// after ten promoters of ten.
///
/// Source: B. Rocks, "Interval estimation for the 'net promoter score'", The American Statistician
/// 70 (2016), 365–372, who recommends the adjustment of three answers.
public struct PromoterInterval: Hashable, Sendable {
    /// The answers behind the score.
    public let answers: PromoterSummary

    /// Makes the method for answers.
    public init(_ answers: PromoterSummary) { self.answers = answers }

    /// The interval, in points from -100 to 100.
    ///
    /// - Throws: `statistics/not-finite` for a confidence that has no critical value.
    public func interval(confidence: Confidence = .usual) throws(Failure) -> Interval {
        let margin = try confidence.normalCriticalValue() * answers.adjustedStandardError
        return try within100(
            low: answers.adjustedScore - margin, high: answers.adjustedScore + margin)
    }

    /// Wald's interval, the score ± z standard errors, as most tools show it; it is too narrow
    /// for few answers or a score near -100 or 100.
    ///
    /// - Throws: `statistics/not-finite` for a confidence that has no critical value.
    public func waldInterval(confidence: Confidence = .usual) throws(Failure) -> Interval {
        let margin = try confidence.normalCriticalValue() * answers.standardError
        return try within100(low: answers.score - margin, high: answers.score + margin)
    }

    /// No score is beyond 100 points.
    private func within100(low: Double, high: Double) throws(Failure) -> Interval {
        try Interval(low: max(-100, low), high: min(100, high))
    }
}
