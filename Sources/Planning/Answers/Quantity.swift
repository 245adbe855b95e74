import Statistics
import Vocabulary

/// A number with what it stands on.
public struct Quantity: Equatable, Sendable {
    /// What is known of a number's spread, for its interval and for the noise of its change.
    public enum Evidence: Equatable, Sendable {
        /// Nothing.
        case none
        /// So many things were counted.
        case count(Int)
        /// A sum over rows, and the sum of their squares.
        case total(sum: Double, squares: Double)
        /// A mean over rows.
        case mean(count: Int, sum: Double, squares: Double)
        /// So many of so many.
        case share(of: Int, to: Int)
        /// A quotient of two sums over the same rows.
        case ratio(RatioEvidence)
        /// A net promoter score.
        case promoters(PromoterSummary)
        /// An estimate that comes with its interval.
        case estimate(Interval)
    }

    /// The number; nil where it is undefined.
    public var value: Double?
    /// How many observations it stands on; nil where that has no meaning.
    public var count: Int?
    /// What is divided.
    public var numerator: Double?
    /// By what it is divided.
    public var denominator: Double?
    /// What is known of its spread.
    public var evidence: Evidence
    /// Whether it is undefined because a share came out below 0 or above 1.
    var isOutOfBounds = false
    /// Why it is undefined, where an estimate could not be made.
    var obstacle: Failure?

    /// Nothing is known.
    static let undefined = Quantity(value: nil, count: nil, evidence: .none)

    /// Whether it is undefined because of rows that cannot be, rather than rows too few or alike.
    var isOfImpossibleRows: Bool {
        obstacle.map { [.impossibleTime, .notACount].contains($0.code) } ?? false
    }

    /// An estimate that could not be made, and why.
    static func untold(_ obstacle: Failure, count: Int?) -> Quantity {
        var quantity = Quantity(value: nil, count: count, evidence: .none)
        quantity.obstacle = obstacle
        return quantity
    }

    init(
        value: Double?, count: Int?, numerator: Double? = nil, denominator: Double? = nil,
        evidence: Evidence
    ) {
        self.value = value
        self.count = count
        self.numerator = numerator
        self.denominator = denominator
        self.evidence = evidence
    }
}

/// The sums that the delta method needs, over all rows of both sides.
public struct RatioEvidence: Equatable, Sendable {
    /// Rows, and sums of both sides, of their squares, and of their products.
    public let count: Int, numerators, denominators, squaredNumerators, squaredDenominators,
        products: Double
}

extension Quantity {
    /// The 95 % interval, where the evidence gives one.
    public var interval: Interval? {
        switch evidence {
        case .none, .count, .total: return nil
        case .promoters(let answers): return try? PromoterInterval(answers).interval()
        case .estimate(let interval): return interval
        case .mean(let count, let sum, let squares):
            guard let sample = try? SampleSummary(count: count, sum: sum, sumOfSquares: squares)
            else { return nil }
            return try? MeanInterval(sample).interval()
        case .share(let of, let to):
            guard let share = try? Share(numerator: of, denominator: to) else { return nil }
            return try? WilsonInterval(share).interval()
        case .ratio(let evidence):
            guard let summary = try? evidence.summary() else { return nil }
            return try? RatioInterval(summary).interval()
        }
    }

    /// The 95 % interval of the change from another quantity to this one, where there is one.
    public func intervalOfChange(from before: Quantity) -> Interval? {
        switch (before.evidence, evidence) {
        case (.count(let before), .count(let after)):
            return try? ChangeOfCounts(before: before, after: after).interval()
        case (.total(let sum, let squares), .total(let laterSum, let laterSquares)):
            guard let before = try? Total(sum: sum, sumOfSquares: squares),
                let after = try? Total(sum: laterSum, sumOfSquares: laterSquares)
            else { return nil }
            return try? ChangeOfTotals(before: before, after: after).interval()
        case (.mean(let n, let sum, let squares), .mean(let m, let laterSum, let laterSquares)):
            guard let before = try? SampleSummary(count: n, sum: sum, sumOfSquares: squares),
                let after = try? SampleSummary(count: m, sum: laterSum, sumOfSquares: laterSquares)
            else { return nil }
            return try? ChangeOfMeans(before: before, after: after).interval()
        case (.share(let k, let n), .share(let l, let m)):
            guard let before = try? Share(numerator: k, denominator: n),
                let after = try? Share(numerator: l, denominator: m)
            else { return nil }
            return try? ChangeOfShares(before: before, after: after).interval()
        case (.ratio(let before), .ratio(let after)):
            guard let before = try? before.summary(), let after = try? after.summary() else {
                return nil
            }
            return try? ChangeOfRatios(before: before, after: after).interval()
        case (.promoters(let before), .promoters(let after)):
            return try? ChangeOfPromoterScores(before: before, after: after).interval()
        default: return nil
        }
    }
}

extension RatioEvidence {
    func summary() throws(Failure) -> RatioSummary {
        try RatioSummary(
            count: count, sumOfNumerators: numerators, sumOfDenominators: denominators,
            sumOfSquaredNumerators: squaredNumerators,
            sumOfSquaredDenominators: squaredDenominators, sumOfProducts: products)
    }
}
