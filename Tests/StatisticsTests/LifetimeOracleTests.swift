import Foundation
import Statistics
import Testing
import Vocabulary

@Suite("Lifetime models on the CDNOW sample", .enabled(if: SharedData.isThere))
struct LifetimeOracleTests {
    @Test("K64: BG/NBD agrees with the paper and with lifetimes 0.11.3")
    func bgnbd() throws {
        let customers = try Cdnow.published()

        let fit = try BGNBD.fit(customers)

        expect(fit.model.r, 0.242592897329)
        expect(fit.model.alpha, 4.41353114865)
        expect(fit.model.a, 0.792886224268)
        expect(fit.model.b, 2.42575380718)
        #expect(fit.customers == 2357)
        #expect(abs(fit.logLikelihood + 9582.42556057) < 1e-6)
        let often = try PurchaseSummary(frequency: 10, recency: 35, age: 38.86)
        let twice = try PurchaseSummary(frequency: 2, recency: 30.43, age: 38.86)
        let once = try PurchaseSummary(frequency: 1, recency: 1.71, age: 38.86)
        let never = try PurchaseSummary(frequency: 0, recency: 0, age: 38.86)
        expect(try fit.model.expectedPurchases(within: 39, after: twice), 1.22591045617)
        expect(try fit.model.expectedPurchases(within: 39, after: never), 0.194780841637)
        expect(try fit.model.expectedPurchases(within: 52, after: often), 7.73915833809)
        expect(try fit.model.expectedPurchases(ofNewCustomerWithin: 39), 1.19501633348)
        expect(try fit.model.probabilityAlive(after: twice), 0.72660915336)
        expect(try fit.model.probabilityAlive(after: often), 0.8469607354)
        #expect(abs(try fit.model.probabilityAlive(after: once) - 0.2122) < 0.00005)
        #expect(try fit.model.probabilityAlive(after: never) == 1)
        let ahead = try customers.map {
            try Double($0.customers) * fit.model.expectedPurchases(within: 39, after: $0)
        }
        let alive = try customers.map {
            try Double($0.customers) * fit.model.probabilityAlive(after: $0)
        }
        expect(ahead.reduce(0, +), 1653.42324007)
        expect(alive.reduce(0, +) / 2357, 0.813439259063)
        // lifetimes 0.11.3, summary of the fit: se(coef).
        for (parameter, error) in zip(fit.parameters, [0.012557, 0.378221, 0.185719, 0.705345]) {
            #expect(abs(parameter.standardError / error - 1) < 0.001)
        }
    }

