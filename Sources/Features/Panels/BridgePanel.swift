import Definitions
import Planning
import Vocabulary

/// How recurring revenue went from its opening to its closing, period by period.
struct BridgePanel: Panel {
    let kind = "bridge"
    let title = "From opening to closing"
    private let ledger: LedgerDesk

    init?(_ desk: PanelDesk) {
        guard let ledger = LedgerDesk(desk) else { return nil }
        self.ledger = ledger
    }

    /// The movements of a ledger, in the order of the bridge.
    private static let movements = [
        "new", "reactivation", "expansion", "contraction", "churn", "exchange",
    ]

    func json() async throws(Failure) -> JSON? {
        let (desk, money) = (ledger.desk, ledger.money)
        var metrics = [
            Metric.made("closing", unit: money, ledger.sum("amount").sinceTheBeginning),
            Metric.made("customers", ledger.sum("customers").sinceTheBeginning),
        ]
        for movement in BridgePanel.movements {
            metrics.append(Metric.made(movement, unit: money, ledger.sum("amount", movement)))
            metrics.append(Metric.made("\(movement)_customers", ledger.sum("customers", movement)))
        }
        let question = try ledger.question(
            metrics.map(\.id), over: desk.usualTrend, grain: desk.grain)
        let answer = try await desk.answer(question, made: metrics)
        return desk.panel(
            kind, title: title,
            [
                ("unit", "money"), ("currency", .optional(money.currency)),
                ("grain", .text(desk.grain.rawValue)), ("method", "movements"),
                ("periods", .list(answer.rows.map(period))),
            ] + ledger.members, notes: answer.notes.map(\.json))
    }

    private func period(_ row: AnswerRow) -> JSON {
        let values = row.cells.map { $0.quantity.value ?? 0 }
        let amounts = stride(from: 2, to: values.count, by: 2).map { values[$0] }
        let people = stride(from: 3, to: values.count, by: 2).map { values[$0] }
        let opening = values[0] - amounts.reduce(0, +)
        let before = values[1] - people.reduce(0, +)
        var members: [(name: String, value: JSON)] = [
            ("period", .text(row.period.key)), ("label", .text(row.period.label)),
            ("range", .text(row.period.range.description)),
            ("complete", .boolean(row.cells[0].isComplete)), ("opening", .number(opening)),
        ]
        for (movement, amount) in zip(BridgePanel.movements, amounts) {
            members.append((movement, .number(amount)))
        }
        members.append(("closing", .number(values[0])))
        members.append(
            (
                "customers",
                [
                    "opening": .number(before), "new": .number(people[0]),
                    "reactivated": .number(people[1]), "lost": .number(0 - people[4]),
                    "closing": .number(values[1]),
                ]
            ))
        return .object(members)
    }
}
