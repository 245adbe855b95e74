import Features
import HTTPTypes
import Hummingbird
import Vocabulary

/// Questions: the scorecard, trends, any question, and how a number was made.
enum AskRoutes {
    static let endpoints = [
        Endpoint(
            .get, "/api/v1/scorecard", .viewer,
            "The KPIs, where they stand, and what needs attention",
            answer: .json(.named("Scorecard"), isTagged: true), handler: scorecard),
        Endpoint(
            .get, "/api/v1/trend", .viewer, "A KPI or a metric over time, as a chart shows it",
            parameters: [
                .query("kpi", "The id of a KPI; or give a metric"),
                .query("metric", "The id of a metric; or give a KPI"),
            ] + narrowing, answer: .json(.named("TrendSpec"), isTagged: true), handler: trend),
        Endpoint(
            .get, "/api/v1/ask", .viewer, "Any question about metrics",
            parameters: [
                .query("metric", "The id of a metric", isRequired: true, repeats: true)
            ] + narrowing, answer: .json(.named("Answer"), isTagged: true), handler: ask),
        Endpoint(
            .get, "/api/v1/explain", .viewer,
            "How a number is made: definition, plan, SQL, receipt",
            parameters: [
                .query("kpi", "The id of a KPI"), .query("metric", "The id of a metric"),
                .query("receipt", "The id of a receipt"),
            ] + narrowing, answer: .json(.named("Explanation"), isTagged: true), handler: explain),
    ]

    /// What narrows and cuts a question.
    private static let narrowing: [Parameter] = [
        .query("over", "The range, such as 2026-Q1, 2026-01..2026-03 or last 12 weeks"),
        .query("grain", "The length of the periods", kind: .choice(Grain.allCases.map(\.rawValue))),
        .query("by", "A dimension to break down by", repeats: true),
        .query("where", "A filter, such as country = 'DE'", repeats: true),
        .query("compare", "What to compare with", kind: .choice(["previous", "year", "weekday"])),
        .query(
            "limit", "The most values of a breakdown; the rest is 'other'",
            kind: .integer(1...1_000)),
        .query("zone", "The time zone, where it is not the workspace's"),
    ]

    @Sendable
    private static func scorecard(_ call: Call) async throws(Failure) -> Response {
        tagged(try await call.parts.workspace.scorecard(), call)
    }

    @Sendable
    private static func trend(_ call: Call) async throws(Failure) -> Response {
        try requireOne(of: ["kpi", "metric"], call)
        call.parts.counters.count(.questions)
        return tagged(try await call.parts.workspace.trend(call.trendWords), call)
    }

    @Sendable
    private static func ask(_ call: Call) async throws(Failure) -> Response {
        call.parts.counters.count(.questions)
        return tagged(try await call.parts.workspace.answer(call.questionWords), call)
    }

    @Sendable
    private static func explain(_ call: Call) async throws(Failure) -> Response {
        try requireOne(of: ["kpi", "metric", "receipt"], call)
        return tagged(try await call.parts.workspace.explanation(call.explainWords), call)
    }

    private static func requireOne(of names: [String], _ call: Call) throws(Failure) {
        guard names.count(where: { call.text($0) != nil }) == 1 else {
            throw Failure(
                .badParameter, "The question does not say what it is about.",
                hint: "Give exactly one of: \(names.joined(separator: ", ")).")
        }
    }

    private static func tagged(_ json: JSON, _ call: Call) -> Response {
        let response = Response.tagged(json, for: call.request)
        if response.status == .notModified { call.parts.counters.count(.notModified) }
        return response
    }
}
