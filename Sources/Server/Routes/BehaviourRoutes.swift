import Features
import Hummingbird
import Planning
import Vocabulary

/// Questions about behaviour: funnels and who comes back.
enum BehaviourRoutes {
    static let endpoints = [
        Endpoint(
            .get, "/api/v1/funnel", .viewer, "How many get through the steps of a funnel",
            parameters: parameters, answer: .json(.named("Funnel"), isTagged: true),
            handler: funnel),
        Endpoint(
            .get, "/api/v1/retention", .viewer, "Who comes back, cohort by cohort and age by age",
            parameters: parameters, answer: .json(.named("Retention"), isTagged: true),
            handler: retention),
    ]

    private static let parameters = [
        Parameter.query("name", "The name of a definition; or give one"),
        .query("definition", "A definition that no file has, as YAML; or give a name"),
        .query("over", "The range, such as 2026-Q1; without it the last 12 months"),
        .query(
            "grain", "The periods of the trend",
            kind: .choice(Grain.allCases.filter { $0 != .hour }.map(\.rawValue))),
        .query("by", "A dimension to split by"),
        .query("where", "A filter, such as country = 'DE'", repeats: true),
        .query("compare", "What to compare with", kind: .choice(["previous", "year"])),
        .query("limit", "How many values of the dimension are named", kind: .integer(1...100)),
        .query("zone", "The time zone of the periods"),
    ]

    @Sendable
    private static func funnel(_ call: Call) async throws(Failure) -> Response {
        let words = try words(call)
        return Response.tagged(try await call.parts.workspace.funnel(words), for: call.request)
    }

    @Sendable
    private static func retention(_ call: Call) async throws(Failure) -> Response {
        let words = try words(call)
        return Response.tagged(try await call.parts.workspace.retention(words), for: call.request)
    }

    private static func words(_ call: Call) throws(Failure) -> BehaviourWords {
        guard (call.text("name") == nil) != (call.text("definition") == nil) else {
            throw Failure(
                .badParameter, "The question does not say what it is about.",
                hint: "Give exactly one of: name, definition.")
        }
        call.parts.counters.count(.questions)
        return BehaviourWords(
            name: call.text("name"), yaml: call.text("definition"), over: call.text("over"),
            grain: call.text("grain"), by: call.text("by"), filters: call.texts("where"),
            compare: call.text("compare"), limit: call.integer("limit"), zone: call.text("zone"))
    }
}
