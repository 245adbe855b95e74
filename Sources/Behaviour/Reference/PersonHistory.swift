import Vocabulary

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

    /// The people of each group, by an attribute or by their latest value.
    func groups(
        _ selection: PeopleSelection, _ latest: LatestValue?, _ events: [EventSelection]
    ) -> [[PersonHistory]] {
        guard let latest else { return groups(selection) }
        let property = latest.property
        var groups = Array(
            repeating: [PersonHistory](), count: schema.properties[property].values.count + 2)
        for person in self.groups(PeopleSelection(conditions: selection.conditions))[0] {
            let known = person.events.filter { event in
                events.contains { $0.contains(event) }
                    && event.time < latest.before.microseconds
                    && event.time >= latest.from?.microseconds ?? .min
            }
            guard !known.isEmpty else { continue }
            let named = known.filter { $0.properties[property] != ValueDictionary.none }
            let moment = named.map(\.time).max()
            let last = named.filter { $0.time == moment }.map { $0.properties[property] }
            let best = last.max { one, other in
                text(one, property).utf8.lexicographicallyPrecedes(text(other, property).utf8)
            }
            groups[Int(best ?? ValueDictionary.none)].append(person)
        }
        return groups
    }

    /// The value that a code of a property stands for.
    func text(_ code: UInt16, _ property: Int) -> String {
        schema.properties[property].value(code) ?? ""
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
            && joint.allSatisfy { condition in
                condition.contains { place in
                    Int(place.property.map { event.properties[$0] } ?? event.code)
                }
            }
    }
}

extension PersonHistory {
    /// Whether the person did one of these in a period.
    func did(_ selection: EventSelection, from start: Int64, to end: Int64) -> Bool {
        events.contains { selection.contains($0) && $0.time >= start && $0.time < end }
    }
}
