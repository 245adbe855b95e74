import Vocabulary

/// One event in bytes: what every event has, then the rest, each part after its number.
///
/// Most events lack most of what an event can have, so a part takes one byte for its number and
/// the part itself; 0 ends the event. A key path would say it shorter and take ten times as long.
enum EventCodec {
    /// The least that an event takes: id, kind, name, two times, the end.
    static let bytesMin = 6

    enum Part: UInt8 {
        case end = 0
        case user, anonymous, previous, group, session, clientTime, properties, traits
        case url, path, title, referrer
        case campaignSource, campaignMedium, campaignName, campaignTerm, campaignContent, click
        case device, browser, system, country, language, bot, library, format
    }

    static func write(_ event: Event, to writer: inout RecordWriter, at received: Instant) {
        writer.text(event.id)
        writer.byte(event.kind.rawValue)
        writer.text(event.name)
        writer.signed(event.time.microseconds &- received.microseconds)
        writer.signed(event.received.microseconds &- received.microseconds)
        writer.part(.user, event.user)
        writer.part(.anonymous, event.anonymous)
        writer.part(.previous, event.previous)
        for group in event.groups {
            writer.part(.group, group.type)
            writer.text(group.id)
        }
        writer.part(.session, event.session)
        if let time = event.clientTime {
            writer.byte(Part.clientTime.rawValue)
            writer.signed(time.microseconds &- received.microseconds)
        }
        if event.properties != .empty { writer.part(.properties, event.properties) }
        if let traits = event.traits { writer.part(.traits, traits) }
        write(event.context, to: &writer)
        writer.byte(Part.end.rawValue)
    }

    private static func write(_ context: EventContext, to writer: inout RecordWriter) {
        writer.part(.url, context.url)
        writer.part(.path, context.path)
        writer.part(.title, context.title)
        writer.part(.referrer, context.referrer)
        writer.part(.campaignSource, context.campaign.source)
        writer.part(.campaignMedium, context.campaign.medium)
        writer.part(.campaignName, context.campaign.name)
        writer.part(.campaignTerm, context.campaign.term)
        writer.part(.campaignContent, context.campaign.content)
        writer.part(.click, context.campaign.click)
        writer.part(.device, context.device)
        writer.part(.browser, context.browser)
        writer.part(.system, context.system)
        writer.part(.country, context.country)
        writer.part(.language, context.language)
        if context.isBot { writer.byte(Part.bot.rawValue) }
        writer.part(.library, context.library)
        if !context.format.isEmpty { writer.part(.format, context.format) }
    }

    static func event(
        _ reader: inout RecordReader, at received: Instant
    ) throws(Failure) -> Event {
        var groups: [RecordedGroup] = []
        let recorded = try recorded(&reader, at: received, &groups)
        return Event(recorded, groups, of: reader.bytes)
    }

    /// Reads an event without copying its texts; its groups are appended.
    static func recorded(
        _ reader: inout RecordReader, at received: Instant, _ groups: inout [RecordedGroup]
    ) throws(Failure) -> RecordedEvent {
        let id = try reader.textPlace()
        guard let kind = Event.Kind(rawValue: try reader.byte()) else {
            throw .damagedRecord("the kind of an event is not known")
        }
        let name = try reader.textPlace()
        let time = try reader.instant(after: received)
        var event = RecordedEvent(
            kind: kind, time: time, received: try reader.instant(after: received))
        event.places[RecordedEvent.Text.id.rawValue] = id
        event.places[RecordedEvent.Text.name.rawValue] = name
        let groupsBefore = groups.count
        while true {
            guard let part = Part(rawValue: try reader.byte()) else {
                throw .damagedRecord("a part of an event is not known")
            }
            switch part {
            case .end:
                event.groups = groupsBefore..<groups.count
                return event
            case .clientTime: event.clientTime = try reader.instant(after: received)
            case .bot: event.isBot = true
            case .group:
                let (type, id) = (try reader.textPlace(), try reader.textPlace())
                if groups.count == groupsBefore {
                    event.places[RecordedEvent.Text.groupType.rawValue] = type
                    event.places[RecordedEvent.Text.groupId.rawValue] = id
                }
                groups.append(RecordedGroup(type: type, id: id))
            default: event.places[part.text.rawValue] = try reader.textPlace()
            }
        }
    }
}

extension EventCodec.Part {
    /// The text that a part is.
    fileprivate var text: RecordedEvent.Text {
        switch self {
        case .user: .user
        case .anonymous: .anonymous
        case .previous: .previous
        case .session: .session
        case .properties: .properties
        case .traits: .traits
        case .url: .url
        case .path: .path
        case .title: .title
        case .referrer: .referrer
        case .campaignSource: .campaignSource
        case .campaignMedium: .campaignMedium
        case .campaignName: .campaignName
        case .campaignTerm: .campaignTerm
        case .campaignContent: .campaignContent
        case .click: .click
        case .device: .device
        case .browser: .browser
        case .system: .system
        case .country: .country
        case .language: .language
        case .library: .library
        case .format: .format
        case .end, .group, .clientTime, .bot: preconditionFailure("The part is no text.")
        }
    }
}

extension Event {
    /// Makes an event's texts values of their own.
    fileprivate init(
        _ event: RecordedEvent, _ groups: [RecordedGroup], of bytes: UnsafeRawBufferPointer
    ) {
        func text(_ text: RecordedEvent.Text) -> String? { event.string(text, of: bytes) }
        func object(_ text: RecordedEvent.Text) -> JSONObjectText? {
            event.bytes(text, of: bytes).map { JSONObjectText(checked: Array($0)) }
        }
        self.init(
            id: text(.id) ?? "", kind: event.kind, name: text(.name) ?? "", user: text(.user),
            anonymous: text(.anonymous), time: event.time, received: event.received)
        previous = text(.previous)
        self.groups = groups.map {
            Group(
                type: String(decoding: $0.type(of: bytes), as: UTF8.self),
                id: String(decoding: $0.id(of: bytes), as: UTF8.self))
        }
        session = text(.session)
        clientTime = event.clientTime
        properties = object(.properties) ?? .empty
        traits = object(.traits)
        context.url = text(.url)
        context.path = text(.path)
        context.title = text(.title)
        context.referrer = text(.referrer)
        context.campaign.source = text(.campaignSource)
        context.campaign.medium = text(.campaignMedium)
        context.campaign.name = text(.campaignName)
        context.campaign.term = text(.campaignTerm)
        context.campaign.content = text(.campaignContent)
        context.campaign.click = text(.click)
        context.device = text(.device)
        context.browser = text(.browser)
        context.system = text(.system)
        context.country = text(.country)
        context.language = text(.language)
        context.isBot = event.isBot
        context.library = text(.library)
        context.format = text(.format) ?? ""
    }
}

extension RecordWriter {
    fileprivate mutating func part(_ part: EventCodec.Part, _ text: String?) {
        guard let text else { return }
        byte(part.rawValue)
        self.text(text)
    }

    fileprivate mutating func part(_ part: EventCodec.Part, _ object: JSONObjectText) {
        byte(part.rawValue)
        block(object.bytes)
    }
}

extension RecordReader {
    fileprivate mutating func instant(after received: Instant) throws(Failure) -> Instant {
        Instant(microseconds: received.microseconds &+ (try signed()))
    }
}
