import Synchronization
import Vocabulary

extension BehaviourSnapshot {
    /// How many parts the people are cut into; workers take one after the other.
    private static let partCount = 64

    /// Adds something up over the histories of all people.
    ///
    /// - Parameters:
    ///   - empty: The sum of nobody.
    ///   - threads: How many workers share the people.
    /// - Returns: The sum of everyone.
    /// - Throws: `behaviour/cancelled` when the task was cancelled.
    func fold<Fold: HistoryFold>(_ empty: Fold, threads: Int) async throws(Failure) -> Fold {
        let parts = parts()
        let next = NextPart()
        let sum = await withTaskGroup(of: Fold.self, returning: Fold.self) { group in
            for _ in 0..<max(1, threads) {
                group.addTask {
                    var fold = empty
                    while let part = next.take(parts.count), !Task.isCancelled {
                        self.add(parts[part], to: &fold)
                    }
                    return fold
                }
            }
            var sum: Fold?
            for await fold in group {
                if sum == nil { sum = fold } else { sum?.merge(fold) }
            }
            return sum ?? empty
        }
        guard !Task.isCancelled else {
            throw Failure(.behaviourCancelled, "The question was cancelled.")
        }
        return sum
    }

    /// Counts up the parts that are taken.
    private final class NextPart: Sendable {
        private let next = Atomic<Int>(0)

        func take(_ count: Int) -> Int? {
            let part = next.wrappingAdd(1, ordering: .relaxed).oldValue
            return part < count ? part : nil
        }
    }

    /// Ranges of people with about equally many events of the file; the last one has also those who
    /// are not in it.
    private func parts() -> [Range<Int>] {
        var borders = [0]
        for part in 1..<Self.partCount {
            let wanted = UInt32(base.eventCount * part / Self.partCount)
            var (low, high) = (borders[borders.count - 1], base.personCount)
            while low < high {
                let middle = (low + high) / 2
                if base.starts[middle] < wanted { low = middle + 1 } else { high = middle }
            }
            borders.append(low)
        }
        borders.append(personCount)
        return zip(borders, borders.dropFirst()).map { $0..<$1 }.filter { !$0.isEmpty }
    }

    private func add<Fold: HistoryFold>(_ people: Range<Int>, to fold: inout Fold) {
        switch base.header.precision {
        case .seconds: add(people, base.secondClock, to: &fold)
        case .milliseconds: add(people, base.millisecondClock, to: &fold)
        case .microseconds: add(people, base.microsecondClock, to: &fold)
        }
    }

    /// Stretches of people as they lie in the file, and between them those put together.
    private func add<Fold: HistoryFold, Clock: HistoryClock>(
        _ people: Range<Int>, _ clock: Clock, to fold: inout Fold
    ) {
        let properties = base.properties
        let attributes = base.attributes
        func addFromFile(_ stretch: Range<Int>, _ fold: inout Fold) {
            let stretch = stretch.clamped(to: 0..<base.personCount)
            guard !stretch.isEmpty else { return }
            fold.add(
                HistoryBlock(
                    count: stretch.count, starts: base.starts + stretch.lowerBound, clock: clock,
                    events: base.events, properties: properties,
                    attributes: attributes.map { $0.advanced(by: stretch.lowerBound) }))
        }
        var joined = JoinedHistories(
            properties: schema.properties.count, attributes: schema.attributes.count)
        var from = people.lowerBound
        for person in special[specialIndices(people)] {
            addFromFile(from..<Int(person), &fold)
            from = Int(person) + 1
            guard owners[person] == nil else { continue }
            joined.begin((0..<schema.attributes.count).map { attribute($0, of: person) })
            for number in [person] + (members[person] ?? []) {
                joined.add(base, clock, number)
                for tail in tails { joined.add(tail, number) }
            }
            joined.end()
            if joined.isFull { joined.hand(to: &fold) }
        }
        addFromFile(from..<max(from, people.upperBound), &fold)
        joined.hand(to: &fold)
    }

    private func specialIndices(_ people: Range<Int>) -> Range<Int> {
        func first(_ person: Int) -> Int {
            var (low, high) = (0, special.count)
            while low < high {
                let middle = (low + high) / 2
                if Int(special[middle]) < person { low = middle + 1 } else { high = middle }
            }
            return low
        }
        return first(people.lowerBound)..<first(people.upperBound)
    }
}

extension Failure.Code {
    /// A question to the behaviour index was cancelled.
    public static let behaviourCancelled: Self = "behaviour/cancelled"
}
