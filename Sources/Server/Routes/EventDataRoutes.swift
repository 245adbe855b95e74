import Features
import Hummingbird
import Vocabulary

/// Sources of events: what came, how it goes, and what was refused.
enum EventDataRoutes {
    private static let source = Parameter.path("name", "A source of events")

    static let endpoints = [
        Endpoint(
            .get, "/api/v1/sources/{name}/events", .viewer,
            "Which events came, with which properties, and how they fit the tracking plan",
            parameters: [source], answer: .json(.named("EventInventory"), isTagged: true),
            handler: inventory),
        Endpoint(
            .get, "/api/v1/sources/{name}/values", .viewer, "The commonest values of a column",
            parameters: [
                .path("name", "The source's name"), .query("event", "Only of this event"),
                .query("property", "The column", isRequired: true),
            ], answer: .json(.named("ColumnValues"), isTagged: true), handler: values),
        Endpoint(
            .get, "/api/v1/sources/{name}/intake", .viewer,
            "How taking events in goes, and how many came in the last 48 hours",
            parameters: [source], answer: .json(.named("EventIntake")), handler: intake),
        Endpoint(
            .get, "/api/v1/sources/{name}/quarantine", .editor,
            "The events that were refused, the newest first, with the reasons",
            parameters: [
                source, .query("limit", "How many", kind: .integer(1...500)),
                .query("before", "Only with lower numbers", kind: .integer(1...Int.max)),
            ], answer: .json(.named("Quarantine")), handler: quarantine),
        Endpoint(
            .post, "/api/v1/sources/{name}/quarantine/replay", .editor,
            "Reads refused events again and stores those that are sound; without ids all",
            parameters: [source], body: .json(.named("QuarantineChoice")),
            answer: .json(.named("Replay")), handler: replay),
        Endpoint(
            .post, "/api/v1/sources/{name}/quarantine/remove", .editor,
            "Removes refused events for good; without ids all",
            parameters: [source], body: .json(.named("QuarantineChoice")),
            answer: .json(.object(["removed": .integer])), handler: remove),
    ]

    @Sendable
    private static func inventory(_ call: Call) async throws(Failure) -> Response {
        Response.tagged(
            try await call.parts.workspace.inventory(of: call.text("name") ?? ""),
            for: call.request)
    }

    @Sendable
    private static func values(_ call: Call) async throws(Failure) -> Response {
        let json = try await call.parts.workspace.eventValues(
            of: call.text("name") ?? "", event: call.text("event"),
            property: call.text("property") ?? "")
        return Response.tagged(json, for: call.request)
    }

    @Sendable
    private static func intake(_ call: Call) async throws(Failure) -> Response {
        Response.json(try await call.parts.workspace.intake(of: call.text("name") ?? ""))
    }

    @Sendable
    private static func quarantine(_ call: Call) async throws(Failure) -> Response {
        Response.json(
            try await call.parts.workspace.quarantineJSON(
                of: call.text("name") ?? "", limit: call.integer("limit") ?? 50,
                before: call.integer("before")))
    }

    @Sendable
    private static func replay(_ call: Call) async throws(Failure) -> Response {
        let source = call.text("name") ?? ""
        let numbers = try await call.numbers("ids")
        let json = try await call.parts.workspace.replay(source, numbers)
        try await audit("quarantine.replay", source, call)
        return Response.json(json)
    }

    @Sendable
    private static func remove(_ call: Call) async throws(Failure) -> Response {
        let source = call.text("name") ?? ""
        let numbers = try await call.numbers("ids")
        let count = try await call.parts.workspace.remove(source, numbers)
        try await audit("quarantine.remove", "\(source) \(count)", call)
        return Response.json(["removed": .integer(count)])
    }

    private static func audit(
        _ action: String, _ detail: String, _ call: Call
    ) async throws(Failure) {
        try await call.parts.audit.record(
            action, by: try call.account.email, detail: detail, from: call.caller.address)
    }
}
