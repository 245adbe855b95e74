import Vocabulary

extension BehaviourIndex {
    /// Goes through all events, in the order of people, a million or so at a time.
    func forEachChunk(
        _ body: (EventColumns) throws(Failure) -> Void
    ) throws(Failure) {
        var person = 0
        while person < personCount {
            let first = person
            let start = Int(starts[first])
            repeat {
                person += 1
            } while person < personCount
                && Int(starts[person]) - start < 1_000_000
            let rows = start..<Int(starts[person])
            var persons: [UInt32] = []
            persons.reserveCapacity(rows.count)
            for number in first..<person {
                let count = Int(starts[number + 1] - starts[number])
                persons.append(contentsOf: repeatElement(UInt32(number), count: count))
            }
            let properties = properties
            try body(
                EventColumns(
                    persons: persons, times: times(rows), events: rows.map { events[$0] },
                    properties: properties.map { column in rows.map { UInt16(column[$0]) } }))
        }
    }

    /// The times of some events in microseconds since 1970.
    func times(_ rows: Range<Int>) -> [Int64] {
        switch header.precision {
        case .seconds:
            let clock = secondClock
            return rows.map { clock.microseconds($0) }
        case .milliseconds:
            let clock = millisecondClock
            return rows.map { clock.microseconds($0) }
        case .microseconds:
            let clock = microsecondClock
            return rows.map { clock.microseconds($0) }
        }
    }

    var secondClock: SecondClock { SecondClock(origin: header.origin, seconds: seconds) }

    var millisecondClock: MillisecondClock {
        MillisecondClock(
            origin: header.origin, seconds: seconds,
            milliseconds: parts.assumingMemoryBound(to: UInt16.self))
    }

    var microsecondClock: MicrosecondClock {
        MicrosecondClock(origin: header.origin, seconds: seconds, parts: parts)
    }
}
