/// Segment's HTTP API, which RudderStack speaks too.
///
/// Source: Segment's public API specification, and what its libraries for Python, Node and browsers
/// and RudderStack's send.
enum SegmentReader {
    /// Reads a batch or one message, of the kind that the path says.
    static func read(
        _ scanner: inout JSONScanner, into collector: inout EventCollector, kind: Event.Kind?
    ) throws(JSONFault) {
        var envelope = Envelope(mayHaveBatch: true)
        var draft = EventDraft()
        _ = scanner.peek()
        let start = scanner.position
        scanner.findings = []
        try message(&scanner, &draft, &collector, kind, &envelope)
        if !envelope.hasBatch {
            collector.add(
                &draft, findings: scanner.findings, bytes: scanner.read(since: start))
        } else if !scanner.findings.isDisjoint(with: .refusing) {
            throw scanner.fault(.notTaken)
        }
        try scanner.finish()
        if let key = envelope.key { collector.key = key }
    }

    /// What a request says beside its messages.
    private struct Envelope {
        let mayHaveBatch: Bool
        var hasBatch = false
        var key: String?
    }

    private static func batch(
        _ scanner: inout JSONScanner, _ collector: inout EventCollector, _ kind: Event.Kind?
    ) throws(JSONFault) {
        try collector.readList(&scanner) { scanner, collector, draft throws(JSONFault) in
            var none = Envelope(mayHaveBatch: false)
            try message(&scanner, &draft, &collector, kind, &none)
        }
    }

    private static func message(
        _ scanner: inout JSONScanner, _ draft: inout EventDraft,
        _ collector: inout EventCollector, _ kind: Event.Kind?, _ envelope: inout Envelope
    ) throws(JSONFault) {
        draft.kind = kind
        var category: JSONSlice?
        var pageName: JSONSlice?
        var contextTraits: JSONSlice?
        var groupID: JSONText?
        var members = try scanner.beginObject()
        while let name = try scanner.nextName(&members) {
            switch name.count {
            case 4 where name.is("type"):
                let value = try scanner.value()
                draft.kind = self.kind(value.text) ?? (value.kind == .null ? kind : nil)
            case 4 where name.is("name"): pageName = try scanner.value()
            case 5 where name.is("event"): draft.name = draft.word(try scanner.value(), "event")
            case 5 where envelope.mayHaveBatch && name.is("batch"):
                envelope.hasBatch = true
                try batch(&scanner, &collector, kind)
            case 6 where name.is("userId"): draft.user = draft.word(try scanner.value(), "userId")
            case 6 where name.is("sentAt"):
                let value = try scanner.value()
                if let sent = ClientTime.instant(value) { collector.sent = sent }
            case 6 where name.is("traits"):
                draft.traits = draft.object(try scanner.value(), "traits")
            case 7 where name.is("context"):
                try context(&scanner, &draft, &contextTraits)
            case 7 where name.is("groupId"):
                groupID = draft.word(try scanner.value(), "groupId")
            case 8 where name.is("category"): category = try scanner.value()
            case 8 where name.is("writeKey"):
                envelope.key = draft.text(try scanner.value())?.string
            case 9 where name.is("messageId"):
                draft.id = draft.word(try scanner.value(), "messageId")
            case 9 where name.is("timestamp"): draft.time = try scanner.value()
            case 10 where name.is("properties"):
                draft.properties = draft.object(try scanner.value(), "properties")
            case 10 where name.is("previousId"):
                draft.previous = draft.word(try scanner.value(), "previousId")
            case 11 where name.is("anonymousId"):
                draft.anonymous = draft.word(try scanner.value(), "anonymousId")
            case 17 where name.is("originalTimestamp"):
                let value = try scanner.value()
                if value.kind != .null { draft.time = value }
            default: try scanner.skip()
            }
        }
        finish(&draft, pageName, category, contextTraits, groupID)
    }

    private static func kind(_ text: JSONText?) -> Event.Kind? {
        guard let text else { return nil }
        if text.is("track") { return .track }
        if text.is("page") { return .page }
        if text.is("screen") { return .screen }
        if text.is("identify") { return .identify }
        if text.is("group") { return .group }
        return text.is("alias") ? .alias : nil
    }

    private static func finish(
        _ draft: inout EventDraft, _ pageName: JSONSlice?, _ category: JSONSlice?,
        _ contextTraits: JSONSlice?, _ groupID: JSONText?
    ) {
        switch draft.kind {
        case .page, .screen:
            SegmentContext.readPage(draft.properties, into: &draft)
            if draft.title == nil { draft.title = pageName?.text }
            for (name, value) in [("name", pageName), ("category", category)] {
                if let value, value.kind == .text, value.count > 2 {
                    draft.moreProperties.append(PropertyText.Extra(name, value))
                }
            }
        case .identify where draft.traits == nil: draft.traits = contextTraits
        case .group:
            if draft.traits == nil { draft.traits = contextTraits }
            if let groupID {
                draft.groups = [Event.Group(id: groupID.string)]
            } else if draft.refusal == nil {
                draft.refusal = Refusal(.eventsBadField, "The group has no 'groupId'.")
            }
        case .alias where draft.previous == nil: draft.previous = draft.anonymous
        default: break
        }
    }

    private static func context(
        _ scanner: inout JSONScanner, _ draft: inout EventDraft, _ traits: inout JSONSlice?
    ) throws(JSONFault) {
        guard scanner.peek() == UInt8(ascii: "{") else {
            _ = draft.object(try scanner.value(), "context")
            return
        }
        try SegmentContext.read(&scanner, &draft, &traits)
    }
}
