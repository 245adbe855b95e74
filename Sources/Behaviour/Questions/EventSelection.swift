import Vocabulary

/// Some events: by name, and perhaps by properties.
public struct EventSelection: Hashable, Sendable {
    /// The codes of the names; nil means every event.
    public var events: Set<UInt16>?
    /// What properties must be; all must hold.
    public var conditions: [PropertyCondition]
    /// What several properties must be together; all must hold.
    public var joint: [JointCondition]

    /// Every event.
    public static let all = EventSelection(events: nil)

    /// Selects events.
    public init(
        events: Set<UInt16>?, conditions: [PropertyCondition] = [], joint: [JointCondition] = []
    ) {
        self.events = events
        self.conditions = conditions
        self.joint = joint
    }

    var isAll: Bool { events == nil && conditions.isEmpty && joint.isEmpty }
}

/// What several properties of an event must be together, such as "the one or the other".
public struct JointCondition: Hashable, Sendable {
    /// A property, or the event's name.
    public struct Place: Hashable, Sendable {
        /// The property by its place in the index; nil is the name.
        public let property: Int?
        /// How many codes there are; higher ones meet no condition.
        public let codes: Int

        /// Names a property.
        public init(property: Int?, codes: Int) {
            self.property = property
            self.codes = codes
        }
    }

    /// What it looks at.
    public let places: [Place]
    /// Whether each combination of codes is wanted; those of the last place are neighbours.
    public let isWanted: [Bool]

    /// Makes a condition.
    public init(places: [Place], isWanted: [Bool]) {
        precondition(
            isWanted.count == places.reduce(1) { $0 * $1.codes },
            "A joint condition says of every combination whether it is wanted.")
        self.places = places
        self.isWanted = isWanted
    }

    /// Whether codes are wanted.
    @inline(__always)
    func contains(_ code: (Place) -> Int) -> Bool {
        var cell = 0
        for place in places {
            let code = code(place)
            guard code < place.codes else { return false }
            cell = cell &* place.codes &+ code
        }
        return isWanted[cell]
    }
}

/// A property of an event has one of some values.
public struct PropertyCondition: Hashable, Sendable {
    /// Which property, by its place in the index.
    public let property: Int
    /// The codes of the values.
    public let codes: Set<UInt16>

    /// Makes a condition of codes; ``BehaviourSnapshot`` makes them of values.
    public init(property: Int, codes: Set<UInt16>) {
        self.property = property
        self.codes = codes
    }
}

/// Some people, all together or by the values of one of their attributes.
public struct PeopleSelection: Hashable, Sendable {
    /// What attributes must be: their place in the index, and the codes of the values.
    public var conditions: [Int: Set<UInt16>]
    /// The attribute whose every value gets an answer of its own, by its place in the index.
    public var split: Int?

    /// Everyone, together.
    public static let everyone = PeopleSelection()

    /// Selects people.
    public init(conditions: [Int: Set<UInt16>] = [:], split: Int? = nil) {
        self.conditions = conditions
        self.split = split
    }
}

extension BehaviourSnapshot {
    /// The codes of names of events; names that never happened have none.
    public func codes(ofEvents names: some Sequence<String>) -> Set<UInt16> {
        let wanted = Set(names)
        return Set(
            schema.events.indices.filter { wanted.contains(schema.events[$0]) }.map { UInt16($0) })
    }

    /// "The property is one of these values."
    ///
    /// - Throws: `behaviour/not-indexed` if the index has no such property, or if it cannot tell,
    ///   since a value is not listed and some events have values that are not.
    public func condition(
        _ property: String, isIn values: Set<String>
    ) throws(Failure) -> PropertyCondition {
        let index = try place(ofProperty: property)
        let dictionary = schema.properties[index]
        let codes = Set(values.map { dictionary.code($0) })
        guard !codes.contains(ValueDictionary.other) || !hasOthers(index) else {
            throw Self.notListed(property)
        }
        return PropertyCondition(
            property: index, codes: codes.subtracting([ValueDictionary.other]))
    }

    /// "The property has a value for which this is true"; it is asked of each listed value.
    ///
    /// - Throws: `behaviour/not-indexed` if the index has no such property, or if some events have
    ///   values that are not listed.
    public func condition(
        _ property: String, where isWanted: (String) -> Bool
    ) throws(Failure) -> PropertyCondition {
        let index = try place(ofProperty: property)
        guard !hasOthers(index) else { throw Self.notListed(property) }
        let values = schema.properties[index].values
        let codes = values.indices.filter { isWanted(values[$0]) }.map { UInt16($0 + 2) }
        return PropertyCondition(property: index, codes: Set(codes))
    }

    /// The place of an attribute of people, and the codes of some of its values.
    ///
    /// - Throws: `behaviour/not-indexed` if the index has no such attribute, or a value is not listed
    ///   although there is no room for all.
    public func attribute(
        _ name: String, isIn values: Set<String> = []
    ) throws(Failure) -> (index: Int, codes: Set<UInt16>) {
        guard let index = schema.attributes.firstIndex(where: { $0.name == name }) else {
            throw Failure(
                .notInBehaviourIndex, "The behaviour index does not have the attribute '\(name)'.")
        }
        let dictionary = schema.attributes[index]
        let codes = Set(values.map { dictionary.code($0) })
        let isFull = dictionary.values.count == dictionary.capacity
        guard !codes.contains(ValueDictionary.other) || !isFull else { throw Self.notListed(name) }
        return (index, codes.subtracting([ValueDictionary.other]))
    }

    private func place(ofProperty name: String) throws(Failure) -> Int {
        guard let index = schema.properties.firstIndex(where: { $0.name == name }) else {
            throw Failure(
                .notInBehaviourIndex, "The behaviour index does not have the property '\(name)'.")
        }
        return index
    }

    func hasOthers(_ property: Int) -> Bool {
        base.header.hasOthers[property]
            || tails.contains { $0.properties[property].contains(ValueDictionary.other) }
    }

    private static func notListed(_ name: String) -> Failure {
        Failure(
            .notInBehaviourIndex,
            "'\(name)' has more values than the behaviour index lists, so it cannot tell.",
            hint: "The question is answered from the events instead.")
    }
}

extension Failure.Code {
    /// The behaviour index does not have what the question needs.
    public static let notInBehaviourIndex: Self = "behaviour/not-indexed"
}
