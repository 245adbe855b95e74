import Vocabulary

/// How many people were active in each period, and in the last so many periods up to each.
public struct ActiveQuestion: Hashable, Sendable {
    /// What counts as being active.
    public var events: EventSelection
    /// Who is counted.
    public var people: PeopleSelection
    /// The borders of the periods, one more than periods; the zone is in them.
    public var borders: [Instant]
    /// Lengths of windows that roll over the periods, for example 28 over days.
    public var rolling: [Int]
    /// By whose value people are parted; nil leaves them together.
    public var latest: LatestValue?

    /// Asks for active people.
    public init(
        events: EventSelection = .all, people: PeopleSelection = .everyone, borders: [Instant],
        rolling: [Int] = [], latest: LatestValue? = nil
    ) {
        self.latest = latest
        self.events = events
        self.people = people
        self.borders = borders
        self.rolling = rolling
    }
}

/// Active people by group and period.
public struct ActiveAnswer: Hashable, Sendable {
    /// By group, by period: how many people were active in it.
    public let active: [[Int]]
    /// By group, by window, by period: how many were active in the window that ends with the period.
    ///
    /// A window that begins before the first border counts only what is after it.
    public let rolling: [[[Int]]]
    /// By group: how many people there are; empty unless they are parted by their latest value.
    public internal(set) var people: [Int] = []
}

extension BehaviourSnapshot {
    /// Counts active people.
    ///
    /// - Throws: `behaviour/not-indexed` if the index cannot part people so; `behaviour/cancelled`.
    public func answer(
        _ question: ActiveQuestion, threads: Int = 2
    ) async throws(Failure) -> ActiveAnswer {
        let counts = (question.borders.count + 1) * (question.rolling.count + 1)
        let parts = try parts(question.people, question.latest, counts: counts)
        return try await fold(ActiveFold(question, parts), threads: threads).answer
    }
}

private struct ActiveFold: HistoryFold {
    private let table: EventTable
    private var people: PeopleParts
    private let windows: [Int]
    private var borders: BorderTicks
    private var active: [Int]
    /// Steps up and down of the rolling counts: by group and window, one more than periods.
    private var steps: [Int]
    /// By group: how many people there are.
    private var members: [Int]

    init(_ question: ActiveQuestion, _ people: PeopleParts) {
        table = EventTable([question.events])
        self.people = people
        members = Array(repeating: 0, count: people.groups)
        windows = question.rolling
        borders = BorderTicks(question.borders)
        active = Array(repeating: 0, count: people.groups * borders.count)
        steps = Array(
            repeating: 0, count: people.groups * question.rolling.count * (borders.count + 1))
    }

    mutating func add<Clock: HistoryClock>(_ block: HistoryBlock<Clock>) {
        borders.prepare(block.clock)
        people.prepare(block.clock)
        // The periods in which a person was active, in their order.
        var found = [Int](repeating: 0, count: borders.count)
        let (table, people, windows, periods) = (table, people, windows, borders.count)
        borders.withFinder { finder in
            active.withUnsafeMutableBufferPointer { active in
                steps.withUnsafeMutableBufferPointer { steps in
                    found.withUnsafeMutableBufferPointer { found in
                        for slot in 0..<block.count {
                            guard let group = people.group(slot, block, table) else { continue }
                            if people.isLatest { members[group] &+= 1 }
                            let count = block.periods(of: slot, table, finder, found)
                            for place in 0..<count {
                                active[group &* periods &+ found[place]] &+= 1
                            }
                            for (place, window) in windows.enumerated() where count > 0 {
                                let row = (group &* windows.count &+ place) &* (periods &+ 1)
                                let counts = UnsafeMutableBufferPointer(
                                    rebasing: steps[row...(row &+ periods)])
                                Self.roll(found[..<count], window, counts)
                            }
                        }
                    }
                }
            }
        }
    }

    /// Adds a person to the windows that end with a period or up to so many after it: one step up
    /// and one down for each stretch of them.
    @inline(__always)
    private static func roll(
        _ periods: Slice<UnsafeMutableBufferPointer<Int>>, _ window: Int,
        _ steps: UnsafeMutableBufferPointer<Int>
    ) {
        let last = steps.count &- 1
        var until = -1
        for period in periods {
            if period > until {
                if until >= 0 { steps[until] &-= 1 }
                steps[period] &+= 1
            }
            until = min(period &+ window, last)
        }
        steps[until] &-= 1
    }

    mutating func merge(_ other: ActiveFold) {
        active.add(other.active)
        steps.add(other.steps)
        members.add(other.members)
    }

    var answer: ActiveAnswer {
        let rolling = steps.rows(of: borders.count + 1).map { row in
            var sum = 0
            return row.dropLast().map { step -> Int in
                sum += step
                return sum
            }
        }
        let windows = windows.count
        return ActiveAnswer(
            active: active.rows(of: borders.count),
            rolling: (0..<people.groups).map { Array(rolling[$0 * windows..<($0 + 1) * windows]) },
            people: people.isLatest ? members : [])
    }
}
