import Vocabulary

/// Takes what a format's reader finds, judges it, and makes events of it.
struct EventCollector: ~Copyable {
    let limits: EventLimits
    let format: EventFormat
    let received: Instant
    /// What the request says of the client where an event says nothing.
    let requestClient: RequestClient
    let salt: VisitorSalt?
    /// The write key that the body has.
    var key: String?
    /// When the client sent the request, by its own clock.
    var sent: Instant?
    /// Whether the request brings what happened long ago, whose times are not corrected.
    var isImport = false
    /// Writes the events instead of making them; nil where they are made.
    var recorder: EventRecorder?
    private(set) var reading = EventReading()
    private var origins: [Origin] = []
    private var count = 0

    private var names = TextMemo()
    private var users = IDMemo()
    private var anonymous = IDMemo()
    private var sessions = TextMemo()
    private var addresses = TextMemo()
    private var page = PageAddress("")
    private var paths = TextMemo()
    private var titles = TextMemo()
    private var referrers = TextMemo()
    private var languages = TextMemo()
    private var userAgents = TextMemo()
    private var clientAddresses = TextMemo()
    private var libraries = TextMemo()
    private var libraryVersions = TextMemo()
    private var library: String?
    private var isLastBot = false

    /// Where an event stood, until its time is known.
    private struct Origin {
        let index: Int
        let bytes: UnsafeBufferPointer<UInt8>
        let isCorrected: Bool
    }

    /// What a request says of who sent it.
    struct RequestClient {
        var userAgent: String?
        var address: String?
        var language: String?
        var library: String?
    }

    init(_ request: EventRequest, limits: EventLimits, bodyBytes: Int) {
        self.limits = limits
        format = request.route.format
        received = request.received
        salt = request.salt
        requestClient = RequestClient(request)
        guard bodyBytes > 0 else { return }
        let expected = min(limits.events, bodyBytes / 250 + 1)
        reading.events.reserveCapacity(expected)
        origins.reserveCapacity(expected)
    }

    /// Whether no further event may come.
    var isFull: Bool { count >= limits.events }

    /// Refuses what cannot be read as an event at all.
    mutating func refuse(_ refusal: Refusal, id: JSONText?, bytes: UnsafeBufferPointer<UInt8>) {
        reading.refused.append(
            RefusedEvent(
                index: count, id: id.map { JSONCutting.cut($0.string, textBytes: 200) },
                code: refusal.code, message: refusal.message,
                raw: Array(bytes.prefix(limits.eventBytes))))
        count += 1
    }

    /// Takes an event that was read to its end.
    mutating func add(
        _ draft: inout EventDraft, findings: JSONFindings, bytes: UnsafeBufferPointer<UInt8>
    ) {
        if recorder != nil {
            if findings.isEmpty, bytes.count <= limits.eventBytes {
                recorder?.append(draft)
            } else {
                recorder?.leaveOut()
            }
            count += 1
            return
        }
        if let refusal = draft.refusal ?? Refusal(findings, limits: limits) {
            return refuse(refusal, id: draft.id, bytes: bytes)
        }
        guard bytes.count <= limits.eventBytes else {
            return refuse(
                Refusal(
                    .eventsTooLarge,
                    "The event has \(bytes.count) bytes; \(limits.eventBytes) are taken."),
                id: draft.id, bytes: bytes)
        }
        do throws(Refusal) {
            let isCut = findings.contains(.longText)
            if try append(draft, isCut: isCut) {
                origins.append(
                    Origin(index: count, bytes: bytes, isCorrected: draft.isCorrected))
                if isCut {
                    let most = limits.textBytes
                    warn(
                        .eventsCutText, "A text has more than \(most) bytes and is cut.",
                        origins.count - 1)
                }
            } else {
                reading.empty += 1
                if let id = draft.id { reading.emptyIDs.append(id.string) }
            }
            count += 1
        } catch {
            refuse(error, id: draft.id, bytes: bytes)
        }
    }

    /// What was read, the times corrected by when the request was sent.
    consuming func finished() -> EventReading {
        let last = limits.pastSeconds
        let oldest = received.adding(seconds: -last)
        let latest = received.adding(seconds: limits.futureSeconds)
        var tooOld: [Int] = []
        for index in reading.events.indices {
            if let sent, !isImport, origins[index].isCorrected,
                let original = reading.events[index].clientTime
            {
                reading.events[index].time = Instant(
                    microseconds: received.microseconds
                        - (sent.microseconds - original.microseconds))
            }
            let time = reading.events[index].time
            if time > latest {
                reading.events[index].time = received
                warn(
                    .eventsFutureTime,
                    "It happened on \(time), later than now; the time it came is taken.", index)
            } else if time < oldest {
                tooOld.append(index)
            }
        }
        reading.key = key
        if !tooOld.isEmpty { drop(tooOld) }
        reading.refused.sort { $0.index < $1.index }
        return reading
    }

