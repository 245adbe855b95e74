import Foundation
import Statistics
import Testing
import Vocabulary

@Suite("Models of purchases")
struct PurchaseModelTests {
    private typealias References = LifetimeReferences

    @Test("BG/NBD and Pareto/NBD fit as lifetimes does")
    func fits() throws {
        let shoppers = try summaries(References.shoppers)

        let bgnbd = try BGNBD.fit(shoppers)
        let pareto = try ParetoNBD.fit(shoppers)

        // lifetimes stops where its own search is content, a little beside the maximum.
        for (parameter, expected) in zip(bgnbd.parameters, References.bgnbdFit) {
            #expect(abs(parameter.value / expected - 1) < 0.001)
        }
        for (parameter, expected) in zip(pareto.parameters, References.paretoNBDFit) {
            #expect(abs(parameter.value / expected - 1) < 0.001)
        }
        #expect(bgnbd.parameters.map(\.name) == ["r", "alpha", "a", "b"])
    }

    @Test("what BG/NBD says of customers agrees with lifetimes")
    func bgnbd() throws {
        let known = References.bgnbdRounded
        let model = try BGNBD(r: known[0], alpha: known[1], a: known[2], b: known[3])

        try expect(model, agreesWith: References.bgnbdCustomers)
        for row in References.bgnbdNew {
            expect(try model.expectedPurchases(ofNewCustomerWithin: row[0]), row[1])
        }
        for row in References.bgnbdChances {
            expect(try model.probability(of: Int(row[1]), within: row[0]), row[2])
        }
    }

    @Test("what Pareto/NBD says of customers agrees with lifetimes")
    func paretoNBD() throws {
        let known = References.paretoNBDRounded
        let model = try ParetoNBD(r: known[0], alpha: known[1], s: known[2], beta: known[3])

        try expect(model, agreesWith: References.paretoNBDCustomers)
        for row in References.paretoNBDNew {
            expect(try model.expectedPurchases(ofNewCustomerWithin: row[0]), row[1])
        }
    }

    @Test("BG/BB fits the donors as the paper and lifetimes do")
    func bgbbFit() throws {
        let fit = try BGBB.fit(summaries(References.donors))

        // Fader, Hardie, Shang (2010), table 3: 1.20, 0.75, 0.66, 2.78 and -33,225.6.
        let published = [1.20, 0.75, 0.66, 2.78]
        for (index, parameter) in fit.parameters.enumerated() {
            #expect(abs(parameter.value - published[index]) < 0.005)
            #expect(abs(parameter.value / References.bgbbFit[index] - 1) < 0.001)
        }
        #expect(abs(fit.logLikelihood - References.bgbbFit[4]) < 0.001)
    }

    @Test("what BG/BB says of donors agrees with lifetimes")
    func bgbb() throws {
        let known = References.bgbbRounded
        let model = try BGBB(alpha: known[0], beta: known[1], gamma: known[2], delta: known[3])

        for row in References.bgbbCustomers {
            let history = try PurchaseSummary(frequency: Int(row[0]), recency: row[1], age: row[2])
            expect(try model.expectedPurchases(within: 5, after: history), row[3])
            expect(try model.probabilityAlive(after: history), row[4])
        }
        for row in References.bgbbChances {
            expect(try model.probability(of: Int(row[0]), within: 6), row[1])
        }
    }

    @Test("probabilities add up to one, and their mean is the expected number")
    func probabilities() throws {
        let models: [any PurchaseModel] = [
            try BGNBD(r: 0.6, alpha: 5, a: 0.9, b: 2.4),
            try ParetoNBD(r: 1.5, alpha: 14, s: 1.3, beta: 32),
            try BGBB(alpha: 1.2, beta: 0.75, gamma: 0.66, delta: 2.8),
        ]

        for model in models {
            let chances = try (0..<400).map { try model.probability(of: $0, within: 30) }
            let mean = chances.enumerated().reduce(0) { $0 + Double($1.offset) * $1.element }
            #expect(abs(chances.reduce(0, +) - 1) < 1e-9)
            expect(try model.expectedPurchases(ofNewCustomerWithin: 30), mean)
        }
    }

