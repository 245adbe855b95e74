/// The object `context` of Segment's messages: where something happened.
enum SegmentContext {
    static func read(
        _ scanner: inout JSONScanner, _ draft: inout EventDraft, _ traits: inout JSONSlice?
    ) throws(JSONFault) {
        var members = try scanner.beginObject()
        while let name = try scanner.nextName(&members) {
            if name.is("page"), scanner.peek() == UInt8(ascii: "{") {
                try page(&scanner, &draft)
            } else if name.is("library"), scanner.peek() == UInt8(ascii: "{") {
                try library(&scanner, &draft)
            } else if name.is("campaign"), scanner.peek() == UInt8(ascii: "{") {
                try campaign(&scanner, &draft.campaign)
            } else if name.is("os"), scanner.peek() == UInt8(ascii: "{") {
                try system(&scanner, &draft)
            } else if name.is("userAgent") {
                draft.userAgent = draft.text(try scanner.value())
            } else if name.is("ip") {
                draft.address = draft.text(try scanner.value())
            } else if name.is("locale") {
                draft.language = draft.text(try scanner.value())
            } else if name.is("sessionId") {
                draft.session = try scanner.value().textOrNumber
            } else if name.is("groupId") {
                if let id = try scanner.value().textOrNumber, id.count > 0 {
                    draft.groups = [Event.Group(id: id.string)]
                }
            } else if name.is("webdriver") {
                draft.isDriven = try scanner.value().kind == .yes
            } else if name.is("traits") {
                let value = try scanner.value()
                if value.kind == .object, !PropertyText.isVoid(value) { traits = value }
            } else {
                try scanner.skip()
            }
        }
    }

    /// Where a page is; what was found before stays.
    static func page(_ scanner: inout JSONScanner, _ draft: inout EventDraft) throws(JSONFault) {
        var members = try scanner.beginObject()
        while let name = try scanner.nextName(&members) {
            let value = try scanner.value()
            guard value.kind == .text, value.count > 2 else { continue }
            if name.is("url") {
                if draft.url == nil { draft.url = value.text }
            } else if name.is("path") {
                if draft.path == nil { draft.path = value.text }
            } else if name.is("title") {
                if draft.title == nil { draft.title = value.text }
            } else if name.is("referrer") {
                if draft.referrer == nil { draft.referrer = value.text }
            }
        }
    }

    /// Where a page is, as the properties of its view say.
    static func readPage(_ properties: JSONSlice?, into draft: inout EventDraft) {
        guard let properties else { return }
        var scanner = JSONScanner(properties.raw)
        // The properties were checked when they were first read.
        try? page(&scanner, &draft)
    }

    private static func library(_ scanner: inout JSONScanner, _ draft: inout EventDraft)
        throws(JSONFault)
    {
        var members = try scanner.beginObject()
        while let name = try scanner.nextName(&members) {
            if name.is("name") {
                draft.library = draft.text(try scanner.value())
            } else if name.is("version") {
                draft.libraryVersion = draft.text(try scanner.value())
            } else {
                try scanner.skip()
            }
        }
    }

    private static func system(_ scanner: inout JSONScanner, _ draft: inout EventDraft)
        throws(JSONFault)
    {
        var members = try scanner.beginObject()
        while let name = try scanner.nextName(&members) {
            if name.is("name") {
                draft.system = draft.text(try scanner.value())
            } else {
                try scanner.skip()
            }
        }
    }

    /// The campaign that a client names.
    static func campaign(_ scanner: inout JSONScanner, _ campaign: inout EventDraft.Campaign)
        throws(JSONFault)
    {
        var members = try scanner.beginObject()
        while let name = try scanner.nextName(&members) {
            let value = try scanner.value()
            guard value.kind == .text, value.count > 2 else { continue }
            if name.is("source") {
                campaign.source = value.text
            } else if name.is("medium") {
                campaign.medium = value.text
            } else if name.is("name") {
                campaign.name = value.text
            } else if name.is("term") {
                campaign.term = value.text
            } else if name.is("content") {
                campaign.content = value.text
            }
        }
    }
}
