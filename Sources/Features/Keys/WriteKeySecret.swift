/// The text of a write key: 128 random bits with `yw_` before them.
///
/// Only its ``hash`` is stored. It prints itself as its first characters.
public struct WriteKeySecret: Equatable, Sendable, CustomStringConvertible {
    /// The key, 25 characters that are safe in addresses and headers.
    public let text: String

    /// Makes a new key.
    public init() { text = "yw_" + SecretToken().text.prefix(22) }

    /// What is stored of the key: its SHA-256.
    var hash: [UInt8] { SecretToken.hash(of: text) }

    /// The first characters, to tell keys apart in a list.
    var hint: String { String(text.prefix(7)) }

    /// The first characters, so that a log never shows all.
    public var description: String { hint + "…" }
}
