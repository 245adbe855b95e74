import Definitions
import Statistics
import Vocabulary

/// What a model of renewals says of one curve: its parameters, and how many it expects to be left
/// up to twice as long as anybody was watched.
struct RenewalProjection {
    /// Why there is no model; nil where there is one.
    let failure: Failure?
    private let fit: FittedModel<ShiftedBetaGeometric>?
    private let longest: Int

    /// How many points are told at most.
    private static let pointsMax = 400
    /// The last renewal that is projected to.
    private static let renewalsMax = 1000

    /// Fits the model to what was observed up to the longest time.
    init(_ counts: [SurvivalCount], longest: Double) {
        self.longest = Int(min(2 * longest, Double(RenewalProjection.renewalsMax)))
        do throws(Failure) {
            fit = try ShiftedBetaGeometric.fit(counts)
            failure = nil
        } catch {
            fit = nil
            failure = error
        }
    }

    /// The model for a curve; null where it could not be fitted.
    func json(_ family: Survival.Model) -> JSON {
        guard let fit else { return .null }
        let parameters = fit.parameters.map { parameter -> JSON in
            [
                "name": .text(parameter.name), "value": .number(parameter.value),
                "error": .number(parameter.standardError),
            ]
        }
        return [
            "family": .text(family.rawValue), "customers": .integer(fit.customers),
            "logLikelihood": .number(fit.logLikelihood),
            "meanChurnProbability": .number(fit.model.meanChurnProbability),
            "median": .optional(fit.model.medianRenewal.map(Double.init)),
            "parameters": .list(parameters), "projected": .list(projected(fit)),
        ]
    }

    private func projected(_ fit: FittedModel<ShiftedBetaGeometric>) -> [JSON] {
        let stride = max(1, longest / RenewalProjection.pointsMax)
        let renewals = (0...longest).filter { $0.isMultiple(of: stride) || $0 == longest }
        return renewals.map { renewal in
            let interval = try? fit.survivalInterval(after: renewal)
            return [
                "time": .integer(renewal), "value": .number(fit.model.survival(after: renewal)),
                "low": .optional(interval?.low), "high": .optional(interval?.high),
            ]
        }
    }
}
