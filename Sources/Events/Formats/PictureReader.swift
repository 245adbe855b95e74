import Vocabulary

/// Events in the address of a picture, for where no script runs: mails, pages without scripts.
enum PictureReader {
    /// The event of our own that an address names, as JSON.
    ///
    /// `data` is the whole event in base64 (JSON or not packed at all); the other parameters are
    /// fields of the event.
    static func ownDocument(_ request: EventRequest) throws(Failure) -> [UInt8] {
        if let data = request.parameter("data") { return try document(data) }
        var members: [(name: String, value: JSON)] = []
        for (name, value) in request.query where !value.isEmpty {
            guard name != "key", !members.contains(where: { $0.name == name }) else { continue }
            if name.hasPrefix("p.") {
                continue
            }
            members.append((name, .text(value)))
        }
        let properties = request.query.filter { $0.name.hasPrefix("p.") && $0.name.count > 2 }
        if !properties.isEmpty {
            var object: [(name: String, value: JSON)] = []
            for (name, value) in properties {
                let name = String(name.dropFirst(2))
                guard !object.contains(where: { $0.name == name }) else { continue }
                object.append((name, .text(value)))
            }
            members.append(("properties", .object(object)))
        }
        if !members.contains(where: { ["event", "url", "kind"].contains($0.name) }) {
            members.append(("kind", "page"))
        }
        return JSON.object(members).bytes
    }

    /// The document that the parameter `data` holds.
    static func document(_ request: EventRequest) throws(Failure) -> [UInt8] {
        guard let data = request.parameter("data") else {
            throw Failure(
                .eventsBadShape, "The address has no parameter 'data'.",
                hint: "Add the event as JSON in base64: ?data=…")
        }
        return try document(data)
    }

    private static func document(_ data: String) throws(Failure) -> [UInt8] {
        let bytes = Array(data.utf8)
        if bytes.first(where: { $0 > 0x20 }) == UInt8(ascii: "{") { return bytes }
        guard let decoded = FormText.base64(bytes) else {
            throw Failure(.eventsBadShape, "The parameter 'data' is neither JSON nor base64.")
        }
        return decoded
    }
}
