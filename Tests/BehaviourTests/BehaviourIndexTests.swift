import Foundation
import TestSupport
import Testing
import Vocabulary

@testable import Behaviour

@Suite("The file of the behaviour index")
struct BehaviourIndexTests {
    @Test(
        "times come back to the microsecond, in the fewest bytes that keep them",
        arguments: [(1_000_000, 6), (1_000, 8), (1, 9)] as [(Int64, Int)])
    func times(unit: Int64, bytes: Int) throws {
        let folder = try IndexFolder()
        let times = [5, 1, 4, 1, 999].map { -2_000_000 + unit * $0 }

        let index = try Self.build(folder, times: times)

        #expect(index.times(0..<5) == times.sorted())
        let columns = index.header.lengths[1...3].reduce(0, +)
        #expect(columns == bytes * 5)
    }

    @Test("an event with three short properties takes less than twelve bytes")
    func bytesPerEvent() throws {
        let folder = try IndexFolder()
        let count = 100_000
        let schema = IndexSchema(
            events: ["viewed"],
            properties: ["a", "b", "c"].map { ValueDictionary(name: $0, values: ["x"]) })
        let builder = BehaviourIndexBuilder(path: folder.path, schema: schema)
        let codes = [UInt16](repeating: 2, count: count)
        try builder.add(
            EventColumns(
                persons: (0..<count).map { UInt32($0 / 40) },
                times: (0..<count).map { Int64($0) * 1_001 }, events: codes.map { _ in 0 },
                properties: [codes, codes, codes]))

        let index = try builder.finish(watermark: noWatermark)

        // Four of the seconds, three of the microseconds, two of the name, three of properties.
        #expect(Double(index.sizeBytes) / Double(count) < 12.2)
    }

    @Test("an index without events answers")
    func empty() async throws {
        let folder = try IndexFolder()

        let snapshot = BehaviourSnapshot(try Self.build(folder, times: []))
        let answer = try await snapshot.answer(
            ActiveQuestion(borders: [Instant(seconds: 0), Instant(seconds: 1)], rolling: [1]))

        #expect(answer == ActiveAnswer(active: [[0]], rolling: [[[0]]]))
    }

    @Test("every damaged byte is found", arguments: 0..<60)
    func damage(seed: Int) throws {
        let folder = try IndexFolder()
        _ = try Self.build(folder, times: (0..<500).map { Int64($0) * 1_000 })
        var random = SeededGenerator(seed: UInt64(seed))
        var bytes = try Data(contentsOf: URL(filePath: folder.path))
        let sections = try BehaviourIndex(path: folder.path).header.sections
        let section = sections.filter { $0.length > 0 }.randomElement(using: &random)
        let place = try #require(section).offset + Int.random(in: 0..<4, using: &random)
        bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        try bytes.write(to: URL(filePath: folder.path))

        let failure = #expect(throws: Failure.self) { try BehaviourIndex(path: folder.path) }

        #expect(failure?.code == .damagedBehaviourIndex)
    }

    @Test("a file cut short anywhere is refused, also without a look at the whole")
    func torn() throws {
        let folder = try IndexFolder()
        _ = try Self.build(folder, times: (0..<100).map { Int64($0) * 1_000 })
        let bytes = try Data(contentsOf: URL(filePath: folder.path))

        for length in stride(from: 1, to: bytes.count, by: 37) {
            try bytes.prefix(length).write(to: URL(filePath: folder.path))
            let failure = #expect(throws: Failure.self) {
                try BehaviourIndex(path: folder.path, check: .description)
            }
            #expect(failure?.code == .damagedBehaviourIndex)
        }
    }

    @Test("what is not there is told")
    func missing() throws {
        let folder = try IndexFolder()

        let failure = #expect(throws: Failure.self) { try BehaviourIndex(path: folder.path) }

        #expect(failure?.code == .noBehaviourIndex)
    }

    @Test("the description comes back as it was written")
    func description() throws {
        let folder = try IndexFolder()
        let histories = RandomHistories(seed: 1)
        let builder = BehaviourIndexBuilder(path: folder.path, schema: histories.schema)
        let watermark = IndexWatermark(
            inboxOffset: 1 << 40, dataVersion: 7, rowCount: 5, lastRow: 9)

        _ = try builder.finish(attributes: [[2, 3], [1]], watermark: watermark)
        let index = try BehaviourIndex(path: folder.path)

        #expect(index.schema == histories.schema)
        #expect(index.watermark == watermark)
        #expect(index.personCount == 2)
        #expect(BehaviourSnapshot(index).attribute(1, of: 1) == ValueDictionary.none)
    }

    @Test("no other file is left beside it")
    func leftovers() throws {
        let folder = try IndexFolder()
        let builder = BehaviourIndexBuilder(
            path: folder.path, schema: IndexSchema(events: ["a"]), memoryBytesMax: 0)
        let count = 50_000
        try builder.add(
            EventColumns(
                persons: (0..<count).map { UInt32($0 % 9_000) },
                times: (0..<count).map { Int64($0) }, events: Array(repeating: 0, count: count)))

        let index = try builder.finish(watermark: noWatermark)

        #expect(index.eventCount == count)
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
        #expect(files == ["behaviour.index"])
    }

    @Test("it is the same to the byte whether events wait in memory or in a file")
    func spilled() throws {
        let schema = IndexSchema(
            events: ["a", "b"],
            properties: [
                ValueDictionary(name: "small", values: (0..<100).map { "\($0)" }),
                ValueDictionary(name: "large", values: (0..<5_000).map { "\($0)" }),
            ])
        // People of four ranges in turns, so that blocks fill up in the middle of batches.
        let count = 50_000
        let columns = EventColumns(
            persons: (0..<count).map { UInt32($0 * 7_919 % 16_000) },
            times: (0..<count).map { Int64($0) * 1_000_000 },
            events: (0..<count).map { UInt16($0 % 2) },
            properties: [
                (0..<count).map { UInt16($0 % 100) + 2 },
                (0..<count).map { UInt16($0 % 5_000) + 2 },
            ])

        let files = try [0, 1 << 30].map { memory in
            let folder = try IndexFolder()
            let builder = BehaviourIndexBuilder(
                path: folder.path, schema: schema, memoryBytesMax: memory)
            try builder.add(columns)
            let index = try builder.finish(watermark: noWatermark)
            #expect(!index.header.hasOthers.contains(true))
            return try Data(contentsOf: URL(filePath: folder.path))
        }

        #expect(files[0] == files[1])
    }

    @Test("events more than 136 years apart are refused")
    func range() throws {
        let folder = try IndexFolder()

        let failure = #expect(throws: Failure.self) {
            try Self.build(folder, times: [0, 140 * 365 * 86_400 * 1_000_000])
        }

        #expect(failure?.code == .behaviourTimeRange)
    }

    static func build(_ folder: IndexFolder, times: [Int64]) throws -> BehaviourIndex {
        let builder = BehaviourIndexBuilder(path: folder.path, schema: IndexSchema(events: ["a"]))
        try builder.add(
            EventColumns(
                persons: times.map { _ in 0 }, times: times, events: times.map { _ in 0 }))
        return try builder.finish(watermark: noWatermark)
    }
}
