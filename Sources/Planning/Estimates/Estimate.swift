import Definitions
import Statistics
import Vocabulary

/// Estimates a quantity from observations, each with how often it occurs.
struct Estimate {
    private let tally: Tally

    init(_ tally: Tally) { self.tally = tally }

    /// The estimate; undefined where there is nothing to estimate from.
    func quantity(_ observations: [ReadResult.Numbers]) -> Quantity {
        guard !observations.isEmpty else { return .undefined }
        switch tally.function {
        case .survival(let reading, _, _): return survival(reading, observations)
        case .lifetime(let lifetime): return self.lifetime(lifetime.model, observations)
        default: return .undefined
        }
    }

    /// A model that does not fit leaves the number undefined; its panel says why.
    private func lifetime(
        _ model: LifetimeModel, _ observations: [ReadResult.Numbers]
    ) -> Quantity {
        guard let fit = try? LifetimeFit(model, rows: observations), let mean = try? fit.mean()
        else {
            let customers = observations.reduce(0) { $0 + Int($1.last.flatMap { $0 } ?? 0) }
            return Quantity(value: nil, count: customers, evidence: .none)
        }
        return Quantity(value: mean, count: fit.customers, evidence: .none)
    }

    private func survival(
        _ reading: Survival.Reading, _ observations: [ReadResult.Numbers]
    ) -> Quantity {
        let counts = SurvivalCount.counts(observations)
        guard let curve = try? KaplanMeier(counts) else { return .undefined }
        let customers = counts.reduce(0) { $0 + $1.events + $1.censored }
        switch reading {
        case .share(let time):
            let interval = try? curve.interval(at: time)
            return Quantity(
                value: curve.survival(at: time), count: customers,
                evidence: interval.map { .estimate($0) } ?? .none)
        case .median:
            return Quantity(value: curve.time(), count: customers, evidence: .none)
        }
    }
}

extension SurvivalCount {
    /// The counts of durations, ends and how often both occur; negative durations are no durations
    /// and are left out.
    static func counts(_ observations: [ReadResult.Numbers]) -> [SurvivalCount] {
        observations.compactMap { row in
            guard let time = row[0], let ended = row[1], let count = row[2].map({ Int($0) })
            else { return nil }
            return try? SurvivalCount(
                time: time, events: ended > 0 ? count : 0, censored: ended > 0 ? 0 : count)
        }
    }
}