    @Test("nothing jumps where a parameter passes one", arguments: [0.0, 1e-9, -1e-9, 1e-6])
    func nearOne(distance: Double) throws {
        let history = try PurchaseSummary(frequency: 3, recency: 25, age: 28)
        func purchases(_ shape: Double) throws -> [Double] {
            [
                try BGNBD(r: 0.6, alpha: 5, a: shape, b: 2.4)
                    .expectedPurchases(within: 52, after: history),
                try ParetoNBD(r: 1.5, alpha: 14, s: shape, beta: 32)
                    .expectedPurchases(within: 52, after: history),
            ]
        }

        let (beside, near) = (try purchases(1.00001), try purchases(1 + distance))

        for (left, right) in zip(beside, near) { #expect(abs(left / right - 1) < 1e-4) }
    }

    @Test("customers whose purchases tell nothing are refused, not fitted")
    func noConvergence() throws {
        let idle = [try PurchaseSummary(frequency: 0, recency: 0, age: 10, customers: 50)]

        #expect(failureCode { try BGNBD.fit(idle) } == .noConvergence)
        #expect(failureCode { try ParetoNBD.fit(idle) } == .noConvergence)
        #expect(failureCode { try BGBB.fit(idle) } == .noConvergence)
        #expect(failureCode { try ShiftedBetaGeometric.fit(active: [9, 9]) } == .noConvergence)
        #expect(failureCode { try BGNBD.fit([]) } == .tooFewObservations)
        #expect(failureCode { try GammaGamma.fit([]) } == .tooFewObservations)
    }

    @Test("impossible input is refused")
    func impossible() throws {
        let half = try PurchaseSummary(frequency: 1, recency: 1.5, age: 2)
        let model = try BGBB(alpha: 1, beta: 1, gamma: 1, delta: 1)

        #expect(
            failureCode { try PurchaseSummary(frequency: 1, recency: 3, age: 2) }
                == .impossiblePurchases)
        #expect(
            failureCode { try PurchaseSummary(frequency: 0, recency: 1, age: 2) }
                == .impossiblePurchases)
        #expect(failureCode { try SpendSummary(frequency: 0, meanValue: 3) } == .impossibleSpend)
        #expect(failureCode { try SpendSummary(frequency: 1, meanValue: -3) } == .impossibleSpend)
        #expect(failureCode { try BGNBD(r: 1, alpha: 0, a: 1, b: 1) } == .impossibleParameters)
        #expect(failureCode { try model.probabilityAlive(after: half) } == .impossibleTime)
        #expect(
            failureCode { try model.expectedPurchases(ofNewCustomerWithin: -1) }
                == .impossibleTime)
        #expect(failureCode { try ShiftedBetaGeometric.fit(active: [9, 10]) } == .negativeCount)
        #expect(
            failureCode {
                try DiscountedLifetimeValue(months: 0, monthLength: 1, monthlyDiscount: 0)
            } == .impossibleHorizon)
    }

    private func summaries(_ rows: [[Double]]) throws -> [PurchaseSummary] {
        try rows.map {
            try PurchaseSummary(
                frequency: Int($0[0]), recency: $0[1], age: $0[2], customers: Int($0[3]))
        }
    }

    private func expect(
        _ model: some PurchaseModel, agreesWith rows: [[Double]],
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        for row in rows {
            let history = try PurchaseSummary(frequency: Int(row[0]), recency: row[1], age: row[2])
            expect(
                try model.expectedPurchases(within: row[3], after: history), row[4],
                sourceLocation: sourceLocation)
            expect(
                try model.probabilityAlive(after: history), row[5], sourceLocation: sourceLocation)
        }
    }

    private func expect(
        _ found: Double, _ expected: Double, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(abs(found / expected - 1) < 1e-8, sourceLocation: sourceLocation)
    }
}
