import Vocabulary

/// What one record of the inbox holds, and its form in bytes.
///
/// The form is compact rather than self-describing: a version, a kind, then the parts in a fixed
/// order, absent ones left out by a mask. A record of a version that this program does not know is
/// refused, never guessed at.
public enum EventRecord: Hashable, Sendable {
    /// Events that were accepted.
    case events(EventBatch)
    /// What was refused.
    case refused(RefusedBatch)

    static let version: UInt8 = 1

    enum Kind: UInt8 { case events = 1, refused }

    /// The record in bytes.
    public var bytes: [UInt8] {
        var bytes: [UInt8] = []
        write(after: 0, to: &bytes)
        return bytes
    }

    /// Appends the record in bytes.
    ///
    /// - Parameters:
    ///   - room: How many bytes are left free before it.
    ///   - bytes: What it is appended to.
    public func write(after room: Int, to bytes: inout [UInt8]) {
        var writer = RecordWriter(after: room, in: &bytes, expecting: expectedBytes)
        defer { bytes = writer.bytes }
        switch self {
        case .events(let batch):
            EventRecord.begin(
                batch.events.count, batch.key, batch.source, batch.received, &writer)
            // In place, since an array would hand out copies.
            batch.events.withUnsafeBufferPointer { events in
                for index in events.indices {
                    EventCodec.write(events[index], to: &writer, at: batch.received)
                }
            }
        case .refused(let batch):
            writer.byte(EventRecord.version)
            writer.byte(Kind.refused.rawValue)
            EventRecord.write(batch, to: &writer)
        }
    }

    /// Appends the record of events that were written while they were read.
    ///
    /// - Parameters:
    ///   - events: The events.
    ///   - key: The number of the write key that brought them.
    ///   - source: The source to which they belong.
    ///   - room: How many bytes are left free before it.
    ///   - bytes: What it is appended to.
    public static func write(
        _ events: WrittenEvents, key: Int, source: String, after room: Int,
        to bytes: inout [UInt8]
    ) {
        var writer = RecordWriter(after: room, in: &bytes, expecting: events.bytes.count + 128)
        defer { bytes = writer.bytes }
        begin(events.count, key, source, events.received, &writer)
        writer.written(events.bytes)
    }

    private static func begin(
        _ count: Int, _ key: Int, _ source: String, _ received: Instant,
        _ writer: inout RecordWriter
    ) {
        writer.byte(version)
        writer.byte(Kind.events.rawValue)
        writer.signed(Int64(key))
        writer.text(source)
        writer.signed(received.microseconds)
        writer.count(UInt64(count))
    }

    /// About how many bytes the record takes.
    private var expectedBytes: Int {
        switch self {
        case .events(let batch): batch.events.count * 320 + 64
        case .refused: 0
        }
    }

    /// Reads a record.
    ///
    /// - Throws: `events/damaged-record`, `events/newer-record`.
    public init(_ bytes: UnsafeRawBufferPointer) throws(Failure) {
        var reader = RecordReader(bytes, 0..<bytes.count)
        switch try EventRecord.kind(&reader) {
        case .events: self = .events(try EventRecord.batch(&reader))
        case .refused: self = .refused(try EventRecord.refusedBatch(&reader))
        }
        guard reader.isAtEnd else { throw .longRecord }
    }

    /// What kind of record begins.
    static func kind(_ reader: inout RecordReader) throws(Failure) -> Kind {
        let version = try reader.byte()
        guard version <= EventRecord.version else {
            throw Failure(
                .newerRecord, "The inbox holds events that a newer Yardstick wrote.",
                hint: "Upgrade this program.")
        }
        guard version > 0, let kind = Kind(rawValue: try reader.byte()) else {
            throw .damagedRecord("its kind is not known")
        }
        return kind
    }

    /// Reads a record from an array of bytes.
    public init(_ bytes: [UInt8]) throws(Failure) {
        // `withUnsafeBytes` does not carry a typed error through.
        let result = bytes.withUnsafeBytes { raw in
            Result { () throws(Failure) in try EventRecord(raw) }
        }
        self = try result.get()
    }

    /// What stands before the events of a batch.
    struct Head {
        let key: Int
        let source: String
        let received: Instant
        let count: Int
    }

    static func head(_ reader: inout RecordReader) throws(Failure) -> Head {
        let key = Int(try reader.signed())
        let source = try reader.text()
        let received = Instant(microseconds: try reader.signed())
        let count = try reader.count()
        guard count <= UInt64(reader.room(forEach: EventCodec.bytesMin)) else {
            throw .damagedRecord("it names more events than it holds")
        }
        return Head(key: key, source: source, received: received, count: Int(count))
    }

    private static func batch(_ reader: inout RecordReader) throws(Failure) -> EventBatch {
        let head = try head(&reader)
        var events: [Event] = []
        events.reserveCapacity(head.count)
        for _ in 0..<head.count {
            events.append(try EventCodec.event(&reader, at: head.received))
        }
        return EventBatch(
            key: head.key, source: head.source, received: head.received, events: events)
    }

    private static func write(_ batch: RefusedBatch, to writer: inout RecordWriter) {
        writer.signed(Int64(batch.key))
        writer.text(batch.source)
        writer.text(batch.format)
        writer.signed(batch.received.microseconds)
        writer.count(UInt64(batch.items.count))
        for item in batch.items {
            writer.byte(item.id == nil ? 0 : 1)
            if let id = item.id { writer.text(id) }
            writer.text(item.code)
            writer.text(item.message)
            writer.block(item.raw)
        }
    }

    static func refusedBatch(_ reader: inout RecordReader) throws(Failure) -> RefusedBatch {
        let key = Int(try reader.signed())
        let source = try reader.text()
        let format = try reader.text()
        let received = Instant(microseconds: try reader.signed())
        let count = try reader.count()
        guard count <= UInt64(reader.room(forEach: 4)) else {
            throw .damagedRecord("it names more events than it holds")
        }
        var items: [RefusedBatch.Item] = []
        for _ in 0..<count {
            let id = try reader.byte() == 0 ? nil : reader.text()
            items.append(
                RefusedBatch.Item(
                    id: id, code: try reader.text(), message: try reader.text(),
                    raw: try reader.block()))
        }
        return RefusedBatch(
            key: key, source: source, format: format, received: received, items: items)
    }
}
