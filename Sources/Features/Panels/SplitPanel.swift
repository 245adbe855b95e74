import Definitions
import Planning
import Statistics
import Vocabulary

/// The metric by the values of a dimension.
struct SplitPanel: Panel {
    let kind = "split"
    private let desk: PanelDesk
    private let dimension: String
    private let dimensions: [String]

    init?(_ desk: PanelDesk) {
        let sets = desk.sources.map { Set($0.dimensions.keys) }
        guard let first = sets.first else { return nil }
        // A dimension splits the metric where every source that it rests on has it.
        let common = sets.dropFirst().reduce(first) { $0.intersection($1) }.sorted()
        guard let dimension = desk.words.by.first ?? common.first else { return nil }
        self.desk = desk
        self.dimension = dimension
        dimensions = common
    }

    var title: String { "Compared by \(dimension.replacing("_", with: " "))" }

    func json() async throws(Failure) -> JSON? {
        let question = try desk.question(
            [desk.metric.id], over: desk.usualRange, by: [dimension], limit: 15)
        let answer = try await desk.answer(question)
        let rows = answer.rows.map { row -> JSON in
            let cell = row.cells[0]
            return [
                "name": .text(row.part.values.first?.text ?? row.part.kind),
                "part": .text(row.part.kind), "value": .optional(cell.quantity.value),
                "low": .optional(cell.interval?.low), "high": .optional(cell.interval?.high),
                "n": .optional(cell.quantity.count),
                "numerator": .optional(cell.quantity.numerator),
                "denominator": .optional(cell.quantity.denominator),
            ]
        }
        guard rows.count > 1 || desk.words.by.first != nil else { return nil }
        return desk.panel(
            kind, title: title,
            [
                ("dimension", .text(dimension)), ("dimensions", .list(dimensions.map(JSON.text))),
                ("unit", .text(desk.metric.unit.name)),
                ("range", .text(question.range.description)), ("rows", .list(rows)),
            ], notes: answer.notes.map(\.json), receipt: answer.receipts.first?.id)
    }
}
