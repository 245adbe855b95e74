import Vocabulary

/// The histories of all people at one watermark: the file of an index and what came after it.
///
/// A value that never changes, so that questions and additions do not disturb each other. People
/// whose history is not as it lies in the file are put together when a question reads them: their
/// events in the file, those in the tails, and those of the numbers that were merged into them.
public struct BehaviourSnapshot: Sendable {
    /// What the numbers mean.
    public private(set) var schema: IndexSchema
    /// Up to which event it knows everything.
    public private(set) var watermark: IndexWatermark
    /// The file.
    public let base: BehaviourIndex

    private(set) var tails: [IndexTail] = []
    /// Attributes that are not those in the file any more, by person.
    private(set) var changed: [UInt32: [UInt16]] = [:]
    /// Whose number was merged into whose.
    private(set) var owners: [UInt32: UInt32] = [:]
    /// The numbers that were merged into one.
    private(set) var members: [UInt32: [UInt32]] = [:]
    /// Who must be put together or left out, ascending.
    private(set) var special: [UInt32] = []

    /// The file alone.
    public init(_ base: BehaviourIndex) {
        self.base = base
        schema = base.schema
        watermark = base.watermark
    }

    /// How many events are not in the file yet; when they are many,
    /// ``rewritten(to:joinsMerged:memoryBytesMax:)`` makes a new one.
    public var tailCount: Int { tails.reduce(0) { $0 + $1.count } }

    /// How many people must be put together when a question reads them.
    public var specialCount: Int { special.count }

    /// Whether a property has events whose value is not listed, so that some conditions on it
    /// cannot be answered.
    public func hasUnlisted(property: Int) -> Bool { hasOthers(property) }

    /// How many events there are.
    public var eventCount: Int { base.eventCount + tailCount }

    /// One more than the highest number of a person.
    public var personCount: Int { max(base.personCount, special.last.map { Int($0) + 1 } ?? 0) }

    /// The same with more events.
    ///
    /// - Parameters:
    ///   - columns: The events, in any order.
    ///   - schema: What the numbers mean now; what had a code keeps it.
    ///   - attributes: The attributes of people that are new or changed.
    ///   - watermark: Up to which event everything is known now.
    /// - Returns: A snapshot that shares what did not change with this one.
    public func adding(
        _ columns: EventColumns, schema: IndexSchema, attributes: [UInt32: [UInt16]] = [:],
        watermark: IndexWatermark
    ) -> BehaviourSnapshot {
        precondition(schema.extends(self.schema), "Codes of an index must not change.")
        precondition(
            columns.properties.count == schema.properties.count,
            "Events must have the properties of the index.")
        var result = self
        result.schema = schema
        result.watermark = watermark
        if columns.count > 0 { result.tails.append(IndexTail(columns)) }
        while result.tails.count > 1 {
            let last = result.tails[result.tails.count - 1]
            let before = result.tails[result.tails.count - 2]
            guard before.count <= 2 * last.count else { break }
            result.tails.removeLast(2)
            result.tails.append(IndexTail(merging: before, last))
        }
        for (person, codes) in attributes { result.changed[person] = codes }
        result.findSpecial()
        return result
    }

    /// The same with numbers of people merged into others: their events are the others' now.
    ///
    /// - Parameter owners: For each number that is no person of its own, whose it is; complete, and
    ///   nobody's owner has an owner.
    /// - Returns: A snapshot in which nobody is counted twice.
    public func merging(_ owners: [UInt32: UInt32]) -> BehaviourSnapshot {
        var result = self
        result.owners = owners.filter { $0.key != $0.value }
        result.members = [:]
        for (member, owner) in result.owners.sorted(by: { $0.key < $1.key }) {
            precondition(result.owners[owner] == nil, "Whose number was merged owns nobody.")
            result.members[owner, default: []].append(member)
        }
        result.findSpecial()
        return result
    }

    /// Whether a number has events of its own; if not, it does not matter whose it is.
    public func hasEvents(_ person: UInt32) -> Bool {
        if Int(person) < base.personCount,
            base.starts[Int(person)] < base.starts[Int(person) + 1]
        {
            return true
        }
        return tails.contains { !$0.range(of: person).isEmpty }
    }

    private mutating func findSpecial() {
        var found = Set(changed.keys)
        found.formUnion(owners.keys)
        found.formUnion(members.keys)
        for tail in tails {
            for person in tail.persons { found.insert(owners[person] ?? person) }
        }
        special = found.sorted()
    }

    /// Writes everything into a new file, which replaces an earlier one of that path, and opens it.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - joinsMerged: Whether events of merged numbers become their owners'. Otherwise they stay as
    ///     they were, so that a merge can be taken back.
    ///   - memoryBytesMax: How many bytes of records may wait in memory.
    /// - Returns: The new file's snapshot.
    /// - Throws: `behaviour/not-written`, and what ``BehaviourIndexBuilder`` throws.
    public func rewritten(
        to path: String, joinsMerged: Bool = false, memoryBytesMax: Int = 512 << 20
    ) throws(Failure) -> BehaviourSnapshot {
        let builder = BehaviourIndexBuilder(
            path: path, schema: schema, memoryBytesMax: memoryBytesMax)
        let owners = joinsMerged ? owners : [:]
        func add(_ columns: EventColumns) throws(Failure) {
            var columns = columns
            if !owners.isEmpty { columns.persons = columns.persons.map { owners[$0] ?? $0 } }
            try builder.add(columns)
        }
        try base.forEachChunk { columns throws(Failure) in try add(columns) }
        for tail in tails {
            try add(
                EventColumns(
                    persons: tail.people, times: tail.times, events: tail.events,
                    properties: tail.properties))
        }
        let attributes = schema.attributes.indices.map { index in
            (0..<personCount).map { attribute(index, of: UInt32($0)) }
        }
        let file = try builder.finish(attributes: attributes, watermark: watermark)
        return BehaviourSnapshot(file).merging(self.owners)
    }

    /// The code of an attribute of a person.
    func attribute(_ index: Int, of person: UInt32) -> UInt16 {
        if let codes = changed[person] { return codes[index] }
        guard Int(person) < base.personCount else { return ValueDictionary.none }
        return UInt16(base.attributes[index][Int(person)])
    }
}
