import HTTPTypes
import Hummingbird
import Vocabulary

/// The pages of the web app and its files.
enum WebRoutes {
    /// The addresses of pages; the app itself decides what each shows.
    static let pages = [
        "/", "/kpi/{id}", "/metric/{id}", "/explore", "/explore/{id}", "/live", "/catalogue",
        "/choose",
        "/data", "/data/{id}", "/settings", "/signin", "/setup",
    ]

    static let endpoints: [Endpoint] =
        pages.map { path in
            let names = path.contains("{id}") ? [Parameter.path("id", "The id in the address")] : []
            return Endpoint(
                .get, path, .everyone, "The page of the web app", parameters: names,
                answer: .other("text/html"), ignoresQuery: true, handler: page)
        } + [
            Endpoint(
                .get, "/assets/{name}", .everyone, "A file of the web app",
                parameters: [.path("name", "The file's name")],
                answer: .other("application/octet-stream"), ignoresQuery: true, handler: asset),
            Endpoint(
                .get, "/y.js", .everyone, "The snippet with which pages of any site send events",
                answer: .other("text/javascript"), ignoresQuery: true, handler: snippet),
        ]

    @Sendable
    private static func page(_ call: Call) async throws(Failure) -> Response {
        call.parts.assets.response("index.html", for: call.request)
            ?? Response.text(WebAssets.missingPage, type: "text/html; charset=utf-8")
    }

    @Sendable
    private static func asset(_ call: Call) async throws(Failure) -> Response {
        let name = call.text("name") ?? ""
        guard name != "index.html",
            let response = call.parts.assets.response(name, for: call.request)
        else {
            throw Failure(.unknownAddress, "The web app has no file '\(name.prefix(100))'.")
        }
        return response
    }

    /// Any site may load it, and browsers keep it for a day.
    @Sendable
    private static func snippet(_ call: Call) async throws(Failure) -> Response {
        guard var response = call.parts.assets.response("y.js", for: call.request) else {
            throw Failure(
                .unknownAddress, "This program was built without the snippet.",
                hint: "Type 'make build' in its source folder, and start it again.")
        }
        response.headers[.cacheControl] = "public, max-age=86400"
        response.headers[.crossOriginResourcePolicy] = "cross-origin"
        response.headers[.accessControlAllowOrigin] = "*"
        return response
    }
}
