import Features
import Hummingbird
import Planning
import Vocabulary

/// Who is behind the numbers of behaviour, and what somebody did.
enum PeopleRoutes {
    static let endpoints = [
        Endpoint(
            .get, "/api/v1/funnel/people", .editor,
            "Who reached a step of a funnel, or reached it and not the next",
            parameters: asked + [
                .query(
                    "step", "The number of a step, from 1", kind: .integer(1...20),
                    isRequired: true),
                .query(
                    "dropped", "Whether only those are meant who did not reach the next step",
                    kind: .choice(["true", "false"])),
            ] + page, answer: .json(.named("PeopleBehind")), handler: funnelPeople),
        Endpoint(
            .get, "/api/v1/retention/people", .editor,
            "Who of a cohort came back at an age, or did not",
            parameters: asked + [
                .query(
                    "cohort", "The first day of the cohort, such as 2026-06-01", isRequired: true),
                .query("age", "The age, such as 2 or 1-3", isRequired: true),
                .query(
                    "returned", "Whether those are meant who came back",
                    kind: .choice(["true", "false"])),
            ] + page, answer: .json(.named("PeopleBehind")), handler: retentionPeople),
        Endpoint(
            .get, "/api/v1/segment/people", .editor,
            "Who is in a segment, those who did it last first",
            parameters: asked.filter { $0.name != "over" } + page,
            answer: .json(.named("PeopleBehind")), handler: segmentPeople),
        Endpoint(
            .get, "/api/v1/people", .editor, "The people of a source, those seen last first",
            parameters: [
                .query("source", "The name of the source", isRequired: true),
                .query("search", "What one of a person's ids contains"),
            ] + page, answer: .json(.named("People")), handler: people),
        Endpoint(
            .get, "/api/v1/person", .editor, "What somebody did, the latest first",
            parameters: [
                .query("source", "The name of the source", isRequired: true),
                .query("id", "Any id of the person", isRequired: true),
                .query("before", "Only what happened before this instant"),
                .query("limit", "About how many events", kind: .integer(1...1_000)),
            ], answer: .json(.named("Person")), handler: person),
    ]

    /// The parameters of the question whose people are listed: as a whole, so without parts.
    private static let asked = BehaviourRoutes.parameters.filter {
        ["name", "definition", "over", "where", "zone"].contains($0.name)
    }

    private static let page = [
        Parameter.query("limit", "How many people", kind: .integer(1...1_000)),
        .query("offset", "How many people are passed over", kind: .integer(0...10_000_000)),
    ]

    @Sendable
    private static func funnelPeople(_ call: Call) async throws(Failure) -> Response {
        var words = try BehaviourRoutes.words(call)
        words.limit = nil
        return Response.json(
            try await call.parts.workspace.funnelPeople(
                words, step: call.integer("step") ?? 1, dropped: call.text("dropped") == "true",
                limit: call.integer("limit") ?? 100, offset: call.integer("offset") ?? 0))
    }

    @Sendable
    private static func retentionPeople(_ call: Call) async throws(Failure) -> Response {
        var words = try BehaviourRoutes.words(call)
        words.limit = nil
        return Response.json(
            try await call.parts.workspace.retentionPeople(
                words, cohort: call.text("cohort") ?? "", age: call.text("age") ?? "",
                returned: call.text("returned") != "false", limit: call.integer("limit") ?? 100,
                offset: call.integer("offset") ?? 0))
    }

    @Sendable
    private static func segmentPeople(_ call: Call) async throws(Failure) -> Response {
        var words = try BehaviourRoutes.words(call)
        words.limit = nil
        return Response.json(
            try await call.parts.workspace.segmentPeople(
                words, limit: call.integer("limit") ?? 100, offset: call.integer("offset") ?? 0))
    }

    @Sendable
    private static func people(_ call: Call) async throws(Failure) -> Response {
        Response.json(
            try await call.parts.workspace.people(
                source: call.text("source") ?? "", search: call.text("search"),
                limit: call.integer("limit") ?? 50, offset: call.integer("offset") ?? 0))
    }

    @Sendable
    private static func person(_ call: Call) async throws(Failure) -> Response {
        Response.json(
            try await call.parts.workspace.person(
                source: call.text("source") ?? "", id: call.text("id") ?? "",
                before: call.text("before"), limit: call.integer("limit") ?? 100))
    }
}
