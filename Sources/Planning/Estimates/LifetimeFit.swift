import Definitions
import Statistics
import Vocabulary

/// A model of purchases fitted to the customers of a period's end, and what it expects of them.
public struct LifetimeFit: Sendable {
    /// The model that was asked for.
    public let asked: LifetimeModel
    /// The customers.
    public let histories: [PurchaseHistory]
    /// The fitted model of how often and how long customers buy.
    public let model: any PurchaseModel
    /// Its parameters with their standard errors.
    public let parameters: [ModelParameter]
    /// The logarithm of its likelihood.
    public let logLikelihood: Double
    /// The fitted model of what purchases are worth; nil where no value is named.
    public let spending: FittedModel<GammaGamma>?

    /// Fits a model.
    ///
    /// - Parameters:
    ///   - asked: The model, and what is told of it.
    ///   - rows: The rows of a read of purchases.
    ///   - fits: What was fitted before.
    /// - Throws: `statistics/…` where the customers are too few or too much alike.
    init(_ asked: LifetimeModel, rows: [[Double?]], fits: LifetimeFits) throws(Failure) {
        self.asked = asked
        // In an order of their own: sums depend on the order, and a database returns rows in any.
        histories = rows.sorted(by: LifetimeFit.precedes)
            .compactMap { PurchaseHistory($0, model: asked) }
        let buying = try fits.buying(asked.family, histories.map(\.purchases))
        (model, parameters, logLikelihood) = (
            buying.model, buying.parameters, buying.logLikelihood
        )
        spending = asked.value == nil ? nil : try fits.spending(histories.compactMap(\.spend))
    }

    private static func precedes(_ left: [Double?], _ right: [Double?]) -> Bool {
        left.map { $0 ?? -1 }.lexicographicallyPrecedes(right.map { $0 ?? -1 })
    }

    /// The customers of whom something is told; the model is fitted to all.
    public var counted: [PurchaseHistory] {
        histories.filter(counts)
    }

    /// Whether something is told of a customer.
    public func counts(_ history: PurchaseHistory) -> Bool {
        guard asked.customers == .repeating else { return true }
        return history.purchases.frequency > 0 && (asked.value == nil || history.spend != nil)
    }

    /// How many customers something is told of.
    public var customers: Int { counted.reduce(0) { $0 + $1.purchases.customers } }

    /// The mean over those customers of what is asked for.
    ///
    /// - Throws: `statistics/not-finite` where the model gives no number, or nobody counts.
    func mean() throws(Failure) -> Double {
        let counted = counted
        var (sum, customers) = (0.0, 0)
        for history in counted {
            sum += try expectation(of: history) * Double(history.purchases.customers)
            customers += history.purchases.customers
        }
        guard customers > 0 else {
            throw Failure(
                .notFinite, "No customer has bought again.",
                hint: "Ask for a later period, or leave out customers: repeat.")
        }
        return sum / Double(customers)
    }

    /// What is asked for, of one customer.
    ///
    /// - Throws: `statistics/not-finite` where the model gives no number.
    public func expectation(of history: PurchaseHistory) throws(Failure) -> Double {
        switch asked.reading {
        case .purchases: return try purchases(of: history)
        case .alive: return try aliveProbability(of: history)
        case .clv: return try value(of: history)
        }
    }

    /// The probability that a customer is still one.
    ///
    /// - Throws: `statistics/not-finite` where the model gives no number.
    public func aliveProbability(of history: PurchaseHistory) throws(Failure) -> Double {
        try model.probabilityAlive(after: history.purchases)
    }

    /// The purchases that a customer is expected to make over the horizon.
    ///
    /// - Throws: `statistics/not-finite` where the model gives no number.
    public func purchases(of history: PurchaseHistory) throws(Failure) -> Double {
        try model.expectedPurchases(within: asked.horizonLength, after: history.purchases)
    }

    /// What a customer is expected to bring in over the horizon, discounted.
    ///
    /// - Throws: `statistics/not-finite` where the model gives no number.
    public func value(of history: PurchaseHistory) throws(Failure) -> Double {
        let horizon = try DiscountedLifetimeValue(
            months: asked.horizonMonths, monthLength: asked.monthLength,
            monthlyDiscount: asked.discount, margin: asked.margin)
        let usual = spending?.model.populationMean
        let expected = history.spend.flatMap { spending?.model.expectedValue(after: $0) } ?? usual
        guard let expected else {
            throw Failure(
                .notFinite, "Customers spend so differently that there is no mean.",
                hint: "Look at the distribution of purchases instead of a mean.")
        }
        return try horizon.value(
            after: history.purchases, model: model, averageValue: expected)
    }
}

extension AnswerAssembly {
    /// The model behind a metric's number in the plan's first period, where it is one.
    ///
    /// - Returns: Nil where the metric is no estimate of a model.
    /// - Throws: `statistics/…` where the model does not fit.
    public func lifetime(of metric: MetricPlan) throws(Failure) -> LifetimeFit? {
        for tally in metric.plan.tallies {
            guard case .lifetime(let lifetime) = tally.function else { continue }
            return try LifetimeFit(
                lifetime.model, rows: observations(of: tally, part: .whole), fits: fits)
        }
        return nil
    }

    /// The model that stands on some customers, in the plan's first period.
    ///
    /// - Throws: `statistics/…` where the model does not fit.
    public func lifetime(of behind: CustomersBehind) throws(Failure) -> LifetimeFit {
        try LifetimeFit(
            behind.model, rows: observations(of: behind.tally, part: .whole), fits: fits)
    }
}
