import Definitions
import Features
import Hummingbird
import Planning
import Vocabulary

/// Questions about behaviour: an endpoint for each kind, and who is behind the numbers.
enum BehaviourRoutes {
    static let endpoints = kinds + PeopleRoutes.endpoints

    private static let kinds = [
        endpoint(.funnel, "How many get through the steps of a funnel"),
        endpoint(.retention, "Who comes back, cohort by cohort and age by age"),
        endpoint(.lifecycle, "Who is new, stays, comes back and leaves, by period"),
        endpoint(.activity, "How many are active by day, in 7 and in 28 days, and how often"),
        endpoint(.adoption, "Who uses something, of those who could, by period"),
        endpoint(.paths, "Which way people go from an event, or to one"),
        endpoint(.campaigns, "What visits of each campaign lead to, and what they cost"),
        endpoint(.segment, "How many are in a segment, of everybody in its source"),
    ]

    private static func endpoint(_ kind: BehaviourKind, _ summary: String) -> Endpoint {
        let name = kind.rawValue
        let schema = name.prefix(1).uppercased() + name.dropFirst()
        return Endpoint(
            .get, "/api/v1/\(name)", .viewer, summary, parameters: parameters,
            answer: .json(.named(schema), isTagged: true)
        ) { (call) async throws(Failure) -> Response in
            let words = try words(call)
            return Response.tagged(
                try await call.parts.workspace.behaviour(kind, words), for: call.request)
        }
    }

    static let parameters = [
        Parameter.query("name", "The name of a definition; or give one"),
        .query(
            "definition", "A definition that no file has, as YAML; or give a name",
            kind: .definition),
        .query(
            "over",
            "The range, such as 2026-Q1; without it the last 12 months, or all where they are empty"
        ),
        .query(
            "grain", "The periods, of funnels those of the trend",
            kind: .choice(Grain.allCases.filter { $0 != .hour }.map(\.rawValue))),
        .query("by", "A dimension to split by"),
        .query("where", "A filter, such as country = 'DE'", repeats: true),
        .query("compare", "What to compare with", kind: .choice(["previous", "year"])),
        .query("limit", "How many values of the dimension are named", kind: .integer(1...100)),
        .query("zone", "The time zone of the periods"),
    ]

    /// The question of a call; it names a definition or gives one.
    static func words(_ call: Call) throws(Failure) -> BehaviourWords {
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