    private mutating func drop(_ tooOld: [Int]) {
        for index in tooOld {
            let event = reading.events[index]
            reading.refused.append(
                RefusedEvent(
                    index: origins[index].index, id: event.id, code: .eventsTooOld,
                    message: "It happened on \(event.time), more than "
                        + "\(limits.pastSeconds / 31_536_000) years ago.",
                    raw: Array(origins[index].bytes.prefix(limits.eventBytes))))
        }
        let dropped = Set(tooOld)
        var clients: [ClientReading] = []
        var kept = 0
        for client in reading.clients {
            let count = client.events.filter { !dropped.contains($0) }.count
            guard count > 0 else { continue }
            var client = client
            client.events = kept..<(kept + count)
            clients.append(client)
            kept += count
        }
        reading.clients = clients
        reading.events = reading.events.indices.filter { !dropped.contains($0) }.map {
            reading.events[$0]
        }
    }

    // MARK: Making an event

    /// Makes an event of a draft; false where it says nothing.
    private mutating func append(_ draft: borrowing EventDraft, isCut: Bool) throws(Refusal) -> Bool
    {
        guard let kind = draft.kind else {
            throw Refusal(.eventsBadKind, "The event does not say of what kind it is.")
        }
        let name = try name(draft, kind)
        let user = try users.id(draft.user, "the user", limits)
        var anonymous = try anonymous.id(draft.anonymous, "the anonymous person", limits)
        let previous = try draft.previous.flatMap { (text) throws(Refusal) in
            try IdentityRule.id(
                text, field: "the earlier person", charactersMax: limits.idCharacters)
        }
        if user == nil, anonymous == nil { anonymous = visitor(draft) }
        guard user != nil || anonymous != nil else {
            throw Refusal(
                .eventsNoPerson,
                "The event does not say who acted: send the user's id, or an anonymous one.")
        }
        if kind == .alias {
            guard let previous else {
                throw Refusal(.eventsBadField, "An alias without an earlier id says nothing.")
            }
            if previous == user ?? anonymous { return false }
        }
        var event = Event(
            id: "", kind: kind, name: name, user: user, anonymous: anonymous, time: received,
            received: received)
        if let previous, previous != user { event.previous = previous }
        event.groups = draft.groups
        event.session = draft.session.map { bounded(sessions.string($0)) }
        try addTime(of: draft, to: &event)
        let textBytes = isCut ? limits.textBytes : nil
        event.properties = PropertyText.object(
            draft.properties, adding: draft.moreProperties, textBytes: textBytes)
        if draft.tellsAddress {
            event.properties = PropertyText.object(event.properties, without: "$ip")
        }
        if draft.traits != nil || !draft.moreTraits.isEmpty {
            event.traits = PropertyText.object(
                draft.traits, adding: draft.moreTraits, textBytes: textBytes)
        }
        addContext(of: draft, to: &event.context)
        event.context.isBot = isBot(draft) || draft.isDriven
        if isCut {
            event.cutTexts(limits.textBytes)
        }
        if let id = draft.id {
            event.id = bounded(id.string)
        } else {
            event.id = ContentID.id(of: event, index: count)
        }
        reading.events.append(event)
        return true
    }

    private mutating func warn(_ code: Failure.Code, _ message: String, _ origin: Int) {
        reading.warnings.append(
            EventWarning(
                index: origins[origin].index, id: reading.events[origin].id, code: code,
                message: message))
    }

    private mutating func name(_ draft: borrowing EventDraft, _ kind: Event.Kind) throws(Refusal)
        -> String
    {
        if let name = kind.name { return name }
        guard let text = draft.name else {
            throw Refusal(.eventsNoName, "The event has no name.")
        }
        if names.isSame(text) { return names.value }
        let name = text.string
        guard name.utf8.contains(where: { $0 > 0x20 }) else {
            throw Refusal(.eventsNoName, "The event has no name.")
        }
        guard name.utf8.count <= limits.nameCharacters || name.count <= limits.nameCharacters
        else {
            throw Refusal(
                .eventsBadName, "The name has more than \(limits.nameCharacters) characters.")
        }
        return names.keep(text, name)
    }

