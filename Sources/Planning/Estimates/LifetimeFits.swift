import Definitions
import Statistics
import Synchronization
import Vocabulary

/// The models of purchases that were fitted last, so that none is fitted twice to the same
/// customers.
///
/// A fit depends on nothing but what the customers did: it serves every metric that asks about
/// them, and later questions while they did nothing more. Failures are kept too, since they take
/// the longest to find.
public final class LifetimeFits: Sendable {
    private let buying = Mutex(RecentFits<BuyingKey, BuyingModel>())
    private let spending = Mutex(RecentFits<[SpendSummary], FittedModel<GammaGamma>>())

    private struct BuyingKey: Hashable {
        let family: LifetimeModel.Family
        let purchases: [PurchaseSummary]
    }

    /// Keeps nothing yet.
    public init() {}

    /// The model of how often and how long customers buy.
    func buying(
        _ family: LifetimeModel.Family, _ purchases: [PurchaseSummary]
    ) throws(Failure) -> BuyingModel {
        let key = BuyingKey(family: family, purchases: purchases)
        if let known = buying.withLock({ $0[key] }) { return try known.get() }
        let found = Result { () throws(Failure) in try BuyingModel(family, purchases) }
        buying.withLock { $0.keep(found, for: key, size: purchases.count) }
        return try found.get()
    }

    /// The model of what purchases are worth.
    func spending(_ spends: [SpendSummary]) throws(Failure) -> FittedModel<GammaGamma> {
        if let known = spending.withLock({ $0[spends] }) { return try known.get() }
        let found = Result { () throws(Failure) in try GammaGamma.fit(spends) }
        spending.withLock { $0.keep(found, for: spends, size: spends.count) }
        return try found.get()
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

/// Some fits, the oldest of which go when all together are of too many customers.
private struct RecentFits<Key: Hashable & Sendable, Fit: Sendable> {
    private var fits: [Key: Result<Fit, Failure>] = [:]
    private var ages: [(key: Key, size: Int)] = []
    private var size = 0
    /// About 20 MB of summaries.
    private static var sizeMax: Int { 500_000 }

    subscript(_ key: Key) -> Result<Fit, Failure>? { fits[key] }

    mutating func keep(_ fit: Result<Fit, Failure>, for key: Key, size added: Int) {
        guard fits.updateValue(fit, forKey: key) == nil else { return }
        ages.append((key, added))
        size += added
        while size > Self.sizeMax, let oldest = ages.first {
            ages.removeFirst()
            size -= oldest.size
            fits[oldest.key] = nil
        }
    }
}
