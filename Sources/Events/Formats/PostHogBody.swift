import Vocabulary

/// How PostHog's clients pack what they send: plain or packed JSON, in base64, in a form, or in
/// several of these.
enum PostHogBody {
    /// The JSON document of a body.
    static func document(_ body: [UInt8], bytesMax: Int, limits: EventLimits) throws(Failure)
        -> [UInt8]
    {
        var body = try Inflation.inflated(body, bytesMax: bytesMax, limits: limits)
        if body.starts(with: "data=".utf8) || hasField(body) {
            var data: ArraySlice<UInt8>?
            FormText.forEachPair(body[...]) { name, value in
                if data == nil, name.elementsEqual("data".utf8) { data = value }
            }
            guard let data else { throw notSpoken }
            body = FormText.decoded(data)
        }
        guard !isDocument(body) else { return body }
        guard let decoded = FormText.base64(body), decoded.count > 1 else {
            // What is no JSON is told so by who reads it.
            return body
        }
        return try Inflation.inflated(decoded, bytesMax: bytesMax, limits: limits)
    }

    private static let notSpoken = Failure(
        .eventsBadShape, "The form has no field 'data'.",
        hint: "PostHog's clients send JSON, or a form with 'data'.")

    private static func isDocument(_ body: [UInt8]) -> Bool {
        guard let first = body.first(where: { $0 > 0x20 }) else { return true }
        return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
    }

    private static func hasField(_ body: [UInt8]) -> Bool {
        guard !isDocument(body), let mark = body.firstIndex(of: UInt8(ascii: "&")) else {
            return false
        }
        return body[mark...].dropFirst().starts(with: "data=".utf8)
    }
}
