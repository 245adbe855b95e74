/// An event of PostHog's while it is read: its properties say more than what was done.
struct PostHogDraft {
    var event = EventDraft()
    var distinctID: JSONText?
    var set: JSONSlice?
    var setOnce: JSONSlice?
    /// Whether the person is to have a profile.
    var hasProfile = true
    /// The write key, where it stands among the properties.
    var token: JSONText?

    private var deviceID: JSONText?
    private var anonymousID: JSONText?
    private var isIdentified: Bool?
    private var alias: JSONText?
    private var aliased: JSONText?
    private var groupType: JSONText?
    private var groupKey: JSONText?
    private var groupSet: JSONSlice?
    private var isFromDevice = false
    private var deviceType: JSONText?
    private var browser: JSONText?
    private var system: JSONText?
    private var screenName: JSONText?
    private var pageTitle: JSONText?
    private var insertID: JSONText?
    private var moment: JSONSlice?

    /// Reads the properties, of which all stay what they are.
    mutating func readProperties(_ scanner: inout JSONScanner) throws(JSONFault) {
        guard scanner.peek() == UInt8(ascii: "{") else {
            event.properties = event.object(try scanner.value(), "properties")
            return
        }
        let start = scanner.position
        var members = try scanner.beginObject()
        while let name = try scanner.nextName(&members) {
            guard name.count > 1, name.raw[0] == UInt8(ascii: "$") else {
                try readPlain(name, &scanner)
                continue
            }
            if name.is("$groups") {
                // A list of groups or anything else stays among the properties.
                if scanner.peek() == UInt8(ascii: "{") {
                    try EventGroups.read(&scanner, &event, "$groups")
                } else {
                    try scanner.skip()
                }
                continue
            }
            take(name, try scanner.value())
        }
        event.properties = JSONSlice(
            kind: .object, base: scanner.bytes + start, count: scanner.position - start,
            hasEscapes: false)
    }

    private mutating func readPlain(_ name: JSONText, _ scanner: inout JSONScanner)
        throws(JSONFault)
    {
        let value = try scanner.value()
        guard let text = value.textOrNumber, text.count > 0 else { return }
        switch name.count {
        case 5 where name.is("token"): token = text
        case 5 where name.is("alias"): alias = text
        case 5 where name.is("title"): pageTitle = text
        case 11 where name.is("distinct_id"): aliased = text
        case 8 where name.is("utm_term"): event.campaign.term = text
        case 10 where name.is("utm_source"): event.campaign.source = text
        case 10 where name.is("utm_medium"): event.campaign.medium = text
        case 11 where name.is("utm_content"): event.campaign.content = text
        case 12 where name.is("utm_campaign"): event.campaign.name = text
        case 3...10 where event.click == nil:
            guard let click = PageAddress.clicks.first(where: { name.is($0) }) else { return }
            event.click = "\(click)=\(text.string)"
        default: return
        }
    }

    private mutating func take(_ name: JSONText, _ value: JSONSlice) {
        switch name.count {
        case 3 where name.is("$ip"):
            event.address = event.text(value)
            event.tellsAddress = true
        case 3 where name.is("$os"): system = event.text(value)
        case 4 where name.is("$set"): if set == nil { set = value }
        case 4 where name.is("$lib"): event.library = event.text(value)
        case 5 where name.is("$time"): moment = value
        case 5 where name.is("$host"): event.host = event.text(value)
        case 6 where name.is("$title"): event.title = event.text(value)
        case 7 where name.is("$locale"): event.language = event.text(value)
        case 8 where name.is("$browser"): browser = event.text(value)
        case 9 where name.is("$set_once"): if setOnce == nil { setOnce = value }
        case 9 where name.is("$pathname"): event.path = event.text(value)
        case 9 where name.is("$referrer"):
            if let text = event.text(value), !text.is("$direct") { event.referrer = text }
        case 10 where name.is("$device_id"): deviceID = event.text(value)
        case 10 where name.is("$group_set"): groupSet = value
        case 10 where name.is("$group_key"): groupKey = value.textOrNumber
        case 10 where name.is("$insert_id"): insertID = event.text(value)
        case 11 where name.is("$group_type"): groupType = event.text(value)
        case 11 where name.is("$session_id"): event.session = event.text(value)
        case 12 where name.is("$current_url"): event.url = event.text(value)
        case 12 where name.is("$lib_version"): event.libraryVersion = event.text(value)
        case 12 where name.is("$device_type"): deviceType = event.text(value)
        case 12 where name.is("$screen_name"): screenName = event.text(value)
        case 14 where name.is("$is_identified"):
            if value.kind == .yes || value.kind == .no { isIdentified = value.kind == .yes }
        case 15 where name.is("$ignore_sent_at"):
            if value.kind == .yes { event.isCorrected = false }
        case 15 where name.is("$raw_user_agent"): event.userAgent = event.text(value)
        case 17 where name.is("$anon_distinct_id"): anonymousID = value.textOrNumber
        case 17 where name.is("$browser_language"): event.language = event.text(value)
        case 23 where name.is("$process_person_profile"):
            if value.kind == .no { hasProfile = false }
        default: return
        }
    }

