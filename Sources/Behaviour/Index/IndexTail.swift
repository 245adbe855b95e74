/// Events that came after the file of an index was written, sorted by person, time and event.
///
/// Tails are kept like the levels of a log-structured merge tree: a new one is merged with the last
/// one while that is at most twice as long, so that adding costs a few copies of an event and there
/// are never more than about twenty.
struct IndexTail: Sendable {
    /// Who has events here, ascending.
    private(set) var persons: [UInt32] = []
    /// Where each of them begins, and the number of events.
    private(set) var starts: [Int] = [0]
    private(set) var times: [Int64] = []
    private(set) var events: [UInt16] = []
    private(set) var properties: [[UInt16]] = []

    var count: Int { times.count }

    init(_ columns: EventColumns) {
        let order = columns.persons.indices.sorted { left, right in
            if columns.persons[left] != columns.persons[right] {
                return columns.persons[left] < columns.persons[right]
            }
            if columns.times[left] != columns.times[right] {
                return columns.times[left] < columns.times[right]
            }
            return (columns.events[left], left) < (columns.events[right], right)
        }
        times = order.map { columns.times[$0] }
        events = order.map { columns.events[$0] }
        properties = columns.properties.map { column in order.map { column[$0] } }
        setPersons(order.map { columns.persons[$0] })
    }

    /// The events of both, those of the first one first where all else is equal.
    init(merging first: IndexTail, _ second: IndexTail) {
        let total = first.count + second.count
        var who: [UInt32] = []
        var takesFirst: [Bool] = []
        who.reserveCapacity(total)
        takesFirst.reserveCapacity(total)
        let (firstWho, secondWho) = (first.people, second.people)
        var (left, right) = (0, 0)
        while left < first.count || right < second.count {
            let isFirst =
                right == second.count
                || left < first.count
                    && (firstWho[left], first.times[left], first.events[left])
                        <= (secondWho[right], second.times[right], second.events[right])
            takesFirst.append(isFirst)
            who.append(isFirst ? firstWho[left] : secondWho[right])
            if isFirst { left += 1 } else { right += 1 }
        }
        times = Self.woven(first.times, second.times, takesFirst)
        events = Self.woven(first.events, second.events, takesFirst)
        properties = zip(first.properties, second.properties).map {
            Self.woven($0, $1, takesFirst)
        }
        setPersons(who)
    }

    /// The person of each event.
    var people: [UInt32] {
        persons.indices.flatMap { index in
            repeatElement(persons[index], count: starts[index + 1] - starts[index])
        }
    }

    /// The events of a person.
    func range(of person: UInt32) -> Range<Int> {
        var (low, high) = (0, persons.count)
        while low < high {
            let middle = (low + high) / 2
            if persons[middle] < person { low = middle + 1 } else { high = middle }
        }
        guard low < persons.count, persons[low] == person else { return 0..<0 }
        return starts[low]..<starts[low + 1]
    }

    private mutating func setPersons(_ who: [UInt32]) {
        persons = []
        starts = []
        for (index, person) in who.enumerated() where persons.last != person {
            persons.append(person)
            starts.append(index)
        }
        starts.append(who.count)
    }

    private static func woven<Element>(
        _ first: [Element], _ second: [Element], _ takesFirst: [Bool]
    ) -> [Element] {
        var result: [Element] = []
        result.reserveCapacity(takesFirst.count)
        var (left, right) = (0, 0)
        for isFirst in takesFirst {
            result.append(isFirst ? first[left] : second[right])
            if isFirst { left += 1 } else { right += 1 }
        }
        return result
    }
}
