import Vocabulary

/// How many people in each period are new, still there, back, or gone quiet.
public struct LifecycleQuestion: Hashable, Sendable {
    /// What counts as being active.
    public var events: EventSelection
    /// Who is counted.
    public var people: PeopleSelection
    /// The borders of the periods. The first period is only looked back at: who is current in the
    /// second one was active in the first.
    public var borders: [Instant]
    /// By whose value people are parted; nil leaves them together.
    public var latest: LatestValue?

    /// Asks for a lifecycle; it needs at least two periods.
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

/// A period's people by what became of them.
public struct LifecycleCounts: Hashable, Sendable {
    /// Active for the first time ever.
    public var new = 0
    /// Active in this period and in the one before.
    public var current = 0
    /// Active in this period, not in the one before, but earlier.
    public var resurrected = 0
    /// Active in the period before and not in this one.
    public var dormant = 0

    /// Nobody yet.
    public init() {}
}

/// Lifecycles by group and period.
public struct LifecycleAnswer: Hashable, Sendable {
    /// By group, by period from the second one on.
    public let periods: [[LifecycleCounts]]
    /// By group: how many people there are, those included who were only active before the first
    /// border; empty unless they are parted by their latest value.
    public internal(set) var people: [Int] = []
}

extension BehaviourSnapshot {
    /// Counts a lifecycle.
    ///
    /// - Throws: `behaviour/not-indexed` if the index cannot part people so; `behaviour/cancelled`.
    public func answer(
        _ question: LifecycleQuestion, threads: Int = 2
    ) async throws(Failure) -> LifecycleAnswer {
        let counts = question.borders.count * 4
        let parts = try parts(question.people, question.latest, counts: counts)
        return try await fold(LifecycleFold(question, parts), threads: threads).answer
    }
}

private struct LifecycleFold: HistoryFold {
    private let table: EventTable
    private var people: PeopleParts
    private var borders: BorderTicks
    /// By group and period: new, current, resurrected, dormant.
    private var counts: [Int]
    /// By group: how many people there are.
    private var members: [Int]

    init(_ question: LifecycleQuestion, _ people: PeopleParts) {
        table = EventTable([question.events])
        self.people = people
        members = Array(repeating: 0, count: people.groups)
        borders = BorderTicks(question.borders)
        precondition(borders.count >= 2, "A lifecycle needs at least two periods.")
        counts = Array(repeating: 0, count: people.groups * borders.count * 4)
    }

    mutating func add<Clock: HistoryClock>(_ block: HistoryBlock<Clock>) {
        borders.prepare(block.clock)
        people.prepare(block.clock)
        let periods = borders.count
        let (table, people) = (table, people)
        borders.withFinder { finder in
            counts.withUnsafeMutableBufferPointer { counts in
                for slot in 0..<block.count {
                    guard let group = people.group(slot, block, table) else { continue }
                    if people.isLatest { members[group] &+= 1 }
                    let row = group &* periods
                    // -2: never active; -1: last active before the first period.
                    var last = -2
                    var until = Int64.min
                    for index in Int(block.starts[slot])..<Int(block.starts[slot &+ 1]) {
                        let time = block.clock.ticks(index)
                        guard time >= until else { continue }
                        guard
                            table.isAll
                                || table.checked(
                                    table.masks[Int(block.events[index])], index, block)
                                    != 0
                        else { continue }
                        let period = finder.period(time)
                        guard period < periods else { break }
                        until = finder.end(period)
                        guard period >= 0 else {
                            last = -1
                            continue
                        }
                        let kind = last == -2 ? 0 : last == period &- 1 && period > 0 ? 1 : 2
                        counts[(row &+ period) &* 4 &+ kind] &+= 1
                        if last >= 0, last < period &- 1 {
                            counts[(row &+ last &+ 1) &* 4 &+ 3] &+= 1
                        }
                        last = period
                    }
                    if last >= 0, last < periods &- 1 { counts[(row &+ last &+ 1) &* 4 &+ 3] &+= 1 }
                }
            }
        }
    }

    mutating func merge(_ other: LifecycleFold) {
        counts.add(other.counts)
        members.add(other.members)
    }

    var answer: LifecycleAnswer {
        LifecycleAnswer(
            periods: counts.rows(of: borders.count * 4).map { row in
                row.rows(of: 4).dropFirst().map { kinds in
                    var result = LifecycleCounts()
                    result.new = kinds[0]
                    result.current = kinds[1]
                    result.resurrected = kinds[2]
                    result.dormant = kinds[3]
                    return result
                }
            }, people: people.isLatest ? members : [])
    }
}