    private mutating func addTime(of draft: borrowing EventDraft, to event: inout Event)
        throws(Refusal)
    {
        if let slice = draft.time, slice.kind != .null {
            guard let time = ClientTime.instant(slice) else {
                let text = String(decoding: slice.raw.prefix(60), as: UTF8.self)
                throw Refusal(
                    .eventsBadTime,
                    "The time \(text) is none: write ISO 8601, such as 2026-01-31T12:00:00Z, or "
                        + "seconds since 1970.")
            }
            event.clientTime = time
            event.time = time
        } else if let offset = draft.offset {
            guard abs(offset) < 1e12 else {
                throw Refusal(.eventsBadTime, "The offset \(offset) ms is none.")
            }
            event.time = Instant(
                microseconds: received.microseconds - Int64((offset * 1_000).rounded()))
        }
    }

    private mutating func addContext(of draft: borrowing EventDraft, to context: inout EventContext)
    {
        context.format = format.rawValue
        if let url = draft.url {
            if !addresses.isSame(url) {
                page = pageAddress(addresses.keep(url, url.string), draft)
            }
            context.url = page.url
            context.path = page.path
            context.campaign = page.campaign
        }
        if let path = draft.path { context.path = paths.string(path) }
        context.title = draft.title.map { titles.string($0) }
        context.referrer = draft.referrer.map { referrers.string($0) }
        let campaign = draft.campaign
        if campaign.source != nil || campaign.medium != nil || campaign.name != nil
            || campaign.term != nil || campaign.content != nil
        {
            context.campaign.source = campaign.source?.string
            context.campaign.medium = campaign.medium?.string
            context.campaign.name = campaign.name?.string
            context.campaign.term = campaign.term?.string
            context.campaign.content = campaign.content?.string
        }
        if let click = draft.click { context.campaign.click = click }
        context.device = draft.device
        context.browser = draft.browser?.string
        context.system = draft.system?.string
        context.language = draft.language.map { languages.string($0) } ?? requestClient.language
        context.library =
            draft.library.flatMap { library($0, draft.libraryVersion) } ?? requestClient.library
    }

    private func pageAddress(_ url: String, _ draft: borrowing EventDraft) -> PageAddress {
        var url = url
        if url.utf8.first == UInt8(ascii: "/"), let host = draft.host {
            url = "https://\(host.string)\(url)"
        }
        return PageAddress(url, hasShortNames: format == .plausible)
    }

    private mutating func library(_ name: JSONText, _ version: JSONText?) -> String? {
        let isSame =
            libraries.isSame(name)
            && (version.map { libraryVersions.isSame($0) } ?? libraryVersions.value.isEmpty)
        if !isSame {
            let version = version.map { libraryVersions.string($0) } ?? ""
            library = libraries.string(name) + (version.isEmpty ? "" : " " + version)
        }
        return library
    }

    // MARK: Clients

    /// Remembers by what an event is sent; says whether that is a program's.
    private mutating func isBot(_ draft: borrowing EventDraft) -> Bool {
        let index = reading.events.count
        let userAgent = draft.userAgent.map { userAgents.string($0) } ?? requestClient.userAgent
        let address = draft.address.map { clientAddresses.string($0) } ?? requestClient.address
        let last = reading.clients.count - 1
        if last >= 0, reading.clients[last].userAgent == userAgent,
            reading.clients[last].address == address
        {
            let first = reading.clients[last].events.lowerBound
            reading.clients[last].events = first..<(index + 1)
            return isLastBot
        }
        isLastBot = userAgent.map { BotRule.isBot($0) } ?? false
        reading.clients.append(
            ClientReading(userAgent: userAgent, address: address, events: index..<(index + 1)))
        return isLastBot
    }

    /// Who visits, where a format has no ids and the request came from a person's browser.
    private func visitor(_ draft: borrowing EventDraft) -> String? {
        guard let salt, draft.kind != .alias,
            let address = draft.address?.string ?? requestClient.address,
            let userAgent = draft.userAgent?.string ?? requestClient.userAgent
        else { return nil }
        return salt.visitor(
            site: draft.site?.string ?? key ?? "", address: address, userAgent: userAgent)
    }

    /// An id, or a fingerprint of it where it is too long.
    private func bounded(_ id: String) -> String {
        guard id.utf8.count > limits.idCharacters else { return id }
        return ContentID.id(of: id)
    }
}
