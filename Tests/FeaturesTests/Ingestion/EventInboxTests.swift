import Engines
import Events
import Foundation
import Testing
import Vocabulary

@testable import Features

@Suite("The inbox of events")
struct EventInboxTests {
    @Test("what was acknowledged is read in order, over files, and after opening again")
    func appendAndRead() async throws {
        let bench = try InboxBench()
        var inbox = try bench.open(segmentBytes: 500)
        var ends: [Int64] = []
        for number in 0..<40 { ends.append(try await inbox.append(InboxBench.record(number))) }
        await inbox.close()
        inbox = try bench.open(segmentBytes: 500)
        for number in 40..<50 { ends.append(try await inbox.append(InboxBench.record(number))) }

        let read = try InboxBench.read(inbox)

        #expect(read.ids == (0..<50).map { "\($0)" })
        #expect(zip(ends, ends.dropFirst()).allSatisfy { $0 < $1 })
        #expect(bench.segments.count > 3 && read.damages == [] && inbox.damages == [])
        await inbox.close()
    }

    @Test("many at once share few confirmations, and each knows its own end")
    func group() async throws {
        let bench = try InboxBench()
        let inbox = try bench.open(busyRequests: 1)
        let before = bench.disk.synchronizations

        let ends = await withTaskGroup(of: Int64?.self) { group in
            for number in 0..<200 {
                group.addTask { try? await inbox.append(InboxBench.record(number)) }
            }
            var ends: [Int64] = []
            for await end in group { ends += end.map { [$0] } ?? [] }
            return ends
        }

        #expect(Set(ends).count == 200 && ends.max() == inbox.end)
        #expect(bench.disk.synchronizations - before < 100)
        #expect(Set(try InboxBench.read(inbox).ids) == Set((0..<200).map { "\($0)" }))
        await inbox.close()
    }

    @Test("a record torn at any byte is cut, told, and leaves those before it")
    func torn() async throws {
        let bench = try InboxBench()
        let inbox = try bench.open()
        var end: Int64 = 0
        for number in 0..<3 {
            end = inbox.end
            _ = try await inbox.append(InboxBench.record(number))
        }
        await inbox.close()
        let file = bench.segments[0]
        let whole = try Data(contentsOf: file)

        for count in Int(end)..<whole.count {
            try whole.prefix(count).write(to: file)
            let opened = try bench.open()
            #expect(try InboxBench.read(opened).ids == ["0", "1"])
            #expect(opened.damages.map(\.bytes) == (count == Int(end) ? [] : [count - Int(end)]))
            _ = try await opened.append(InboxBench.record(9))
            #expect(try InboxBench.read(opened).ids == ["0", "1", "9"])
            await opened.close()
        }
    }

    @Test("a byte changed anywhere loses one record at most, which is kept aside and told")
    func flipped() async throws {
        let bench = try InboxBench()
        let inbox = try bench.open()
        for number in 0..<4 { _ = try await inbox.append(InboxBench.record(number)) }
        await inbox.close()
        let file = bench.segments[0]
        let whole = try Data(contentsOf: file)

        for place in InboxSegment.headerBytes..<whole.count {
            var bytes = whole
            bytes[place] ^= 0x41
            try bytes.write(to: file)
            let opened = try bench.open()
            let read = try InboxBench.read(opened)
            let damages = opened.damages + read.damages
            #expect(read.ids.count == 3 && damages.count == 1)
            let kept = try #require(damages.first?.keptIn)
            let aside = try Data(contentsOf: bench.folder.appending(path: kept))
            #expect(aside.count == damages[0].bytes && bytes.range(of: aside) != nil)
            await opened.close()
        }
    }

    @Test("zeros at the end, as a pulled plug leaves them, are cut")
    func zeros() async throws {
        let bench = try InboxBench()
        let inbox = try bench.open()
        _ = try await inbox.append(InboxBench.record(1))
        await inbox.close()
        let file = bench.segments[0]
        try (try Data(contentsOf: file) + Data(repeating: 0, count: 5_000)).write(to: file)

        let opened = try bench.open()

        #expect(opened.damages.map(\.keptIn) == [nil] && opened.damages[0].bytes == 5_000)
        #expect(try InboxBench.read(opened).ids == ["1"])
        await opened.close()
    }

    @Test("a file that was being made when the power failed is made again")
    func halfMadeFile() async throws {
        let bench = try InboxBench()
        let inbox = try bench.open()
        _ = try await inbox.append(InboxBench.record(1))
        let end = inbox.end
        await inbox.close()
        let next = bench.folder.appending(path: InboxSegment(start: end).fileName)
        try Data([UInt8](repeating: 0, count: 10)).write(to: next)

        let opened = try bench.open()
        _ = try await opened.append(InboxBench.record(2))

        #expect(try InboxBench.read(opened).ids == ["1", "2"])
        await opened.close()
    }

    @Test("a full disk is told, half a record does not stay, and room is enough to go on")
    func fullDisk() async throws {
        let bench = try InboxBench()
        let inbox = try bench.open()
        _ = try await inbox.append(InboxBench.record(1))

        bench.disk.fill()
        let failure = await #expect(throws: Failure.self) {
            try await inbox.append(InboxBench.record(2))
        }
        bench.disk.empty()
        _ = try await inbox.append(InboxBench.record(3))

