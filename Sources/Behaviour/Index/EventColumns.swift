/// Events as columns of equal length, in any order.
public struct EventColumns: Sendable {
    /// Who acted: dense numbers from zero.
    public var persons: [UInt32]
    /// When, in microseconds since 1970.
    public var times: [Int64]
    /// What: codes of names.
    public var events: [UInt16]
    /// The codes of the chosen properties, a column each, in the order of the index's properties.
    public var properties: [[UInt16]]

    /// Puts columns together.
    public init(
        persons: [UInt32], times: [Int64], events: [UInt16], properties: [[UInt16]] = []
    ) {
        precondition(
            times.count == persons.count && events.count == persons.count
                && properties.allSatisfy { $0.count == persons.count },
            "The columns of events must have the same length.")
        self.persons = persons
        self.times = times
        self.events = events
        self.properties = properties
    }

    /// How many events there are.
    public var count: Int { persons.count }
}

/// Up to which event an index knows everything.
public struct IndexWatermark: Hashable, Sendable {
    /// The offset in the inbox; everything before it is in the index.
    public let inboxOffset: Int64
    /// The version of the source's data.
    public let dataVersion: Int64
    /// How many rows of the table were looked at, those included that do not count.
    public let rowCount: Int64
    /// The highest number of a row that was looked at; -1 without any.
    public let lastRow: Int64

    /// Makes a watermark.
    public init(
        inboxOffset: Int64, dataVersion: Int64, rowCount: Int64 = 0, lastRow: Int64 = -1
    ) {
        self.inboxOffset = inboxOffset
        self.dataVersion = dataVersion
        self.rowCount = rowCount
        self.lastRow = lastRow
    }
}

/// What an index keeps of the events of a source: what their numbers mean.
public struct IndexSchema: Hashable, Sendable {
    /// The names of events; the code of an event is its place here. At most 65,536.
    public var events: [String]
    /// The chosen properties of events.
    public var properties: [ValueDictionary]
    /// The chosen attributes of people, such as their country.
    public var attributes: [ValueDictionary]
    /// What the index was made from, in the words of the one who makes it; an index with another
    /// fingerprint is not used.
    public var fingerprint: String

    /// Describes an index.
    public init(
        events: [String], properties: [ValueDictionary] = [], attributes: [ValueDictionary] = [],
        fingerprint: String = ""
    ) {
        precondition(events.count <= 65_536, "An index has at most 65,536 names of events.")
        self.events = events
        self.properties = properties
        self.attributes = attributes
        self.fingerprint = fingerprint
    }

    /// Whether everything that had a code still has the same one.
    func extends(_ earlier: IndexSchema) -> Bool {
        func grown(_ later: [ValueDictionary], _ earlier: [ValueDictionary]) -> Bool {
            later.count == earlier.count
                && zip(later, earlier).allSatisfy {
                    $0.name == $1.name && $0.width == $1.width && $0.values.starts(with: $1.values)
                }
        }
        return fingerprint == earlier.fingerprint && events.starts(with: earlier.events)
            && grown(properties, earlier.properties) && grown(attributes, earlier.attributes)
    }
}
