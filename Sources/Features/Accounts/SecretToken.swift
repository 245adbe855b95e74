import CSodium
import Foundation

/// A random secret of 256 bits: of a session, or of a one-time link.
///
/// Only its ``hash`` is stored, so that who reads the bookkeeping file cannot sign in with it. It
/// prints itself as dots.
public struct SecretToken: Equatable, Sendable, CustomStringConvertible {
    /// The secret in 43 characters that are safe in addresses and cookies.
    public let text: String

    /// Makes a new secret.
    public init() {
        var bytes = [UInt8](repeating: 0, count: 32)
        randombytes_buf(&bytes, bytes.count)
        text = SecretToken.text(of: bytes)
    }

    /// Takes a secret that somebody presents; nil where it cannot be one.
    public init?(presented text: some StringProtocol) {
        guard text.utf8.count == 43, text.utf8.allSatisfy(SecretToken.isAllowed) else {
            return nil
        }
        self.text = String(text)
    }

    /// What is stored of the secret: its SHA-256.
    public var hash: [UInt8] { SecretToken.hash(of: text) }

    /// The value that must come back in the header `X-CSRF-Token`; made from the session's secret,
    /// so that nothing else has to be remembered.
    public var forgeryGuard: String {
        SecretToken.text(of: SecretToken.hash(of: "yardstick csrf " + text))
    }

    /// Whether a presented value equals the forgery guard, in a time that tells nothing.
    public func isGuarded(by presented: String?) -> Bool {
        guard let presented, presented.utf8.count == forgeryGuard.utf8.count else { return false }
        return sodium_memcmp(Array(presented.utf8), Array(forgeryGuard.utf8), 43) == 0
    }

    /// Dots, so that a log never shows it.
    public var description: String { "•••" }

    static func hash(of text: String) -> [UInt8] {
        var hash = [UInt8](repeating: 0, count: 32)
        crypto_hash_sha256(&hash, Array(text.utf8), UInt64(text.utf8.count))
        return hash
    }

    private static func text(of bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
