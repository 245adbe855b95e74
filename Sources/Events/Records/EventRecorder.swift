import Vocabulary

/// Writes events as the inbox keeps them straight from what was read, as long as they are plain:
/// something done by somebody named, of which nothing is refused, put right or found out.
///
/// It writes what ``EventCodec`` writes of the event that an ``EventCollector`` would make.
struct EventRecorder {
    private(set) var writer = RecordWriter()
    /// How many events were written.
    private(set) var count = 0
    /// Whether all that came could be written.
    private(set) var isWhole = true
    private let received: Instant
    private let oldest: Instant
    private let latest: Instant
    private let limits: EventLimits

    init(_ request: EventRequest, limits: EventLimits) {
        received = request.received
        oldest = received.adding(seconds: -limits.pastSeconds)
        latest = received.adding(seconds: limits.futureSeconds)
        self.limits = limits
        writer.reserve(request.body.count)
    }

    /// Notes that an event came that is not plain.
    mutating func leaveOut() { isWhole = false }

    /// Writes an event, or leaves it out where it is not plain.
    mutating func append(_ draft: borrowing EventDraft) {
        guard isWhole, EventRecorder.isPlain(draft), let id = draft.id, let name = draft.name,
            isShort(id), isName(name), isShort(draft.session), isID(draft.user),
            isID(draft.anonymous), draft.user != nil || draft.anonymous != nil
        else { return leaveOut() }
        var time: Instant?
        if let slice = draft.time, slice.kind != .null {
            time = ClientTime.instant(slice)
            guard let time, time >= oldest, time <= latest else { return leaveOut() }
        }
        let page = draft.url.map { PageParts($0.raw) }
        if let page, page.namesCampaign { return leaveOut() }
        writer.block(id.raw)
        writer.byte(Event.Kind.track.rawValue)
        writer.block(name.raw)
        writer.signed((time ?? received).microseconds &- received.microseconds)
        writer.signed(0)
        part(.user, draft.user)
        part(.anonymous, draft.anonymous)
        part(.session, draft.session)
        if let time {
            writer.byte(EventCodec.Part.clientTime.rawValue)
            writer.signed(time.microseconds &- received.microseconds)
        }
        if let properties = draft.properties, properties.count > 2,
            properties.raw[1] > 0x20 || !PropertyText.isVoid(properties)
        {
            part(.properties, properties.raw)
        }
        if let page {
            part(.url, page.url)
            if let path = page.path { part(.path, path) }
        }
        part(.title, draft.title)
        part(.referrer, draft.referrer)
        part(.language, draft.language)
        part(.library, draft.library)
        let format = EventRecorder.format
        part(
            .format,
            UnsafeBufferPointer(start: format.utf8Start, count: format.utf8CodeUnitCount))
        writer.byte(EventCodec.Part.end.rawValue)
        count += 1
    }

    private static let format: StaticString = "own"

    private mutating func part(_ part: EventCodec.Part, _ text: JSONText?) {
        if let text { self.part(part, text.raw) }
    }

    private mutating func part(_ part: EventCodec.Part, _ bytes: UnsafeBufferPointer<UInt8>) {
        writer.byte(part.rawValue)
        writer.block(bytes)
    }

    /// Whether an event has nothing but what is written here, and no text with escapes.
    private static func isPlain(_ draft: borrowing EventDraft) -> Bool {
        guard draft.kind == .track, draft.refusal == nil, draft.previous == nil,
            draft.groups.isEmpty, draft.offset == nil, !draft.tellsAddress,
            draft.moreProperties.isEmpty, draft.traits == nil, draft.moreTraits.isEmpty,
            draft.host == nil, draft.path == nil, draft.click == nil, draft.device == nil,
            draft.browser == nil, draft.system == nil, draft.userAgent == nil,
            draft.address == nil, draft.libraryVersion == nil, !draft.isDriven
        else { return false }
        let campaign = draft.campaign
        guard campaign.source == nil, campaign.medium == nil, campaign.name == nil,
            campaign.term == nil, campaign.content == nil
        else { return false }
        return !hasEscapes(draft.id) && !hasEscapes(draft.name) && !hasEscapes(draft.user)
            && !hasEscapes(draft.anonymous) && !hasEscapes(draft.session)
            && !hasEscapes(draft.url) && !hasEscapes(draft.title) && !hasEscapes(draft.referrer)
            && !hasEscapes(draft.language) && !hasEscapes(draft.library)
    }

    @inline(__always)
    private static func hasEscapes(_ text: JSONText?) -> Bool { text?.hasEscapes ?? false }

    private func isShort(_ text: JSONText?) -> Bool {
        text.map { $0.count <= limits.idCharacters } ?? true
    }

    private func isName(_ text: JSONText) -> Bool {
        text.count <= limits.nameCharacters && text.raw.contains { $0 > 0x20 }
    }

    /// Whether a text is an id of somebody as it is written, or there is none.
    private func isID(_ text: JSONText?) -> Bool {
        guard let text else { return true }
        return text.count > 0 && isShort(text) && text.raw[0] > 0x20
            && text.raw[text.count - 1] > 0x20
            && (text.count > 20 || !IdentityRule.isJunk(text.raw))
    }
}
