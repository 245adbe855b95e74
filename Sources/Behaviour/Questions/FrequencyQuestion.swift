import Vocabulary

/// In how many of some periods people were active.
public struct FrequencyQuestion: Hashable, Sendable {
    /// What counts as being active.
    public var events: EventSelection
    /// Who is counted.
    public var people: PeopleSelection
    /// The borders of the periods, one more than periods.
    public var borders: [Instant]
    /// By whose value people are parted; nil leaves them together.
    public var latest: LatestValue?

    /// Asks for a frequency.
    public init(
        events: EventSelection = .all, people: PeopleSelection = .everyone, borders: [Instant],
        latest: LatestValue? = nil
    ) {
        self.latest = latest
        self.events = events
        self.people = people
        self.borders = borders
    }
}

/// A frequency by group.
public struct FrequencyAnswer: Hashable, Sendable {
    /// By group: how many people were active in one period, in two, and so on.
    public let people: [[Int]]
}

extension BehaviourSnapshot {
    /// Counts in how many periods people were active.
    ///
    /// - Throws: `behaviour/not-indexed` if the index cannot part people so; `behaviour/cancelled`.
    public func answer(
        _ question: FrequencyQuestion, threads: Int = 2
    ) async throws(Failure) -> FrequencyAnswer {
        let parts = try parts(question.people, question.latest, counts: question.borders.count)
        return try await fold(FrequencyFold(question, parts), threads: threads).answer
    }
}

private struct FrequencyFold: HistoryFold {
    private let table: EventTable
    private var people: PeopleParts
    private var borders: BorderTicks
    /// By group and number of periods.
    private var counts: [Int]

    init(_ question: FrequencyQuestion, _ people: PeopleParts) {
        table = EventTable([question.events])
        self.people = people
        borders = BorderTicks(question.borders)
        counts = Array(repeating: 0, count: people.groups * borders.count)
    }

    mutating func add<Clock: HistoryClock>(_ block: HistoryBlock<Clock>) {
        borders.prepare(block.clock)
        people.prepare(block.clock)
        var found = [Int](repeating: 0, count: borders.count)
        let (table, people, periods) = (table, people, borders.count)
        borders.withFinder { finder in
            found.withUnsafeMutableBufferPointer { found in
                for slot in 0..<block.count {
                    guard let group = people.group(slot, block, table) else { continue }
                    let count = block.periods(of: slot, table, finder, found)
                    if count > 0 { counts[group &* periods &+ count &- 1] &+= 1 }
                }
            }
        }
    }

    mutating func merge(_ other: FrequencyFold) { counts.add(other.counts) }

    var answer: FrequencyAnswer { FrequencyAnswer(people: counts.rows(of: borders.count)) }
}
