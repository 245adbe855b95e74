/// Histories put together from several places, many people at a time.
struct JoinedHistories {
    private var starts: [UInt32] = [0]
    private var times: [Int64] = []
    private var events: [UInt16] = []
    private var properties: [[UInt16]]
    private var attributes: [[UInt16]]

    init(properties: Int, attributes: Int) {
        self.properties = Array(repeating: [], count: properties)
        self.attributes = Array(repeating: [], count: attributes)
    }

    /// Whether it is time to hand the people over.
    var isFull: Bool { times.count >= 65_536 || starts.count > 4_096 }

    /// Begins the next person.
    mutating func begin(_ codes: [UInt16]) {
        for (index, code) in codes.enumerated() { attributes[index].append(code) }
    }

    /// Adds what the file has of a number.
    mutating func add<Clock: HistoryClock>(
        _ base: BehaviourIndex, _ clock: Clock, _ number: UInt32
    ) {
        guard Int(number) < base.personCount else { return }
        for index in Int(base.starts[Int(number)])..<Int(base.starts[Int(number) + 1]) {
            times.append(clock.microseconds(index))
            events.append(base.events[index])
        }
        for (property, column) in base.properties.enumerated() {
            for index in Int(base.starts[Int(number)])..<Int(base.starts[Int(number) + 1]) {
                properties[property].append(UInt16(column[index]))
            }
        }
    }

    /// Adds what a tail has of a number.
    mutating func add(_ tail: IndexTail, _ number: UInt32) {
        let range = tail.range(of: number)
        guard !range.isEmpty else { return }
        times += tail.times[range]
        events += tail.events[range]
        for (property, column) in tail.properties.enumerated() {
            properties[property] += column[range]
        }
    }

    /// Ends the person: puts the events in order where they are not.
    mutating func end() {
        let start = Int(starts[starts.count - 1])
        defer { starts.append(UInt32(times.count)) }
        let range = start..<times.count
        let isSorted = range.dropFirst().allSatisfy {
            (times[$0 - 1], events[$0 - 1]) <= (times[$0], events[$0])
        }
        guard !isSorted else { return }
        let order = range.sorted {
            (times[$0], events[$0], $0) < (times[$1], events[$1], $1)
        }
        times.replaceSubrange(range, with: order.map { times[$0] })
        events.replaceSubrange(range, with: order.map { events[$0] })
        for property in properties.indices {
            let column = properties[property]
            properties[property].replaceSubrange(range, with: order.map { column[$0] })
        }
    }

    /// Hands the people over, and begins anew.
    mutating func hand<Fold: HistoryFold>(to fold: inout Fold) {
        guard starts.count > 1 else { return }
        let flatProperties = properties.flatMap { $0 }
        let flatAttributes = attributes.flatMap { $0 }
        let people = starts.count - 1
        starts.withUnsafeBufferPointer { starts in
            times.withUnsafeBufferPointer { times in
                events.withUnsafeBufferPointer { events in
                    flatProperties.withUnsafeBytes { propertyBytes in
                        flatAttributes.withUnsafeBytes { attributeBytes in
                            Self.hand(
                                people, starts, times, events,
                                Self.columns(propertyBytes, properties.count, times.count),
                                Self.columns(attributeBytes, attributes.count, people), to: &fold)
                        }
                    }
                }
            }
        }
        starts = [0]
        times.removeAll(keepingCapacity: true)
        events.removeAll(keepingCapacity: true)
        for index in properties.indices { properties[index].removeAll(keepingCapacity: true) }
        for index in attributes.indices { attributes[index].removeAll(keepingCapacity: true) }
    }

    private static func hand<Fold: HistoryFold>(
        _ people: Int, _ starts: UnsafeBufferPointer<UInt32>, _ times: UnsafeBufferPointer<Int64>,
        _ events: UnsafeBufferPointer<UInt16>, _ properties: [CodeColumn],
        _ attributes: [CodeColumn], to fold: inout Fold
    ) {
        // People without an event (all of theirs were merged away) leave no address to read from.
        guard let start = starts.baseAddress, let time = times.baseAddress,
            let event = events.baseAddress
        else { return }
        fold.add(
            HistoryBlock(
                count: people, starts: start, clock: WideClock(times: time), events: event,
                properties: properties, attributes: attributes))
    }

    private static func columns(
        _ bytes: UnsafeRawBufferPointer, _ count: Int, _ length: Int
    ) -> [CodeColumn] {
        guard let start = bytes.baseAddress else { return [] }
        return (0..<count).map { CodeColumn(bytes: start + $0 * length * 2, width: 2) }
    }
}