        #expect(failure?.code == .ingestDiskFull)
        #expect(try InboxBench.read(inbox).ids == ["1", "3"])
        await inbox.close()
        let opened = try bench.open()
        #expect(opened.damages == [])
        await opened.close()
    }

    @Test("a full disk while a file is begun is told, and the file is begun later")
    func fullDiskBetweenFiles() async throws {
        let bench = try InboxBench()
        let inbox = try bench.open(segmentBytes: 60)
        _ = try await inbox.append(InboxBench.record(1))

        bench.disk.fill()
        await #expect(throws: Failure.self) { try await inbox.append(InboxBench.record(2)) }
        bench.disk.empty()
        _ = try await inbox.append(InboxBench.record(3))

        #expect(try InboxBench.read(inbox).ids == ["1", "3"] && bench.segments.count == 2)
        await inbox.close()
    }

    @Test("after a confirmation that failed nothing is acknowledged until it is opened again")
    func poisoned() async throws {
        let bench = try InboxBench()
        let inbox = try bench.open()
        _ = try await inbox.append(InboxBench.record(1))

        bench.disk.failNextSynchronization(EIO)
        for number in 2..<4 {
            let failure = await #expect(throws: Failure.self) {
                try await inbox.append(InboxBench.record(number))
            }
            #expect(failure?.code == .ingestBroken)
        }

        #expect(inbox.failure?.code == .ingestBroken)
        await inbox.close()
        let opened = try bench.open()
        _ = try await opened.append(InboxBench.record(5))
        let ids = try InboxBench.read(opened).ids
        #expect(ids.first == "1" && ids.last == "5" && !ids.contains("3"))
        await opened.close()
    }

    @Test("what waits is bounded")
    func busy() async throws {
        let bench = try InboxBench()
        let inbox = try bench.open(pendingBytesMax: 50_000)

        let codes = await withTaskGroup(of: Failure.Code?.self) { group in
            for number in 0..<400 {
                group.addTask {
                    do throws(Failure) {
                        _ = try await inbox.append(InboxBench.record(number, padding: 20_000))
                        return nil
                    } catch {
                        return error.code
                    }
                }
            }
            var codes: [Failure.Code?] = []
            for await code in group { codes.append(code) }
            return codes
        }

        let refused = codes.compactMap { $0 }
        #expect(refused.allSatisfy { $0 == .ingestBusy })
        #expect(try InboxBench.read(inbox).ids.count == 400 - refused.count)
        await inbox.close()
    }

    @Test("a second opener is told that it is in use")
    func twoOpeners() async throws {
        let bench = try InboxBench()
        let inbox = try bench.open()

        let failure = #expect(throws: Failure.self) { try bench.open() }

        #expect(failure?.code == .engineInUse)
        await inbox.close()
    }

    @Test("files that are applied are dropped, and the rest is read from there")
    func drop() async throws {
        let bench = try InboxBench()
        var inbox = try bench.open(segmentBytes: 300)
        for number in 0..<30 { _ = try await inbox.append(InboxBench.record(number)) }
        let before = bench.segments.count
        let items = try inbox.reader(from: 0).next(eventsMax: 100)
        let middle = items.last?.end ?? 0

        try inbox.drop(before: middle)
        let reader = inbox.reader(from: middle)
        let next = try reader.next(eventsMax: 1)

        #expect(bench.segments.count < before && reader.damages == [])
        #expect(next.first?.record == InboxBench.record(items.count))
        let rolled = try await inbox.roll()
        try inbox.drop(before: rolled)
        #expect(bench.segments.count == 1 && rolled >= inbox.end)
        await inbox.close()
        inbox = try EventInbox(folder: bench.folder, appliedTo: rolled)
        _ = try await inbox.append(InboxBench.record(99))
        #expect(
            try inbox.reader(from: rolled).next(eventsMax: 9).map(\.record) == [
                InboxBench.record(99)
            ])
        await inbox.close()
    }

    @Test("a file that lost its end is read as far as it goes, and those behind it too")
    func shortFile() async throws {
        let bench = try InboxBench()
        let inbox = try bench.open(segmentBytes: 300)
        for number in 0..<20 { _ = try await inbox.append(InboxBench.record(number)) }
        await inbox.close()
        let first = try Data(contentsOf: bench.segments[0])
        try first.prefix(first.count - 3).write(to: bench.segments[0])
        try FileManager.default.removeItem(at: bench.segments[1])

        let opened = try bench.open(segmentBytes: 300)
        let read = try InboxBench.read(opened)

        #expect(read.ids.first == "0" && read.ids.last == "19" && read.ids.count < 19)
        #expect(read.damages.count == 2 && read.damages[1].keptIn == nil)
        await opened.close()
    }

    @Test("what may wait to be applied is bounded")
    func farAhead() async throws {
        let bench = try InboxBench()
        var settings = EventInbox.Settings()
        settings.unappliedBytesMax = 500
        let inbox = try EventInbox(folder: bench.folder, settings: settings)
        var failure: Failure?
        var count = 0
        while failure == nil, count < 100 {
            do throws(Failure) {
                _ = try await inbox.append(InboxBench.record(count))
                count += 1
            } catch {
                failure = error
            }
        }

        inbox.noteApplied(inbox.end)
        _ = try await inbox.append(InboxBench.record(count))

        #expect(failure?.code == .ingestBusy && (2..<30).contains(count))
        await inbox.close()
    }

    @Test("a log that ends before what the database has goes on behind that")
    func olderLog() async throws {
        let bench = try InboxBench()
        let inbox = try EventInbox(folder: bench.folder, appliedTo: 1_000_000)

        #expect(try await inbox.append(InboxBench.record(1)) > 1_000_000)
        await inbox.close()
    }

    @Test("the log of a newer program is refused with advice")
    func newer() async throws {
        let bench = try InboxBench()
        let inbox = try bench.open()
        await inbox.close()
        var bytes = try Data(contentsOf: bench.segments[0])
        bytes[7] = UInt8(ascii: "2")
        try bytes.write(to: bench.segments[0])

        let failure = #expect(throws: Failure.self) { try bench.open() }

        #expect(failure?.code == .ingestNewer)
    }
}
