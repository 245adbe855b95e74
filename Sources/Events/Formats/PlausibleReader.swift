import Vocabulary

/// Plausible's events: an event a request, without ids.
///
/// Source: its tracker's source (`track.ts`) and its events API.
enum PlausibleReader {
    /// Reads an event.
    static func read(_ scanner: inout JSONScanner, into collector: inout EventCollector)
        throws(JSONFault)
    {
        scanner.findings = []
        _ = scanner.peek()
        let start = scanner.position
        var draft = EventDraft()
        draft.kind = .track
        var members = try scanner.beginObject()
        while let name = try scanner.nextName(&members) {
            let value = try scanner.value()
            if name.is("n") || name.is("name") {
                draft.name = draft.word(value, "name")
            } else if name.is("u") || name.is("url") {
                draft.url = draft.word(value, "url")
            } else if name.is("d") || name.is("domain") {
                // Several sites are written with commas between them; the first one counts.
                draft.site = draft.word(value, "domain")
            } else if name.is("r") || name.is("referrer") {
                draft.referrer = draft.word(value, "referrer")
            } else if name.is("p") || name.is("props") || name.is("m") || name.is("meta") {
                try readProperties(value, &draft, collector.limits)
            } else if name.is("$") || name.is("revenue") {
                if !value.isVoid { draft.moreProperties.append(.init("revenue", value)) }
            } else if name.is("i") || name.is("interactive") {
                if value.kind == .no { draft.moreProperties.append(.init("interactive", value)) }
            } else if name.is("e") || name.is("sd") {
                draft.moreProperties.append(.init(name.string, value))
            } else if name.is("v"), value.kind == .number {
                draft.library = StaticText.plausible
                draft.libraryVersion = value.textOrNumber
            }
        }
        if draft.name?.is("pageview") == true { draft.kind = .page }
        try scanner.finish()
        let site = draft.site?.string.split(separator: ",").first.map(String.init)
        if collector.key == nil { collector.key = site }
        collector.add(&draft, findings: scanner.findings, bytes: scanner.read(since: start))
    }

    /// Properties are an object, or a text that holds one.
    private static func readProperties(
        _ value: JSONSlice, _ draft: inout EventDraft, _ limits: EventLimits
    ) throws(JSONFault) {
        guard let text = value.text else {
            draft.properties = draft.object(value, "props")
            return
        }
        guard text.count > 0 else { return }
        let decoded = text.decoded
        let extras = decoded.withUnsafeBufferPointer { buffer -> [PropertyText.Extra]? in
            var scanner = JSONScanner(buffer, bounds: limits.json)
            var extras: [PropertyText.Extra] = []
            do throws(JSONFault) {
                var members = try scanner.beginObject()
                while let name = try scanner.nextName(&members) {
                    guard !name.hasEscapes else { return nil }
                    extras.append(PropertyText.Extra(name.string, try scanner.value()))
                }
                try scanner.finish()
            } catch {
                return nil
            }
            return scanner.findings.isDisjoint(with: .refusing) ? extras : nil
        }
        if let extras {
            draft.moreProperties += extras
        } else {
            draft.refuse("props", "an object, or a text that holds one")
        }
    }
}

/// Names of clients that do not name themselves.
enum StaticText {
    static var plausible: JSONText { text("plausible-tracker") }
    static var umami: JSONText { text("umami-tracker") }

    private static func text(_ literal: StaticString) -> JSONText {
        JSONText(base: literal.utf8Start, count: literal.utf8CodeUnitCount, hasEscapes: false)
    }
}
