import Vocabulary

/// What an application is meant to send: an event of the tracking plan, and its properties.
///
/// Events that no definition describes are taken all the same; a plan flags and counts them.
public struct EventDefinition: Hashable, Sendable {
    /// Its name in the workspace.
    public let id: String
    /// What applications call it.
    public let event: String
    /// When it happens, in a sentence.
    public let meaning: String
    /// Who answers for it.
    public let owner: String?
    /// The sources to which it is sent.
    public let sources: [String]
    /// Its properties by name.
    public let properties: [String: Property]
    /// Where it is defined.
    public let origin: Origin

    /// A property that an event is meant to have.
    public struct Property: Hashable, Sendable {
        /// What its values are.
        public let type: ValueType
        /// What it says; nil where nothing is written.
        public let meaning: String?
        /// The values that it may have; empty means any.
        public let values: [String]
        /// Whether every event has it.
        public let isRequired: Bool

        /// Describes a property.
        public init(
            type: ValueType, meaning: String? = nil, values: [String] = [],
            isRequired: Bool = false
        ) {
            self.type = type
            self.meaning = meaning
            self.values = values
            self.isRequired = isRequired
        }
    }

    /// Describes an event.
    public init(
        id: String, event: String, meaning: String, owner: String? = nil, sources: [String],
        properties: [String: Property] = [:], origin: Origin
    ) {
        self.id = id
        self.event = event
        self.meaning = meaning
        self.owner = owner
        self.sources = sources
        self.properties = properties
        self.origin = origin
    }
}

extension EventDefinition.Property {
    /// Whether a value of a type that was seen is what the plan means.
    ///
    /// - Parameter seen: A type's word as values show it: `text`, `integer`, `number`, `boolean`,
    ///   `date`, `instant`, `list`, `object` or `null`, which fits every type.
    /// - Returns: Whether it fits.
    public func fits(seen: String) -> Bool {
        if seen == "null" || seen == type.rawValue { return true }
        return switch type {
        case .text: ["date", "instant"].contains(seen)
        case .number, .decimal: ["integer", "number"].contains(seen)
        case .instant: seen == "date"
        default: false
        }
    }
}
