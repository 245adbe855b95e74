/// The part of a second that an index keeps of each time.
enum TimePrecision: UInt8, Sendable {
    case seconds = 0
    case milliseconds = 2
    case microseconds = 3

    /// Bytes an event beside the four of the seconds.
    var partBytes: Int { Int(rawValue) }
}

/// What a file of an index says about itself.
///
/// The file begins with 32 bytes: the magic, the version of the layout, where the description is,
/// how long it is and its checksum. The sections follow, then the description.
struct IndexHeader: Sendable {
    static let magic: UInt64 = 0x5845_444E_4956_4842  // "BHVINDEX", little end first
    static let version: UInt32 = 3
    static let prefixBytes = 64

    /// A stretch of the file.
    struct Section: Sendable {
        let offset: Int
        let length: Int
        let checksum: UInt64
    }

    var schema: IndexSchema
    var watermark: IndexWatermark
    /// Microseconds since 1970 from which seconds are counted; a whole second.
    var origin: Int64
    var precision: TimePrecision
    var personCount: Int
    var eventCount: Int
    /// Whether a property has events whose value is not listed, by property.
    var hasOthers: [Bool]
    /// Starts, seconds, parts, events, then the properties, then the attributes.
    var sections: [Section]

    /// How long each section must be.
    var lengths: [Int] {
        [(personCount + 1) * 4, eventCount * 4, eventCount * precision.partBytes, eventCount * 2]
            + schema.properties.map { eventCount * $0.width }
            + schema.attributes.map { personCount * $0.width }
    }

    /// The description as bytes.
    var encoded: [UInt8] {
        var writer = IndexWriter()
        writer.text(schema.fingerprint)
        writer.number(watermark.inboxOffset)
        writer.number(watermark.dataVersion)
        writer.number(watermark.rowCount)
        writer.number(watermark.lastRow)
        writer.number(origin)
        writer.number(precision.rawValue)
        writer.number(UInt64(personCount))
        writer.number(UInt64(eventCount))
        writer.texts(schema.events)
        writer.dictionaries(schema.properties)
        writer.dictionaries(schema.attributes)
        for flag in hasOthers { writer.number(UInt8(flag ? 1 : 0)) }
        for section in sections {
            writer.number(UInt64(section.offset))
            writer.number(UInt64(section.length))
            writer.number(section.checksum)
        }
        return writer.bytes
    }

    /// Reads a description; nil if it makes no sense.
    init?(_ bytes: UnsafeRawBufferPointer) {
        var reader = IndexReader(bytes)
        guard let fingerprint = reader.text(), let inboxOffset = reader.number(Int64.self),
            let dataVersion = reader.number(Int64.self), let rowCount = reader.number(Int64.self),
            let lastRow = reader.number(Int64.self), let origin = reader.number(Int64.self),
            let precision = reader.number(UInt8.self).flatMap(TimePrecision.init),
            let persons = reader.number(UInt64.self), persons <= UInt64(UInt32.max),
            let events = reader.number(UInt64.self), events <= UInt64(UInt32.max),
            let names = reader.texts(), names.count <= 65_536,
            let properties = reader.dictionaries(), let attributes = reader.dictionaries()
        else { return nil }
        schema = IndexSchema(
            events: names, properties: properties, attributes: attributes, fingerprint: fingerprint)
        watermark = IndexWatermark(
            inboxOffset: inboxOffset, dataVersion: dataVersion, rowCount: rowCount,
            lastRow: lastRow)
        self.origin = origin
        self.precision = precision
        personCount = Int(persons)
        eventCount = Int(events)
        hasOthers = []
        sections = []
        for _ in properties {
            guard let flag = reader.number(UInt8.self) else { return nil }
            hasOthers.append(flag != 0)
        }
        for length in lengths {
            guard let offset = reader.number(UInt64.self), offset < 1 << 48,
                let stored = reader.number(UInt64.self), stored == UInt64(length),
                let checksum = reader.number(UInt64.self)
            else { return nil }
            sections.append(Section(offset: Int(offset), length: length, checksum: checksum))
        }
    }

    init(
        schema: IndexSchema, watermark: IndexWatermark, origin: Int64, precision: TimePrecision,
        personCount: Int, eventCount: Int, hasOthers: [Bool]
    ) {
        self.schema = schema
        self.watermark = watermark
        self.origin = origin
        self.precision = precision
        self.personCount = personCount
        self.eventCount = eventCount
        self.hasOthers = hasOthers
        sections = []
    }

    /// Where the sections of these lengths begin, each at a multiple of 64 bytes, and after the
    /// last one the description.
    static func offsets(_ lengths: [Int]) -> [Int] {
        var offsets = [prefixBytes]
        for length in lengths {
            // Three-byte parts are read four bytes at a time: one byte more is always there.
            offsets.append((offsets[offsets.count - 1] + length + 64) / 64 * 64)
        }
        return offsets
    }
}
