import HTTPTypes
import Hummingbird

/// The headers with which a browser keeps a page from harm; every response carries them.
enum SecurityHeaders {
    private static let policy = [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:",
        "font-src 'self'", "connect-src 'self'", "manifest-src 'self'", "form-action 'self'",
        "frame-ancestors 'none'", "base-uri 'none'",
    ].joined(separator: "; ")

    /// Adds the headers to a response.
    ///
    /// - Parameters:
    ///   - response: The response, whatever it says.
    ///   - isSecure: Whether people reach the server over https only.
    static func add(to response: inout Response, isSecure: Bool) {
        response.headers[.contentSecurityPolicy] = policy
        response.headers[.xContentTypeOptions] = "nosniff"
        response.headers[.referrerPolicy] = "no-referrer"
        response.headers[.crossOriginOpenerPolicy] = "same-origin"
        if !response.headers.contains(.crossOriginResourcePolicy) {
            response.headers[.crossOriginResourcePolicy] = "same-origin"
        }
        response.headers[.permissionsPolicy] = "camera=(), geolocation=(), microphone=()"
        if !response.headers.contains(.cacheControl) {
            response.headers[.cacheControl] = "no-store"
        }
        if isSecure {
            response.headers[.strictTransportSecurity] = "max-age=31536000"
        }
    }
}

extension HTTPField.Name {
    static let referrerPolicy = HTTPField.Name(known: "Referrer-Policy")
    static let crossOriginOpenerPolicy = HTTPField.Name(known: "Cross-Origin-Opener-Policy")
    static let permissionsPolicy = HTTPField.Name(known: "Permissions-Policy")
    static let forgeryGuard = HTTPField.Name(known: "X-CSRF-Token")
    static let fetchSite = HTTPField.Name(known: "Sec-Fetch-Site")
    static let secondHost = HTTPField.Name(known: "Host")
    static let forwardedFor = HTTPField.Name(known: "X-Forwarded-For")

    /// A name that is written in this program and known to be well formed.
    private init(known name: StaticString) {
        guard let name = HTTPField.Name("\(name)") else { preconditionFailure("\(name)") }
        self = name
    }
}
