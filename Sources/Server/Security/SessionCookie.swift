import Features
import HTTPTypes
import Hummingbird

/// The cookie that holds the secret of a session.
struct SessionCookie: Sendable {
    /// Its name: over https one that browsers accept only with all protections.
    let name: String
    private let attributes: String

    /// The cookie of a server with these settings.
    init(_ settings: ServerSettings) {
        name = settings.isSecure ? "__Host-yardstick" : "yardstick"
        attributes = "; Path=/; HttpOnly; SameSite=Lax" + (settings.isSecure ? "; Secure" : "")
    }

    /// The secret that a request brings; nil where it has none.
    func token(in headers: HTTPFields) -> SecretToken? {
        for header in headers[values: .cookie] {
            for pair in header.split(separator: ";") {
                let parts = pair.split(separator: "=", maxSplits: 1)
                guard parts.count == 2, parts[0].drop(while: \.isWhitespace) == name else {
                    continue
                }
                return SecretToken(presented: parts[1])
            }
        }
        return nil
    }

    /// The header that gives the secret to the browser, until the browser or the session ends.
    func header(for token: SecretToken) -> String { "\(name)=\(token.text)\(attributes)" }

    /// The header that makes the browser forget the secret.
    var removal: String { "\(name)=\(attributes); Max-Age=0" }
}
