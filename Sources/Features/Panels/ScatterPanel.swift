import Definitions
import Engines
import Planning
import Vocabulary

/// Durations over time, one point each, with their percentiles.
struct ScatterPanel: Panel {
    let kind = "scatter"
    let title = "Each one over time"
    private let desk: PanelDesk
    private let aggregate: Aggregate
    private let value: Expression

    init?(_ desk: PanelDesk) {
        guard desk.metric.unit == .duration,
            case .aggregate(let aggregate) = desk.metric.formula
        else { return nil }
        switch aggregate.function {
        case .percentile(_, let value), .average(let value): self.value = value
        default: return nil
        }
        self.desk = desk
        self.aggregate = aggregate
    }

    /// How many points are drawn at most; more are a fair sample.
    private static let pointsMax = 1_500
    private static let ranks = [50.0, 85, 95]

    func json() async throws(Failure) -> JSON? {
        let made = ScatterPanel.ranks.map { rank in
            Metric.made(
                "p\(Int(rank))", unit: .duration,
                .aggregate(
                    Aggregate(
                        source: aggregate.source, function: .percentile(rank, value),
                        filter: aggregate.filter, events: aggregate.events)))
        }
        let question = try desk.question(made.map(\.id), over: desk.usualRange)
        let answer = try await desk.answer(question, made: made)
        guard let cells = answer.rows.first?.cells else { return nil }
        let plan = try Planner(catalog: desk.snapshot.catalog, facts: desk.snapshot.facts)
            .plan(try desk.question([desk.metric.id], over: desk.usualRange))
        guard let rows = RowsBehind(plan), let time = rows.timeColumn,
            let observed = rows.observed
        else { return nil }
        let frame = try await desk.session.engine.run(
            rows.statement(
                columns: [time] + label, values: [observed], order: .mixed,
                limit: ScatterPanel.pointsMax))
        let points = (0..<frame.count).map { row -> JSON in
            [
                "at": .optional(frame.columns[0].text(row)),
                "value": .optional(frame.columns[frame.columns.count - 1].number(row)),
                "label": label.isEmpty ? .null : .optional(frame.columns[1].text(row)),
                "part": .null,
            ]
        }
        return desk.panel(
            kind, title: title,
            [
                ("unit", "duration"), ("range", .text(question.range.description)),
                ("points", .list(points)),
                (
                    "percentiles",
                    .list(
                        zip(ScatterPanel.ranks, cells).map {
                            ["rank": .number($0), "value": .optional($1.quantity.value)]
                        })
                ), ("total", .optional(cells[0].quantity.count)), ("shown", .integer(frame.count)),
            ], notes: answer.notes.map(\.json))
    }

    /// The column that names a row: that of the source's first entity, where it is a column.
    private var label: [String] {
        guard let source = desk.snapshot.catalog.sources[aggregate.source] else { return [] }
        let columns = Set(desk.snapshot.facts[aggregate.source]?.columns.map(\.name) ?? [])
        for (_, expression) in source.entities.sorted(by: { $0.key < $1.key }) {
            if case .name(let name) = expression, columns.contains(name.name) {
                return [name.name]
            }
        }
        return []
    }
}
