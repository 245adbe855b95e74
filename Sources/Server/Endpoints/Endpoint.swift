import HTTPTypes
import Hummingbird
import Vocabulary

/// One thing that can be asked of the server: requests are routed by these values, and
/// `/openapi.json` is made of them.
struct Endpoint: Sendable {
    /// What answers a request.
    typealias Handler = @Sendable (Call) async throws(Failure) -> Response

    /// The method, such as GET; a GET answers HEAD too.
    let method: HTTPRequest.Method
    /// The path, with parameters in braces: `/api/v1/kpis/{id}`.
    let path: String
    /// Who may call it.
    let access: Access
    /// What it does, in one sentence without a full stop.
    let summary: String
    /// The parameters in the path and in the query; others are refused.
    let parameters: [Parameter]
    /// What the request's body holds; nil where it has none.
    let body: BodyContent?
    /// What a successful answer holds.
    let answer: AnswerContent
    /// Whether the query is for the page's own script and is not looked at here.
    let ignoresQuery: Bool
    /// Answers a request.
    let handler: Handler

    init(
        _ method: HTTPRequest.Method, _ path: String, _ access: Access, _ summary: String,
        parameters: [Parameter] = [], body: BodyContent? = nil, answer: AnswerContent,
        ignoresQuery: Bool = false, handler: @escaping Handler
    ) {
        self.method = method
        self.path = path
        self.access = access
        self.summary = summary
        self.parameters = parameters
        self.body = body
        self.answer = answer
        self.ignoresQuery = ignoresQuery
        self.handler = handler
    }

    /// Whether a request may change something, so that it must prove where it comes from.
    var changesState: Bool { method != .get && method != .head }

    /// The parts of the path between its slashes.
    var segments: [Substring] { path.split(separator: "/") }
}

/// What the body of a request holds.
enum BodyContent: Sendable {
    /// A JSON object of this schema.
    case json(Schema)
    /// The bytes of a file.
    case file
}

/// What a successful answer holds.
struct AnswerContent: Sendable {
    let status: HTTPResponse.Status
    let mediaType: String
    /// The schema of a JSON answer; nil for other kinds.
    let schema: Schema?
    /// Whether the answer carries an ETag and may be answered with 304.
    let isTagged: Bool

    /// A JSON answer.
    static func json(
        _ schema: Schema, status: HTTPResponse.Status = .ok, isTagged: Bool = false
    ) -> AnswerContent {
        AnswerContent(
            status: status, mediaType: "application/json", schema: schema, isTagged: isTagged)
    }

    /// An answer of another kind.
    static func other(_ mediaType: String) -> AnswerContent {
        AnswerContent(status: .ok, mediaType: mediaType, schema: nil, isTagged: false)
    }

    /// An answer that says nothing but that it worked.
    static let nothing = AnswerContent(
        status: .noContent, mediaType: "", schema: nil, isTagged: false)
}
