import TestSupport
import Testing
import Vocabulary

@testable import Behaviour

@Suite("The behaviour index against the reference")
struct ReferenceComparisonTests {
    @Test("every answer equals the reference", arguments: 0..<18)
    func equal(seed: Int) async throws {
        var (random, snapshot, reference) = try Self.bothWays(seed)

        for _ in 0..<3 {
            try await Self.compare(snapshot, reference, &random)
        }
    }

    @Test("every attempt and every return equals the reference", arguments: 0..<18)
    func attemptsAndReturns(seed: Int) async throws {
        // The index tells no value that it does not list.
        var (random, snapshot, reference) = try Self.bothWays(seed, of: 100, listsAll: true)
        var found = 0

        for _ in 0..<8 {
            let attempts = random.attempts()
            let expected = reference.answer(attempts).sorted
            #expect(try await snapshot.answer(attempts).sorted == expected, "\(attempts)")
            let returns = random.returns()
            #expect(try await snapshot.answer(returns) == reference.answer(returns), "\(returns)")
            let borders = random.borders(atLeast: 2)
            let frequency = FrequencyQuestion(
                events: random.selection(), borders: borders, latest: random.latest(borders))
            #expect(try await snapshot.answer(frequency) == reference.answer(frequency))
            let active = ActiveQuestion(
                events: random.selection(), borders: borders, rolling: [2],
                latest: random.latest(borders))
            #expect(try await snapshot.answer(active) == reference.answer(active), "\(active)")
            let lifecycle = LifecycleQuestion(
                events: random.selection(), borders: borders, latest: random.latest(borders))
            #expect(
                try await snapshot.answer(lifecycle) == reference.answer(lifecycle),
                "\(lifecycle)")
            let usage = random.usage()
            #expect(try await snapshot.answer(usage) == reference.answer(usage), "\(usage)")
            found += expected.count
        }

        #expect(found > 60)
    }

    @Test("every way equals the reference", arguments: 0..<18)
    func ways(seed: Int) async throws {
        var (random, snapshot, reference) = try Self.bothWays(seed, of: 200, listsAll: true)
        var found = 0

        for _ in 0..<12 {
            let ways = random.ways()
            let expected = reference.answer(ways)
            let answer = try await snapshot.answer(ways)
            var counts: [Way: Int] = [:]
            var last: [UInt32] = []
            answer.forEachInOrder { way, count in
                counts[way] = count
                #expect(!way.nodes.lexicographicallyPrecedes(last))
                last = way.nodes
            }
            #expect(counts == expected, "\(ways)")
            found += expected.count
        }

        #expect(found > 50)
    }

    private static func compare(
        _ snapshot: BehaviourSnapshot, _ reference: BehaviourReference,
        _ random: inout RandomHistories
    ) async throws {
        let selected = random.peopleSelection()
        let active = ActiveQuestion(
            events: random.selection(), people: selected, borders: random.borders(),
            rolling: [2, 3])
        #expect(try await snapshot.answer(active) == reference.answer(active), "\(active)")
        let lifecycle = LifecycleQuestion(
            events: random.selection(), people: selected, borders: random.borders(atLeast: 2))
        #expect(try await snapshot.answer(lifecycle) == reference.answer(lifecycle), "\(lifecycle)")
    }

    /// Random people, as an index and for the reference.
    private static func bothWays(
        _ seed: Int, of hundred: Int = 0, listsAll: Bool = false
    ) throws -> (RandomHistories, BehaviourSnapshot, BehaviourReference) {
        var random = RandomHistories(seed: UInt64(hundred + seed))
        random.listsAll = listsAll
        let people = random.people(
            160, eventsMax: 14, unit: [1_000_000, 1_000, 1, 250_000][seed % 4])
        let snapshot = try snapshot(people, &random, seed)
        return (random, snapshot, BehaviourReference(people, random.schema))
    }

    /// The people as an index: by turns all in the file; half of the events in tails; and some of
    /// them under numbers that were merged.
    private static func snapshot(
        _ people: [PersonHistory], _ random: inout RandomHistories, _ seed: Int
    ) throws -> BehaviourSnapshot {
        let folder = try IndexFolder()
        let isMerged = seed % 3 == 2
        var owners: [UInt32: UInt32] = [:]
        var events: [(person: UInt32, event: PersonHistory.Event)] = []
        for (number, person) in people.enumerated() {
            // A number of its own after all people stands for some of the events.
            let other = UInt32(people.count + number)
            if isMerged, number % 2 == 0 { owners[other] = UInt32(number) }
            for event in person.events {
                let isOther = owners[other] != nil && Bool.random(using: &random.random)
                events.append((isOther ? other : UInt32(number), event))
            }
        }
        events.shuffle(using: &random.random)
        let inFile = seed % 3 == 0 ? events.count : events.count / 2
        let builder = BehaviourIndexBuilder(
            path: folder.path, schema: random.schema, memoryBytesMax: 0)
        for start in stride(from: 0, to: inFile, by: 97) {
            try builder.add(
                EventColumns(Array(events[start..<min(start + 97, inFile)]), properties: 2))
        }
        let attributes = (0..<2).map { index in people.map { $0.attributes[index] } }
        let index = try builder.finish(attributes: attributes, watermark: noWatermark)
        var snapshot = BehaviourSnapshot(index).merging(owners)
        for start in stride(from: inFile, to: events.count, by: 131) {
            snapshot = snapshot.adding(
                EventColumns(Array(events[start..<min(start + 131, events.count)]), properties: 2),
                schema: random.schema, watermark: noWatermark)
        }
        switch seed % 6 {
        case 2: return try snapshot.rewritten(to: folder.path, joinsMerged: true)
        case 5: return try snapshot.rewritten(to: folder.path)
        default: return snapshot
        }
    }
}
