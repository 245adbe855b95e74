import Definitions
import Statistics
import Vocabulary

/// Estimates a quantity from observations, each with how often it occurs.
struct Estimate {
    private let tally: Tally
    private let fits: LifetimeFits

    init(_ tally: Tally, fits: LifetimeFits) {
        self.tally = tally
        self.fits = fits
    }

    /// The estimate; undefined where there is nothing to estimate from.
    func quantity(_ observations: [ReadResult.Numbers]) -> Quantity {
        guard !observations.isEmpty else { return .undefined }
        switch tally.function {
        case .survival(let table):
            return SurvivalEstimate(table.estimate, source: tally.source).quantity(observations)
        case .lifetime(let lifetime): return self.lifetime(lifetime.model, observations)
        default: return .undefined
        }
    }

    /// A model that does not fit leaves the number undefined, and the answer says why.
    private func lifetime(
        _ model: LifetimeModel, _ observations: [ReadResult.Numbers]
    ) -> Quantity {
        do throws(Failure) {
            let fit = try LifetimeFit(model, rows: observations, fits: fits)
            return Quantity(value: try fit.mean(), count: fit.customers, evidence: .none)
        } catch {
            let customers = observations.reduce(0) { $0 + Int($1.last.flatMap { $0 } ?? 0) }
            return .untold(error, count: customers)
        }
    }
}
