/// Groups as `{"company": "acme"}`.
enum EventGroups {
    /// How many groups an event may name.
    static let countMax = 16

    /// Reads groups by type; what is no id is left out.
    static func read(
        _ scanner: inout JSONScanner, _ draft: inout EventDraft, _ field: StaticString
    ) throws(JSONFault) {
        guard scanner.peek() == UInt8(ascii: "{") else {
            _ = draft.object(try scanner.value(), field)
            return
        }
        var members = try scanner.beginObject()
        while let name = try scanner.nextName(&members) {
            guard let id = try scanner.value().textOrNumber, id.count > 0 else { continue }
            guard draft.groups.count < countMax else {
                draft.refuse(field, "an object of at most 16 groups")
                continue
            }
            draft.groups.append(Event.Group(type: name.string, id: id.string))
        }
    }
}
