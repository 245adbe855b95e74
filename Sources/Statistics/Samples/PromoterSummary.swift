import Vocabulary

/// What the methods for a net promoter score need to know of the answers: the shares of promoters
/// and detractors, and how many answers they rest on.
///
/// Source: F. F. Reichheld, "The one number you need to grow", Harvard Business Review 81 (2003),
/// 46–54: promoters answer 9 or 10 of 10, detractors 0 to 6.
public struct PromoterSummary: Hashable, Sendable {
    /// The share of the answers that are promoters, from 0 to 1.
    public let promoterShare: Double
    /// The share of the answers that are detractors, from 0 to 1.
    public let detractorShare: Double
    /// How many answers there are, or for weighted answers how many unweighted ones say as much:
    /// (Σw)²/Σw².
    public let effectiveSize: Double

    /// Summarises answers by their counts.
    ///
    /// - Throws: `statistics/negative-count` for a count below zero, and
    ///   `statistics/too-few-observations` when nobody answered.
    public init(promoters: Int, passives: Int, detractors: Int) throws(Failure) {
        for count in [promoters, passives, detractors] where count < 0 {
            throw Failure(
                .negativeCount, "\(count) answers are not possible.",
                hint: "Count the answers from 9, of 7 and 8, and up to 6."
            )
        }
        let size = Double(promoters) + Double(passives) + Double(detractors)
        try self.init(
            weightOfPromoters: Double(promoters), weightOfPassives: Double(passives),
            weightOfDetractors: Double(detractors), sumOfSquaredWeights: size)
    }

    /// Summarises weighted answers by the sums of their weights.
    ///
    /// - Parameters:
    ///   - weightOfPromoters: The sum of the promoters' weights, zero or more.
    ///   - weightOfPassives: The sum of the passives' weights, zero or more.
    ///   - weightOfDetractors: The sum of the detractors' weights, zero or more.
    ///   - sumOfSquaredWeights: The sum of the squares of all weights.
    /// - Throws: `statistics/impossible-sums` for sums that no weights have,
    ///   `statistics/too-few-observations` when no answer has a weight, and
    ///   `statistics/not-finite` for sums that overflowed.
    public init(
        weightOfPromoters: Double, weightOfPassives: Double, weightOfDetractors: Double,
        sumOfSquaredWeights: Double
    ) throws(Failure) {
        let weight = try Weights.sum(
            [weightOfPromoters, weightOfPassives, weightOfDetractors],
            sumOfSquares: sumOfSquaredWeights)
        promoterShare = weightOfPromoters / weight.sum
        detractorShare = weightOfDetractors / weight.sum
        effectiveSize = weight.effectiveSize
    }

    /// The net promoter score, in points from -100 to 100.
    public var score: Double { 100 * (promoterShare - detractorShare) }

    /// The standard error of ``score`` (Wald), in points; zero where all answers are alike.
    public var standardError: Double {
        100 * (PromoterSummary.variance(promoterShare, detractorShare) / effectiveSize).squareRoot()
    }

    /// The score after three more answers, three quarters of one a promoter and as much a
    /// detractor (adjusted Wald), in points.
    public var adjustedScore: Double {
        100 * (adjusted(promoterShare) - adjusted(detractorShare))
    }

    /// The standard error of ``adjustedScore``, in points; never zero.
    public var adjustedStandardError: Double {
        let variance = PromoterSummary.variance(adjusted(promoterShare), adjusted(detractorShare))
        return 100 * (variance / (effectiveSize + 3)).squareRoot()
    }

    private func adjusted(_ share: Double) -> Double {
        (share * effectiveSize + 0.75) / (effectiveSize + 3)
    }

    /// The variance of answers that count 1, 0 and -1.
    private static func variance(_ promoters: Double, _ detractors: Double) -> Double {
        let mean = promoters - detractors
        return max(0, promoters + detractors - mean * mean)
    }
}
