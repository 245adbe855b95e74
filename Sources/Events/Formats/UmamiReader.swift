/// Umami's events: an event a request, or a list of them.
///
/// Source: its tracker's and its server's source (`src/tracker`, `src/app/api/send/route.ts`).
enum UmamiReader {
    /// Reads an event or a list of them.
    static func read(_ scanner: inout JSONScanner, into collector: inout EventCollector)
        throws(JSONFault)
    {
        if scanner.peek() == UInt8(ascii: "[") {
            try scanner.beginList()
            scanner.depthOfEvent = scanner.depth
            var isFirst = true
            while try scanner.nextElement(isFirst: isFirst) {
                isFirst = false
                guard !collector.isFull else { throw scanner.fault(.tooMany) }
                try item(&scanner, &collector)
            }
        } else {
            try item(&scanner, &collector)
        }
        try scanner.finish()
    }

    private static func item(_ scanner: inout JSONScanner, _ collector: inout EventCollector)
        throws(JSONFault)
    {
        scanner.findings = []
        _ = scanner.peek()
        let start = scanner.position
        var draft = EventDraft()
        draft.library = StaticText.umami
        var type: JSONText?
        var id: JSONText?
        var data: JSONSlice?
        var members = try scanner.beginObject()
        while let name = try scanner.nextName(&members) {
            if name.is("type") {
                type = draft.word(try scanner.value(), "type")
            } else if name.is("payload"), scanner.peek() == UInt8(ascii: "{") {
                try payload(&scanner, &draft, &id, &data)
            } else {
                try scanner.skip()
            }
        }
        finish(&draft, type, id, data)
        if collector.key == nil { collector.key = draft.site?.string }
        collector.add(&draft, findings: scanner.findings, bytes: scanner.read(since: start))
    }

    private static func payload(
        _ scanner: inout JSONScanner, _ draft: inout EventDraft, _ id: inout JSONText?,
        _ data: inout JSONSlice?
    ) throws(JSONFault) {
        var members = try scanner.beginObject()
        while let name = try scanner.nextName(&members) {
            let value = try scanner.value()
            switch name.count {
            case 2 where name.is("id"): id = draft.word(value, "id")
            case 2 where name.is("ip"): draft.address = draft.text(value)
            case 3 where name.is("url"): draft.url = draft.word(value, "url")
            case 3 where name.is("tag"):
                if value.kind == .text { draft.moreProperties.append(.init("tag", value)) }
            case 3 where ["lcp", "inp", "cls", "fcp"].contains(name.string),
                4 where name.is("ttfb"), 8 where name.is("duration"):
                if value.kind == .number {
                    draft.moreProperties.append(.init(name.string, value))
                }
            case 4 where name.is("name"): draft.name = draft.word(value, "name")
            case 4 where name.is("data"): data = draft.object(value, "data")
            case 5 where name.is("title"): draft.title = draft.text(value)
            case 7 where name.is("website"), 4 where name.is("link"), 5 where name.is("pixel"):
                draft.site = draft.word(value, "website")
            case 8 where name.is("hostname"): draft.host = draft.text(value)
            case 8 where name.is("language"): draft.language = draft.text(value)
            case 8 where name.is("referrer"): draft.referrer = draft.text(value)
            case 9 where name.is("userAgent"): draft.userAgent = draft.text(value)
            case 9 where name.is("timestamp"): draft.time = value
            default: continue
            }
        }
    }

    private static func finish(
        _ draft: inout EventDraft, _ type: JSONText?, _ id: JSONText?, _ data: JSONSlice?
    ) {
        draft.user = id
        guard let type, !type.is("event") else {
            draft.kind = draft.name == nil ? .page : .track
            draft.properties = data
            return
        }
        if type.is("identify") {
            draft.kind = .identify
            draft.traits = data
        } else if type.is("performance") {
            draft.kind = .track
            draft.name = type
            draft.properties = data
        } else if draft.refusal == nil {
            draft.refusal = Refusal(
                .eventsBadKind, "The type '\(type.string.prefix(60))' is none of Umami's.")
        }
    }
}
