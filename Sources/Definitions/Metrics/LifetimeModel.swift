import Vocabulary

/// A probabilistic model of the purchases of customers who need not say goodbye.
///
/// Only for non-contractual settings: where a customer cancels, survival is observed and needs no
/// guess.
public struct LifetimeModel: Hashable, Sendable {
    /// The model of how often and how long customers buy.
    public enum Family: String, CaseIterable, Hashable, Sendable {
        /// Fader, Hardie and Lee (2005).
        case bgnbd
        /// Schmittlein, Morrison and Colombo (1987).
        case paretonbd
        /// Fader, Hardie and Shang (2010), for chances to buy that come in steps.
        case bgbb
    }

    /// What is told of the customers.
    public enum Reading: String, CaseIterable, Hashable, Sendable {
        /// The mean value of a customer over the horizon, discounted; needs a value of purchases.
        case clv
        /// The mean number of purchases of a customer over the horizon.
        case purchases
        /// The share of customers who are expected to be alive still.
        case alive
    }

    /// The length of the model's time steps.
    public enum Step: String, CaseIterable, Hashable, Sendable {
        /// Days or weeks.
        case day, week
    }

    /// Of which customers the mean is told; the model is fitted to all of them.
    public enum Customers: String, CaseIterable, Hashable, Sendable {
        /// All.
        case all
        /// Those who bought again, in a `clv` for more than nothing.
        case repeating = "repeat"
    }

    /// What is told.
    public let reading: Reading
    /// The model.
    public let family: Family
    /// Who buys.
    public let entity: Expression
    /// What a purchase is worth; nil where only purchases are counted.
    public let value: Expression?
    /// How far ahead.
    public let horizon: Span
    /// By how much a month's delay makes money worth less, 0.01 for one per cent.
    public let discount: Double
    /// The share of a purchase's value that is profit; 1 tells revenue.
    public let margin: Double
    /// The step of the model's time.
    public let step: Step
    /// Of whom the mean is told.
    public let customers: Customers

    /// Describes a model.
    public init(
        _ reading: Reading, family: Family, entity: Expression, value: Expression? = nil,
        horizon: Span, discount: Double = 0, margin: Double = 1, step: Step = .week,
        customers: Customers = .all
    ) {
        self.reading = reading
        self.family = family
        self.entity = entity
        self.value = value
        self.horizon = horizon
        self.discount = discount
        self.margin = margin
        self.step = step
        self.customers = customers
    }
}
