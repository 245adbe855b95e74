import Vocabulary

extension EventCollector.RequestClient {
    /// Who sent a request, where that was a person's browser.
    ///
    /// Formats for browsers are always sent by them, or by a server that passes on what the browser
    /// said; others are sent by servers too, whose address and library say nothing of the person.
    init(_ request: EventRequest) {
        library = request.headers.sdkInfo.map { info in
            info.split(separator: "/", maxSplits: 1).joined(separator: " ")
        }
        let userAgent = request.headers.userAgent ?? ""
        let isForBrowsers = [.plausible, .umami, .pixel].contains(request.route.format)
        guard isForBrowsers || userAgent.hasPrefix("Mozilla/") || userAgent.hasPrefix("Opera/")
        else { return }
        self.userAgent = userAgent.isEmpty ? nil : userAgent
        address = request.address
        language = request.headers.language
    }
}

/// The last id that was judged.
struct IDMemo {
    private var memo = TextMemo()
    private var isVoid = false

    /// The id that a text is; nil where it is none.
    @inline(__always)
    mutating func id(_ text: JSONText?, _ field: StaticString, _ limits: EventLimits)
        throws(Refusal) -> String?
    {
        guard let text else { return nil }
        if memo.isSame(text) { return isVoid ? nil : memo.value }
        let id = try IdentityRule.id(text, field: field, charactersMax: limits.idCharacters)
        isVoid = id == nil
        _ = memo.keep(text, id ?? "")
        return id
    }
}

/// Ids of events to which a client gave none.
enum ContentID {
    private static let key: (UInt64, UInt64) = (0x7961_7264_7374_6963, 0x6b20_6576_656e_7473)

    /// The same for the same content, so that an event that is sent again is known again.
    ///
    /// Where the client says no time either, nothing tells two equal events apart but when and where
    /// they came, so that sending again makes another event.
    static func id(of event: Event, index: Int) -> String {
        var hash = SipHash(key: key)
        hash.add(event.kind.rawValue)
        hash.add(event.name)
        hash.add(event.user)
        hash.add(event.anonymous)
        hash.add(event.previous)
        hash.add(event.session)
        for group in event.groups {
            hash.add(group.type)
            hash.add(group.id)
        }
        hash.add(event.properties.bytes)
        hash.add(event.traits?.bytes ?? [])
        hash.add(event.context.url)
        if let time = event.clientTime {
            hash.add(UInt64(bitPattern: time.microseconds))
        } else {
            hash.add(UInt64(bitPattern: event.received.microseconds))
            hash.add(UInt64(index))
        }
        return hash.text
    }

    /// A short id for a long one.
    static func id(of text: String) -> String {
        var hash = SipHash(key: key)
        hash.add(text)
        return hash.text
    }
}

extension Event.Kind {
    /// The name of events of this kind; nil for those that have their own.
    var name: String? {
        switch self {
        case .track: nil
        case .page: "page_viewed"
        case .screen: "screen_viewed"
        case .identify: "identified"
        case .group: "grouped"
        case .alias: "aliased"
        }
    }
}

extension Event {
    /// Cuts the texts of the context that are too long.
    mutating func cutTexts(_ textBytes: Int) {
        for field in [
            \EventContext.url, \.path, \.title, \.referrer, \.browser, \.system, \.language,
            \.library, \.campaign.source, \.campaign.medium, \.campaign.name, \.campaign.term,
            \.campaign.content, \.campaign.click,
        ] {
            guard let text = context[keyPath: field] else { continue }
            context[keyPath: field] = JSONCutting.cut(text, textBytes: textBytes)
        }
    }
}
