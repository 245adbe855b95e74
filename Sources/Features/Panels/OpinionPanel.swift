import Definitions
import Engines
import Planning
import Statistics
import Vocabulary

/// Answers to a survey by their score, with what people wrote.
struct OpinionPanel: Panel {
    let kind = "opinion"
    let title = "What people answered"
    private let desk: PanelDesk
    private let source: String
    private let score: Expression
    private let filter: Expression?
    private let scale: String

    init?(_ desk: PanelDesk) {
        let written = desk.metric.kind
        // Of a share of answers the last aggregate is the whole: all answers on the scale.
        for aggregate in desk.aggregates.reversed() {
            let score: Expression
            switch aggregate.function {
            case .promoters(let value, _): score = value
            case .count(let value?) where ["csat", "ces"].contains(written): score = value
            default: continue
            }
            self.desk = desk
            source = aggregate.source
            self.score = score
            filter = aggregate.filter
            scale = ["csat", "ces"].contains(written) ? written : "nps"
            return
        }
        return nil
    }

    func json() async throws(Failure) -> JSON? {
        let whole = try await desk.answer(
            try desk.question([desk.metric.id], over: desk.usualRange))
        let made = [Metric.made("answers", .over(source, .count(score), where: filter))]
        let counts = try await desk.answer(
            try desk.question(["answers"], over: desk.usualRange, by: ["panel_score"], limit: 40),
            made: made, dimensions: [source: ["panel_score": score]])
        let asked = try await asked()
        var scores: [(score: Double, count: Int)] = counts.rows.compactMap { row in
            guard let text = row.part.values.first?.text, let score = Double(text) else {
                return nil
            }
            return (score, Int(row.cells[0].quantity.value ?? 0))
        }
        scores.sort { $0.score < $1.score }
        let inScale = scores.filter { scale != "nps" || (0...10).contains($0.score) }
        guard let cell = whole.rows.first?.cells.first, !inScale.isEmpty else { return nil }
        let answered = inScale.reduce(0) { $0 + $1.count }
        return desk.panel(
            kind, title: title,
            [
                ("scale", .text(scale)), ("unit", .text(desk.metric.unit.name)),
                ("value", .optional(cell.quantity.value)),
                ("low", .optional(cell.interval?.low)), ("high", .optional(cell.interval?.high)),
                ("n", .optional(cell.quantity.count)), ("groups", .list(groups(inScale))),
                (
                    "scores",
                    .list(
                        inScale.map {
                            [
                                "score": .number($0.score), "count": .integer($0.count),
                                "group": .optional(group(of: $0.score)),
                            ]
                        })
                ), ("verbatims", .list(try await verbatims())), ("asked", .optional(asked)),
                (
                    "responseRate",
                    .optional(asked > 0 ? Double(answered) / Double(asked) : nil)
                ),
            ], notes: whole.notes.map(\.json), receipt: whole.receipts.first?.id)
    }

    /// How many rows there are, answered or not.
    private func asked() async throws(Failure) -> Int {
        let made = [Metric.made("asked", .over(source, .count(nil), where: filter))]
        let answer = try await desk.answer(
            try desk.question(["asked"], over: desk.usualRange), made: made)
        return Int(answer.rows.first?.cells.first?.quantity.value ?? 0)
    }

    private func group(of score: Double) -> String? {
        guard scale == "nps" else { return nil }
        return score >= 9 ? "promoters" : score >= 7 ? "passives" : "detractors"
    }

    private func groups(_ scores: [(score: Double, count: Int)]) -> [JSON] {
        guard scale == "nps" else { return [] }
        let all = scores.reduce(0) { $0 + $1.count }
        return ["detractors", "passives", "promoters"].map { name in
            let count = scores.filter { group(of: $0.score) == name }.reduce(0) { $0 + $1.count }
            return [
                "name": .text(name), "count": .integer(count),
                "share": .number(all > 0 ? Double(count) / Double(all) : 0),
            ]
        }
    }

    /// The names of columns in which people write what they think.
    private static let textColumns = [
        "comment", "verbatim", "feedback", "review", "message", "content", "reason", "text",
    ]

    /// The latest things that people wrote, with their scores.
    private func verbatims() async throws(Failure) -> [JSON] {
        let facts = desk.snapshot.facts[source] ?? .empty
        let column = OpinionPanel.textColumns.lazy.compactMap { word in
            facts.columns.first { $0.type == .text && $0.name.lowercased().contains(word) }
        }.first
        guard desk.showsTexts, let column, let definition = desk.snapshot.catalog.sources[source]
        else { return [] }
        let scope = ExpressionScope(source: definition, facts: facts)
        let value = try ExpressionTyper().typed(score, in: scope)
        var question = try desk.question([desk.metric.id], over: desk.usualRange)
        question.filters.append(.isNull(.named(column.name), negated: true))
        let plan = try Planner(catalog: desk.snapshot.catalog, facts: desk.snapshot.facts)
            .plan(question)
        guard let rows = RowsBehind(plan, side: .denominator) ?? RowsBehind(plan),
            let time = rows.timeColumn
        else { return [] }
        let frame = try await desk.session.engine.run(
            rows.statement(columns: [time, column.name], values: [value], limit: 20))
        return (0..<frame.count).map { row in
            [
                "at": .optional(frame.columns[0].text(row)),
                "score": .optional(frame.columns[2].number(row)),
                "text": .optional(frame.columns[1].text(row)),
            ]
        }
    }
}
