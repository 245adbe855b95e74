import Definitions
import Planning
import Vocabulary

/// What panels over a ledger of recurring revenue share: its name, and which of its rows count.
struct LedgerDesk {
    let desk: PanelDesk
    let ledger: SourceDefinition

    /// Nil where the metric rests on no ledger.
    init?(_ desk: PanelDesk) {
        let ledger = desk.sources.first { source in
            if case .ledger? = source.recipe { true } else { false }
        }
        guard let ledger else { return nil }
        self.desk = desk
        self.ledger = ledger
    }

    /// The currency of the ledger's amounts, as a unit.
    var money: Unit { .money(currency: desk.snapshot.catalog.settings.currency) }

    /// A question about the ledger's rows that count for the metric.
    func question(
        _ metrics: [String], over usual: String, grain: Grain
    ) throws(Failure) -> Question {
        var question = try desk.question(metrics, over: usual, grain: grain)
        question.filters += conditions
        return question
    }

    /// What every part of the metric asks of the ledger's rows, such as one plan.
    ///
    /// Levels add up all entries since the beginning. A condition that picks entries, such as one
    /// movement or account, or amounts above zero, would make them wrong and is left out.
    var conditions: [Expression] {
        let own = desk.aggregates.filter { $0.source == ledger.name }
            .map { $0.filter?.conditions ?? [] }
        let slices = slices
        return (own.first ?? []).filter { condition in
            own.allSatisfy { $0.contains(condition) } && condition.uses(only: slices)
        }
    }

    /// The names that say whose revenue an entry is and what it is for, not how it moved.
    private var slices: Set<String> {
        guard case .ledger(let recipe)? = ledger.recipe else { return [] }
        let columns = Set(["customer", "subscription", "plan", "currency"] + recipe.keep.keys)
        let named = ledger.dimensions.mapValues(\.expression).merging(ledger.entities) { $1 }
        return columns.union(named.filter { $0.value.uses(only: columns) }.keys)
    }

    /// The members of a panel that say of which rows it is.
    var members: [(name: String, value: JSON)] {
        [
            ("source", .text(ledger.name)),
            ("filters", .list(conditions.map { .text($0.description) })),
        ]
    }

    /// A sum over the ledger, or over one of its movements.
    func sum(_ column: String, _ movement: String? = nil) -> Formula {
        .over(ledger.name, .sum(.named(column)), where: movement.map(LedgerDesk.isMovement))
    }

    /// Whether a row is of a movement.
    static func isMovement(_ name: String) -> Expression {
        .binary(.equal, .named("movement"), .literal(.text(name)))
    }
}

extension Expression {
    /// The conditions that must all hold.
    fileprivate var conditions: [Expression] {
        if case .binary(.and, let left, let right) = self {
            return left.conditions + right.conditions
        }
        return [self]
    }

    fileprivate func uses(only allowed: Set<String>) -> Bool {
        names.allSatisfy { allowed.contains($0.name) }
    }
}