    @Test("K65: Gamma-Gamma and the value of twelve months agree with lifetimes 0.11.3")
    func gammaGamma() throws {
        let customers = try Cdnow.spending()
        let model = try BGNBD(
            r: 0.2425928973291065, alpha: 4.413531148652446, a: 0.7928862242680457,
            b: 2.425753807179504)
        let horizon = try DiscountedLifetimeValue(
            months: 12, monthLength: 52.0 / 12, monthlyDiscount: 0.01)
        let spent = customers.map(\.spend)

        let fit = try GammaGamma.fit(spent)
        let values = try customers.map {
            try horizon.value(
                after: $0.purchases, model: model,
                averageValue: try #require(fit.model.expectedValue(after: $0.spend)))
        }

        #expect(fit.customers == 946)
        expect(fit.model.p, 6.24957264699, within: 1e-5)
        expect(fit.model.q, 3.74422454287, within: 1e-5)
        expect(fit.model.v, 15.4435195017, within: 1e-5)
        #expect(abs(fit.logLikelihood + 4055.9176948) < 1e-6)
        expect(try #require(fit.model.populationMean), 35.1703716454)
        expect(
            try #require(fit.model.expectedValue(after: SpendSummary(frequency: 1, meanValue: 20))),
            24.62884645)
        expect(
            try #require(fit.model.expectedValue(after: SpendSummary(frequency: 7, meanValue: 50))),
            49.1246558243)
        expect(values.reduce(0, +), 57829.259731)
        expect(try #require(values.max()), 1172.6758009)
        #expect(abs(try GammaGamma.correlation(of: spent)) < 0.15)
    }

    @Test("Pareto/NBD agrees with the authors' note and with lifetimes 0.11.3")
    func paretoNBD() throws {
        let fit = try ParetoNBD.fit(try Cdnow.published())

        expect(fit.model.r, 0.553275533659, within: 1e-4)
        expect(fit.model.alpha, 10.577612757, within: 1e-4)
        expect(fit.model.s, 0.606213303486, within: 1e-4)
        expect(fit.model.beta, 11.6679030296, within: 1e-4)
        #expect(abs(fit.logLikelihood + 9594.97392983) < 1e-5)
    }

    @Test(
        "K66: renewals agree with the paper and with SciPy 1.17.1",
        // Column; alpha, beta, log-likelihood, survival after 8 and 12 years, retention in year
        // 8, mean churn, and twelve years' lifetime discounted by 10 %.
        arguments: [
            (
                "regular",
                [
                    0.704077284778, 1.18204300507, -1680.26518846, 0.220084969538, 0.170037455873,
                    0.92076662685, 0.37329394555, 3.31224159582,
                ]
            ),
            (
                "high_end",
                [
                    0.668088335404, 3.80609479899, -1611.15814739, 0.460439670237, 0.377999071093,
                    0.941774649439, 0.14932073975, 5.02310718258,
                ]
            ),
        ])
    func renewals(column: String, expected: [Double]) throws {
        let active = try SharedData.rows("open/customers/sbg_retention_table.csv").map {
            Int(try SharedData.number($0, column))
        }

        let fit = try ShiftedBetaGeometric.fit(active: active)

        expect(fit.model.alpha, expected[0], within: 1e-4)
        expect(fit.model.beta, expected[1], within: 1e-4)
        expect(fit.logLikelihood, expected[2], within: 1e-9)
        expect(fit.model.survival(after: 8), expected[3], within: 1e-4)
        expect(fit.model.survival(after: 12), expected[4], within: 1e-4)
        expect(fit.model.retention(at: 8), expected[5], within: 1e-4)
        expect(fit.model.meanChurnProbability, expected[6], within: 1e-4)
        let lifetime = try fit.model.expectedDiscountedLifetime(discount: 0.1, renewals: 12)
        expect(lifetime, expected[7], within: 1e-4)
    }

    private func expect(
        _ found: Double, _ expected: Double, within tolerance: Double = 1e-6,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(abs(found / expected - 1) < tolerance, sourceLocation: sourceLocation)
    }
}

/// The purchases of 2,357 new customers of a shop for music in 1997 and 1998.
enum Cdnow {
    /// The summary that the authors of the models published.
    static func published() throws -> [PurchaseSummary] {
        try SharedData.rows("open/customers/cdnow_sample_summary_published.csv.gz").map {
            try PurchaseSummary(
                frequency: Int(SharedData.number($0, "frequency")),
                recency: SharedData.number($0, "recency"), age: SharedData.number($0, "T"))
        }
    }

    /// The customers with a repeat purchase until 30 September 1997, from their transactions.
    static func spending() throws -> [(purchases: PurchaseSummary, spend: SpendSummary)] {
        var days: [String: [Int: Double]] = [:]
        for row in try SharedData.rows("open/customers/cdnow_sample_transactions.csv.gz") {
            let date = Int(try SharedData.number(row, "date"))
            guard date <= 19_970_930, let customer = row["sample_id"] else { continue }
            days[customer, default: [:]][day(date), default: 0] +=
                try SharedData.number(row, "amount")
        }
        return try days.sorted { $0.key < $1.key }.compactMap { _, values in
            let ordered = values.keys.sorted()
            guard let first = ordered.first, let last = ordered.last, last > first else {
                return nil
            }
            let frequency = ordered.count - 1
            let mean = ordered.dropFirst().reduce(0) { $0 + (values[$1] ?? 0) } / Double(frequency)
            guard mean > 0 else { return nil }
            return (
                try PurchaseSummary(
                    frequency: frequency, recency: Double(last - first) / 7,
                    age: Double(day(19_970_930) - first) / 7),
                try SpendSummary(frequency: frequency, meanValue: mean)
            )
        }
    }

    /// The days from a fixed one to a date written as 19970930.
    private static func day(_ date: Int) -> Int {
        let parts = DateComponents(
            timeZone: .gmt, year: date / 10_000, month: date / 100 % 100, day: date % 100)
        let instant = Calendar(identifier: .gregorian).date(from: parts) ?? .distantPast
        return Int((instant.timeIntervalSince1970 / 86_400).rounded())
    }
}
