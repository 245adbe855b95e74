/// PostHog's capture: a batch, an event or a list of events, of the API before (v0) and now (v1).
///
/// Source: what its libraries for Python and browsers send, and its server's source (`rust/capture`).
enum PostHogReader {
    /// Reads a JSON document.
    static func read(
        _ scanner: inout JSONScanner, into collector: inout EventCollector
    ) throws(JSONFault) {
        if scanner.peek() == UInt8(ascii: "[") {
            try list(&scanner, &collector)
        } else {
            scanner.findings = []
            let start = scanner.position
            var draft = PostHogDraft()
            var envelope = Envelope(isOuter: true)
            try item(&scanner, &draft, &collector, &envelope)
            if !envelope.hasBatch {
                draft.finish()
                collector.add(
                    &draft.event, findings: scanner.findings, bytes: scanner.read(since: start))
            } else if !scanner.findings.isDisjoint(with: .refusing) {
                throw scanner.fault(.notTaken)
            }
            if let key = envelope.key { collector.key = key }
        }
        try scanner.finish()
    }

    /// Whether a document at a path that several vendors have is another's: Amplitude's batch has
    /// `events`, and Mixpanel's events have their key only among the properties.
    static func isForeign(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var scanner = JSONScanner(bytes)
        guard scanner.peek() == UInt8(ascii: "{") else { return true }
        var isOurs = false
        do throws(JSONFault) {
            var members = try scanner.beginObject()
            while let name = try scanner.nextName(&members) {
                if name.is("batch") || name.is("api_key") { isOurs = true }
                if name.is("events") { return true }
                try scanner.skip()
            }
        } catch {
            // What is no JSON is told so by who reads it.
            return false
        }
        return !isOurs
    }

    /// What a document says beside its events.
    struct Envelope {
        let isOuter: Bool
        var hasBatch = false
        var key: String?
    }

    private static func list(_ scanner: inout JSONScanner, _ collector: inout EventCollector)
        throws(JSONFault)
    {
        try collector.readList(&scanner) { scanner, collector, event throws(JSONFault) in
            var draft = PostHogDraft()
            var envelope = Envelope(isOuter: false)
            try item(&scanner, &draft, &collector, &envelope)
            if collector.key == nil { collector.key = envelope.key }
            draft.finish()
            event = draft.event
        }
    }

    private static func item(
        _ scanner: inout JSONScanner, _ draft: inout PostHogDraft,
        _ collector: inout EventCollector, _ envelope: inout Envelope
    ) throws(JSONFault) {
        var members = try scanner.beginObject()
        while let name = try scanner.nextName(&members) {
            switch name.count {
            case 4 where name.is("uuid"):
                draft.event.id = draft.event.word(try scanner.value(), "uuid")
            case 4 where name.is("$set"): draft.set = try scanner.value()
            case 5 where name.is("event"):
                draft.event.name = draft.event.word(try scanner.value(), "event")
            case 5 where envelope.isOuter && name.is("batch"):
                envelope.hasBatch = true
                try list(&scanner, &collector)
            case 5 where name.is("token"), 7 where name.is("api_key"):
                let value = draft.event.text(try scanner.value())
                if envelope.key == nil { envelope.key = value?.string }
            case 6 where name.is("offset"):
                let value = try scanner.value()
                draft.event.offset = value.number
                if value.kind != .number, value.kind != .null {
                    draft.event.refuse("offset", "a number of milliseconds")
                }
            case 6 where name.is("sentAt"), 7 where name.is("sent_at"):
                let value = try scanner.value()
                if let sent = ClientTime.instant(value) { collector.sent = sent }
            case 7 where name.is("options"): try options(&scanner, &draft)
            case 9 where name.is("timestamp"): draft.event.time = try scanner.value()
            case 9 where name.is("$set_once"): draft.setOnce = try scanner.value()
            case 10 where name.is("properties"): try draft.readProperties(&scanner)
            case 10 where name.is("session_id"):
                draft.event.session = draft.event.text(try scanner.value())
            case 11 where name.is("distinct_id"):
                draft.distinctID = draft.event.word(try scanner.value(), "distinct_id")
            case 12 where name.is("$distinct_id"):
                draft.distinctID = draft.event.word(try scanner.value(), "$distinct_id")
            case 20 where name.is("historical_migration"):
                if try scanner.value().kind == .yes { collector.isImport = true }
            default: try scanner.skip()
            }
        }
        if envelope.key == nil, collector.key == nil { envelope.key = draft.token?.string }
    }

    private static func options(_ scanner: inout JSONScanner, _ draft: inout PostHogDraft)
        throws(JSONFault)
    {
        guard scanner.peek() == UInt8(ascii: "{") else { return try scanner.skip() }
        var members = try scanner.beginObject()
        while let name = try scanner.nextName(&members) {
            let value = try scanner.value()
            if name.is("disable_skew_correction") {
                if value.kind == .yes { draft.event.isCorrected = false }
            } else if name.is("process_person_profile") {
                if value.kind == .no { draft.hasProfile = false }
            }
        }
    }
}
