import Vocabulary

/// Our own format: an event, a list of events, an object with `events`, or lines of events.
enum OwnReader {
    /// Reads a JSON document.
    static func read(_ scanner: inout JSONScanner, into collector: inout EventCollector)
        throws(JSONFault)
    {
        if scanner.peek() == UInt8(ascii: "[") {
            try list(&scanner, &collector)
        } else {
            scanner.findings = []
            let start = scanner.position
            var draft = EventDraft()
            var envelope = Envelope(isOuter: true)
            try event(&scanner, &draft, &collector, &envelope)
            if envelope.hasEvents {
                guard scanner.findings.isDisjoint(with: .refusing), draft.refusal == nil,
                    draft.isUntouched
                else {
                    throw scanner.fault(.notTaken)
                }
            } else {
                collector.add(
                    &draft, findings: scanner.findings, bytes: scanner.read(since: start))
            }
        }
        try scanner.finish()
    }

    /// Reads lines, each an event; one that is no JSON is refused alone.
    static func readLines(
        _ bytes: UnsafeBufferPointer<UInt8>, into collector: inout EventCollector
    ) throws(JSONFault) {
        var start = 0
        while start < bytes.count {
            let rest = UnsafeBufferPointer(rebasing: bytes[start...])
            let length = rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.count
            let line = UnsafeBufferPointer(rebasing: rest[..<length])
            start += length + 1
            guard line.contains(where: { $0 > 0x20 }) else { continue }
            guard !collector.isFull else {
                throw JSONFault(reason: .tooMany, offset: start - length - 1)
            }
            var scanner = JSONScanner(line, bounds: collector.limits.json)
            var draft = EventDraft()
            do throws(JSONFault) {
                var envelope = Envelope(isOuter: false)
                try event(&scanner, &draft, &collector, &envelope)
                try scanner.finish()
                collector.add(&draft, findings: scanner.findings, bytes: line)
            } catch {
                let code = error.reason == .notObject ? "an event" : "JSON"
                collector.refuse(
                    Refusal(
                        .eventsBadJSON,
                        "The line is not \(code): at its byte \(error.offset) "
                            + "\(error.reason.rawValue)."),
                    id: nil, bytes: line)
            }
        }
    }

    /// Whether a body is lines of JSON rather than a document.
    ///
    /// A document whose first line ends with a brace goes on with a comma or another brace.
    static func isLines(_ bytes: UnsafeBufferPointer<UInt8>, contentType: String?) -> Bool {
        guard let start = bytes.firstIndex(where: { $0 > 0x20 }),
            bytes[start] != UInt8(ascii: "[")
        else { return false }
        if let contentType, contentType.contains("ndjson") || contentType.contains("jsonl") {
            return true
        }
        guard let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")),
            let next = bytes[end...].first(where: { $0 > 0x20 })
        else { return false }
        guard bytes[..<end].last(where: { $0 > 0x20 }) == UInt8(ascii: "}") else { return false }
        return next != UInt8(ascii: ",") && next != UInt8(ascii: "}") && next != UInt8(ascii: "]")
    }

    /// What a document says beside its events.
    private struct Envelope {
        let isOuter: Bool
        var hasEvents = false
    }

    private static func list(
        _ scanner: inout JSONScanner, _ collector: inout EventCollector
    ) throws(JSONFault) {
        try collector.readList(&scanner) { scanner, collector, draft throws(JSONFault) in
            var none = Envelope(isOuter: false)
            try event(&scanner, &draft, &collector, &none)
        }
    }

