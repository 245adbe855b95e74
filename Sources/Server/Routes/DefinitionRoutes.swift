import Features
import Hummingbird
import Vocabulary

/// Definitions that are written on a page.
enum DefinitionRoutes {
    static let endpoints = [
        Endpoint(
            .post, "/api/v1/definitions", .editor,
            "Writes definitions into a file of their own; they hold at once",
            body: .json(.named("DefinitionDraft")),
            answer: .json(.named("WrittenDefinitions"), status: .created), handler: add),
        Endpoint(
            .post, "/api/v1/definitions/check", .editor,
            "What is wrong with definitions that are not written yet",
            body: .json(.named("DefinitionDraft")),
            answer: .json(.named("DefinitionFindings")), handler: check),
    ]

    @Sendable
    private static func add(_ call: Call) async throws(Failure) -> Response {
        let yaml = try await call.texts(required: ["yaml"])["yaml"] ?? ""
        let json = try await call.parts.workspace.add(definitions: yaml)
        var file = ""
        if case .text(let path) = json["file"] { file = path }
        try await call.parts.audit.record(
            "definition.add", by: try call.account.email, detail: file, from: call.caller.address)
        return Response.json(json, status: .created)
    }

    @Sendable
    private static func check(_ call: Call) async throws(Failure) -> Response {
        let yaml = try await call.texts(required: ["yaml"])["yaml"] ?? ""
        return Response.json(call.parts.workspace.check(definitions: yaml))
    }
}
