import Vocabulary

/// A model of customers who buy now and then until they silently stop.
///
/// All times are in the unit of the summaries that the model was fitted to.
public protocol PurchaseModel: Sendable {
    /// The number of purchases that a customer is expected to make within a time from the end of
    /// the observation.
    ///
    /// - Throws: `statistics/not-finite` where it cannot be calculated.
    func expectedPurchases(
        within time: Double, after history: PurchaseSummary
    ) throws(Failure) -> Double

    /// The number of repeat purchases that a new customer is expected to make within a time from
    /// the first purchase.
    ///
    /// - Throws: `statistics/not-finite` where it cannot be calculated.
    func expectedPurchases(ofNewCustomerWithin time: Double) throws(Failure) -> Double

    /// The probability that a customer will go on buying, from 0 to 1.
    ///
    /// - Throws: `statistics/not-finite` where it cannot be calculated.
    func probabilityAlive(after history: PurchaseSummary) throws(Failure) -> Double

    /// The probability that a new customer makes exactly so many repeat purchases within a time.
    ///
    /// - Throws: `statistics/not-finite` where it cannot be calculated.
    func probability(of purchases: Int, within time: Double) throws(Failure) -> Double

    /// How many parameters were fitted.
    static var parameterCount: Int { get }
}

/// A model with the parameters that make the data most likely.
public struct FittedModel<Model: Sendable>: Sendable {
    /// The model.
    public let model: Model
    /// Its parameters, in the order of the source.
    public let parameters: [ModelParameter]
    /// The natural logarithm of the likelihood of the data.
    public let logLikelihood: Double
    /// How many customers the model was fitted to.
    public let customers: Int
    /// The covariance of the parameters' logarithms, from the curvature of the log-likelihood.
    let covarianceOfLogs: [[Double]]

    init(_ model: Model, names: [String], maximum: LikelihoodMaximum, customers: Int) {
        self.model = model
        self.customers = customers
        logLikelihood = maximum.logLikelihood
        covarianceOfLogs = maximum.covarianceOfLogs
        parameters = names.indices.map {
            ModelParameter(
                name: names[$0], value: maximum.parameters[$0],
                standardError: maximum.standardErrors[$0])
        }
    }
}

/// A parameter of a fitted model.
public struct ModelParameter: Hashable, Sendable {
    /// Its name in the source, for example `alpha`.
    public let name: String
    /// Its value, above zero.
    public let value: Double
    /// Its standard error, from the curvature of the log-likelihood.
    public let standardError: Double
}

/// Refuses parameters that are not above zero.
func requirePositive(_ parameters: [Double]) throws(Failure) {
    guard parameters.allSatisfy({ $0.isFinite && $0 > 0 }) else {
        throw Failure(
            .impossibleParameters, "The parameters of a lifetime model are above zero.",
            hint: "Fit the model, or take the parameters from where it was fitted."
        )
    }
}

/// The number itself, or a failure where it is not one.
func requireFinite(_ value: Double) throws(Failure) -> Double {
    guard value.isFinite else {
        throw Failure(
            .notFinite, "The model gives no number for this customer.",
            hint: "Ask for a shorter time."
        )
    }
    return value
}

/// Refuses a time ahead that is negative or not finite.
func requireTimeAhead(_ time: Double) throws(Failure) {
    guard time.isFinite, time >= 0 else {
        throw Failure(
            .impossibleTime, "A time of \(time) ahead is not possible.",
            hint: "Give a time of zero or more."
        )
    }
}

extension Failure.Code {
    /// Parameters that a model cannot have.
    public static let impossibleParameters: Self = "statistics/impossible-parameters"
}
