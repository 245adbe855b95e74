import HTTPTypes
import Hummingbird
import Vocabulary

/// The pages of the web app and its files.
enum WebRoutes {
    /// The addresses of pages; the app itself decides what each shows.
    static let pages = [
        "/", "/kpi/{id}", "/metric/{id}", "/catalogue", "/choose", "/data", "/signin", "/setup",
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
                answer: .other("application/octet-stream"), ignoresQuery: true, handler: asset)
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
}
