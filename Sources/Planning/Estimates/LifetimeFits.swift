import Definitions
import Statistics
import Vocabulary

/// The models of purchases that were fitted last, so that none is fitted twice to the same
/// customers.
///
/// A fit depends on nothing but what the customers did: it serves every metric that asks about
/// them, and later questions while they did nothing more. Failures are kept too, since they take
/// the longest to find.
public final class LifetimeFits: Sendable {
    private struct BuyingKey: Hashable {
        let family: LifetimeModel.Family
        let purchases: [PurchaseSummary]
    }

    /// So many histories of customers, about ten megabytes of each kind.
    private static let historiesMax = 300_000

    private let buying = RecentResults<BuyingKey, BuyingModel>(
        sizeMax: LifetimeFits.historiesMax)
    private let spending = RecentResults<[SpendSummary], FittedModel<GammaGamma>>(
        sizeMax: LifetimeFits.historiesMax)

    /// Keeps nothing yet.
    public init() {}

    /// The model of how often and how long customers buy.
    func buying(
        _ family: LifetimeModel.Family, _ purchases: [PurchaseSummary]
    ) throws(Failure) -> BuyingModel {
        let key = BuyingKey(family: family, purchases: purchases)
        return try buying.value(for: key, size: purchases.count) { () throws(Failure) in
            try BuyingModel(family, purchases)
        }
    }

    /// The model of what purchases are worth.
    func spending(_ spends: [SpendSummary]) throws(Failure) -> FittedModel<GammaGamma> {
        try spending.value(for: spends, size: spends.count) { () throws(Failure) in
            try GammaGamma.fit(spends)
        }
    }
}

/// A fitted model of any family.
struct BuyingModel: Sendable {
    let model: any PurchaseModel
    let parameters: [ModelParameter]
    let logLikelihood: Double

    init(_ family: LifetimeModel.Family, _ purchases: [PurchaseSummary]) throws(Failure) {
        switch family {
        case .bgnbd: self.init(try BGNBD.fit(purchases))
        case .paretonbd: self.init(try ParetoNBD.fit(purchases))
        case .bgbb: self.init(try BGBB.fit(purchases))
        }
    }

    private init<Model: PurchaseModel>(_ fit: FittedModel<Model>) {
        (model, parameters, logLikelihood) = (fit.model, fit.parameters, fit.logLikelihood)
    }
}