    private static func event(
        _ scanner: inout JSONScanner, _ draft: inout EventDraft,
        _ collector: inout EventCollector, _ envelope: inout Envelope
    ) throws(JSONFault) {
        var hasKind = false
        var members = try scanner.beginObject()
        while let name = try scanner.nextName(&members) {
            switch name.count {
            case 2 where name.is("id"): draft.id = draft.word(try scanner.value(), "id")
            case 3 where name.is("url"): draft.url = draft.word(try scanner.value(), "url")
            case 3 where name.is("key"):
                let key = draft.word(try scanner.value(), "key")
                if collector.key == nil { collector.key = key?.string }
            case 4 where name.is("user"): draft.user = draft.word(try scanner.value(), "user")
            case 4 where name.is("time"): draft.time = try scanner.value()
            case 4 where name.is("kind"):
                hasKind = try readKind(&scanner, &draft)
            case 4 where name.is("sent"):
                let value = try scanner.value()
                if let sent = ClientTime.instant(value) { collector.sent = sent }
            case 5 where name.is("event"): draft.name = draft.word(try scanner.value(), "event")
            case 5 where name.is("title"): draft.title = draft.word(try scanner.value(), "title")
            case 5 where name.is("group"): try group(&scanner, &draft)
            case 6 where name.is("groups"): try EventGroups.read(&scanner, &draft, "groups")
            case 6 where name.is("traits"):
                draft.traits = draft.object(try scanner.value(), "traits")
            case 6 where envelope.isOuter && name.is("events"):
                envelope.hasEvents = true
                try list(&scanner, &collector)
            case 7 where name.is("session"):
                draft.session = draft.word(try scanner.value(), "session")
            case 7 where name.is("address"):
                draft.address = draft.word(try scanner.value(), "address")
            case 7 where name.is("library"):
                draft.library = draft.word(try scanner.value(), "library")
            case 8 where name.is("previous"):
                draft.previous = draft.word(try scanner.value(), "previous")
            case 8 where name.is("referrer"):
                draft.referrer = draft.word(try scanner.value(), "referrer")
            case 8 where name.is("language"):
                draft.language = draft.word(try scanner.value(), "language")
            case 8 where name.is("campaign"): try campaign(&scanner, &draft)
            case 9 where name.is("anonymous"):
                draft.anonymous = draft.word(try scanner.value(), "anonymous")
            case 9 where name.is("userAgent"):
                draft.userAgent = draft.word(try scanner.value(), "userAgent")
            case 9 where name.is("webdriver"): draft.isDriven = try scanner.value().kind == .yes
            case 10 where name.is("properties"):
                draft.properties = draft.object(try scanner.value(), "properties")
            default: try unknown(name, &scanner, &draft)
            }
        }
        if !hasKind { guessKind(&draft) }
    }

    private static func readKind(_ scanner: inout JSONScanner, _ draft: inout EventDraft)
        throws(JSONFault) -> Bool
    {
        let value = try scanner.value()
        guard value.kind != .null else { return false }
        draft.kind = value.text.flatMap { text in
            Event.Kind.allCases.first { "\($0)" == text.string }
        }
        if draft.kind == nil, draft.refusal == nil {
            draft.refusal = Refusal(
                .eventsBadKind,
                "The kind \(String(decoding: value.raw.prefix(60), as: UTF8.self)) is none of "
                    + "track, page, screen, identify, group, alias.")
        }
        return true
    }

    /// An event without a kind is something that was done, or a page by its name.
    private static func guessKind(_ draft: inout EventDraft) {
        if let name = draft.name {
            if name.is("page_viewed") {
                draft.kind = .page
            } else if name.is("screen_viewed") {
                draft.kind = .screen
            } else {
                draft.kind = .track
            }
        } else {
            draft.kind = draft.url == nil ? .track : .page
        }
    }

    private static func group(_ scanner: inout JSONScanner, _ draft: inout EventDraft)
        throws(JSONFault)
    {
        guard scanner.peek() == UInt8(ascii: "{") else {
            if let id = draft.word(try scanner.value(), "group") {
                draft.groups.append(Event.Group(id: id.string))
            }
            return
        }
        var (type, id): (JSONText?, JSONText?) = (nil, nil)
        var members = try scanner.beginObject()
        while let name = try scanner.nextName(&members) {
            let value = draft.word(try scanner.value(), "group")
            if name.is("type") {
                type = value
            } else if name.is("id") {
                id = value
            } else {
                draft.refuse("group", "an object with type and id")
            }
        }
        guard let id else { return draft.refuse("group", "an object with an id") }
        draft.groups.append(Event.Group(type: type?.string ?? "group", id: id.string))
    }

    private static func campaign(_ scanner: inout JSONScanner, _ draft: inout EventDraft)
        throws(JSONFault)
    {
        guard scanner.peek() == UInt8(ascii: "{") else {
            _ = draft.object(try scanner.value(), "campaign")
            return
        }
        try SegmentContext.campaign(&scanner, &draft.campaign)
    }

    /// What is not read must not look as if it were.
    private static func unknown(
        _ name: JSONText, _ scanner: inout JSONScanner, _ draft: inout EventDraft
    ) throws(JSONFault) {
        try scanner.skip()
        guard draft.refusal == nil else { return }
        let text = String(name.string.prefix(60))
        let near = nearestName(to: text, among: fields).map { " Did you mean '\($0)'?" } ?? ""
        draft.refusal = Refusal(
            .eventsBadField,
            "There is no field '\(text)'; what is said of the event belongs into 'properties'."
                + near)
    }

    private static let fields = [
        "id", "url", "key", "user", "time", "kind", "sent", "event", "title", "group", "groups",
        "traits", "session", "address", "library", "previous", "referrer", "language", "campaign",
        "anonymous", "userAgent", "webdriver", "properties",
    ]
}
