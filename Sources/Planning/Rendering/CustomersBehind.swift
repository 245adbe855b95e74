import Definitions
import Vocabulary

/// The customers on whom a number of a model of purchases stands.
public struct CustomersBehind: Sendable {
    /// The source of their purchases.
    public let source: String
    /// What purchases must meet, in words.
    public let filters: [String]
    /// Who buys, as the definition names it.
    public let entity: String
    private let model: LifetimeModel
    private let read: Read

    /// Finds the customers behind the first metric of a plan, in the plan's first period.
    ///
    /// - Returns: Nil where the metric is not what a model of purchases expects.
    public init?(_ plan: QuestionPlan) {
        for tally in plan.metrics.first?.plan.tallies ?? [] {
            guard case .lifetime(let lifetime) = tally.function,
                let place = plan.placements[tally]?.reads.first
            else { continue }
            source = tally.source
            filters = (tally.conditions + tally.questionConditions).map(\.phrase)
            entity = lifetime.model.entity.description
            model = lifetime.model
            read = plan.reads[place.read]
            return
        }
        return nil
    }

    /// The statement that returns each customer and how the customer bought.
    public var statement: Statement {
        guard case .purchases(let entity, let value, let stepDays) = read.body else {
            return Statement("SELECT 1 WHERE FALSE")
        }
        var writer = ReadWriter(read)
        let sql = writer.customersSQL(entity: entity, value: value, stepDays: stepDays)
        return Statement(sql, writer.binder.values)
    }

    /// A customer's history.
    ///
    /// - Parameters:
    ///   - frame: What the statement returned.
    ///   - row: The row.
    /// - Returns: Nil for a history that no customer can have.
    public func history(_ frame: Frame, row: Int) -> PurchaseHistory? {
        guard frame.columns.count == 6 else { return nil }
        return PurchaseHistory(frame.columns.dropFirst().map { $0.number(row) }, model: model)
    }
}
