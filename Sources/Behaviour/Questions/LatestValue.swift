import Vocabulary

/// Parts people by the value that a property had in the latest of their events that have one; of
/// several at once, the value that comes last in the order of bytes.
///
/// The events are those at which the question looks, of which some may be in no period.
public struct LatestValue: Hashable, Sendable {
    /// The property, by its place in the index.
    public var property: Int
    /// Only events from this instant on; nil for all.
    public var from: Instant?
    /// Only events before this instant.
    public var before: Instant

    /// Parts people.
    public init(property: Int, from: Instant? = nil, before: Instant) {
        self.property = property
        self.from = from
        self.before = before
    }
}

/// The groups in which people are counted: by an attribute, or by their latest value.
struct PeopleParts: Sendable {
    /// How many groups there are.
    let groups: Int
    /// Whether people are parted by their latest value.
    let isLatest: Bool

    private let people: PeopleTable
    private let latest: LatestValue?
    /// By code of the value, its place among all.
    private let ranks: [UInt32]
    private var from = Int64.min
    private var before = Int64.max

    init(_ people: PeopleSelection, _ latest: LatestValue?, _ schema: IndexSchema) {
        self.people = PeopleTable(people, schema)
        self.latest = latest
        isLatest = latest != nil
        guard let latest else {
            groups = self.people.groups
            ranks = []
            return
        }
        groups = schema.properties[latest.property].values.count + 2
        ranks = ValueRanks.ranks(schema.properties[latest.property])
    }

    /// Gets ready for a clock.
    mutating func prepare<Clock: HistoryClock>(_ clock: Clock) {
        guard let latest else { return }
        from = latest.from.map { clock.border($0) } ?? Int64.min
        before = clock.border(latest.before)
    }

    /// The group of a person; nil for who is not selected, or has no event by which to be parted.
    @inline(__always)
    func group<Clock: HistoryClock>(
        _ slot: Int, _ block: HistoryBlock<Clock>, _ table: EventTable
    ) -> Int? {
        let group = people.group(slot, block.attributes)
        guard isLatest, group != nil else { return group }
        return latestGroup(slot, block, table)
    }

    private func latestGroup<Clock: HistoryClock>(
        _ slot: Int, _ block: HistoryBlock<Clock>, _ table: EventTable
    ) -> Int? {
        guard let latest else { return nil }
        let column = block.properties[latest.property]
        var found: Int?
        var moment = Int64.min
        var index = Int(block.starts[slot &+ 1])
        while index > Int(block.starts[slot]) {
            index &-= 1
            let time = block.clock.ticks(index)
            if time >= before { continue }
            if time < from || time < moment { break }
            guard
                table.isAll
                    || table.checked(
                        table.masks[Int(block.events[index])], index, block) != 0
            else { continue }
            let code = column[index]
            if code == Int(ValueDictionary.none) {
                found = found ?? code
            } else if moment == .min {
                (found, moment) = (code, time)
            } else if let known = found, ranks[code] > ranks[known] {
                found = code
            }
        }
        return found
    }
}

extension BehaviourSnapshot {
    /// How many counts a question keeps at most, by group and whatever else.
    private static let countsMax = 1 << 22

    /// Understands how people are counted.
    ///
    /// - Parameters:
    ///   - people: Who is counted.
    ///   - latest: By whose value they are parted.
    ///   - counts: How many counts there are of each group.
    /// - Returns: The groups.
    /// - Throws: `behaviour/not-indexed` if the index cannot tell the groups, or they are too many.
    func parts(
        _ people: PeopleSelection = .everyone, _ latest: LatestValue?, counts: Int
    ) throws(Failure) -> PeopleParts {
        let parts = PeopleParts(people, latest, schema)
        if let latest { try requireParts(latest.property, counts: counts) }
        return parts
    }

    /// Makes sure that something can be counted by the values of a property.
    ///
    /// - Throws: As ``parts(_:_:counts:)``.
    func requireParts(_ property: Int, counts: Int) throws(Failure) {
        let dictionary = schema.properties[property]
        guard !hasUnlisted(property: property) else {
            throw Failure(
                .notInBehaviourIndex, "'\(dictionary.name)' has more values than the index lists.")
        }
        guard (dictionary.values.count + 2) * counts <= Self.countsMax else {
            throw Failure(
                .notInBehaviourIndex,
                "'\(dictionary.name)' has too many values for so many periods.")
        }
    }
}
