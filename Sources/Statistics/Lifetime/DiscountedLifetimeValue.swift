import Foundation
import Vocabulary

/// What customers are expected to bring in over the months ahead, in today's money: each month's
/// expected purchases times what a purchase is worth times the margin, discounted to today.
///
/// Source: P. S. Fader, B. G. S. Hardie, K. L. Lee, "RFM and CLV: using iso-value curves for
/// customer base analysis", Journal of Marketing Research 42 (2005), 415–430; month by month as
/// the Python package lifetimes does.
public struct DiscountedLifetimeValue: Hashable, Sendable {
    /// How many months ahead are counted, at least one.
    public let months: Int
    /// How long a month is in the unit of the model, for example 52/12 weeks.
    public let monthLength: Double
    /// The discount of a month as a share, for example 0.01; zero or more.
    public let monthlyDiscount: Double
    /// The share of a purchase's value that is earned, above 0 and up to 1.
    public let margin: Double

    /// Chooses how far ahead to look and what money is worth.
    ///
    /// - Throws: `statistics/impossible-horizon` for values out of their range.
    public init(
        months: Int, monthLength: Double, monthlyDiscount: Double, margin: Double = 1
    ) throws(Failure) {
        guard months >= 1, months <= 1200, monthLength > 0, monthLength.isFinite,
            monthlyDiscount >= 0, monthlyDiscount.isFinite, margin > 0, margin <= 1
        else {
            throw Failure(
                .impossibleHorizon,
                "\(months) months of \(monthLength), a discount of \(monthlyDiscount) and a margin"
                    + " of \(margin) give no value.",
                hint: "Take 1 to 1200 months, a discount of 0 or more and a margin up to 1."
            )
        }
        self.months = months
        self.monthLength = monthLength
        self.monthlyDiscount = monthlyDiscount
        self.margin = margin
    }

    /// What one customer with a history is expected to bring in, in the unit of the average value
    /// that the customer's purchases are expected to have.
    ///
    /// - Throws: What the model's expected purchases throw.
    public func value(
        after history: PurchaseSummary, model: some PurchaseModel, averageValue: Double
    ) throws(Failure) -> Double {
        var (value, before) = (0.0, 0.0)
        for month in 1...months {
            let purchases = try model.expectedPurchases(
                within: Double(month) * monthLength, after: history)
            value += (purchases - before) / pow(1 + monthlyDiscount, Double(month))
            before = purchases
        }
        return value * averageValue * margin
    }
}

extension Failure.Code {
    /// A time ahead, a discount or a margin that gives no lifetime value.
    public static let impossibleHorizon: Self = "statistics/impossible-horizon"
}
