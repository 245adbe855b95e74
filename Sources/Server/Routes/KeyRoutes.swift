import Features
import Hummingbird
import Vocabulary

/// Write keys: what lets applications send events.
enum KeyRoutes {
    static let endpoints = [
        Endpoint(
            .get, "/api/v1/keys", .admin, "The write keys, also those that were revoked",
            answer: .json(.named("WriteKeys")), handler: list),
        Endpoint(
            .post, "/api/v1/keys", .admin,
            "Makes a write key for a source of events; its text is in this answer and nowhere else",
            body: .json(.named("WriteKeyWish")),
            answer: .json(.named("NewWriteKey"), status: .created), handler: make),
        Endpoint(
            .delete, "/api/v1/keys/{id}", .admin,
            "Revokes a write key; what was sent with it stays",
            parameters: [.path("id", "The key's number")], answer: .json(.named("WriteKey")),
            handler: revoke),
    ]

    @Sendable
    private static func list(_ call: Call) async throws(Failure) -> Response {
        let keys = try await call.parts.keys.list()
        return Response.json(["keys": .list(keys.map(\.json))])
    }

    @Sendable
    private static func make(_ call: Call) async throws(Failure) -> Response {
        let texts = try await call.texts(
            required: ["source"], optional: ["label", "origins", "site"])
        let source = texts["source"] ?? ""
        try call.parts.workspace.requireEvents(source)
        let origins = (texts["origins"] ?? "").split(whereSeparator: \.isWhitespace)
        let wish = try WriteKeyWish(
            source: source, label: texts["label"], origins: origins.map(String.init),
            site: texts["site"])
        let (key, secret) = try await call.parts.keys.make(
            wish, by: try call.account.email, from: call.caller.address)
        return Response.json(["key": .text(secret.text), "about": key.json], status: .created)
    }

    @Sendable
    private static func revoke(_ call: Call) async throws(Failure) -> Response {
        guard let id = call.text("id").flatMap({ Int($0) }) else {
            throw Failure(
                .unknownKey, "A key's number is a whole number.",
                hint: "GET /api/v1/keys lists them.")
        }
        let key = try await call.parts.keys.revoke(
            id, by: try call.account.email, from: call.caller.address)
        return Response.json(key.json)
    }
}
