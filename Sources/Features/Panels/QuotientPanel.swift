import Definitions
import Planning
import Vocabulary

/// A ratio over time, with what is above and below the line.
struct QuotientPanel: Panel {
    let kind = "quotient"
    let title = "What is divided"
    private let desk: PanelDesk
    private let of: Operand
    private let to: Operand

    init?(_ desk: PanelDesk) {
        guard case .ratio(let of, let to) = desk.metric.formula else { return nil }
        self.desk = desk
        self.of = of
        self.to = to
    }

    func json() async throws(Failure) -> JSON? {
        let question = try desk.question(
            [desk.metric.id], over: desk.usualTrend, grain: desk.grain)
        let answer = try await desk.answer(question)
        let points = answer.rows.map { row -> JSON in
            let quantity = row.cells[0].quantity
            return [
                "period": .text(row.period.key), "label": .text(row.period.label),
                "numerator": .optional(quantity.numerator),
                "denominator": .optional(quantity.denominator),
                "value": .optional(quantity.value),
                "complete": .boolean(row.cells[0].isComplete),
            ]
        }
        return desk.panel(
            kind, title: title,
            [
                ("numerator", side(of)), ("denominator", side(to)), ("points", .list(points)),
            ], notes: answer.notes.map(\.json), receipt: answer.receipts.first?.id)
    }

    private func side(_ operand: Operand) -> JSON {
        switch operand {
        case .metric(let name):
            let metric = desk.snapshot.catalog.metrics[name.name]
            return [
                "title": .text(metric?.title ?? name.name),
                "unit": .text(metric?.unit.name ?? "number"), "metric": .text(name.name),
            ]
        case .formula(let formula):
            let unit =
                if case .aggregate(let aggregate) = formula, aggregate.function.counts {
                    "count"
                } else { "number" }
            return [
                "title": .text(formula.description), "unit": .text(unit), "metric": .null,
            ]
        }
    }
}

extension AggregateFunction {
    /// Whether its value is a number of things.
    var counts: Bool {
        switch self {
        case .count, .distinct, .new, .active, .lifecycle, .transition(_, _, nil): true
        default: false
        }
    }
}
