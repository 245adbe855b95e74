import Vocabulary

/// An event as it stands in a record's bytes: each text is a place in them, and none is copied.
///
/// Whoever stores events by the hundred thousand reads them in this form, since most of what an
/// ``Event`` costs is making its texts.
public struct RecordedEvent: Sendable {
    /// The texts of an event; that of ``properties`` and of ``traits`` is a JSON object.
    public enum Text: Int, CaseIterable, Sendable {
        /// What makes it this event.
        case id
        /// What was done.
        case name
        /// The id of the person, of the device, and an earlier one of the same person.
        case user, anonymous, previous
        /// The first group for which the person acted; all are ``RecordedEvent/groups``.
        case groupType, groupId
        /// The visit.
        case session
        /// What the client says of it, and what is known of the person from now on.
        case properties, traits
        /// The page and the way there.
        case url, path, title, referrer
        /// The campaign that led here.
        case campaignSource, campaignMedium, campaignName, campaignTerm, campaignContent, click
        /// The device.
        case device, browser, system, country, language
        /// The client's library, and the format in which the event came.
        case library, format
    }

    /// What it says.
    public let kind: Event.Kind
    /// When it happened, the client's clock corrected by the server's.
    public let time: Instant
    /// When the server had it.
    public let received: Instant
    /// When it happened by the client's clock; nil where the client said nothing.
    public internal(set) var clientTime: Instant?
    /// Whether a program rather than a person acted.
    public internal(set) var isBot = false
    /// The groups for which the person acted, by their places in ``RecordedEvents/groups``.
    public internal(set) var groups = 0..<0
    var places = InlineArray<27, RecordedPlace>(repeating: .absent)

    init(kind: Event.Kind, time: Instant, received: Instant) {
        self.kind = kind
        self.time = time
        self.received = received
    }

    /// The bytes of a text, which are UTF-8; nil where the event has none.
    ///
    /// - Parameters:
    ///   - text: Which text.
    ///   - bytes: Those from which the event was read.
    /// - Returns: A part of the bytes, valid for as long as they are.
    public func bytes(
        _ text: Text, of bytes: UnsafeRawBufferPointer
    ) -> UnsafeRawBufferPointer? {
        let place = places[text.rawValue]
        guard place.isPresent else { return nil }
        return UnsafeRawBufferPointer(rebasing: bytes[place.range])
    }

    /// A text as a value of its own; nil where the event has none.
    public func string(_ text: Text, of bytes: UnsafeRawBufferPointer) -> String? {
        self.bytes(text, of: bytes).map { String(decoding: $0, as: UTF8.self) }
    }
}

/// Where a text stands in bytes.
struct RecordedPlace: Sendable {
    private let begin: UInt32
    private let count: UInt32

    static let absent = RecordedPlace(begin: 0, count: .max)

    private init(begin: UInt32, count: UInt32) {
        self.begin = begin
        self.count = count
    }

    init(_ range: Range<Int>) {
        begin = UInt32(range.lowerBound)
        count = UInt32(range.count)
    }

    var isPresent: Bool { count != .max }
    var range: Range<Int> { Int(begin)..<Int(begin) + Int(count) }
}

/// The events of records that lie one after the other in bytes.
public struct RecordedEvents: Sendable {
    /// What a record holds.
    public enum Content: Sendable {
        /// Events of a source, by their places in ``RecordedEvents/events``.
        case events(source: String, places: Range<Int>)
        /// What was refused.
        case refused(RefusedBatch)
    }

    /// The events of all records so far.
    public private(set) var events: [RecordedEvent] = []
    /// The groups of all events.
    public private(set) var groups: [RecordedGroup] = []

    /// Holds nothing yet.
    public init() {}

    /// Reads a record, and adds its events.
    ///
    /// - Parameters:
    ///   - range: Where the record stands.
    ///   - bytes: The bytes, the same for all records; less than 4 GiB.
    /// - Returns: What the record holds.
    /// - Throws: `events/damaged-record`, `events/newer-record`; then nothing was added.
    public mutating func read(
        _ range: Range<Int>, of bytes: UnsafeRawBufferPointer
    ) throws(Failure) -> Content {
        let (before, groupsBefore) = (events.count, groups.count)
        do throws(Failure) {
            var reader = RecordReader(bytes, range)
            let content: Content
            switch try EventRecord.kind(&reader) {
            case .events:
                let head = try EventRecord.head(&reader)
                for _ in 0..<head.count {
                    events.append(
                        try EventCodec.recorded(&reader, at: head.received, &groups))
                }
                content = .events(source: head.source, places: before..<events.count)
            case .refused: content = .refused(try EventRecord.refusedBatch(&reader))
            }
            guard reader.isAtEnd else { throw .longRecord }
            return content
        } catch {
            events.removeSubrange(before...)
            groups.removeSubrange(groupsBefore...)
            throw error
        }
    }
}
