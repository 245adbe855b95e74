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
    /// What the model expects.
    let tally: Tally
    let model: LifetimeModel
    private let read: Read

    /// Finds the customers behind the first metric of a plan, in the plan's first period.
    ///
    /// - Returns: Nil where the rows behind that side of the metric are not purchases on which a
    ///   model stands.
    public init?(_ plan: QuestionPlan, side: RowsBehind.Side = .numerator) {
        guard let metric = plan.metrics.first, let period = plan.timeline.periods.first,
            let slot = plan.slots.firstIndex(of: period),
            let tally = RowsBehind.tally(of: metric.plan, side),
            case .lifetime(let lifetime) = tally.function,
            let placement = plan.placements[tally]
        else { return nil }
        self.tally = tally
        source = tally.source
        filters = (tally.conditions + tally.questionConditions).map(\.phrase)
        entity = lifetime.model.entity.description
        model = lifetime.model
        read = plan.reads[placement.reads[placement.lanes[slot]].read]
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
