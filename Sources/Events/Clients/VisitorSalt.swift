/// What makes a visitor's id out of site, address and user agent, for formats that store nothing in
/// the browser.
///
/// As long as the salt is the same, so is the id; with the salt forgotten it leads back to nobody.
public struct VisitorSalt: Sendable {
    private let key: (UInt64, UInt64)

    /// Takes 16 random bytes; nil for another number of them.
    public init?(_ bytes: [UInt8]) {
        guard bytes.count == 16 else { return nil }
        let halves = [bytes[..<8], bytes[8...]].map { half in
            half.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        }
        key = (halves[0], halves[1])
    }

    /// The id of a visitor of a site: 32 hexadecimal digits.
    public func visitor(site: String, address: String, userAgent: String) -> String {
        var hash = SipHash(key: key)
        hash.add(site.utf8)
        hash.add(address.utf8)
        hash.add(userAgent.utf8)
        return hash.text
    }
}
