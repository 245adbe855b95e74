import Statistics
import Testing
import Vocabulary

@Suite("Survival")
struct SurvivalTests {
    @Test("curves and their intervals agree with lifelines", arguments: Flock.all)
    func curves(flock: Flock) throws {
        let groups = try flock.groups().map { try KaplanMeier($0) }

        for row in flock.curves {
            let curve = groups[Int(row[0])]
            let interval = try curve.interval(at: row[1])
            #expect(abs(try #require(curve.survival(at: row[1])) - row[2]) < 1e-12)
            #expect(abs(interval.low - row[3]) < 1e-10)
            #expect(abs(interval.high - row[4]) < 1e-10)
        }
    }

    @Test("medians and their ranges agree with lifelines", arguments: Flock.all)
    func medians(flock: Flock) throws {
        let groups = try flock.groups().map { try KaplanMeier($0) }

        for row in flock.medians {
            let curve = groups[Int(row[0])]
            let range = try curve.timeRange()
            #expect(curve.time() == row[1])
            #expect(range.low == row[2])
            #expect(range.high ?? .infinity == row[3])
        }
    }

    @Test("restricted means agree with lifelines", arguments: Flock.all)
    func restrictedMeans(flock: Flock) throws {
        let groups = try flock.groups().map { try KaplanMeier($0) }

        for row in flock.means {
            #expect(abs(try groups[Int(row[0])].restrictedMean(until: row[1]) - row[2]) < 1e-10)
        }
    }

    @Test("the comparison of groups agrees with lifelines", arguments: Flock.all)
    func logRank(flock: Flock) throws {
        let comparison = try LogRank(flock.groups())

        #expect(abs(comparison.test.statistic / flock.logRank[0] - 1) < 1e-10)
        #expect(comparison.test.degreesOfFreedom == Int(flock.logRank[1]))
        #expect(abs(comparison.test.probability / flock.logRank[2] - 1) < 1e-8)
        let events = comparison.observed.reduce(0, +)
        #expect(abs(comparison.expected.reduce(0, +) - Double(events)) < 1e-9)
    }

    @Test("Greenwood's variance without censoring is the binomial one")
    func greenwood() throws {
        let curve = try KaplanMeier([
            SurvivalCount(time: 1, events: 3, censored: 0),
            SurvivalCount(time: 2, events: 2, censored: 0),
            SurvivalCount(time: 5, events: 5, censored: 0),
        ])

        #expect(abs(curve.steps[1].variance - 0.5 * 0.5 / 10) < 1e-15)
        #expect(curve.steps.map(\.atRisk) == [10, 7, 5])
    }

    @Test("nothing is said of times that nobody was observed for")
    func beyondTheEnd() throws {
        let open = try KaplanMeier([
            SurvivalCount(time: 1, events: 1, censored: 0),
            SurvivalCount(time: 4, events: 0, censored: 3),
        ])
        let closed = try KaplanMeier([SurvivalCount(time: 4, events: 2, censored: 0)])

        #expect(open.survival(at: 4) == 0.75)
        #expect(open.survival(at: 4.5) == nil)
        #expect(open.time() == nil)
        #expect(closed.survival(at: 3.9) == 1)
        #expect(closed.survival(at: 9) == 0)
        #expect(failureCode { try open.interval(at: 5) } == .tooFewObservations)
        #expect(failureCode { try open.restrictedMean(until: 5) } == .impossibleTime)
        #expect(failureCode { try closed.interval(at: 2) } == .noVariance)
    }

    @Test("counts of one time are added, in any order")
    func unordered() throws {
        let parts = try [(5.0, 1, 0), (2, 1, 1), (5, 1, 2), (2, 0, 3)].map {
            try SurvivalCount(time: $0.0, events: $0.1, censored: $0.2)
        }

        let curve = try KaplanMeier(parts)

        #expect(curve.steps.map(\.time) == [2, 5])
        #expect(curve.steps.map(\.events) == [1, 2])
        #expect(curve.steps.map(\.censored) == [4, 2])
    }

    @Test("what cannot be compared is refused")
    func refused() throws {
        let one = [try SurvivalCount(time: 1, events: 1, censored: 0)]
        let none = [try SurvivalCount(time: 1, events: 0, censored: 4)]

        #expect(failureCode { try KaplanMeier([]) } == .tooFewObservations)
        #expect(failureCode { try LogRank([one]) } == .tooFewObservations)
        #expect(failureCode { try LogRank([one, []]) } == .tooFewObservations)
        #expect(failureCode { try LogRank([none, none]) } == .noVariance)
        #expect(
            failureCode { try SurvivalCount(time: -1, events: 0, censored: 1) } == .impossibleTime)
        #expect(
            failureCode { try SurvivalCount(time: 1, events: -1, censored: 1) } == .negativeCount)
    }
}

/// Groups whose survival lifelines was asked about.
struct Flock: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let counts: [[Double]]
    let curves: [[Double]]
    let medians: [[Double]]
    let means: [[Double]]
    let logRank: [Double]

    static let all = [
        Flock(
            testDescription: "flies", counts: SurvivalReferences.fliesCounts,
            curves: SurvivalReferences.fliesCurves, medians: SurvivalReferences.fliesMedians,
            means: SurvivalReferences.fliesMeans, logRank: SurvivalReferences.fliesLogRank),
        Flock(
            testDescription: "larynx", counts: SurvivalReferences.larynxCounts,
            curves: SurvivalReferences.larynxCurves, medians: SurvivalReferences.larynxMedians,
            means: SurvivalReferences.larynxMeans, logRank: SurvivalReferences.larynxLogRank),
    ]

    func groups() throws -> [[SurvivalCount]] {
        try Dictionary(grouping: counts) { $0[0] }.sorted { $0.key < $1.key }.map { _, rows in
            try rows.map {
                try SurvivalCount(time: $0[1], events: Int($0[2]), censored: Int($0[3]))
            }
        }
    }
}
