import Vocabulary

/// What becomes of the internet addresses from which events are sent.
public enum AddressRule: String, CaseIterable, Sendable {
    /// They are stored nowhere.
    case dropped
    /// A fingerprint is stored that changes every day and leads back to no address.
    case hashed
    /// They are stored as they are.
    case kept
}

extension EventReading {
    /// Adds addresses to the events as their property `address`, as a rule has it; a property of
    /// that name stays.
    ///
    /// - Parameters:
    ///   - rule: What becomes of addresses.
    ///   - source: The source, which is part of a fingerprint.
    ///   - salt: Today's salt; without one no fingerprint is stored.
    public mutating func keepAddresses(
        by rule: AddressRule, source: String, salt: VisitorSalt?
    ) {
        guard rule != .dropped else { return }
        for client in clients {
            guard let address = client.address else { continue }
            let text =
                rule == .kept
                ? address : salt?.visitor(site: source, address: address, userAgent: "")
            guard let text else { continue }
            for index in client.events {
                events[index].properties = events[index].properties.adding("address", text)
            }
        }
    }
}

extension JSONObjectText {
    /// The object with a text more, unless it has a member of that name.
    func adding(_ name: String, _ text: String) -> JSONObjectText {
        var isThere = false
        forEachMember { member, _ in isThere = isThere || member == name }
        guard !isThere else { return self }
        var bytes = Array(self.bytes.dropLast())
        if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
        bytes += Array("\"\(name)\":".utf8) + JSON.text(text).bytes + [UInt8(ascii: "}")]
        return JSONObjectText(checked: bytes)
    }
}
