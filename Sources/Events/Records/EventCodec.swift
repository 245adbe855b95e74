import Vocabulary

/// One event in bytes: what every event has, then the rest, each part after its number.
///
/// Most events lack most of what an event can have, so a part takes one byte for its number and
/// the part itself; 0 ends the event. A key path would say it shorter and take ten times as long.
enum EventCodec {
    /// The least that an event takes: id, kind, name, two times, the end.
    static let bytesMin = 6

    fileprivate enum Part: UInt8 {
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
        let id = try reader.text()
        guard let kind = Event.Kind(rawValue: try reader.byte()) else {
            throw .damagedRecord("the kind of an event is not known")
        }
        let name = try reader.text()
        let time = try reader.instant(after: received)
        var event = Event(
            id: id, kind: kind, name: name, time: time,
            received: try reader.instant(after: received))
        while true {
            guard let part = Part(rawValue: try reader.byte()) else {
                throw .damagedRecord("a part of an event is not known")
            }
            if part == .end { return event }
            try read(part, of: &event, from: &reader, at: received)
        }
    }

    private static func read(
        _ part: Part, of event: inout Event, from reader: inout RecordReader, at received: Instant
    ) throws(Failure) {
        switch part {
        case .end: break
        case .user: event.user = try reader.text()
        case .anonymous: event.anonymous = try reader.text()
        case .previous: event.previous = try reader.text()
        case .group:
            event.groups.append(Event.Group(type: try reader.text(), id: try reader.text()))
        case .session: event.session = try reader.text()
        case .clientTime: event.clientTime = try reader.instant(after: received)
        case .properties: event.properties = JSONObjectText(checked: try reader.block())
        case .traits: event.traits = JSONObjectText(checked: try reader.block())
        case .url: event.context.url = try reader.text()
        case .path: event.context.path = try reader.text()
        case .title: event.context.title = try reader.text()
        case .referrer: event.context.referrer = try reader.text()
        case .campaignSource: event.context.campaign.source = try reader.text()
        case .campaignMedium: event.context.campaign.medium = try reader.text()
        case .campaignName: event.context.campaign.name = try reader.text()
        case .campaignTerm: event.context.campaign.term = try reader.text()
        case .campaignContent: event.context.campaign.content = try reader.text()
        case .click: event.context.campaign.click = try reader.text()
        case .device: event.context.device = try reader.text()
        case .browser: event.context.browser = try reader.text()
        case .system: event.context.system = try reader.text()
        case .country: event.context.country = try reader.text()
        case .language: event.context.language = try reader.text()
        case .bot: event.context.isBot = true
        case .library: event.context.library = try reader.text()
        case .format: event.context.format = try reader.text()
        }
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
