import Vocabulary

/// Whether groups differ in when their members have an event: a comparison of two or more survival
/// curves over their whole length.
///
/// Source: N. Mantel, "Evaluation of survival data and two new rank order statistics arising in
/// its consideration", Cancer Chemotherapy Reports 50 (1966), 163–170; R. Peto, J. Peto,
/// "Asymptotically efficient rank invariant test procedures", Journal of the Royal Statistical
/// Society A 135 (1972), 185–207.
public struct LogRank: Sendable {
    /// How many events each group had, in the order of the groups.
    public let observed: [Int]
    /// How many each would have had by its size at each time, if the groups did not differ.
    public let expected: [Double]
    /// The test: chi-squared with one degree of freedom less than there are groups.
    public let test: ChiSquared

    /// Compares groups, each by the counts of its own curve.
    ///
    /// - Throws: `statistics/too-few-observations` for fewer than two groups or a group that
    ///   nothing was observed of, and `statistics/no-variance` where the groups cannot be told
    ///   apart, for example because there were no events.
    public init(_ groups: [[SurvivalCount]]) throws(Failure) {
        guard groups.count >= 2, groups.allSatisfy({ $0.total > 0 }) else {
            throw Failure(
                .tooFewObservations, "A comparison of curves needs two groups with observations.",
                hint: "Leave out groups that nothing was observed of."
            )
        }
        let size = groups.count
        var atRisk = groups.map { Double($0.total) }
        var expected = [Double](repeating: 0, count: size)
        var covariance = [[Double]](
            repeating: [Double](repeating: 0, count: size), count: size)
        for moment in LogRank.moments(groups) {
            let all = atRisk.reduce(0, +)
            let events = moment.events.reduce(0, +)
            for row in 0..<size where events > 0 {
                expected[row] += events * atRisk[row] / all
                guard all > 1 else { continue }
                let scale = events * (all - events) / (all - 1) * atRisk[row] / all
                for column in 0..<size {
                    covariance[row][column] +=
                        scale * ((row == column ? 1 : 0) - atRisk[column] / all)
                }
            }
            for row in 0..<size { atRisk[row] -= moment.left[row] }
        }
        observed = groups.map { $0.reduce(0) { $0 + $1.events } }
        self.expected = expected
        test = try LogRank.test(
            excess: zip(observed, expected).map { Double($0) - $1 }, covariance: covariance)
    }

    /// What happened at a time: the events of each group, and how many were observed no longer.
    private struct Moment {
        let events: [Double]
        let left: [Double]
    }

    /// All times of all groups, in order.
    private static func moments(_ groups: [[SurvivalCount]]) -> [Moment] {
        let ordered = groups.map(\.inOrder)
        var next = [Int](repeating: 0, count: groups.count)
        var moments: [Moment] = []
        while let time = ordered.indices.compactMap({ group in
            next[group] < ordered[group].count ? ordered[group][next[group]].time : nil
        }).min() {
            var events = [Double](repeating: 0, count: groups.count)
            var left = events
            for group in ordered.indices
            where next[group] < ordered[group].count && ordered[group][next[group]].time == time {
                let count = ordered[group][next[group]]
                events[group] = Double(count.events)
                left[group] = Double(count.events + count.censored)
                next[group] += 1
            }
            moments.append(Moment(events: events, left: left))
        }
        return moments
    }

    /// The excess of each group but the last, which follows from the others, weighted by the
    /// inverse of its covariance.
    private static func test(
        excess: [Double], covariance: [[Double]]
    ) throws(Failure) -> ChiSquared {
        let free = excess.count - 1
        let matrix = covariance.prefix(free).map { Array($0.prefix(free)) }
        let right = Array(excess.prefix(free))
        guard let solution = SymmetricMatrix(matrix).solving(right) else {
            throw Failure(
                .noVariance, "The groups cannot be told apart by their events.",
                hint: "Ask for a longer range, or leave out groups without any event."
            )
        }
        let statistic = zip(right, solution).reduce(0) { $0 + $1.0 * $1.1 }
        return try ChiSquared(max(0, statistic), degreesOfFreedom: free)
    }
}
