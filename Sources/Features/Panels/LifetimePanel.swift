import Definitions
import Planning
import Statistics
import Vocabulary

/// A model of purchases: what it expects of customers, and whether it holds.
struct LifetimePanel: Panel {
    let kind = "lifetime"
    let title = "What customers will bring in"
    private let desk: PanelDesk

    init?(_ desk: PanelDesk) {
        let isLifetime = desk.aggregates.contains {
            if case .lifetime = $0.function { true } else { false }
        }
        guard isLifetime else { return nil }
        self.desk = desk
    }

    func json() async throws(Failure) -> JSON? {
        let question = try desk.question([desk.metric.id], over: desk.usualRange)
        let (plan, assembly) = try await desk.assembly(question)
        guard let metric = plan.metrics.first, let fit = try assembly.lifetime(of: metric) else {
            return nil
        }
        let customers = Double(fit.customers)
        var (alive, purchases) = (0.0, 0.0)
        for history in fit.counted {
            let weight = Double(history.purchases.customers) / customers
            alive += try fit.aliveProbability(of: history) * weight
            purchases += try fit.purchases(of: history) * weight
        }
        let held = try? ModelCheck(fit.model, fit.histories.map(\.purchases))
        let parameters = (fit.parameters + (fit.spending?.parameters ?? [])).map {
            [
                "name": .text($0.name), "value": .number($0.value),
                "error": .number($0.standardError),
            ] as JSON
        }
        return desk.panel(
            kind, title: title,
            [
                ("model", .text(fit.asked.family.rawValue)),
                ("reading", .text(fit.asked.reading.rawValue)),
                ("at", .text(question.range.end.description)),
                ("customers", .integer(fit.customers)), ("parameters", .list(parameters)),
                ("logLikelihood", .number(fit.logLikelihood)),
                ("spendLogLikelihood", .optional(fit.spending?.logLikelihood)),
                ("aliveShare", .number(alive)), ("expectedPurchases", .number(purchases)),
                ("horizon", .text(fit.asked.horizon.description)),
                ("distribution", .list(try distribution(fit))), ("check", .list(check(held))),
                ("fit", test(held)), ("warnings", .list(warnings(fit).map(JSON.text))),
            ])
    }

    /// How many bars a distribution has at most.
    private static let barsMax = 20

    /// How many customers are expected to bring in how much.
    private func distribution(_ fit: LifetimeFit) throws(Failure) -> [JSON] {
        var values: [(value: Double, customers: Int)] = []
        for history in fit.counted {
            values.append((try fit.expectation(of: history), history.purchases.customers))
        }
        let top = values.map(\.value).max() ?? 0
        guard top > 0 else { return [] }
        let width = top / Double(LifetimePanel.barsMax)
        var bars = Array(repeating: 0, count: LifetimePanel.barsMax)
        for (value, customers) in values {
            bars[min(LifetimePanel.barsMax - 1, max(0, Int(value / width)))] += customers
        }
        return bars.enumerated().map { index, customers in
            [
                "from": .number(Double(index) * width), "to": .number(Double(index + 1) * width),
                "customers": .integer(customers),
            ]
        }
    }

    /// How many customers bought again so often, and how many the model says.
    private func check(_ check: ModelCheck?) -> [JSON] {
        let bins = check?.bins ?? []
        return bins.enumerated().map { index, bin in
            [
                "repeats": .integer(bin.frequency), "actual": .integer(bin.observed),
                "expected": .number(bin.expected), "orMore": .boolean(index == bins.count - 1),
            ]
        }
    }

    /// Whether what customers did differs from the model by more than chance.
    private func test(_ check: ModelCheck?) -> JSON {
        guard let test = check?.test else { return .null }
        return [
            "chiSquare": .number(test.statistic), "degrees": .integer(test.degreesOfFreedom),
            "p": .number(test.probability),
        ]
    }

    /// What the model takes for granted and the customers do not show.
    private func warnings(_ fit: LifetimeFit) -> [String] {
        var warnings: [String] = []
        let spends = fit.histories.compactMap(\.spend)
        if fit.spending != nil, let correlation = try? GammaGamma.correlation(of: spends),
            abs(correlation) > 0.3
        {
            warnings.append(
                "Who buys more often spends "
                    + (correlation > 0 ? "more" : "less")
                    + " in a purchase (correlation \((correlation * 100).rounded() / 100)); the "
                    + "model of spending takes both to be independent.")
        }
        for parameter in fit.parameters where parameter.standardError > parameter.value {
            warnings.append(
                "The parameter \(parameter.name) is hardly known from these customers: its "
                    + "standard error is larger than itself.")
        }
        return warnings
    }
}
