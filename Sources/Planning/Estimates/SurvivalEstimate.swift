import Definitions
import Statistics
import Vocabulary

/// Estimates how long those stay who began, as observed or by a model.
struct SurvivalEstimate {
    private let asked: Survival
    private let source: String

    init(_ asked: Survival, source: String) {
        self.asked = asked
        self.source = source
    }

    /// The estimate; where it cannot be made the reason stands in its place.
    func quantity(_ observations: [ReadResult.Numbers]) -> Quantity {
        var customers: Int?
        do throws(Failure) {
            let counts = try counts(observations)
            customers = counts.reduce(0) { $0 + $1.events + $1.censored }
            return try asked.model == nil ? observed(counts) : modelled(counts)
        } catch {
            return .untold(error, count: customers)
        }
    }

    /// What was observed, by the method of Kaplan and Meier.
    private func observed(_ counts: [SurvivalCount]) throws(Failure) -> Quantity {
        let customers = counts.reduce(0) { $0 + $1.events + $1.censored }
        // Nobody began: there is no curve, and nothing is wrong.
        guard customers > 0 else { return .undefined }
        let curve = try KaplanMeier(counts)
        switch asked.reading {
        case .share(let time):
            return quantity(curve.survival(at: time), customers, try? curve.interval(at: time))
        case .median: return quantity(curve.time(), customers)
        case .lifetime: return .undefined
        }
    }

    /// What the model projects.
    private func modelled(_ counts: [SurvivalCount]) throws(Failure) -> Quantity {
        let fit = try ShiftedBetaGeometric.fit(counts)
        switch asked.reading {
        case .share(let time):
            let renewal = Int(time)
            return quantity(
                fit.model.survival(after: renewal), fit.customers,
                try? fit.survivalInterval(after: renewal))
        case .median: return quantity(fit.model.medianRenewal.map(Double.init), fit.customers)
        case .lifetime(let until, let discount):
            return quantity(
                try fit.model.expectedDiscountedLifetime(discount: discount, renewals: until),
                fit.customers, try? fit.lifetimeInterval(discount: discount, renewals: until))
        }
    }

    private func quantity(
        _ value: Double?, _ customers: Int, _ interval: Interval? = nil
    ) -> Quantity {
        Quantity(
            value: value, count: customers, evidence: interval.map { .estimate($0) } ?? .none)
    }

    /// The counts of durations, ends, how many were kept, and how often such a row occurs.
    ///
    /// A customer with a negative duration has none and is left out, as long as nothing but the
    /// observed curve is asked for.
    ///
    /// - Throws: `question/not-a-count` for a group that lost or kept no whole number of members,
    ///   and `statistics/impossible-time` for a negative duration.
    func counts(_ observations: [ReadResult.Numbers]) throws(Failure) -> [SurvivalCount] {
        var counts: [SurvivalCount] = []
        for row in observations {
            guard let time = row[0], let times = row[3].flatMap({ Int(exactly: $0) }) else {
                continue
            }
            let lost = try count(row[1], "lost", at: time)
            let kept = try count(row[2], "kept", at: time)
            if isOfCustomers, asked.model == nil, time < 0 { continue }
            counts.append(
                try SurvivalCount(time: time, events: lost * times, censored: kept * times))
        }
        return counts
    }

    private var isOfCustomers: Bool {
        if case .ended = asked.outcome { true } else { false }
    }

    /// The most members that a group may have; more are a mistake, and would not add up exactly.
    private static let membersMax = 1e9

    private func count(_ number: Double?, _ name: String, at time: Double) throws(Failure) -> Int {
        let number = number ?? 0
        guard (0...SurvivalEstimate.membersMax).contains(number), let count = Int(exactly: number)
        else {
            throw Failure(
                .notACount,
                "A group of '\(source)' \(name) \(printed(number)) at "
                    + "\(printed(time)); a count is a whole number from 0 on.",
                hint: "Give how many of the group were \(name) at that time, not a share; in a "
                    + "table of survivors, those lost are the difference to the row before.")
        }
        return count
    }

    private func printed(_ number: Double) -> String {
        Int(exactly: number).map { "\($0)" } ?? "\(number)"
    }
}

extension AnswerAssembly {
    /// The estimate and the survival counts behind a metric's number in the plan's first period,
    /// by part.
    ///
    /// - Returns: Nil where the metric is no estimate of survival.
    /// - Throws: `question/not-a-count` and `statistics/impossible-time` for impossible rows.
    public func survival(
        of metric: MetricPlan
    ) throws(Failure) -> (asked: Survival, groups: [(part: Part, counts: [SurvivalCount])])? {
        for tally in metric.plan.tallies {
            guard case .survival(let table) = tally.function else { continue }
            let estimate = SurvivalEstimate(table.estimate, source: tally.source)
            var groups: [(part: Part, counts: [SurvivalCount])] = []
            for part in parts() {
                groups.append(
                    (part, try estimate.counts(observations(of: tally, part: part))))
            }
            return (table.estimate, groups)
        }
        return nil
    }
}

extension Failure.Code {
    /// A group of customers is told by something that is no count.
    public static let notACount: Self = "question/not-a-count"
}
