import Features
import HTTPTypes
import Hummingbird
import NIOCore
import Vocabulary

/// Which HTTP status says what a failure's code says.
enum FailureStatus {
    /// The codes that have a status of their own.
    private static let statuses: [Failure.Code: HTTPResponse.Status] = [
        .signedOut: .unauthorized, .wrongPassword: .unauthorized, .forbidden: .forbidden,
        .crossSite: .forbidden, .setUpLinkInvalid: .forbidden, .signInThrottled: .tooManyRequests,
        .accountsBusy: .serviceUnavailable, .accountExists: .conflict,
        .unknownHost: .misdirectedRequest, .unknownAddress: .notFound, .unknownJob: .notFound,
        .wrongMethod: .methodNotAllowed, .wrongType: .unsupportedMediaType,
        .tooLarge: .contentTooLarge, .tooManyJobs: .tooManyRequests,
        .tooManyStreams: .serviceUnavailable,
        .stateFailed: .internalServerError, .stateFull: FailureStatus.diskFull,
        .uploadFailed: .internalServerError,
    ]

    /// The status of codes by their layer, where they have none of their own.
    private static let layers: [String: HTTPResponse.Status] = [
        "state": .internalServerError, "engine": .internalServerError,
        "statistics": .unprocessableContent,
    ]

    static let diskFull = HTTPResponse.Status(code: 507, reasonPhrase: "Insufficient Storage")

    /// The status for a failure.
    ///
    /// What a person asked for wrongly is a 400, unless the code says more: `…/unknown-…` is a 404
    /// and `…/exists` a 409.
    static func of(_ failure: Failure, names: [String]) -> HTTPResponse.Status {
        if let status = statuses[failure.code] { return status }
        let parts = failure.code.rawValue.split(separator: "/")
        let reason = parts.last ?? ""
        if reason.hasPrefix("unknown-"), !names.isEmpty { return .notFound }
        if reason == "exists" { return .conflict }
        if reason == "out-of-memory" || reason == "timeout" { return .serviceUnavailable }
        return layers[String(parts.first ?? "")] ?? .badRequest
    }

    /// The failure as a response.
    ///
    /// - Parameters:
    ///   - failure: What went wrong.
    ///   - endpoint: What was asked for; a path that names something makes an unknown name a 404.
    /// - Returns: The response, without security headers.
    static func response(_ failure: Failure, endpoint: Endpoint?) -> Response {
        let names = endpoint?.parameters.filter { $0.location == .path }.map(\.name) ?? []
        let status = of(failure, names: names)
        var response = Response.json(failure.json, status: status)
        if status == .tooManyRequests || status == .serviceUnavailable {
            response.headers[.retryAfter] = "30"
        }
        return response
    }
}

extension Response {
    /// A JSON response.
    static func json(_ json: JSON, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: json.bytes)))
    }

    /// A response of plain text.
    static func text(_ text: String, type: String = "text/plain; charset=utf-8") -> Response {
        Response(
            status: .ok, headers: [.contentType: type],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}

extension Failure.Code {
    /// There is nothing at this address.
    public static let unknownAddress: Self = "server/unknown-address"
    /// The address exists, but not with this method.
    public static let wrongMethod: Self = "server/wrong-method"
}
