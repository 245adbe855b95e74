import Engines
import Events
import Vocabulary

/// Appends events as rows of a source's table.
final class EventRows {
    private let rows: DuckDBAppender
    private let properties: [EventSource.Property]
    private let names: [[UInt8]]
    /// The last referrer and its host: many events in a row have the same.
    private var last: (referrer: String, host: String?) = ("", nil)

    /// Begins to append; the properties are the columns after the fixed ones, as the table has them.
    init(
        _ connection: DuckDBConnection, source: String, properties: [EventSource.Property]
    ) throws(Failure) {
        rows = try DuckDBAppender(connection, EventTables.table(of: source))
        self.properties = properties
        names = properties.map { Array($0.name.utf8) }
    }

    func append(_ event: Event, actor: Int32) throws(Failure) {
        rows.instant(event.time)
        rows.text(event.name)
        rows.text(event.kind.word)
        rows.integer(actor)
        rows.text(event.user)
        rows.text(event.anonymous)
        rows.text(event.session)
        rows.text(event.groups.first?.type)
        rows.text(event.groups.first?.id)
        append(event.context)
        rows.instant(event.received)
        rows.instant(event.clientTime)
        rows.text(event.id)
        rows.text(utf8: event.properties.bytes)
        if let traits = event.traits { rows.text(utf8: traits.bytes) } else { rows.null() }
        appendProperties(event)
        try rows.endRow()
    }

    private func append(_ context: EventContext) {
        rows.text(context.url)
        rows.text(context.path)
        rows.text(context.title)
        rows.text(context.referrer)
        rows.text(context.referrer.flatMap(host))
        rows.text(context.campaign.source)
        rows.text(context.campaign.medium)
        rows.text(context.campaign.name)
        rows.text(context.campaign.term)
        rows.text(context.campaign.content)
        rows.text(context.campaign.click)
        rows.text(context.device)
        rows.text(context.browser)
        rows.text(context.system)
        rows.text(context.country)
        rows.text(context.language)
        rows.boolean(context.isBot)
        rows.text(context.library)
        rows.text(context.format)
    }

    private func appendProperties(_ event: Event) {
        guard !properties.isEmpty else { return }
        event.properties.bytes.withUnsafeBufferPointer { bytes in
            var found = [JSONMembers.Member?](repeating: nil, count: properties.count)
            var members = JSONMembers(bytes)
            while let member = members.next() {
                guard let place = members.place(of: member, in: names) else { continue }
                found[place] = member
            }
            for (property, member) in zip(properties, found) {
                PropertyValue.append(
                    member.map { ($0.kind, members.text($0)) }, as: property.type, to: rows)
            }
        }
    }

    func finish() throws(Failure) { try rows.finish() }

    private func host(of referrer: String) -> String? {
        if last.referrer != referrer { last = (referrer, Self.host(of: referrer)) }
        return last.host
    }

    /// The host of an address, in small letters and without the port and `www.`; nil without one.
    static func host(of address: String) -> String? {
        var address = address
        return address.withUTF8 { utf8 in
            guard let colon = utf8.firstIndex(of: UInt8(ascii: ":")),
                utf8[colon...].starts(with: "://".utf8)
            else { return nil }
            let rest = utf8[(colon + 3)...].prefix { !ends.contains($0) }
            let begin = rest.lastIndex(of: UInt8(ascii: "@")).map { $0 + 1 } ?? rest.startIndex
            let host = rest[begin...].prefix { $0 != UInt8(ascii: ":") }
                .map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
            let bare = host.starts(with: "www.".utf8) ? host.dropFirst(4) : host[...]
            return bare.isEmpty ? nil : String(decoding: bare, as: UTF8.self)
        }
    }

    /// What ends the host in an address: `/ ? #`.
    private static let ends: [UInt8] = [0x2F, 0x3F, 0x23]
}

extension Event.Kind {
    /// The kind as the column `kind` has it.
    var word: String {
        switch self {
        case .track: "track"
        case .page: "page"
        case .screen: "screen"
        case .identify: "identify"
        case .group: "group"
        case .alias: "alias"
        }
    }
}
