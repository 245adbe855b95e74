import Definitions
import Statistics
import Vocabulary

/// How customers bought, and how many did so alike: a row of a read of purchases.
public struct PurchaseHistory: Hashable, Sendable {
    /// Repeat purchases and when they were, in the steps of the model.
    public let purchases: PurchaseSummary
    /// What repeat purchases were worth on average; nil without one, or where it is not above zero.
    public let spend: SpendSummary?

    /// Reads a row: repeat purchases, recency and age in days or steps, mean spend, customers.
    ///
    /// Nil for a row that no customer can have, such as a purchase after the end.
    init?(_ row: ReadResult.Numbers, model: LifetimeModel) {
        let isStepped = model.family == .bgbb
        let unit = isStepped ? 1 : Double(model.step.days)
        guard row.count == 5, let repeats = row[0], let recency = row[1], let age = row[2],
            let customers = row[4],
            let purchases = try? PurchaseSummary(
                frequency: Int(repeats), recency: recency / unit, age: age / unit,
                customers: Int(customers))
        else { return nil }
        self.purchases = purchases
        spend = row[3].flatMap {
            try? SpendSummary(
                frequency: Int(repeats), meanValue: $0, customers: Int(customers))
        }
    }
}

extension LifetimeModel {
    /// How many months the horizon has; a month of days is a twelfth of a year.
    var horizonMonths: Int {
        max(1, horizon.months + Int((Double(horizon.days) / 30.4375).rounded()))
    }

    /// How long a month is in the model's time.
    ///
    /// 52 weeks or 365 days are a year, as in the papers on the models.
    var monthLength: Double {
        switch step {
        case .day: 365.0 / 12
        case .week: 52.0 / 12
        }
    }

    /// How long the horizon is in the model's time.
    var horizonLength: Double {
        Double(horizon.months) * monthLength + Double(horizon.days) / Double(step.days)
    }
}
