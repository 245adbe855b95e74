import Engines
import Foundation
import Vocabulary

/// The thread that writes the log: it takes what waits, writes all of it, asks the disk once to
/// confirm, and then tells everybody who waits.
///
/// After a failed confirmation nobody knows what the disk holds, and asking again would be told
/// that all is well (PostgreSQL's wiki, "Fsync Errors"). So nothing is taken any more but after the
/// failures that leave no doubt: no room, or no right to write.
final class InboxWriter: @unchecked Sendable {
    typealias Done = @Sendable (Result<Int64, Failure>) -> Void

    private struct Waiting {
        let frame: [UInt8]
        let done: Done
    }

    private let folder: String
    private let settings: EventInbox.Settings
    private let disk: any InboxDisk
    let growth: AsyncStream<Void>
    private let hasGrown: AsyncStream<Void>.Continuation

    private let condition = NSCondition()
    private var waiting: [Waiting] = []
    private var waitingBytes = 0
    private var rolls: [Done] = []
    private var whenClosed: [@Sendable () -> Void] = []
    private var isClosing = false
    private var isClosed = false
    private var poison: Failure?
    private var confirmed: Int64
    private var applied: Int64

    // Only the thread uses these.
    private var lock: WorkspaceLock?
    private var segment: InboxSegment
    private var descriptor: Int32
    private var bytes: Int
    private var hasRemains = false
    private static let groupBytesMax = 8 << 20

    init(
        folder: String, settings: EventInbox.Settings, disk: any InboxDisk, opening: InboxOpening,
        lock: WorkspaceLock
    ) {
        self.lock = lock
        self.folder = folder
        self.settings = settings
        self.disk = disk
        segment = opening.segment
        descriptor = opening.descriptor
        bytes = opening.bytes
        // A file without records adds nothing to what has to be read.
        confirmed =
            opening.segment.start
            + (opening.bytes > InboxSegment.headerBytes ? Int64(opening.bytes) : 0)
        applied = confirmed
        (growth, hasGrown) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
        let thread = Thread { [self] in run() }
        thread.name = "inbox"
        thread.start()
    }

    var end: Int64 { condition.withLock { confirmed } }
    var pendingBytes: Int { condition.withLock { waitingBytes } }
    var failure: Failure? { condition.withLock { poison } }

    func noteApplied(_ offset: Int64) { condition.withLock { applied = offset } }

    func submit(_ frame: [UInt8], _ done: @escaping Done) {
        let refusal: Failure? = condition.withLock {
            if let refusal = refused(frame.count) { return refusal }
            waiting.append(Waiting(frame: frame, done: done))
            waitingBytes += frame.count
            condition.signal()
            return nil
        }
        if let refusal { done(.failure(refusal)) }
    }

    private func refused(_ count: Int) -> Failure? {
        if isClosing { return Failure(.ingestClosed, "The inbox of events is closed.") }
        if let poison { return poison }
        let unapplied = confirmed - applied + Int64(waitingBytes + count)
        guard waitingBytes == 0 || waitingBytes + count <= settings.pendingBytesMax,
            unapplied <= Int64(settings.unappliedBytesMax)
        else {
            return Failure(
                .ingestBusy, "Events come faster than they can be stored.",
                hint: "Send the same events again in a second.")
        }
        return nil
    }

    func roll(_ done: @escaping Done) {
        let refusal: Failure? = condition.withLock {
            if isClosing { return Failure(.ingestClosed, "The inbox of events is closed.") }
            rolls.append(done)
            condition.signal()
            return nil
        }
        if let refusal { done(.failure(refusal)) }
    }

    func close(_ done: @escaping @Sendable () -> Void) {
        let isOver = condition.withLock {
            isClosing = true
            if !isClosed { whenClosed.append(done) }
            condition.signal()
            return isClosed
        }
        if isOver { done() }
    }

    private func run() {
        var isBusy = false
        while true {
            condition.lock()
            while waiting.isEmpty, rolls.isEmpty, !isClosing { condition.wait() }
            if isBusy, !isClosing {
                condition.unlock()
                usleep(settings.gatherMicroseconds)
                condition.lock()
            }
            let group = takeGroup()
            isBusy = group.count >= settings.busyRequests
            let rolls = group.isEmpty ? self.rolls : []
            if group.isEmpty { self.rolls = [] }
            let isOver = group.isEmpty && rolls.isEmpty
            condition.unlock()
            if isOver { return finish() }
            if !group.isEmpty { write(group) }
            for done in rolls { done(rolled()) }
        }
    }

    private func takeGroup() -> ArraySlice<Waiting> {
        var count = 0
        var sum = 0
        while count < waiting.count, count == 0 || sum < Self.groupBytesMax {
            sum += waiting[count].frame.count
            count += 1
        }
        let group = waiting[..<count]
        waiting.removeFirst(count)
        waitingBytes -= sum
        return group
    }

    private func write(_ group: ArraySlice<Waiting>) {
        if let failure {
            for one in group { one.done(.failure(failure)) }
            return
        }
        var together: [UInt8] = []
        together.reserveCapacity(group.reduce(0) { $0 + $1.frame.count })
        for one in group { together.append(contentsOf: one.frame) }
        do throws(DiskError) {
            try cutRemains()
            if bytes > InboxSegment.headerBytes, bytes + together.count > settings.segmentBytes {
                try beginSegment()
            }
            hasRemains = true
            let result = together.withUnsafeBytes { bytes in
                Result { () throws(DiskError) in
                    try disk.write(bytes, to: descriptor, at: self.bytes)
                }
            }
            try result.get()
            try disk.synchronize(descriptor)
            hasRemains = false
        } catch {
            fail(group, error)
            return
        }
        var end = segment.start + Int64(bytes)
        bytes += together.count
        condition.withLock { confirmed = segment.start + Int64(bytes) }
        for one in group {
            end += Int64(one.frame.count)
            one.done(.success(end))
        }
        hasGrown.yield()
    }

    private func fail(_ group: ArraySlice<Waiting>, _ error: DiskError) {
        let failure = Failure.inbox(error)
        if error.isForWantOfRoom {
            // What was half written goes now, or with the next attempt if that fails too.
            do throws(DiskError) { try cutRemains() } catch {}
        } else {
            condition.withLock { poison = failure }
        }
        for one in group { one.done(.failure(failure)) }
    }

    private func cutRemains() throws(DiskError) {
        guard hasRemains else { return }
        try disk.truncate(descriptor, to: bytes)
        hasRemains = false
    }

    private func beginSegment() throws(DiskError) {
        let next = InboxSegment(start: segment.start + Int64(bytes))
        let opened = try next.create(in: folder, disk: disk)
        Foundation.close(descriptor)
        (segment, descriptor, bytes) = (next, opened, InboxSegment.headerBytes)
    }

    private func rolled() -> Result<Int64, Failure> {
        if let failure { return .failure(failure) }
        do throws(DiskError) {
            try cutRemains()
            if bytes > InboxSegment.headerBytes { try beginSegment() }
            return .success(segment.start)
        } catch {
            return .failure(.inbox(error))
        }
    }

    private func finish() {
        Foundation.close(descriptor)
        lock = nil
        hasGrown.finish()
        let done = condition.withLock {
            isClosed = true
            defer { whenClosed = [] }
            return whenClosed
        }
        for one in done { one() }
    }
}
