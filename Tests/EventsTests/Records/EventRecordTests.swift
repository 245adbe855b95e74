import Events
import TestSupport
import Testing
import Vocabulary

@Suite("Records of events")
struct EventRecordTests {
    @Test("whatever an event holds comes back as it was", arguments: 1...40)
    func roundTrip(seed: Int) throws {
        var random = RandomEvents(seed: UInt64(seed))
        let record = EventRecord.events(random.batch(of: seed))

        #expect(try EventRecord(record.bytes) == record)
    }

    @Test("read without copies an event says the same, and a damaged record adds none")
    func recorded() throws {
        var random = RandomEvents(seed: 11)
        let first = random.batch(of: 3)
        let second = random.batch(of: 5)
        let parts = [first, second].map { EventRecord.events($0).bytes }
        let bytes = parts[0] + parts[1]
        var recorded = RecordedEvents()

        bytes.withUnsafeBytes { bytes in
            let middle = parts[0].count
            for range in [0..<middle, middle..<bytes.count - 1, middle..<bytes.count] {
                _ = try? recorded.read(range, of: bytes)
            }
            for (one, event) in zip(recorded.events, first.events + second.events) {
                #expect(one.string(.id, of: bytes) == event.id)
                #expect(one.string(.name, of: bytes) == event.name)
                #expect(one.string(.user, of: bytes) == event.user)
                #expect(one.string(.groupId, of: bytes) == event.groups.first?.id)
                #expect(one.string(.country, of: bytes) == event.context.country)
                #expect(one.bytes(.traits, of: bytes).map(Array.init) == event.traits?.bytes)
                #expect(one.time == event.time && one.received == event.received)
                #expect(one.clientTime == event.clientTime && one.isBot == event.context.isBot)
            }
        }

        #expect(recorded.events.count == 8)
    }

    @Test("what was refused comes back as it was, bytes that are no text included")
    func refusedRoundTrip() throws {
        let items = [
            RefusedBatch.Item(id: nil, code: "events/bad-json", message: "", raw: [0xFF, 0, 0x7B]),
            RefusedBatch.Item(id: "7", code: "events/too-old", message: "Too old.", raw: []),
        ]
        let record = EventRecord.refused(
            RefusedBatch(
                key: -1, source: "shop", format: "segment", received: Instant(seconds: 5),
                items: items))

        #expect(try EventRecord(record.bytes) == record)
    }

    @Test("a record cut short at any byte is refused")
    func cutShort() {
        var random = RandomEvents(seed: 7)
        let bytes = EventRecord.events(random.batch(of: 3)).bytes

        for count in 0..<bytes.count {
            let failure = #expect(throws: Failure.self) { try EventRecord(Array(bytes[..<count])) }
            #expect(failure?.code == .damagedRecord)
        }
    }

    @Test("a record with any byte changed is read or refused, and never stops the program")
    func changed() throws {
        var random = RandomEvents(seed: 8)
        var generator = SeededGenerator(seed: 9)
        let bytes = EventRecord.events(random.batch(of: 4)).bytes
        var refused = 0

        for place in bytes.indices {
            var damaged = bytes
            damaged[place] = UInt8.random(in: 0...255, using: &generator)
            do throws(Failure) {
                let record = try EventRecord(damaged)
                #expect(try EventRecord(record.bytes) == record)
            } catch {
                #expect([.damagedRecord, .newerRecord].contains(error.code))
                refused += 1
            }
        }

        #expect(refused > 0)
    }

    @Test("a record of a newer program is refused with advice")
    func newer() {
        let failure = #expect(throws: Failure.self) { try EventRecord([2, 1, 0]) }

        #expect(failure?.code == .newerRecord && failure?.hint != nil)
    }

    @Test("the checksum is that of the published example")
    func checksum() {
        // RFC 3720, appendix B.4, has these for 32 bytes of zeros and of ones; the first is the
        // check value of every catalogue of such checksums.
        #expect(CRC32C.checksum(Array("123456789".utf8)) == 0xE306_9283)
        #expect(CRC32C.checksum([UInt8](repeating: 0, count: 32)) == 0x8A91_36AA)
        #expect(CRC32C.checksum([UInt8](repeating: 255, count: 32)) == 0x62A8_AB43)
    }

    @Test("a checksum in two steps is that in one")
    func checksumInSteps() {
        let bytes = (0..<77).map { UInt8($0) }
        let first = CRC32C.checksum(Array(bytes[..<13]))

        let both = bytes[13...].withUnsafeBytes { CRC32C.checksum($0, after: first) }

        #expect(both == CRC32C.checksum(bytes))
    }
}
