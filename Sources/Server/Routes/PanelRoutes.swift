import Features
import Hummingbird
import Planning
import Vocabulary

/// What stands behind a number: panels by the kind of its formula, and its rows.
enum PanelRoutes {
    static let endpoints = [
        Endpoint(
            .get, "/api/v1/panels", .viewer,
            "What a KPI or a metric is made of, a panel for each kind of thing",
            parameters: [
                .query("kpi", "The id of a KPI; or give a metric"),
                .query("metric", "The id of a metric; or give a KPI"),
                .query("over", "The range, such as 2026-Q1 or last 12 months"),
                .query(
                    "grain", "The length of the periods",
                    kind: .choice(Grain.allCases.filter { $0 != .hour }.map(\.rawValue))),
                .query("by", "A dimension to break down by"),
                .query("where", "A filter, such as country = 'DE'", repeats: true),
            ], answer: .json(.named("Panels"), isTagged: true), handler: panels),
        Endpoint(
            .get, "/api/v1/rows", .editor, "The rows or customers behind a number",
            parameters: [
                .query("metric", "The id of a metric or of a KPI", isRequired: true),
                .query("over", "The range, such as 2026-06"),
                .query("where", "A filter, such as country = 'DE'", repeats: true),
                .query(
                    "side", "Which side of a ratio",
                    kind: .choice(RowsBehind.Side.allCases.map(\.rawValue))),
                .query("source", "A source that the metric rests on: all of its rows"),
                .query("limit", "How many rows", kind: .integer(1...1_000)),
                .query("offset", "How many rows are passed over", kind: .integer(0...10_000_000)),
            ], answer: .json(.named("RowsBehind")), handler: rows),
    ]

    @Sendable
    private static func panels(_ call: Call) async throws(Failure) -> Response {
        guard ["kpi", "metric"].count(where: { call.text($0) != nil }) == 1 else {
            throw Failure(
                .badParameter, "The question does not say what it is about.",
                hint: "Give exactly one of: kpi, metric.")
        }
        call.parts.counters.count(.questions)
        var words = PanelWords(
            kpi: call.text("kpi"), metric: call.text("metric"), question: call.questionWords)
        words.showsTexts = try call.account.role >= .editor
        return Response.tagged(try await call.parts.workspace.panels(words), for: call.request)
    }

    @Sendable
    private static func rows(_ call: Call) async throws(Failure) -> Response {
        let words = RowsWords(
            metric: call.text("metric") ?? "", question: call.questionWords,
            side: call.text("side"), source: call.text("source"),
            limit: call.integer("limit") ?? 100, offset: call.integer("offset") ?? 0)
        return Response.json(try await call.parts.workspace.rows(words))
    }
}
