import Engines
import Events
import Foundation
import Vocabulary

/// The log in which events are safe before they are acknowledged: it only grows at its end, and is
/// dropped from its beginning once what it holds is in the database.
///
/// A call of ``append(_:)`` returns when the disk has confirmed the bytes; many calls share one
/// confirmation. What the disk cannot take is an error, and never a silent loss.
public final class EventInbox: Sendable {
    /// What the inbox may use.
    public struct Settings: Hashable, Sendable {
        /// How large a file of the log grows.
        public var segmentBytes = 64 << 20
        /// How much may wait for the disk at a time.
        public var pendingBytesMax = 32 << 20
        /// From so many requests on that shared a confirmation, the next one waits for others.
        public var busyRequests = 4
        /// For how long it does, in microseconds. Confirmations take processors' time as well, and
        /// where many send at a time fewer of them are enough.
        public var gatherMicroseconds: UInt32 = 2_000
        /// How much may be in the log that is not applied yet.
        public var unappliedBytesMax = 4 << 30

        /// The usual settings.
        public init() {}
    }

    let folder: String
    /// What opening had to cut or skip.
    public let damages: [InboxDamage]
    private let writer: InboxWriter

    /// Opens the inbox of a folder, which is made where it is missing; a torn end is cut.
    ///
    /// - Parameters:
    ///   - folder: Usually `data/events` of a workspace.
    ///   - settings: What it may use.
    ///   - applied: What lies before this offset is in the database and will not be read again.
    /// - Throws: `engine/in-use` when it is open already, `ingest/newer`, `ingest/unreadable`.
    public convenience init(
        folder: URL, settings: Settings = Settings(), appliedTo applied: Int64 = 0
    ) throws(Failure) {
        try self.init(
            folder: folder, settings: settings, appliedTo: applied, disk: SystemDisk())
    }

    init(
        folder: URL, settings: Settings, appliedTo applied: Int64, disk: any InboxDisk
    ) throws(Failure) {
        self.folder = folder.path
        do {
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
        } catch {
            throw .unreadableInbox(folder.path, .latest)
        }
        do throws(DiskError) {
            try disk.synchronizeFolder(folder.deletingLastPathComponent().path)
        } catch {
            throw .unreadableInbox(folder.path, error)
        }
        let lock = try WorkspaceLock(
            path: folder.appending(path: "lock").path, purpose: "the inbox of events")
        let opening = try InboxOpening(folder: folder.path, appliedTo: applied, disk: disk)
        damages = opening.damages
        writer = InboxWriter(
            folder: folder.path, settings: settings, disk: disk, opening: opening,
            lock: lock)
    }

    /// Stores records one after the other, together.
    ///
    /// - Returns: The offset after the last; they are on the disk.
    /// - Throws: `ingest/busy` and `ingest/disk-full`, which pass; `ingest/broken`, after which the
    ///   program has to be started again; `ingest/too-large`; `ingest/closed`.
    public func append(_ records: EventRecord...) async throws(Failure) -> Int64 {
        try await append(records)
    }

    func append(_ records: [EventRecord]) async throws(Failure) -> Int64 {
        let result = await withCheckedContinuation { continuation in
            submit(records) { continuation.resume(returning: $0) }
        }
        return try result.get()
    }

    /// Stores records one after the other, together, for who cannot wait.
    ///
    /// - Parameters:
    ///   - records: The records.
    ///   - done: Is told the offset after the last, or the failure of ``append(_:)``, at once or
    ///     from the thread that writes.
    func submit(
        _ records: [EventRecord], done: @escaping @Sendable (Result<Int64, Failure>) -> Void
    ) {
        var frames: [UInt8] = []
        for record in records {
            let begin = frames.count
            record.write(after: InboxSegment.frameBytes, to: &frames)
            let count = frames.count - begin - InboxSegment.frameBytes
            guard count <= InboxSegment.recordBytesMax else {
                return done(
                    .failure(
                        Failure(
                            .ingestTooLarge, "The events of one request take \(count) bytes.",
                            hint: "Send fewer events at a time.")))
            }
            InboxSegment.seal(&frames, from: begin)
        }
        writer.submit(frames, done)
    }

    /// Stores events that were written while they were read, as ``submit(_:done:)`` does.
    func submit(
        _ events: WrittenEvents, key: Int, source: String,
        done: @escaping @Sendable (Result<Int64, Failure>) -> Void
    ) {
        var frame: [UInt8] = []
        EventRecord.write(
            events, key: key, source: source, after: InboxSegment.frameBytes, to: &frame)
        InboxSegment.seal(&frame, from: 0)
        writer.submit(frame, done)
    }

    /// The offset up to which everything is on the disk.
    public var end: Int64 { writer.end }

    /// How many bytes wait for the disk.
    public var pendingBytes: Int { writer.pendingBytes }

    /// Why nothing is taken any more; nil while events are taken.
    public var failure: Failure? { writer.failure }

    /// One element each time the log has grown; for one reader.
    var growth: AsyncStream<Void> { writer.growth }

    /// Reads records from an offset on.
    func reader(from offset: Int64) -> InboxReader { InboxReader(self, from: offset) }

    /// Notes that everything before an offset is applied, which makes room for more.
    func noteApplied(_ offset: Int64) { writer.noteApplied(offset) }

    /// Removes the files that hold only what lies before an offset.
    public func drop(before offset: Int64) throws(Failure) {
        let segments = try InboxSegment.all(in: folder)
        for (segment, next) in zip(segments, segments.dropFirst()) where next.start <= offset {
            unlink(folder + "/" + segment.fileName)
        }
    }

    /// Removes the files that keep bytes which could not be read, and returns how many there were.
    func dropDamaged() throws(Failure) -> Int {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder)
        } catch {
            throw .unreadableInbox(folder, .latest)
        }
        let damaged = names.filter { $0.hasSuffix(".damaged") }
        for name in damaged { unlink(folder + "/" + name) }
        return damaged.count
    }

    /// Begins a new file, so that what was written before can be dropped.
    ///
    /// - Returns: Where the new file begins.
    func roll() async throws(Failure) -> Int64 {
        let result = await withCheckedContinuation { continuation in
            writer.roll { continuation.resume(returning: $0) }
        }
        return try result.get()
    }

    /// Writes what was submitted and closes the files.
    public func close() async {
        await withCheckedContinuation { continuation in
            writer.close { continuation.resume() }
        }
    }
}

/// Bytes of the log that could not be read.
public struct InboxDamage: Hashable, Sendable {
    /// The offset at which they begin.
    public let start: Int64
    /// How many they are.
    public let bytes: Int
    /// The name of the file in the inbox's folder that keeps them; nil where there was nothing to
    /// keep: zeros, or a file that is missing.
    public let keptIn: String?

    /// Describes bytes that could not be read.
    public init(start: Int64, bytes: Int, keptIn: String?) {
        self.start = start
        self.bytes = bytes
        self.keptIn = keptIn
    }
}
