import Statistics
import Testing
import Vocabulary

@Suite("Checks of models")
struct ModelCheckTests {
    @Test("BG/BB expects the donors that the paper's model does")
    func donors() throws {
        let donors = try LifetimeReferences.donors.map {
            try PurchaseSummary(
                frequency: Int($0[0]), recency: $0[1], age: $0[2], customers: Int($0[3]))
        }
        let known = LifetimeReferences.bgbbRounded
        let model = try BGBB(alpha: known[0], beta: known[1], gamma: known[2], delta: known[3])

        let check = try ModelCheck(model, donors)

        #expect(check.bins.map(\.observed) == [3464, 1823, 1430, 1085, 1036, 1063, 1203])
        for (bin, row) in zip(check.bins, LifetimeReferences.bgbbChances) {
            #expect(abs(bin.expected - row[1] * 11_104) < 1e-6)
        }
    }

    @Test("a model that fits is not refused, and one that does not is")
    func verdict() throws {
        let shoppers = try LifetimeReferences.shoppers.map {
            try PurchaseSummary(
                frequency: Int($0[0]), recency: $0[1], age: $0[2], customers: Int($0[3]))
        }
        let fitting = try BGNBD.fit(shoppers).model
        let other = try BGNBD(r: 3, alpha: 20, a: 0.2, b: 4)

        let (good, bad) = (
            try ModelCheck(fitting, shoppers), try ModelCheck(other, shoppers)
        )

        #expect(try #require(good.test).probability > 0.01)
        #expect(try #require(bad.test).probability < 1e-6)
        #expect(good.bins.map(\.observed).reduce(0, +) == 600)
        #expect(abs(good.bins.map(\.expected).reduce(0, +) - 600) < 1e-9)
        #expect(try #require(good.test).degreesOfFreedom == good.bins.count - 5)
    }

    @Test("a holdout adds up expected and actual purchases by frequency")
    func holdout() throws {
        let model = try BGNBD(r: 0.6, alpha: 5, a: 0.9, b: 2.4)
        let twice = try PurchaseSummary(frequency: 2, recency: 9, age: 20, customers: 3)
        let often = try PurchaseSummary(frequency: 9, recency: 19, age: 20)
        let oftener = try PurchaseSummary(frequency: 12, recency: 20, age: 20)

        let check = try HoldoutCheck(
            model,
            [
                .init(history: often, purchases: 4), .init(history: twice, purchases: 2),
                .init(history: oftener, purchases: 6),
            ], within: 20, rowsMax: 4)

        #expect(check.rows.map(\.frequency) == [2, 3])
        #expect(check.rows.map(\.customers) == [3, 2])
        #expect(check.rows.map(\.actual) == [2, 10])
        let expected = try model.expectedPurchases(within: 20, after: twice) * 3
        #expect(abs(check.rows[0].expected - expected) < 1e-12)
        let all = check.rows.reduce(0) { $0 + $1.expected }
        #expect(abs(try #require(check.expectedOverActual) - all / 12) < 1e-12)
    }

    @Test("nothing to compare is refused")
    func nothing() throws {
        let model = try BGNBD(r: 0.6, alpha: 5, a: 0.9, b: 2.4)
        let one = try PurchaseSummary(frequency: 2, recency: 9, age: 20)

        #expect(failureCode { try ModelCheck(model, []) } == .tooFewObservations)
        #expect(failureCode { try HoldoutCheck(model, [], within: 4) } == .tooFewObservations)
        #expect(
            failureCode { try HoldoutCheck.Outcome(history: one, purchases: -1) }
                == .negativeCount)
    }
}
