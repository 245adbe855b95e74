import Engines
import Events
import Vocabulary

/// Appends events as rows of a source's table.
///
/// Texts are handed over where they stand in the bytes of the inbox, which must stay there until
/// ``finish()``.
final class EventRows {
    private let rows: DuckDBAppender
    private let properties: [EventSource.Property]
    private let names: [[UInt8]]
    /// The types of the groups whose ids columns have.
    private let groupTypes: [[UInt8]?]
    /// How many columns of properties stand before that of groups.
    private let groupsAfter: Int
    private var found: [JSONMembers.Member?]
    /// The last referrer and its host: many events in a row have the same.
    private var last: (referrer: [UInt8], host: [UInt8]?) = ([], nil)

    /// Begins to append; the properties are the columns after the fixed ones, as the table has them,
    /// with the column of groups behind so many of them.
    init(
        _ connection: DuckDBConnection, source: String, properties: [EventSource.Property],
        groupsAfter: Int
    ) throws(Failure) {
        rows = try DuckDBAppender(connection, EventTables.table(of: source))
        self.properties = properties
        names = properties.map { Array($0.name.utf8) }
        groupTypes = properties.map { $0.group.map { Array($0.utf8) } }
        self.groupsAfter = groupsAfter
        found = Array(repeating: nil, count: properties.count)
    }

    /// Appends an event, whose texts stand in the bytes, with the actor that did it and the members
    /// of its properties, which `walk` has found; the groups are those of all events.
    func append(
        _ event: RecordedEvent, of bytes: UnsafeRawBufferPointer, actor: Int32,
        members: [JSONMembers.Member], of walk: JSONMembers, groups: [RecordedGroup]
    ) throws(Failure) {
        func text(_ text: RecordedEvent.Text) {
            rows.text(inPlace: event.bytes(text, of: bytes).map(DuckDBText.init))
        }
        rows.instant(event.time)
        text(.name)
        rows.text(inPlace: Self.words[Int(event.kind.rawValue)])
        rows.integer(actor)
        text(.user)
        text(.anonymous)
        text(.session)
        text(.groupType)
        text(.groupId)
        text(.url)
        text(.path)
        text(.title)
        text(.referrer)
        appendHost(of: event.bytes(.referrer, of: bytes))
        text(.campaignSource)
        text(.campaignMedium)
        text(.campaignName)
        text(.campaignTerm)
        text(.campaignContent)
        text(.click)
        text(.device)
        text(.browser)
        text(.system)
        text(.country)
        text(.language)
        rows.boolean(event.isBot)
        text(.library)
        rows.text(inPlace: event.bytes(.format, of: bytes).map(DuckDBText.init) ?? Self.empty)
        rows.instant(event.received)
        rows.instant(event.clientTime)
        text(.id)
        rows.text(
            inPlace: event.bytes(.properties, of: bytes).map(DuckDBText.init) ?? Self.noProperties)
        text(.traits)
        appendProperties(members, of: walk, groups[event.groups], of: bytes)
        try rows.endRow()
    }

    private func appendProperties(
        _ members: [JSONMembers.Member], of walk: JSONMembers,
        _ groups: ArraySlice<RecordedGroup>, of bytes: UnsafeRawBufferPointer
    ) {
        for place in found.indices { found[place] = nil }
        for member in members {
            if let place = walk.place(of: member, in: names) { found[place] = member }
        }
        for place in properties.indices {
            if place == groupsAfter { append(groups, of: bytes) }
            if found[place] == nil, let group = group(groupTypes[place], in: groups, of: bytes) {
                rows.text(inPlace: DuckDBText(group.id(of: bytes)))
            } else {
                PropertyValue.append(
                    found[place], of: walk, isLasting: true, as: properties[place].type, to: rows)
            }
        }
        if properties.count == groupsAfter { append(groups, of: bytes) }
    }

    private func append(_ groups: ArraySlice<RecordedGroup>, of bytes: UnsafeRawBufferPointer) {
        guard !groups.isEmpty else { return rows.null() }
        JSONObjectText(groups, of: bytes).bytes.withUnsafeBytes { rows.text(utf8: $0) }
    }

    private func group(
        _ type: [UInt8]?, in groups: ArraySlice<RecordedGroup>, of bytes: UnsafeRawBufferPointer
    ) -> RecordedGroup? {
        guard let type else { return nil }
        return groups.first { $0.type(of: bytes).elementsEqual(type) }
    }

    func finish() throws(Failure) { try rows.finish() }

    private static let empty = DuckDBText("")
    private static let noProperties = DuckDBText("{}")
    /// The kinds as the column `kind` has them, by their numbers.
    private static let words: [DuckDBText?] = {
        var words = [DuckDBText?](repeating: nil, count: 256)
        for kind in Event.Kind.allCases { words[Int(kind.rawValue)] = DuckDBText(kind.word) }
        return words
    }()

    private func appendHost(of referrer: UnsafeRawBufferPointer?) {
        guard let referrer else { return rows.null() }
        if !last.referrer.elementsEqual(referrer) {
            let host = Self.host(of: String(decoding: referrer, as: UTF8.self))
            last = (Array(referrer), host.map { Array($0.utf8) })
        }
        guard let host = last.host else { return rows.null() }
        host.withUnsafeBytes { rows.text(utf8: $0) }
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
    fileprivate var word: StaticString {
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
