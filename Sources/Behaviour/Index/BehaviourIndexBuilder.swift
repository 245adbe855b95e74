import Vocabulary

/// Makes the file of a behaviour index from events in any order.
///
/// Events are parted by ranges of 4,096 people as they come, then each range is sorted by person (a
/// counting sort), and within a person by time where they did not come in that order already.
///
/// Memory: what is allowed for waiting records, one open block for each range (2,048 records of
/// twelve bytes and the properties), and the largest range twice. Beyond that, records wait in a
/// file beside the index.
public final class BehaviourIndexBuilder {
    private let schema: IndexSchema
    private let path: String
    private let spool: EventSpool
    private var personCount = 0
    private var earliest = Int64.max
    private var latest = Int64.min
    private var hasSeconds = false
    private var hasMicroseconds = false

    /// Begins an index.
    ///
    /// - Parameters:
    ///   - path: The file; it appears, or is replaced, when the index is whole.
    ///   - schema: What the numbers of the events to come mean.
    ///   - memoryBytesMax: How many bytes of records may wait in memory.
    public init(path: String, schema: IndexSchema, memoryBytesMax: Int = 512 << 20) {
        self.path = path
        self.schema = schema
        spool = EventSpool(
            widths: schema.properties.map(\.width), memoryBytesMax: memoryBytesMax,
            path: path + ".spool")
    }

    /// Adds events.
    ///
    /// - Throws: `behaviour/not-written` when the disk has no room for what waits.
    public func add(_ columns: EventColumns) throws(Failure) {
        precondition(
            columns.properties.count == schema.properties.count,
            "Events must have the properties of the index.")
        guard columns.count > 0 else { return }
        try spool.add(columns)
        personCount = max(personCount, Int(columns.persons.max() ?? 0) + 1)
        var (low, high) = (earliest, latest)
        var parts: UInt64 = 0
        var belowMilliseconds: UInt64 = 0
        for time in columns.times {
            low = min(low, time)
            high = max(high, time)
            // Remainders by constants are cheap, and the sign does not matter for being zero.
            parts |= UInt64(bitPattern: time % 1_000_000)
            belowMilliseconds |= UInt64(bitPattern: time % 1_000)
        }
        (earliest, latest) = (low, high)
        hasSeconds = hasSeconds || parts != 0
        hasMicroseconds = hasMicroseconds || belowMilliseconds != 0
    }

    /// Sorts the events, writes the file and opens it.
    ///
    /// - Parameters:
    ///   - attributes: The codes of each attribute by person; missing people at the end have none.
    ///   - watermark: Up to which event everything was added.
    /// - Returns: The index, opened.
    /// - Throws: `behaviour/not-written`; `behaviour/time-range` if the events lie more than 136
    ///   years apart; `behaviour/too-many-events` from 4,294,967,296 on.
    public func finish(
        attributes: [[UInt16]] = [], watermark: IndexWatermark
    ) throws(Failure) -> BehaviourIndex {
        precondition(
            attributes.count == schema.attributes.count,
            "People must have the attributes of the index.")
        personCount = max(personCount, attributes.map(\.count).max() ?? 0)
        let origin = earliest > latest ? 0 : earliest.roundedDownToSecond
        guard earliest > latest || (latest - origin) / 1_000_000 <= Int64(UInt32.max) else {
            throw Failure(
                .behaviourTimeRange, "The events lie more than 136 years apart.",
                hint: "Look for events with a wrong time: the earliest is at "
                    + "\(Instant(microseconds: earliest)), the latest at "
                    + "\(Instant(microseconds: latest)).")
        }
        guard spool.count <= Int(UInt32.max) else {
            throw Failure(
                .tooManyBehaviourEvents, "A behaviour index holds at most 4,294,967,295 events.",
                hint: "Questions over this source are answered from its tables.")
        }
        var header = IndexHeader(
            schema: schema, watermark: watermark, origin: origin,
            precision: hasMicroseconds ? .microseconds : hasSeconds ? .milliseconds : .seconds,
            personCount: personCount, eventCount: spool.count,
            hasOthers: schema.properties.map { _ in false })
        let output = try IndexFileWriter(path: path)
        let sections = SectionWriter(header: header, output: output)
        let sorter = RangeSorter(schema: schema, recordBytes: spool.recordBytes)
        for range in 0..<(personCount + EventSpool.rangePeople - 1) / EventSpool.rangePeople {
            let people = min(EventSpool.rangePeople, personCount - range * EventSpool.rangePeople)
            try sorter.sort(range < spool.ranges ? spool : nil, range, people: people)
            try sections.append(sorter, people: people)
        }
        for (index, codes) in attributes.enumerated() {
            try sections.append(attribute: index, codes, people: personCount)
        }
        header.hasOthers = sorter.hasOthers
        try sections.close(&header)
        try output.place()
        return try BehaviourIndex(path: path, check: .description)
    }
}

extension Int64 {
    /// The last whole second that is not after this many microseconds.
    fileprivate var roundedDownToSecond: Int64 {
        let rest = self % 1_000_000
        return self - rest - (rest < 0 ? 1_000_000 : 0)
    }
}

extension Failure.Code {
    /// The events of an index lie too far apart.
    public static let behaviourTimeRange: Self = "behaviour/time-range"
    /// There are more events than an index can hold.
    public static let tooManyBehaviourEvents: Self = "behaviour/too-many-events"
}
