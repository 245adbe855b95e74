import Events
import Vocabulary

/// A source to which applications send events, as far as storing them needs to know it.
public struct EventSource: Hashable, Sendable {
    /// A property that has a column of its own.
    public struct Property: Hashable, Sendable {
        /// Its name, in the events and in the table.
        public let name: String
        /// The type of its column.
        public let type: ValueType

        /// The type of the groups whose ids the column has for events without such a property:
        /// `company` where the name is `group_company`; nil for other names.
        var group: String? {
            let mark = "group_"
            return name.hasPrefix(mark) && type == .text ? String(name.dropFirst(mark.count)) : nil
        }

        /// Declares a property.
        public init(name: String, type: ValueType) {
            self.name = name
            self.type = type
        }
    }

    /// Its name, which is that of its table too.
    public let name: String
    /// The properties with columns of their own, in the order of the columns.
    public let properties: [Property]
    /// Whether events of programs do not count as rows of the source.
    public let dropsBots: Bool
    /// What is not stored at all.
    public let privacy: EventPrivacy

    /// Describes a source of events.
    public init(
        name: String, properties: [Property] = [], dropsBots: Bool = true,
        privacy: EventPrivacy = EventPrivacy()
    ) {
        self.name = name
        self.properties = properties
        self.dropsBots = dropsBots
        self.privacy = privacy
    }
}

/// What of the events of a source is not stored; an event never holds a network address.
public struct EventPrivacy: Hashable, Sendable {
    /// The properties that may be stored; nil where all may.
    public var allowedProperties: Set<String>?
    /// The property that must be true for an event to be stored; nil where none is asked for.
    ///
    /// An event without consent is counted and not kept anywhere, the quarantine included.
    public var consentProperty: String?

    /// Stores everything, unless more is said.
    public init(allowedProperties: Set<String>? = nil, consentProperty: String? = nil) {
        self.allowedProperties = allowedProperties
        self.consentProperty = consentProperty
    }

    /// What may be stored of an event; nil where there is no consent to store it.
    func permitted(_ event: Event) -> Event? {
        if let consentProperty {
            let isGiven = event.properties.bytes.withUnsafeBufferPointer { bytes in
                var members = JSONMembers(bytes)
                while let member = members.next() {
                    if members.key(member) == consentProperty { return member.kind == .true }
                }
                return false
            }
            guard isGiven else { return nil }
        }
        guard let allowedProperties else { return event }
        var copy = event
        copy.properties = event.properties.keeping(allowedProperties)
        copy.traits = event.traits?.keeping(allowedProperties)
        return copy
    }
}

extension JSONObjectText {
    /// The object with no other members than these.
    func keeping(_ names: Set<String>) -> JSONObjectText {
        var kept: [UInt8] = [UInt8(ascii: "{")]
        bytes.withUnsafeBufferPointer { bytes in
            var members = JSONMembers(bytes)
            while let member = members.next() {
                guard names.contains(members.key(member)) else { continue }
                if kept.count > 1 { kept.append(UInt8(ascii: ",")) }
                kept.append(UInt8(ascii: "\""))
                kept.append(contentsOf: bytes[member.key])
                kept.append(contentsOf: [UInt8(ascii: "\""), UInt8(ascii: ":")])
                kept.append(contentsOf: bytes[member.value])
            }
        }
        return JSONObjectText(checked: kept + [UInt8(ascii: "}")])
    }
}
