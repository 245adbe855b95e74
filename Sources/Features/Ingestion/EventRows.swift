import Engines
import Events
import Vocabulary

/// Appends events as rows of a source's table.
struct EventRows {
    private let rows: DuckDBAppender
    private let properties: [EventSource.Property]

    /// Begins to append; the properties are the columns after the fixed ones, as the table has them.
    init(
        _ connection: DuckDBConnection, source: String, properties: [EventSource.Property]
    ) throws(Failure) {
        rows = try DuckDBAppender(connection, EventTables.table(of: source))
        self.properties = properties
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
        rows.text(context.referrer.flatMap(Self.host))
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
        var found = [(kind: JSONMembers.Kind, text: String)?](
            repeating: nil, count: properties.count)
        event.properties.bytes.withUnsafeBufferPointer { bytes in
            var members = JSONMembers(bytes)
            while let member = members.next() {
                let key = members.key(member)
                guard let place = properties.firstIndex(where: { $0.name == key }) else { continue }
                found[place] = (member.kind, members.text(member))
            }
        }
        for (property, value) in zip(properties, found) {
            PropertyValue.append(value, as: property.type, to: rows)
        }
    }

    func finish() throws(Failure) { try rows.finish() }

    /// The host of an address, in small letters and without the port and `www.`; nil without one.
    static func host(of address: String) -> String? {
        guard let mark = address.firstRange(of: "://") else { return nil }
        let rest = address[mark.upperBound...].prefix { !"/?#".contains($0) }
        let host = (rest.split(separator: "@").last ?? "").prefix { $0 != ":" }.lowercased()
        guard !host.isEmpty else { return nil }
        return host.hasPrefix("www.") ? String(host.dropFirst(4)) : host
    }
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