    /// Says what the event is, now that all of it is known.
    mutating func finish() {
        if event.id == nil { event.id = insertID }
        if event.time == nil, event.offset == nil, let moment { event.time = moment }
        if event.title == nil { event.title = pageTitle ?? screenName }
        nameKind()
        namePeople()
        nameTraits()
        nameDevice()
    }

    private mutating func nameKind() {
        event.kind = .track
        guard let name = event.name, name.count > 3, name.raw[0] == UInt8(ascii: "$") else {
            return
        }
        if name.is("$pageview") {
            event.kind = .page
        } else if name.is("$screen") {
            event.kind = .screen
        } else if name.is("$identify") || name.is("$set") || name.is("$set_once") {
            event.kind = .identify
        } else if name.is("$create_alias") || name.is("$merge_dangerously") {
            event.kind = .alias
        } else if name.is("$groupidentify") {
            event.kind = .group
        }
    }

    /// A distinct id is a person whom the application knows, unless the client says otherwise.
    private mutating func namePeople() {
        guard let id = distinctID ?? aliased else { return }
        let isDevice = deviceID.map { $0.count == id.count && equal($0.base, id.base, id.count) }
        let isAnonymous =
            isIdentified == false || isDevice == true
            || (isDevice == nil && !hasProfile && isIdentified == nil && isUUID(id))
            || (event.kind == .group && id.raw[0] == UInt8(ascii: "$"))
        if isAnonymous {
            event.anonymous = id
        } else {
            event.user = id
            event.anonymous = deviceID
        }
        switch event.kind {
        case .identify: event.previous = anonymousID
        case .alias: nameAlias(id)
        default: break
        }
    }

    /// Python calls the earlier id `distinct_id` and the person `alias`; in browsers a person who is
    /// known gets another name.
    private mutating func nameAlias(_ id: JSONText) {
        guard let alias else { return }
        if isIdentified == true {
            event.previous = alias
        } else {
            event.previous = aliased ?? id
            event.user = alias
        }
    }

    private mutating func nameTraits() {
        if event.kind == .group {
            event.traits = groupSet?.kind == .object ? groupSet : nil
            if let groupKey {
                let type = groupType?.string ?? "group"
                event.groups.removeAll { $0.type == type }
                event.groups.insert(Event.Group(type: type, id: groupKey.string), at: 0)
            } else if event.refusal == nil {
                event.refusal = Refusal(.eventsBadField, "The group has no '$group_key'.")
            }
            return
        }
        if let set, set.kind == .object, !PropertyText.isVoid(set) { event.traits = set }
        if let setOnce, setOnce.kind == .object, !PropertyText.isVoid(setOnce) {
            event.moreTraits = [PropertyText.Extra("$set_once", setOnce)]
        }
    }

    /// What a server says of its own system says nothing of the person's.
    private mutating func nameDevice() {
        guard browser != nil || deviceType != nil else { return }
        event.browser = browser
        event.system = system
        guard let deviceType else { return }
        switch deviceType.string.lowercased() {
        case "desktop": event.device = "desktop"
        case "mobile": event.device = "phone"
        case "tablet": event.device = "tablet"
        case "tv": event.device = "tv"
        default: event.device = "other"
        }
    }

    private func isUUID(_ text: JSONText) -> Bool {
        text.count == 36 && text.raw[8] == UInt8(ascii: "-") && text.raw[13] == UInt8(ascii: "-")
            && text.raw[18] == UInt8(ascii: "-") && text.raw[23] == UInt8(ascii: "-")
    }
}
