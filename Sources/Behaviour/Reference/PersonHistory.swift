/// What a person did, as plain values: for answers that are obviously right and slow.
public struct PersonHistory: Sendable {
    /// One thing that a person did.
    public struct Event: Hashable, Sendable {
        /// Microseconds since 1970.
        public var time: Int64
        /// The code of its name.
        public var code: UInt16
        /// The codes of its properties.
        public var properties: [UInt16]

        /// Makes an event.
        public init(time: Int64, code: UInt16, properties: [UInt16] = []) {
            self.time = time
            self.code = code
            self.properties = properties
        }
    }

    /// The events by time, those of one instant by code.
    public let events: [Event]
    /// The codes of what is known of the person.
    public let attributes: [UInt16]

    /// Makes a history of events in any order.
    public init(events: [Event], attributes: [UInt16] = []) {
        self.events = events.sorted { ($0.time, $0.code) < ($1.time, $1.code) }
        self.attributes = attributes
    }
}

/// Answers questions by doing, person by person, what their definition says.
///
/// Nothing here is shared with the folds over the index, so that the two can be held against each
/// other.
public struct BehaviourReference: Sendable {
    let histories: [PersonHistory]
    let schema: IndexSchema

    /// Answers over these people.
    public init(_ histories: [PersonHistory], _ schema: IndexSchema) {
        self.histories = histories
        self.schema = schema
    }

    /// The people of each group.
    func groups(_ selection: PeopleSelection) -> [[PersonHistory]] {
        let selected = histories.filter { person in
            selection.conditions.allSatisfy { $1.contains(person.attributes[$0]) }
        }
        guard let split = selection.split else { return [selected] }
        return (0..<schema.attributes[split].values.count + 2).map { code in
            selected.filter { Int($0.attributes[split]) == code }
        }
    }
}

extension EventSelection {
    /// Whether an event is one of these.
    func contains(_ event: PersonHistory.Event) -> Bool {
        (events?.contains(event.code) ?? true)
            && conditions.allSatisfy { $0.codes.contains(event.properties[$0.property]) }
    }
}

extension PersonHistory {
    /// Whether the person did one of these in a period.
    func did(_ selection: EventSelection, from start: Int64, to end: Int64) -> Bool {
        events.contains { selection.contains($0) && $0.time >= start && $0.time < end }
    }
}
